import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { Candidate } from '../../electron/core/finding.ts';
import { judgeHalf, judgeSplit, withoutSums, withSums } from '../../electron/core/judging/bill-split.ts';
import { isUnexplained, judgeBillGroup, type BillSums } from '../../electron/core/judging/bill-group.ts';
import { earlierCycle, isMonthEdge, neighbours } from '../../electron/core/judging/month-edge.ts';
import { edgeCandidate } from '../../electron/core/wording/bill.ts';
import type { BillBooking, Subject } from './bill-booking.ts';
import type { Elsewhere } from './bill-elsewhere.ts';
import { billGroupsOf, fillBillOpen, type BillGroup } from './bill-groups.ts';
import type { Open } from './bill-matches.ts';
import { subjectOrigin } from './bill-origins.ts';
import { sumsOfRows } from './bill-pools.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/** Consumption of an order at the edge between this month and `cycle` that the later of the two bills; or (`lines`) what it bills of consumption that is not imported. */
export interface Split {
  readonly cycle: string;
  readonly rows: readonly ConsumptionRow[];
  readonly lines?: readonly BillRow[];
}

/** The open orders whose lines are split over two months: with the rows that moved, or (`edges`) an amount that only both months together explain. */
export interface Splits {
  readonly moved: ReadonlyMap<BillGroup, readonly Split[]>;
  readonly edges: ReadonlyMap<BillGroup, Elsewhere>;
  /** What only a statement that is not imported can decide. */
  readonly doubts: ReadonlyMap<BillGroup, Candidate>;
  /** Of those that moved, where the rest of an order stands whose lines came all in the later month. */
  readonly late: ReadonlyMap<BillGroup, Elsewhere>;
}

/**
 * Looks for orders with some of their consumption billed in its month and the rest of it, used at the month's edge, in the next. An order with nothing
 * but lines in one month and nothing but consumption at the edge in the other is whole, and `findElsewhere` knows it.
 */
export function findSplits(context: RunContext, groupRows: GroupRows, open: readonly Open[]): Splits {
  const { db, cycle, settings } = context;
  const moved = new Map<BillGroup, Split[]>();
  const edges = new Map<BillGroup, Elsewhere>();
  const doubts = new Map<BillGroup, Candidate>();
  const late = new Map<BillGroup, Elsewhere>();
  const groups = open.map((o) => o.group).filter((g) => g.tradeId !== null);
  if (groups.length === 0) return { moved, edges, doubts, late };
  fillBillOpen(db, groups);
  const byKey = new Map(groups.map((g) => [`${g.customerKey}|${g.tradeId}`, g]));
  for (const at of neighbours(cycle)) {
    for (const other of billGroupsOf(context, at)) {
      const mine = byKey.get(`${other.customerKey}|${other.tradeId}`);
      if (!mine || edges.has(mine) || !isOpen(context, other)) continue;
      const known = moved.get(mine) ?? [];
      const now = sumsAfter(mine, known, cycle);
      const [earlier, later] = at < cycle ? [other, now] : [now, other];
      const month = earlierCycle(cycle, at);
      const rows = groupRows.rows(month, mine.customerKey, mine.tradeId);
      const edge = rows.filter((row) => isMonthEdge(row, month)).sort(byTime);
      const isWhole = earlier.lines === 0n && later.rows === 0n && edge.length === rows.length;
      if (edge.length === 0 || later.lines === 0n || isWhole) continue;
      const verdict = judgeSplit({ earlier, later, edge: edge.map((row) => sumsOfRows([], [row])) }, settings.regime);
      if (verdict.kind === 'moved') moved.set(mine, [...known, { cycle: at, rows: verdict.at.map((index) => edge[index]!) }]);
      else if (verdict.kind === 'whole') edges.set(mine, { cycle: at, edge: true, rows: edge.map((row) => row.id) });
      else if (known.length === 0 && earlier.lines === 0n && later.rows === 0n) {
        const lines = groupRows.lines(at < cycle ? cycle : at, mine.customerKey, mine.tradeId);
        const split = splitLate(month, lines, rows, edge);
        if (!split) continue;
        const here = at < cycle;
        moved.set(mine, [here ? { cycle: at, rows: [], lines: split.edgeLines } : { cycle: at, rows: edge }]);
        late.set(mine, { cycle: at, edge: false, rows: (here ? split.rows : split.lines).map((row) => row.id) });
      }
    }
  }
  for (const group of groups) if (!edges.has(group)) findHalf(context, groupRows, group, { moved, doubts });
  return { moved, edges, doubts, late };
}

