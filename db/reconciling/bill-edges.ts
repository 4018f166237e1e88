import { addSums, isUnexplained, judgeBillGroup, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import { earlierCycle, isMonthEdge, neighbours } from '../../electron/core/judging/month-edge.ts';
import { absolute } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { Subject } from './bill-booking.ts';
import type { BillGroup } from './bill-groups.ts';
import type { Elsewhere } from './bill-elsewhere.ts';
import { cellsBy, knownColumns, sumsOfRows, type Cell, type Pool } from './bill-pools.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/** Rows without trade id that were used in the last 24 hours of one month and billed in the next, ready to be concluded. */
interface LooseEdge {
  readonly subject: Subject;
  readonly verdict: BillVerdict;
  readonly elsewhere: Elsewhere;
}

interface Taken {
  readonly edges: readonly LooseEdge[];
  readonly rest: Pool;
  readonly ahead: boolean;
}
/** What of a customer's month may be at its edge. */
type CellAt = (cycle: string) => Cell;
/** More rows than this are not read again with those of the months beside. */
const mostRows = 100_000n;

/**
 * Takes what lies at the edge to a month beside this one out of a pool that differs: rows without trade id whose other side stands there; where that does
 * not explain it, also the orders of the side that has trade ids.
 */
export function takeLooseEdges(context: RunContext, groupRows: GroupRows, pool: Pool): Taken {
  const [own] = pool.members;
  if (!own || own.tradeId !== null) return { edges: [], rest: pool, ahead: false };
  const { customerKey } = own;
  const loose: CellAt = (cycle) => ({ lines: groupRows.lines(cycle, customerKey, null), rows: groupRows.rows(cycle, customerKey, null) });
  const withOrders =
    (side: 'lines' | 'rows'): CellAt =>
    (cycle) => ({
      ...loose(cycle),
      [side]:
        cycle === context.cycle
          ? pool.members.flatMap<BillRow | ConsumptionRow>((g) => groupRows[side](cycle, customerKey, g.tradeId))
          : groupRows.alone(side, cycle, customerKey),
    });
  return [loose, withOrders('rows'), withOrders('lines')].reduce<Taken>(
    (so, cellAt, i) => {
      const { members, sums, verdict } = so.rest;
      if (members.length === 0 || !isUnexplained(verdict) || (i > 0 && sums.lines + sums.rows > mostRows)) return so;
      const { edges, rest, ahead } = takeEdges(context, groupRows, so.rest, cellAt);
      return { edges: [...so.edges, ...edges], rest, ahead: so.ahead || ahead };
    },
    { edges: [], rest: pool, ahead: false },
  );
}

/**
 * Takes those rows, first all of them together, else by product, mode and class; or, where that month's other statement is not imported, those that leave
 * nothing to explain here.
 */
function takeEdges(context: RunContext, groupRows: GroupRows, pool: Pool, cellAt: CellAt): Taken {
  const { customerKey } = pool.members[0]!;
  const [before, after] = neighbours(context.cycle);
  const taken = new Set<string>();
  const looked = { ahead: false };
  // What goes to the month after may be all that hid what came from the month before.
  const edges = [before, after, before].flatMap((at): LooseEdge[] => {
    const moved = taken.has(at) ? none : movedTo(context, cellAt, at, looked);
    const sums = sumsOfRows(moved.lines, moved.rows);
    if (sums.lines + sums.rows === 0n) return [];
    taken.add(at);
    groupRows.take([...moved.lines, ...moved.rows]);
    const subject: Subject = { customerKey, tradeId: null, sums, referralRows: 0, ...moved, level: 'grain' };
    return [{ subject, verdict: judgeBillGroup(sums, context.settings.regime), elsewhere: { cycle: at, edge: true, rows: [] } }];
  });
  if (edges.length === 0) return { edges, rest: pool, ...looked };
  const members = pool.members.flatMap((group) => leftOf(context, groupRows, group));
  const sums = addSums(members);
  return { edges, rest: { members, sums, verdict: judgeBillGroup(sums, context.settings.regime) }, ...looked };
}

/** A group without the rows that were taken; nothing where that was all of it. */
function leftOf({ cycle }: RunContext, groupRows: GroupRows, group: BillGroup): BillGroup[] {
  const lines = groupRows.lines(cycle, group.customerKey, group.tradeId);
  const rows = groupRows.rows(cycle, group.customerKey, group.tradeId);
  if (lines.length + rows.length === 0) return [];
  if (BigInt(lines.length) === group.lines && BigInt(rows.length) === group.rows) return [group];
  return [{ ...group, ...sumsOfRows(lines, rows), kept: { lines: lines.map((l) => l.id), rows: rows.map((r) => r.id) } }];
}

/** Of this month's rows those whose other side the month `at` has: the lines of the later month, or the consumption of the earlier one. */
function movedTo(context: RunContext, cellAt: CellAt, at: string, looked: { ahead: boolean }): Cell {
  const { cycle, has } = context;
  const here = cellAt(cycle);
  const there = cellAt(at);
  const month = earlierCycle(cycle, at);
  const laterCycle = addMonths(month, 1);
  const ofLines = at < cycle;
  const [earlier, later] = ofLines ? [there, here] : [here, there];
  const isOfDay = (row: BillRow | ConsumptionRow): boolean => isMonthEdge(row, month);
  const edge: Cell = {
    lines: later.lines.filter(isOfDay),
    rows: earlier.rows.filter(isOfDay),
  };
  const beside = (of: 'earlier' | 'later', part: string, columns: readonly Column[]): Cell => {
    const [own, beyond] = of === 'earlier' ? [month, addMonths(month, -1)] : [laterCycle, addMonths(laterCycle, 1)];
    looked.ahead ||= beyond > addMonths(cycle, 1);
    return otherEdge(context, cellAt, { own, beyond }, (row) => keyBy(columns)(row) === part);
  };
  const isKnown = has(ofLines ? 'consumption' : 'partner-bill', at);
  for (const columns of [[], knownColumns(edge)]) {
    const parts = (cell: Cell): ReadonlyMap<string, Cell> => cellsBy(cell, keyBy(columns));
    const [all, first, second] = [parts(edge), parts(earlier), parts(later)];
    const moved = [...all].filter(([key, part]) => {
      const months = { earlier: first.get(key) ?? none, later: second.get(key) ?? none, isOfDay };
      return isKnown
        ? areBoth(context, part, months, (of) => beside(of, key, columns))
        : isAllThatDiffers(context, part, ofLines ? months.later : months.earlier);
    });
    if (moved.length > 0) {
      const mine = moved.map(([, part]) => part);
      return { lines: ofLines ? mine.flatMap((p) => p.lines) : [], rows: ofLines ? [] : mine.flatMap((p) => p.rows) };
    }
  }
  return none;
}

const none: Cell = { lines: [], rows: [] };
const explained = new Set<BillVerdict>(['agreed', 'truncation', 'truncation-bound']);

type Column = 'product' | 'mode' | 'billClass';
const keyBy =
  (columns: readonly Column[]) =>
  (row: BillRow | ConsumptionRow): string =>
    JSON.stringify(columns.map((column) => row[column]));

/**
 * Both sides of the edge come to the same, and each of the months is nearer to agreeing without its side: as it is, or without what is `beside`, at its
 * other edge, for what comes from the month before and what goes to the month after would make up for each other; or it does not agree, and nothing of
 * its own is of that day.
 */
function areBoth(
  { settings }: RunContext,
  edge: Cell,
  {
    earlier,
    later,
    isOfDay,
  }: { readonly earlier: Cell; readonly later: Cell; readonly isOfDay: (row: BillRow | ConsumptionRow) => boolean },
  beside: (of: 'earlier' | 'later') => Cell,
): boolean {
  if (edge.lines.length === 0 || edge.rows.length === 0) return false;
  const sums = sumsOfRows(edge.lines, edge.rows);
  if (!explained.has(judgeBillGroup(sums, settings.regime))) return false;
  const isNearer = (difference: bigint, moved: bigint): boolean => absolute(difference - moved) < absolute(difference);
  const isLacking = (of: 'earlier' | 'later', cell: Cell, moved: bigint): boolean =>
    isNearer(differenceOf(cell), moved) ||
    isNearer(differenceOf(cell) - differenceOf(beside(of)), moved) ||
    (isUneven({ settings }, cell) && !(of === 'earlier' ? cell.lines : cell.rows).some(isOfDay));
  return isLacking('earlier', earlier, -sums.due) && isLacking('later', later, sums.customer);
}

/** What of a month's rows stands at its edge to the month `beyond`, whose other side comes to the same or is not imported. */
function otherEdge(
  { has, settings }: RunContext,
  cellAt: CellAt,
  { own, beyond }: { readonly own: string; readonly beyond: string },
  fits: (row: BillRow | ConsumptionRow) => boolean,
): Cell {
  const [mine, theirs] = [cellAt(own), cellAt(beyond)];
  const ofLines = beyond < own;
  const isEdge = (row: BillRow | ConsumptionRow): boolean => fits(row) && isMonthEdge(row, earlierCycle(own, beyond));
  const edge: Cell = {
    lines: (ofLines ? mine : theirs).lines.filter(isEdge),
    rows: (ofLines ? theirs : mine).rows.filter(isEdge),
  };
  const isKnown = has(ofLines ? 'consumption' : 'partner-bill', beyond);
  return isKnown && isUneven({ settings }, edge) ? none : ofLines ? { lines: edge.lines, rows: [] } : { lines: [], rows: edge.rows };
}

const isUneven = ({ settings }: Pick<RunContext, 'settings'>, { lines, rows }: Cell): boolean =>
  !explained.has(judgeBillGroup(sumsOfRows(lines, rows), settings.regime));

/** Without its rows at the edge this month has nothing left to explain. */
function isAllThatDiffers({ settings }: RunContext, edge: Cell, month: Cell): boolean {
  const gone = new Set([...edge.lines, ...edge.rows].map(({ id }) => id));
  const left = sumsOfRows(month.lines.filter(({ id }) => !gone.has(id)), month.rows.filter(({ id }) => !gone.has(id))); // prettier-ignore
  return isUneven({ settings }, month) && !isUnexplained(judgeBillGroup(left, settings.regime));
}

const differenceOf = ({ lines, rows }: Cell): bigint => {
  const { customer, due } = sumsOfRows(lines, rows);
  return customer - due;
};
