import { flawOf, type BillFlaw } from '../../electron/core/judging/bill-flaw.ts';
import { addSums, judgeBillGroup, type BillSums, type BillVerdict } from '../../electron/core/judging/bill-group.ts';
import { isOrder, type GrainKey, type GroupKey } from '../../electron/core/manual-match.ts';
import type { AppliedMatch } from '../manual-matches.ts';
import type { Subject } from './bill-booking.ts';
import type { BillGroup } from './bill-groups.ts';
import { sumsOfRows } from './bill-pools.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import type { RunContext } from './context.ts';

/** A group that the first pass did not close. */
export interface Open {
  readonly group: BillGroup;
  readonly verdict: BillVerdict;
}
/** A group that a match made, ready to be concluded. */
export interface Made {
  readonly subject: Subject;
  readonly verdict: BillVerdict;
  readonly flaw: BillFlaw | undefined;
}
export interface Matched {
  readonly made: readonly Made[];
  /** The open groups that no match took, without the rows that one took. */
  readonly rest: readonly Open[];
  /** Orders that are judged on their own: no pool and no combined order may have them. */
  readonly apart: ReadonlySet<BillGroup>;
}

export const orderText = (customer: string, tradeId: string | null): string => JSON.stringify([customer, tradeId]);

/** The orders that are part of a join. */
export const joinedOrders = (matches: readonly AppliedMatch<GroupKey>[]): Set<string> =>
  new Set(
    matches
      .filter((m) => m.action === 'join')
      .flatMap((m) => m.keys)
      .filter(isOrder)
      .map((key) => orderText(key.customer, key.tradeId)),
  );

/** Some rows of one key: all of an order, or of a customer's rows without order number those of a product, mode and class. */
interface Piece {
  readonly key: GroupKey;
  readonly sums: BillSums;
  readonly lines: readonly BillRow[];
  readonly rows: readonly ConsumptionRow[];
  readonly referralRows: number;
  /** A line of its group contradicts itself: the discount of all of the group's lines is still to be booked with the flaws. */
  readonly flawed: boolean;
}

/**
 * What a person joined or split. A key brings all of its rows, whichever side they stand on, and they belong to that match alone; the sums decide
 * as for any other group.
 */
export function applyBillMatches(
  context: RunContext,
  rows: GroupRows,
  matches: readonly AppliedMatch<GroupKey>[],
  open: readonly Open[],
): Matched {
  if (matches.length === 0) return { made: [], rest: open, apart: new Set() };
  const groups = new Map(open.map(({ group }) => [orderText(group.customerKey, group.tradeId), group]));
  const taken = new Set<BillGroup>();
  const apart = new Set<BillGroup>();
  const piece = (key: GroupKey): Piece | undefined => {
    const group = groups.get(orderText(key.customer, isOrder(key) ? key.tradeId : null));
    if (!group) return undefined;
    if (!isOrder(key)) return pieceOf(context, rows, group, key);
    taken.add(group);
    return wholeGroup(context, rows, group, key);
  };
  const made = matches.flatMap(({ action, keys }): Made[] => {
    if (action === 'join')
      return joined(
        context,
        keys.flatMap((key) => piece(key) ?? []),
      );
    return keys.flatMap((key) => {
      const group = isOrder(key) ? groups.get(orderText(key.customer, key.tradeId)) : undefined;
      if (group) apart.add(group);
      const own = isOrder(key) ? undefined : piece(key);
      return own ? [concluded(context, [own], 'grain')] : [];
    });
  });
  const touched = new Set(matches.flatMap((m) => m.keys).flatMap((key) => (isOrder(key) ? [] : [key.customer])));
  const rest = open
    .filter((o) => !taken.has(o.group))
    .flatMap((o) => (o.group.tradeId === null && touched.has(o.group.customerKey) ? remaining(context, rows, o) : [o]));
  return { made, rest, apart };
}

const joined = (context: RunContext, pieces: readonly Piece[]): Made[] =>
  pieces.length === 0 ? [] : [concluded(context, pieces, 'joined')];

function wholeGroup({ cycle }: RunContext, rows: GroupRows, group: BillGroup, key: GroupKey): Piece {
  const { customerKey, tradeId } = group;
  return {
    key,
    sums: group,
    lines: rows.lines(cycle, customerKey, tradeId),
    rows: rows.rows(cycle, customerKey, tradeId),
    referralRows: Number(group.referralRows),
    flawed: group.flawedLines > 0n,
  };
}

function pieceOf({ cycle }: RunContext, rows: GroupRows, group: BillGroup, key: GrainKey): Piece | undefined {
  const has = (row: BillRow | ConsumptionRow): boolean =>
    (key.product === '' || key.product === row.product) &&
    (key.mode === '' || key.mode === row.mode) &&
    (key.class === '' || key.class === row.billClass);
  const lines = rows.lines(cycle, group.customerKey, null).filter(has);
  const consumed = rows.rows(cycle, group.customerKey, null).filter(has);
  if (lines.length + consumed.length === 0) return undefined;
  rows.take([...lines, ...consumed]);
  return { key, sums: sumsOfRows(lines, consumed), lines, rows: consumed, referralRows: 0, flawed: group.flawedLines > 0n };
}

function concluded({ settings }: RunContext, pieces: readonly Piece[], level: 'joined' | 'grain'): Made {
  const sums = addSums(pieces.map((p) => p.sums));
  // The vendor's own statement names the finding, where it has one of the orders.
  const { key } = pieces.find((p) => p.lines.length > 0) ?? pieces[0]!;
  const flawed = pieces.filter((p) => p.flawed).flatMap((p) => p.lines);
  return {
    subject: {
      customerKey: key.customer,
      tradeId: isOrder(key) ? key.tradeId : null,
      sums,
      referralRows: pieces.reduce((n, p) => n + p.referralRows, 0),
      lines: pieces.flatMap((p) => p.lines),
      rows: pieces.flatMap((p) => p.rows),
      level,
      ...(level === 'joined' && { joined: pieces.map((p) => p.key) }),
    },
    verdict: judgeBillGroup(sums, settings.regime),
    flaw: flawed.length > 0 ? flawOf(flawed) : undefined,
  };
}

/** A customer's rows without order number, without those that a match took; nothing where it took them all. */
function remaining({ cycle, settings }: RunContext, rows: GroupRows, open: Open): Open[] {
  const { group } = open;
  const lines = rows.lines(cycle, group.customerKey, null);
  const consumed = rows.rows(cycle, group.customerKey, null);
  if (BigInt(lines.length) === group.lines && BigInt(consumed.length) === group.rows) return [open];
  if (lines.length + consumed.length === 0) return [];
  const sums = sumsOfRows(lines, consumed);
  const kept = { lines: lines.map((l) => l.id), rows: consumed.map((r) => r.id) };
  return [{ group: { ...group, ...sums, kept }, verdict: judgeBillGroup(sums, settings.regime) }];
}