/** All of an order is billed in the month after its own, where only what was used at the edge belongs: that, and the rest of either side, come to the same. */
function splitLate(month: string, lines: readonly BillRow[], rows: readonly ConsumptionRow[], edge: readonly ConsumptionRow[]) {
  const isEdge = new Set(edge);
  const edgeLines = lines.filter((line) => isMonthEdge(line, month));
  const rest = { lines: lines.filter((line) => !edgeLines.includes(line)), rows: rows.filter((row) => !isEdge.has(row)) };
  const isEven = (some: readonly BillRow[], of: readonly ConsumptionRow[]): boolean => {
    const { customer, due } = sumsOfRows(some, of);
    return some.length > 0 && of.length > 0 && customer === due;
  };
  return isEven(edgeLines, edge) && isEven(rest.lines, rest.rows) ? { edgeLines, ...rest } : undefined;
}

/** Where the month next to this one lacks the other side: rows at the edge that, left to it, explain this month, or may explain it. */
function findHalf(
  { cycle, has, settings }: RunContext,
  groupRows: GroupRows,
  group: BillGroup,
  { moved, doubts }: { moved: Map<BillGroup, readonly Split[]>; doubts: Map<BillGroup, Candidate> },
): void {
  const [before, after] = neighbours(cycle);
  for (const [at, lacking] of [
    [after, 'partner-bill'],
    [before, 'consumption'],
  ] as const) {
    const known = moved.get(group) ?? [];
    const now = sumsAfter(group, known, cycle);
    if (has(lacking, at) || now.lines === 0n || now.rows === 0n || judgeBillGroup(now, settings.regime) !== 'differs') continue;
    const ofBill = lacking === 'consumption';
    const atEdge = (row: BillRow | ConsumptionRow): boolean => isMonthEdge(row, earlierCycle(cycle, at));
    const lines = ofBill ? groupRows.lines(cycle, group.customerKey, group.tradeId).filter(atEdge).sort(byTime) : [];
    const rows = ofBill ? [] : groupRows.rows(cycle, group.customerKey, group.tradeId).filter(atEdge).sort(byTime);
    const sums = ofBill ? lines.map((line) => sumsOfRows([line], [])) : rows.map((row) => sumsOfRows([], [row]));
    if (sums.length === 0) continue;
    const verdict = judgeHalf(now, sums, settings.regime);
    if (verdict.kind === 'moved') {
      const pick = <R>(from: readonly R[]): R[] => verdict.at.flatMap((index) => from[index] ?? []);
      moved.set(group, [...known, { cycle: at, rows: pick(rows), ...(ofBill && { lines: pick(lines) }) }]);
    } else if (verdict.kind === 'perhaps') doubts.set(group, edgeCandidate(lacking, at));
  }
}

/** A month whose own two sides explain each other lacks nothing and has nothing to give. */
const isOpen = ({ settings }: RunContext, other: BillGroup): boolean => isUnexplained(judgeBillGroup(other, settings.regime));

const timeOf = (row: BillRow | ConsumptionRow): string => row.consumedTo ?? row.consumedFrom ?? row.tradedAt ?? '';
export const byTime = (a: BillRow | ConsumptionRow, b: BillRow | ConsumptionRow): number =>
  timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : a.id < b.id ? -1 : 1;

const sumsAfter = (group: BillSums, splits: readonly Split[], here: string): BillSums =>
  splits.reduce<BillSums>(
    (sums, { cycle, rows, lines }) =>
      lines ? withoutSums(sums, sumsOfRows(lines, [])) : (cycle < here ? withSums : withoutSums)(sums, sumsOfRows([], rows)),
    group,
  );

/** Books the moved rows as the month's edge and returns what is left to judge: the lines with exactly the consumption that they are for. */
export function bookSplits(booking: BillBooking, subject: Subject, splits: readonly Split[], here: string): Subject {
  return splits.reduce<Subject>((left, { cycle, rows, lines }) => {
    if (lines) return bookLines(booking, left, lines);
    const sums = sumsOfRows([], rows);
    const into = cycle < here;
    const origin = (): BridgeOrigin => ({ ...subjectOrigin({ ...subject, lines: [], rows, sums }), beside: into });
    booking.bridge.step('month-edge', into ? -sums.due : sums.due, rows.length, origin);
    const gone = new Set(rows.map((row) => row.id));
    return {
      ...left,
      sums: (into ? withSums : withoutSums)(left.sums, sums),
      rows: into ? [...left.rows, ...rows] : left.rows.filter((row) => !gone.has(row.id)),
      ...(into && { usedIn: { cycle, only: left.rows.length === 0 } }),
    };
  }, subject);
}

/** Lines for the end of the month before, whose consumption is not imported. */
function bookLines(booking: BillBooking, left: Subject, lines: readonly BillRow[]): Subject {
  const sums = sumsOfRows(lines, []);
  booking.bridge.step('month-edge', -sums.customer, lines.length, () => subjectOrigin({ ...left, lines, rows: [], sums }));
  const gone = new Set(lines.map((line) => line.id));
  return { ...left, sums: withoutSums(left.sums, sums), lines: left.lines.filter((line) => !gone.has(line.id)) };
}
