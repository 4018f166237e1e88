import type { Text } from '../finding.ts';
import { kindNames, type Kind } from '../kinds.ts';
import type { BillingCycle } from '../month.ts';
import { portalWord } from '../portal-words.ts';

/** A file of a month; of an account where that of another may be there. */
export interface MissingFile {
  readonly kind: Kind;
  readonly cycle: BillingCycle | '';
  readonly account?: string;
}

/** Why a check could not run: which file of which month is not there ("缺 2025-09 业绩明细 / Performance details of 2025-09 not imported"). */
export function missingFiles(missing: readonly MissingFile[]): string {
  const zh = missing
    .map((m) => `${m.cycle}${m.cycle ? ' ' : ''}${m.account ? nameOf(m.account).zh : ''}${kindNames[m.kind].zh}`)
    .join('、');
  const of = ({ account, cycle }: MissingFile): string[] => [...(account ? [`the ${englishOf(account)}`] : []), ...(cycle ? [cycle] : [])];
  const en = missing.map((m) => [kindNames[m.kind].en, ...of(m)].join(' of ')).join(', ');
  return `缺 ${zh} / ${en} not imported`;
}

const nameOf = (account: string): Text => portalWord('accountType', account)!;
const englishOf = (account: string): string => nameOf(account).en.toLowerCase();

/**
 * Why allocations could not be compared though statements of accounts are there: that of `absent` is not. `known`: allocations stand in it in other
 * months; else both accounts may have them, and the other one has none.
 */
export function missingAllocations(cycle: BillingCycle, absent: readonly string[], known: boolean): string {
  if (known)
    return `缺 ${absent.map((a) => `${cycle} ${nameOf(a).zh}收支明细`).join('、')} / account statement of the ${absent.map(englishOf).join(' and the ')} of ${cycle} not imported`;
  const [only] = ['recharge', 'credit'].filter((account) => !absent.includes(account)) as [string];
  return `缺 ${cycle} 有拨款、回收的收支明细（只导入了${nameOf(only).zh}的） / account statement of ${cycle} with allocations not imported (only that of the ${englishOf(only)})`;
}

/** Why a check did not run although its files are there: not a row of them concerns it. */
export const nothingCompared = (cycle: BillingCycle): string =>
  `${cycle} 没有这项核对能比对的行 / no row of ${cycle} is there for this check to compare`;

/** Both halves of such a reason, as a text; one that is not in two halves says the same in both languages. */
export function reasonText(skipped: string): Text {
  const at = skipped.indexOf(' / ');
  const halves = at >= 0 && /\p{Script=Han}/u.test(skipped.slice(0, at)) && !/\p{Script=Han}/u.test(skipped.slice(at));
  return halves ? { zh: skipped.slice(0, at), en: skipped.slice(at + 3) } : { zh: skipped, en: skipped };
}
