import type { Candidate } from '../../electron/core/finding.ts';
import { judgeBillGroup, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import { scopeCandidate } from '../../electron/core/wording/scope.ts';
import type { Subject } from './bill-booking.ts';
import { sumsOfRows } from './bill-pools.ts';
import type { BillRow, ConsumptionRow } from './bill-rows.ts';
import type { RunContext } from './context.ts';
import { holdsCustomer, onlyManager, outsideOf, type OwnedRow } from './scope.ts';

/** A group without what its other statement does not cover, and that. */
export interface ScopeSplit {
  readonly outside: Subject;
  /** Undefined where nothing is left. */
  readonly inside: { readonly subject: Subject; readonly verdict: BillVerdict } | undefined;
}

/** What the person said that the two statements cover, and what to suggest where nothing was said. */
export interface BillScope {
  /** Undefined where nothing of the group is outside, or where leaving it out would not explain a group that both statements have. */
  split(subject: Subject, verdict: BillVerdict): ScopeSplit | undefined;
  /** For a group that one statement lacks. */
  candidates(subject: Subject, lacking: 'consumption' | 'partner-bill'): readonly Candidate[];
}

const open: readonly BillVerdict[] = ['line-only', 'consumption-only', 'differs'];

/** Bill lines that the consumption was not exported for, and consumption that the bill was not: never guessed, only as marked. */
export function billScope(context: RunContext): BillScope {
  const beyondConsumption = outsideOf(context, 'consumption');
  const beyondBill = outsideOf(context, 'partner-bill');
  const marked = { consumption: beyondConsumption !== undefined, 'partner-bill': beyondBill !== undefined };
  const regime = context.settings.regime;
  return {
    split(subject, verdict) {
      if (!beyondConsumption && !beyondBill) return undefined;
      const lines = halves(subject.lines, (line) => beyondConsumption?.(ownedBy(subject, line)) === true);
      const rows = halves(subject.rows, (row) => beyondBill?.(ownedBy(subject, row)) === true);
      if (lines.yes.length + rows.yes.length === 0) return undefined;
      const rest = part(subject, lines.no, rows.no);
      const inside = { subject: rest, verdict: judgeBillGroup(rest.sums, regime) };
      if (verdict === 'differs' && open.includes(inside.verdict)) return undefined;
      const left = lines.no.length + rows.no.length;
      return { outside: part(subject, lines.yes, rows.yes), inside: left > 0 ? inside : undefined };
    },
    candidates({ customerKey }, lacking) {
      const table = lacking === 'consumption' ? 'consumption' : 'partner_bill';
      if (marked[lacking] || holdsCustomer(context, table, customerKey)) return [];
      return [scopeCandidate(lacking, onlyManager(context, table))];
    },
  };
}

/** A row as far as it tells whose it is. */
export const ownedBy = ({ customerKey }: Pick<Subject, 'customerKey'>, row: BillRow | ConsumptionRow): OwnedRow => ({
  customerKey,
  accountName: row.accountName,
  manager: row.accountManager,
  at: row.tradedAt ?? row.consumedFrom ?? row.consumedTo,
});

function halves<T>(all: readonly T[], test: (one: T) => boolean): { readonly yes: readonly T[]; readonly no: readonly T[] } {
  const { yes = [], no = [] } = Object.groupBy(all, (one) => (test(one) ? 'yes' : 'no'));
  return { yes, no };
}

const part = (subject: Subject, lines: readonly BillRow[], rows: readonly ConsumptionRow[]): Subject => ({
  ...subject,
  lines,
  rows,
  sums: sumsOfRows(lines, rows),
});
