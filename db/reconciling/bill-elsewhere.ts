import { addSums, judgeBillGroup, type BillSums } from '../../electron/core/judging/bill-group.ts';
import { customerOf } from '../../electron/core/judging/bill-line.ts';
import { earlierCycle, isMonthEdge, neighbours, type Times } from '../../electron/core/judging/month-edge.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { billGroupsOf, fillBillOpen, type BillGroup } from './bill-groups.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';
import { cyclesOf } from './rows-of.ts';
import { outsideOf } from './scope.ts';
import { ownedBy } from './bill-scope.ts';

/** The other month in which a one-sided group's counterpart stands, or (without rows) may stand. */
export interface Elsewhere {
  readonly cycle: string;
  /** It was used within the last 24 hours of the earlier month and billed in the other: a month edge, not a wrong month. */
  readonly edge: boolean;
  readonly rows: readonly RowId[];
  /**
   * Bill lines at the edge that do not come to what was used: the consumption they are held against. The difference is the bill's, and told in
   * its month alone; the other month has its whole consumption at the edge.
   */
  readonly used?: { readonly sums: BillSums; readonly rows: readonly ConsumptionRow[] };
  /** That month bills the very lines for consumption of its own: here they are charged once more. */
  readonly again?: true;
}

const explained = new Set(['agreed', 'truncation', 'truncation-bound']);

/** Where the counterparts of one-sided groups stand. */
export interface ElsewhereFound {
  readonly at: ReadonlyMap<BillGroup, Elsewhere>;
  /** Lines of groups that have their counterpart nowhere, but stand in another month beside consumption of its own. */
  readonly again: ReadonlyMap<BillGroup, Elsewhere>;
  /** Some counterpart stands in no month up to the next: it was looked for in all later ones, so that they can change the result. */
  readonly ahead: boolean;
}

/**
 * Looks for the counterparts of one-sided groups in the other stored months: neighbours first, then the earlier ones, and for groups that are still
 * alone all later ones. Most runs find every group by then, and no later month concerns them; nor does one concern a group that `mayPool` with rows of
 * its customer that have no trade id.
 */
export function findElsewhere(
  context: RunContext,
  groupRows: GroupRows,
  open: readonly BillGroup[],
  mayPool: (group: BillGroup) => boolean,
): ElsewhereFound {
  const at = new Map<BillGroup, Elsewhere>();
  const again = new Map<BillGroup, Elsewhere>();
  const { before, after } = otherMonths(context);
  lookIn(context, groupRows, open, before, { at, again });
  const alone = open.filter((group) => !at.has(group) && !mayPool(group));
  lookIn(context, groupRows, alone, after, { at, again });
  for (const group of open) {
    const later = at.has(group) ? undefined : notImported(context, groupRows, group);
    if (later) at.set(group, later);
  }
  return { at, again, ahead: alone.length > 0 };
}

/** Orders that differ by exactly what another month up to the next is short of: both months together have no difference. */
export function findRest(context: RunContext, groupRows: GroupRows, differing: readonly BillGroup[]): ReadonlyMap<BillGroup, Elsewhere> {
  const found = new Map<BillGroup, Elsewhere>();
  if (differing.length === 0) return found;
  fillBillOpen(context.db, differing);
  const byKey = new Map(differing.map((g) => [`${g.customerKey}|${g.tradeId}`, g]));
  for (const cycle of otherMonths(context).before) {
    for (const other of billGroupsOf(context, cycle)) {
      const mine = byKey.get(`${other.customerKey}|${other.tradeId}`);
      if (!mine || found.has(mine) || explained.has(judgeBillGroup(other, context.settings.regime))) continue;
      if (!explained.has(judgeBillGroup(oneCharge(addSums([mine, other])), context.settings.regime))) continue;
      const lacks = mine.customer > mine.due === mine.customer > 0n ? 'rows' : 'lines';
      const rows = groupRows[lacks](cycle, other.customerKey, other.tradeId).map((row) => row.id);
      found.set(mine, { cycle, edge: false, rows });
    }
  }
  return found;
}

/**
 * Adds to `at` what these months have of the groups; the first month that has a counterpart counts, or a neighbour at whose edge it stands. To `again`
 * the first month that bills the same lines for its own consumption.
 */
function lookIn(
  context: RunContext,
  groupRows: GroupRows,
  open: readonly BillGroup[],
  months: readonly string[],
  { at, again }: { readonly at: Map<BillGroup, Elsewhere>; readonly again: Map<BillGroup, Elsewhere> },
): void {
  if (open.length === 0 || months.length === 0) return;
  fillBillOpen(context.db, open);
  const byKey = new Map(open.map((g) => [`${g.customerKey}|${g.tradeId}`, g]));
  for (const cycle of months) {
    for (const other of billGroupsOf(context, cycle)) {
      const mine = byKey.get(`${other.customerKey}|${other.tradeId}`);
      const missing = mine && (mine.lines > 0n ? 'rows' : 'lines');
      if (!mine || !missing || other[missing] === 0n || at.get(mine)?.edge) continue;
      if (isSettled(context, other)) {
        const lines = missing === 'rows' && !again.has(mine) ? sameLines(context, groupRows, mine, cycle) : [];
        if (lines.length > 0) again.set(mine, { cycle, edge: false, rows: lines.map((line) => line.id), again: true });
        continue;
      }
      if (isOfNothing(groupRows, other, missing, cycle)) continue;
      const elsewhere = judgeElsewhere(context, groupRows, mine, other, cycle);
      if (elsewhere.edge || !at.has(mine)) at.set(mine, elsewhere);
    }
  }
}

