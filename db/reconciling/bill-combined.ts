import type { Candidate } from '../../electron/core/finding.ts';
import { judgeCombined, type CombinedEvidence } from '../../electron/core/judging/combined-order.ts';
import { perhapsCombined } from '../../electron/core/wording/manual-match.ts';
import { addSums, judgeBillGroup, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import { prepared } from '../prepared.ts';
import { isOfNothing } from './bill-elsewhere.ts';
import type { BillGroup } from './bill-groups.ts';
import type { Pool } from './bill-pools.ts';
import type { GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';
import { cyclesOf, standsIn } from './rows-of.ts';

/** A parent and its children, with their sums. */
export interface Combined extends Pool {
  readonly parent: BillGroup;
}

/** What was found of combined orders, and the groups of which nobody can tell whether they are parts of one. */
export interface CombinedOrders {
  readonly combined: Combined[];
  readonly doubts: ReadonlyMap<BillGroup, Candidate>;
}

/** Has a group nothing on one side, or only rows of 0 yuan beside its lines, which say nothing? It may be a combined order, or a part of one. */
export const mayCombine = (rows: GroupRows, cycle: string, { group, verdict }: { group: BillGroup; verdict: BillVerdict }): boolean =>
  group.tradeId !== null &&
  (verdict === 'line-only' ||
    verdict === 'consumption-only' ||
    (verdict === 'differs' && group.lines > 0n && isOfNothing(rows, group, 'rows', cycle)));

/**
 * Combined orders (组合交易单): one side carries the parent's trade id, the other the children's, which name it as their original. A parent and its
 * one-sided children of the other side are compared together: when they agree, or when `judgeCombined` says that they are one order:
 * changes and renewals name the order that they follow, new purchases none. Refunds name an original too, but are orders of their own, unless the
 * parent's lines agree only with them, or with nothing: a child that was refunded is in the parent's net. Those that name a refund are its children: no
 * refund takes back another.
 */
export function combinedOrders(context: RunContext, rows: GroupRows, oneSided: readonly BillGroup[]): CombinedOrders {
  const lineOnly = oneSided.filter((g) => g.lines > 0n);
  const consumptionOnly = oneSided.filter((g) => g.lines === 0n);
  const doubts = new Map<BillGroup, Candidate>();
  if (lineOnly.length === 0 || consumptionOnly.length === 0) return { combined: [], doubts };
  const first = combine(context, rows, lineOnly, consumptionOnly, doubts);
  const taken = new Set(first.flatMap((pool) => pool.members));
  const free = (groups: readonly BillGroup[]): BillGroup[] => groups.filter((g) => !taken.has(g));
  return { combined: [...first, ...combine(context, rows, free(consumptionOnly), free(lineOnly), doubts)], doubts };
}

function combine(
  context: RunContext,
  rows: GroupRows,
  parents: readonly BillGroup[],
  children: readonly BillGroup[],
  doubts: Map<BillGroup, Candidate>,
): Combined[] {
  const named = children.map((group) => ({ group, ...originalOf(context, rows, group) }));
  const key = (g: BillGroup, trade: string | null = g.tradeId): string => JSON.stringify([g.customerKey, trade]);
  const childrenOf = Map.groupBy(
    named.filter((n) => n.original !== undefined && !n.refund),
    (n) => key(n.group, n.original),
  );
  const refundsOf = Map.groupBy(
    named.filter((n) => n.original !== undefined && n.refund),
    (n) => key(n.group, n.original),
  );
  // A child that is taken back in a later month names its combined order only in the month in which it was bought.
  let ofChildren: ReadonlyMap<string, typeof named> | undefined;
  const refundsOfChildren = (): ReadonlyMap<string, typeof named> =>
    (ofChildren ??= Map.groupBy([...refundsOf.values()].flat(), (n) =>
      key(n.group, originalIn(context, n.group.lines > 0n ? 'partner_bill' : 'consumption', n.group.customerKey, n.original!)),
    ));
  return parents.flatMap((parent): Combined[] => {
    const back = (): typeof named => refundsOf.get(key(parent)) ?? refundsOfChildren().get(key(parent)) ?? [];
    const own = childrenOf.get(key(parent)) ?? (refundsOf.size > 0 && isRefund(context, rows, parent) ? back() : []);
    if (own.length === 0) return [];
    const order = [parent, ...own.map((n) => n.group)];
    const refunds = order.flatMap((g) => (refundsOf.get(key(g)) ?? []).map((n) => n.group)).filter((g) => !order.includes(g));
    const families = [order, ...(refunds.length > 0 ? [[...order, ...refunds]] : [])].map((members): Combined => {
      const sums = addSums(members);
      return { parent, members, sums, verdict: judgeBillGroup(sums, context.settings.regime) };
    });
    const agreed = families.find(({ verdict }) => verdict === 'agreed' || verdict === 'truncation');
    if (agreed) return [agreed];
    const verdict = judgeCombined(evidenceOf(context, rows, parent, own));
    if (verdict === 'doubtful') for (const group of order) doubts.set(group, perhapsCombined(parent.tradeId!));
    return verdict === 'one' ? families.slice(-1) : [];
  });
}

/** What an order of this month or an earlier one names as its original; null where it names none, or several. */
function originalIn({ db, cycle }: RunContext, table: 'partner_bill' | 'consumption', customerKey: string, tradeId: string): string | null {
  const find = prepared<[string, string, string], string>(
    db,
    `SELECT DISTINCT original_trade_id FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?
        AND original_trade_id IS NOT NULL`,
  ).pluck();
  const months = cyclesOf(db, table).filter((month) => month <= cycle);
  const found = new Set(months.flatMap((month) => find.all(month, customerKey, tradeId)));
  return found.size === 1 ? [...found][0]! : null;
}

const isRefund = ({ cycle }: RunContext, rows: GroupRows, { customerKey, tradeId, lines }: BillGroup): boolean =>
  rows[lines > 0n ? 'lines' : 'rows'](cycle, customerKey, tradeId).every((row) => row.billClass === 'refund');

function evidenceOf(
  context: RunContext,
  rows: GroupRows,
  parent: BillGroup,
  own: readonly (Named & { group: BillGroup })[],
): CombinedEvidence {
  const { customerKey, tradeId } = parent;
  const table = parent.lines > 0n ? 'consumption' : 'partner_bill';
  return {
    bought: own.every((n) => n.bought),
    itself: standsIn(context, table, customerKey, tradeId!),
    parentAt: latest(originalOf(context, rows, parent).times),
    childrenAt: earliest(own.flatMap((n) => n.times)),
  };
}

/** Orders that name one as their original, and the same with the refunds of that order and of themselves. */
export interface Family {
  readonly customerKey: string;
  /** The number of the order that they name. */
  readonly parent: string;
  readonly families: readonly (readonly BillGroup[])[];
  /** All of them are new purchases. */
  readonly bought: boolean;
  /** The earliest trade time of these orders; null where a row has none. */
  readonly childrenAt: string | null;
}

export function familiesOf(context: RunContext, rows: GroupRows, groups: readonly BillGroup[]): Family[] {
  const named = groups.map((group) => ({ group, ...originalOf(context, rows, group) }));
  const key = ({ customerKey }: BillGroup, trade: string | null | undefined): string => JSON.stringify([customerKey, trade]);
  const refunds = Map.groupBy(
    named.filter((n) => n.refund && n.original !== undefined),
    (n) => key(n.group, n.original),
  );
  const children = Map.groupBy(
    named.filter((n) => !n.refund && n.original !== undefined),
    (n) => key(n.group, n.original),
  );
  return [...children].map(([parentKey, all]) => {
    const own = all.map((n) => n.group);
    const back = [parentKey, ...own.map((g) => key(g, g.tradeId))].flatMap((k) => (refunds.get(k) ?? []).map((n) => n.group));
    const { group, original } = all[0]!;
    const families = [own, ...(back.length > 0 ? [[...own, ...back]] : [])];
    const bought = all.every((n) => n.bought);
    return { customerKey: group.customerKey, parent: original!, families, bought, childrenAt: earliest(all.flatMap((n) => n.times)) };
  });
}

interface Named {
  readonly original: string | undefined;
  readonly refund: boolean;
  /** All of it is a new purchase. */
  readonly bought: boolean;
  readonly times: readonly (string | null)[];
}

type Times = readonly (string | null)[];
const inOrder = (times: Times): string[] => (times.includes(null) ? [] : (times as string[]).toSorted());
/** The latest of some times; null where one is not known. */
export const latest = (times: Times): string | null => inOrder(times).at(-1) ?? null;
const earliest = (times: Times): string | null => inOrder(times)[0] ?? null;

const purchase = 1n;

/** The one order that all rows of a group name as their original, and whether they are refunds of it. */
function originalOf({ cycle }: RunContext, rows: GroupRows, group: BillGroup): Named {
  const own = rows[group.lines > 0n ? 'lines' : 'rows'](cycle, group.customerKey, group.tradeId);
  const originals = new Set(own.map((row) => row.originalTradeId));
  const refunds = new Set(own.map((row) => row.billClass === 'refund'));
  const single = originals.size === 1 && refunds.size === 1;
  return {
    original: single ? ([...originals][0] ?? undefined) : undefined,
    refund: refunds.has(true),
    bought: own.every((row) => row.billType === purchase),
    times: own.map((row) => row.tradedAt),
  };
}
