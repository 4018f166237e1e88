import { addSums, judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import { judgeCombined } from '../../electron/core/judging/combined-order.ts';
import { earlierCycle, isMonthEdge, neighbours } from '../../electron/core/judging/month-edge.ts';
import { familiesOf, latest, type Combined, type Family } from './bill-combined.ts';
import type { Elsewhere } from './bill-elsewhere.ts';
import { billGroupsOf, fillBillOpen, type BillGroup } from './bill-groups.ts';
import { sumsOfRows } from './bill-pools.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import { resaleSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { standsIn } from './rows-of.ts';

/** One side of a combined order, and the month next to this one that has the other. */
export interface Stray extends Combined {
  readonly elsewhere: Elsewhere;
}

/**
 * Combined orders whose parent stands on the bill of one month and whose children were consumed in the month beside it: where both come to the
 * same, the refunds of children in it or not; or where all of them were used at the edge, and the bill alone has what is left.
 */
export function combinedElsewhere(context: RunContext, rows: GroupRows, oneSided: readonly BillGroup[]): Stray[] {
  const taken = new Set<BillGroup>();
  return neighbours(context.cycle).flatMap((at) => {
    const free = oneSided.filter((g) => !taken.has(g));
    const lines = free.filter((g) => g.lines > 0n);
    const consumed = free.filter((g) => g.lines === 0n);
    const found = [
      ...(context.has('partner-bill', at) ? billedAt(context, rows, consumed, at) : []),
      ...(context.has('consumption', at) ? consumedAt(context, rows, lines, at) : []),
    ];
    for (const group of found.flatMap((stray) => stray.members)) taken.add(group);
    return found;
  });
}

/** The children are here, their parent's lines there. */
function billedAt(context: RunContext, rows: GroupRows, consumed: readonly BillGroup[], at: string): Stray[] {
  return familiesOf(context, rows, consumed).flatMap((named): Stray[] => {
    const { customerKey, parent, families } = named;
    const lines = rows.lines(at, customerKey, parent);
    if (lines.length === 0 || rows.rows(at, customerKey, parent).length > 0 || !isOne(context, named, lines)) return [];
    const readAll = rowsOfAll(rows, context.cycle);
    const even = families.find((some) => isEven(context, lines, some));
    const members = even ?? overEdge(context, { parent, lines, at: [at, context.cycle] }, families, readAll);
    if (!members) return [];
    const sums = addSums(members);
    const elsewhere = { cycle: at, edge: isEdge(context, readAll(members), at), rows: lines.map((line) => line.id) };
    return [
      { parent: { ...members[0]!, tradeId: parent }, members, sums, verdict: judgeBillGroup(sums, context.settings.regime), elsewhere },
    ];
  });
}

/** The parent's lines are here, its children there. */
function consumedAt(context: RunContext, rows: GroupRows, parents: readonly BillGroup[], at: string): Stray[] {
  const named = namingAny(context, parents, at);
  if (named.length === 0) return [];
  const byKey = new Map(parents.map((g) => [keyOf(g), g]));
  fillBillOpen(context.db, named);
  const there = billGroupsOf(context, at).filter((g) => g.lines === 0n && g.rows > 0n);
  return familiesOf({ ...context, cycle: at }, rows, there).flatMap((family): Stray[] => {
    const { customerKey, parent: number, families } = family;
    const parent = byKey.get(keyOf({ customerKey, tradeId: number }));
    // Billed where it was consumed, it is billed here a second time.
    if (!parent || rows.lines(at, customerKey, number).length > 0) return [];
    const lines = rows.lines(context.cycle, customerKey, number);
    if (!isOne(context, family, lines)) return [];
    const readAll = rowsOfAll(rows, at);
    const even = families.find((some) => isEven(context, lines, some));
    const members = even ?? overEdge(context, { parent: number, lines, at: [context.cycle, at] }, families, readAll);
    if (!members) return [];
    const own = readAll(members);
    const used = even ? {} : { used: { sums: addSums(members), rows: own } };
    const elsewhere = { cycle: at, edge: isEdge(context, own, at), rows: own.map((row) => row.id), ...used };
    // Its charges are those of its children.
    const sums = { ...addSums([parent]), charges: BigInt(members.length) };
    return [{ parent, members: [parent], sums, verdict: judgeBillGroup(parent, context.settings.regime), elsewhere }];
  });
}

/** Are these orders and the one that they name, which has these lines, a combined order? */
function isOne(context: RunContext, { customerKey, parent, bought, childrenAt }: Family, lines: readonly BillRow[]): boolean {
  const itself = !bought && standsIn(context, 'consumption', customerKey, parent);
  return judgeCombined({ bought, itself, parentAt: latest(lines.map((line) => line.tradedAt)), childrenAt }) === 'one';
}

export const keyOf = ({ customerKey, tradeId }: Key): string => JSON.stringify([customerKey, tradeId]);

function isEven({ settings }: RunContext, lines: readonly BillRow[], family: readonly BillGroup[]): boolean {
  const verdict = judgeBillGroup(addSums([sumsOfRows(lines, []), ...family]), settings.regime);
  return verdict === 'agreed' || verdict === 'truncation';
}

const rowsOfAll =
  (rows: GroupRows, cycle: string) =>
  (groups: readonly BillGroup[]): ConsumptionRow[] =>
    groups.flatMap((g) => rows.rows(cycle, g.customerKey, g.tradeId));

/**
 * The whole of a combined order whose lines do not come to what was used, all of it at the edge: both charge or both refund, and no child of the month
 * that bills it can be what it bills.
 */
function overEdge(
  context: RunContext,
  {
    parent,
    lines,
    at: [billed, used],
  }: { readonly parent: string; readonly lines: readonly BillRow[]; readonly at: readonly [string, string] },
  families: Family['families'],
  readAll: (groups: readonly BillGroup[]) => ConsumptionRow[],
): readonly BillGroup[] | undefined {
  const whole = families.at(-1)!;
  const { customerKey } = whole[0]!;
  const { customer } = sumsOfRows(lines, []);
  const { due } = addSums(whole);
  const isSame = customer !== 0n && due !== 0n && customer > 0n === due > 0n;
  const edge = isSame && used < billed && readAll(whole).every((row) => isMonthEdge(row, used));
  return edge && namingAny(context, [{ customerKey, tradeId: parent }], billed).length === 0 ? whole : undefined;
}

const isEdge = ({ cycle }: RunContext, rows: readonly ConsumptionRow[], at: string): boolean =>
  rows.every((row) => isMonthEdge(row, earlierCycle(cycle, at)));

type Key = Pick<BillGroup, 'customerKey' | 'tradeId'>;

/** The orders of a month that name one of these, or an order that does, as their original; each customer's rows are read once. */
export function namingAny({ db }: RunContext, parents: readonly Key[], cycle: string): Key[] {
  const naming = (originals: readonly Key[]): Key[] => {
    if (originals.length === 0) return [];
    fillBillOpen(db, originals);
    return db
      .prepare<[string], Key>(
        `SELECT DISTINCT c.customer_key AS customerKey, c.trade_id AS tradeId
           FROM (SELECT DISTINCT customer_key FROM temp.bill_open) d
          CROSS JOIN consumption c ON c.cycle = ? AND c.in_force = 1 AND c.customer_key = d.customer_key
           JOIN temp.bill_open o ON o.customer_key = c.customer_key AND o.trade_id = c.original_trade_id
          WHERE c.trade_id IS NOT NULL AND ${resaleSql} = 1 ORDER BY 1, 2`,
      )
      .all(cycle);
  };
  const children = naming(parents);
  const all = [...children, ...naming(children)];
  return [...new Map(all.map((g) => [keyOf(g), g])).values()];
}
