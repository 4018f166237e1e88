import { addSums, judgeBillGroup, type BillSums, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import { customerOf } from '../../electron/core/judging/bill-line.ts';
import type { Subject } from './bill-booking.ts';
import type { BillGroup } from './bill-groups.ts';
import { looseFor } from './bill-loose.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/** Groups that may only be compared together: at least one side has no trade ids. */
export interface Pool {
  readonly members: readonly BillGroup[];
  readonly sums: BillSums;
  readonly verdict: BillVerdict;
}

/**
 * Pools, customer by customer, the rows without trade id with the one-sided groups of the other side (rules §7: only rows that have no trade id
 * on one side may be compared at a coarser level). `open` are one-sided groups with a trade id that `canPool`; those in a pool are concluded with it. Rows
 * that agree without them take none in: what only one side has would then hide in a sum.
 */
export function poolsOf(context: RunContext, withoutTrade: readonly BillGroup[], open: readonly BillGroup[]): Pool[] {
  const byCustomer = Map.groupBy(open, (g) => g.customerKey);
  const poolOf = (members: readonly BillGroup[]): Pool => {
    const sums = addSums(members);
    return { members, sums, verdict: judgeBillGroup(sums, context.settings.regime) };
  };
  return withoutTrade.map((own) => {
    const whole = poolOf([own, ...(byCustomer.get(own.customerKey) ?? [])]);
    return takesIn(context, own, whole.sums) ? whole : poolOf([own]);
  });
}

/** Do rows without trade id need those of other orders to agree? */
const needsMore = ({ settings }: Pick<RunContext, 'settings'>, own: BillSums): boolean =>
  own.lines === 0n || own.rows === 0n || ['differs', 'truncation-bound'].includes(judgeBillGroup(own, settings.regime));

/** The same where it is known what they come to together: those that are within the bound of truncation need others only to be exact. */
function takesIn(context: Pick<RunContext, 'settings'>, own: BillSums, whole: BillSums): boolean {
  if (!needsMore(context, own)) return false;
  const judge = (sums: BillSums): BillVerdict => judgeBillGroup(sums, context.settings.regime);
  return judge(own) !== 'truncation-bound' || judge(whole) === 'agreed' || judge(whole) === 'truncation';
}

/** Has a group's customer rows without trade id on the side that the group lacks, which may take it in? */
export function mayPool(context: RunContext, groupRows: GroupRows, withoutTrade: readonly BillGroup[]): (group: BillGroup) => boolean {
  const own = new Map(withoutTrade.filter((g) => needsMore(context, g)).map((g) => [g.customerKey, g]));
  const mayStand = looseFor(context, groupRows);
  return (group) =>
    ((group.lines > 0n ? own.get(group.customerKey)?.rows : own.get(group.customerKey)?.lines) ?? 0n) > 0n && mayStand(group);
}

/** Some of a customer's rows. */
export interface Cell {
  readonly lines: readonly BillRow[];
  readonly rows: readonly ConsumptionRow[];
}

/**
 * A pool's cells by product, mode and class, as far as both sides know them, in key order. Where a cell's rows without trade id agree by themselves, its
 * orders are no part of it: each of them follows on its own.
 */
export function cellsOf({ cycle, settings }: RunContext, groupRows: GroupRows, pool: Pool): { subject: Subject; verdict: BillVerdict }[] {
  const lines = pool.members.flatMap((g) => groupRows.lines(cycle, g.customerKey, g.tradeId));
  const rows = pool.members.flatMap((g) => groupRows.rows(cycle, g.customerKey, g.tradeId));
  const known = knownColumns({ lines, rows });
  const customerKey = pool.members[0]!.customerKey;
  const concluded = (cell: Cell, tradeId: string | null): { subject: Subject; verdict: BillVerdict } => {
    const sums = sumsOfRows(cell.lines, cell.rows);
    const subject: Subject = { customerKey, tradeId, sums, referralRows: 0, ...cell, level: tradeId === null ? 'grain' : 'trade' };
    return { subject, verdict: judgeBillGroup(sums, settings.regime) };
  };
  const whole = [...cellsBy({ lines, rows }, (row) => JSON.stringify(known.map((column) => row[column]))).values()];
  const isAllOrders = pool.members.every((g) => g.tradeId !== null);
  const apart = { lines: [] as BillRow[], rows: [] as ConsumptionRow[] };
  const cells = whole.map((cell): Cell => {
    const own = { lines: cell.lines.filter(isLoose), rows: cell.rows.filter(isLoose) };
    if (!isAllOrders && takesIn({ settings }, sumsOfRows(own.lines, own.rows), sumsOfRows(cell.lines, cell.rows))) return cell;
    for (const line of cell.lines) if (!isLoose(line)) apart.lines.push(line);
    for (const row of cell.rows) if (!isLoose(row)) apart.rows.push(row);
    return own;
  });
  const orders = [...cellsBy(apart, (row) => row.tradeId!).values()];
  return [
    ...cells.map((cell) => concluded(cell, null)),
    ...orders.map((cell) => concluded(cell, (cell.lines[0] ?? cell.rows[0])!.tradeId)),
  ];
}

const isLoose = (row: BillRow | ConsumptionRow): boolean => row.tradeId === null;

/** What both sides, as far as they have rows, say of what was used. */
export const knownColumns = ({ lines, rows }: Cell): ('product' | 'mode' | 'billClass')[] =>
  (['product', 'mode', 'billClass'] as const).filter((column) =>
    [lines, rows].every((side) => side.length === 0 || side.some((row) => row[column] !== null)),
  );

/** Rows of both sides by a key, in its order. */
export function cellsBy({ lines, rows }: Cell, key: (row: BillRow | ConsumptionRow) => string): ReadonlyMap<string, Cell> {
  const [ofLines, ofRows] = [Map.groupBy(lines, key), Map.groupBy(rows, key)];
  const keys = [...new Set([...ofLines.keys(), ...ofRows.keys()])].sort();
  return new Map(keys.map((k) => [k, { lines: ofLines.get(k) ?? [], rows: ofRows.get(k) ?? [] }]));
}

/** The sums of single rows, as a group of them has. */
export function sumsOfRows(lines: readonly BillRow[], rows: readonly ConsumptionRow[]): BillSums {
  const sum = <T>(list: readonly T[], pick: (item: T) => bigint): bigint => list.reduce((n, item) => n + pick(item), 0n);
  return {
    lines: BigInt(lines.length),
    customer: sum(lines, customerOf),
    adjustment: sum(lines, (l) => (l.billClass === 'adjustment' ? customerOf(l) : 0n)),
    rows: BigInt(rows.length),
    due: sum(rows, (r) => r.due),
    truncated: sum(rows, (r) => r.truncated ?? 0n),
    underivable: BigInt(rows.filter((r) => r.truncated === null).length),
    precision: sum(rows, (r) => (r.precise === 1n ? r.due : 0n)),
    charges: BigInt(new Set(rows.map((r) => r.tradeId ?? `row ${r.id}`)).size),
  };
}
