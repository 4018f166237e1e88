import type { FindingChanges } from '../core/changes.ts';
import type { Text } from '../core/finding.ts';
import { formatMoney } from '../core/money.ts';
import type { Output } from '../contract.ts';
import type { Tried } from '../jobs/preview.ts';

type WireTried = Omit<Output<'settings.preview'>, 'changes'>;
type WireMonth = WireTried['months'][number];

/** What differs between two results, for the wire. */
export function wireChanges(changes: FindingChanges): Omit<WireMonth, 'billingCycle' | 'bridges'> {
  return {
    new: changes.new,
    gone: changes.gone,
    changed: changes.changed,
    counts: changes.counts.map((c) => ({ ...c })),
    findings: changes.findings.map(({ difference, before, ...rest }) => ({
      ...rest,
      difference: formatMoney(difference),
      ...(before && { before: { severity: before.severity, difference: formatMoney(before.difference) } }),
    })),
  };
}

/** What was tried out, for the wire; `note` says which closed months it leaves alone. */
export function wireTried({ months, closed }: Tried): WireTried {
  return {
    months: months.map((m) => ({
      billingCycle: m.billingCycle,
      ...wireChanges(m.changes),
      bridges: m.bridges.map(({ pair, step, before, after }) => ({
        pair,
        step,
        ...(before !== undefined && { before: formatMoney(before) }),
        ...(after !== undefined && { after: formatMoney(after) }),
      })),
    })),
    closed: [...closed],
    ...(closed.length > 0 && { note: unaffected(closed) }),
  };
}

/** What a setting does not change. */
export const unaffected = (cycles: readonly string[]): Text => ({
  zh: `已结账的 ${cycles.join('、')} 仍按结账时的结果，不受这次修改影响`,
  en: `Closed months keep the result that they were closed with: ${cycles.join(', ')}`,
});