/** The lines of the other month that a group repeats; none where one of its lines does not stand there. */
function sameLines({ cycle }: RunContext, groupRows: GroupRows, { customerKey, tradeId }: BillGroup, at: string): readonly BillRow[] {
  const textOf = (line: BillRow): string => `${line.likeness} ${customerOf(line)}`;
  const here = new Set(groupRows.lines(cycle, customerKey, tradeId).map(textOf));
  const there = groupRows.lines(at, customerKey, tradeId).filter((line) => here.has(textOf(line)));
  return new Set(there.map(textOf)).size === here.size ? there : [];
}

/** A month whose own two sides explain each other holds nobody else's counterpart. */
const isSettled = ({ settings }: RunContext, other: BillGroup): boolean =>
  other.lines > 0n && other.rows > 0n && judgeBillGroup(other, settings.regime) !== 'differs';

/** Rows of 0 yuan are nobody's counterpart. */
export const isOfNothing = (
  groupRows: GroupRows,
  { customerKey, tradeId, ...sums }: BillGroup,
  side: 'lines' | 'rows',
  at: string,
): boolean =>
  side === 'rows'
    ? sums.due === 0n && groupRows.rows(at, customerKey, tradeId).every((row) => row.due === 0n)
    : sums.customer === 0n && groupRows.lines(at, customerKey, tradeId).every((line) => customerOf(line) === 0n);

/** The stored months up to the next one, nearest first, and those after it. */
function otherMonths({ db, cycle }: RunContext): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const near = neighbours(cycle);
  const known = new Set([...cyclesOf(db, 'partner_bill'), ...cyclesOf(db, 'consumption')]);
  const far = [...known].sort();
  return {
    before: [...near.filter((c) => known.has(c)), ...far.filter((c) => c < near[0]).reverse()],
    after: far.filter((c) => c > near[1]),
  };
}

function judgeElsewhere({ cycle, settings }: RunContext, groupRows: GroupRows, mine: BillGroup, other: BillGroup, at: string): Elsewhere {
  const rows = groupRows.rows(mine.lines > 0n ? at : cycle, mine.customerKey, mine.tradeId);
  const lines = groupRows.lines(mine.lines > 0n ? cycle : at, mine.customerKey, mine.tradeId);
  const together = judgeBillGroup(oneCharge(addSums([mine, other])), settings.regime);
  const near = neighbours(cycle).includes(at);
  const atEdge = near && rows.every((r) => isMonthEdge(timesOr(r, lines), earlierCycle(cycle, at)));
  const whole = explained.has(together);
  const edge = atEdge && (whole || isSameOrder(mine, other));
  const used = edge && !whole && mine.lines > 0n ? { used: { sums: oneCharge(other), rows } } : {};
  return { cycle: at, edge, rows: mine.lines > 0n ? rows.map((r) => r.id) : lines.map((l) => l.id), ...used };
}

/** Lines of one month and consumption of the other, neither with anything of the other side, that both charge or both refund. */
function isSameOrder(mine: BillGroup, other: BillGroup): boolean {
  const [lines, rows] = mine.lines > 0n ? [mine, other] : [other, mine];
  return lines.rows === 0n && rows.lines === 0n && lines.customer > 0n === rows.due > 0n && lines.customer !== 0n && rows.due !== 0n;
}

const oneCharge = (sums: BillSums): BillSums => ({ ...sums, charges: 1n });

/** A row's own times, else those of the other side. */
function timesOr(row: Times, others: readonly Times[]): Times {
  return (row.tradedAt ?? row.consumedFrom ?? row.consumedTo) ? row : (others[0] ?? row);
}

/**
 * A charge used in the last 24 hours of a month and billed in the next is a month edge also where the statement of the month that holds its other side
 * was not imported, or not exported for its customer: nothing can contradict it.
 */
function notImported(context: RunContext, groupRows: GroupRows, group: BillGroup): Elsewhere | undefined {
  const { cycle, has } = context;
  const lineOnly = group.lines > 0n;
  const [kind, missing] = lineOnly ? (['consumption', addMonths(cycle, -1)] as const) : (['partner-bill', addMonths(cycle, 1)] as const);
  const outside = has(kind, missing) ? outsideOf(context, kind, missing) : () => true;
  if (!outside) return undefined;
  const rows: readonly (BillRow | ConsumptionRow)[] = groupRows[lineOnly ? 'lines' : 'rows'](cycle, group.customerKey, group.tradeId);
  if (!rows.every((row) => outside(ownedBy(group, row)))) return undefined;
  const edge = rows.length > 0 && rows.every((r) => isMonthEdge(r, earlierCycle(cycle, missing)));
  return edge ? { cycle: missing, edge, rows: [] } : undefined;
}
