import { kindNames, type Kind } from '../kinds.ts';
import type { BillingCycle } from '../month.ts';

/** Why a check could not run: which file of which month is not there ("缺 2025-09 业绩明细 / Performance details of 2025-09 not imported"). */
export function missingFiles(missing: readonly { readonly kind: Kind; readonly cycle: BillingCycle | '' }[]): string {
  const zh = missing.map((m) => `${m.cycle}${m.cycle ? ' ' : ''}${kindNames[m.kind].zh}`).join('、');
  const en = missing.map((m) => `${kindNames[m.kind].en}${m.cycle ? ` of ${m.cycle}` : ''}`).join(', ');
  return `缺 ${zh} / ${en} not imported`;
}

/** The half of such a reason in one language; a text that is not in two halves stays as it is. */
export function reasonIn(skipped: string, language: 'zh' | 'en'): string {
  const at = skipped.indexOf(' / ');
  if (at < 0 || !/\p{Script=Han}/u.test(skipped.slice(0, at)) || /\p{Script=Han}/u.test(skipped.slice(at))) return skipped;
  return language === 'zh' ? skipped.slice(0, at) : skipped.slice(at + 3);
}
