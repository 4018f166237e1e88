import { BridgeBuilder } from '../../electron/core/bridge.ts';
import { flawOf, type BillFlaw } from '../../electron/core/judging/bill-flaw.ts';
import { judgeBillGroup } from '../../electron/core/judging/bill-group.ts';
import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import type { GroupKey } from '../../electron/core/manual-match.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { appliedGroups, type AppliedMatch } from '../manual-matches.ts';
import { BillAssociations } from './bill-associations.ts';
import { agreedBills, lineSums, referralSums, type LineSums } from './bill-agreed.ts';
import { BillBooking, bookComponents, bookDiscount, bookExplained, type Subject } from './bill-booking.ts';
import { conclude } from './bill-conclusion.ts';
import { combinedOrders, mayCombine } from './bill-combined.ts';
import { combinedElsewhere } from './bill-combined-elsewhere.ts';
import { lateChildren } from './bill-combined-late.ts';
import { sharedOrders, type Shared } from './bill-combined-split.ts';
import { takeLooseEdges } from './bill-edges.ts';
import { findElsewhere, findRest } from './bill-elsewhere.ts';
import { BillOrigins } from './bill-origins.ts';
import { billGroups, keyedBillGroups, type BillGroup } from './bill-groups.ts';
import { addBillFunctions } from './bill-lines.ts';
import { applyBillMatches, joinedOrders, orderText, type Open } from './bill-matches.ts';
import { noSettlement, printsSettlement, settleAlone } from './bill-settlement.ts';
import { cellsOf, mayPool, poolsOf, type Pool } from './bill-pools.ts';
import { billScope } from './bill-scope.ts';
import { GroupRows } from './bill-rows.ts';
import { bookSplits, findSplits } from './bill-split.ts';
import { addRoleFunctions } from './consumption-role.ts';
import type { CheckReport, Outcome, Reconciler, RunContext } from './context.ts';
import { sumInSheets } from './sheet-steps.ts';

const codes = [
  'bill.cycle',
  'bill.duplicate',
  'bill.line-without-consumption',
  'bill.consumption-without-line',
  'bill.settlement',
  'bill.amount',
] as const;

/** The bill's lines against the resale consumption: what is charged was used, once, in this month, at this amount and rate. */
export const billConsumption: Reconciler = { name: 'bill-consumption', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['partner-bill', 'consumption'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    const skipped = missingFiles(missing);
    // The lines alone are enough for it.
    const withoutBill: CheckReport = { code: 'bill.settlement', compared: 0, skipped: missingFiles([{ kind: 'partner-bill', cycle }]) };
    const alone = context.has('partner-bill', cycle) ? settleAlone(context) : { findings: [], check: withoutBill };
    return {
      bridge: { pair: 'bill-consumption', missing: missing.map((m) => m.kind) },
      findings: alone.findings,
      checks: codes.map((code) => (code === 'bill.settlement' ? alone.check : { code, compared: 0, skipped })),
    };
  }
  addBillFunctions(context);
  addRoleFunctions(context);
  const booking = new BillBooking(
    new BridgeBuilder('bill-consumption', '伙伴账单应还金额', '消费应付金额', context.sink),
    context.settings.regime,
    billScope(context),
  );
  const lines = lineSums(context);
  addTotals(context, booking, lines);
  const matches = appliedGroups(context.db, cycle, 'bill-consumption');
  const { open, counted } = addClosed(context, booking, joinedOrders(matches), context.sink || matches.length > 0 ? undefined : lines);
  const ahead = concludeOpen(context, booking, open, matches);
  return { bridge: booking.bridge.close(), findings: booking.findings, checks: reports(context, counted, booking), ahead };
}

/** Both totals from the rows themselves, so that closing proves that no group was lost. */
function addTotals(context: RunContext, { bridge }: BillBooking, { due }: LineSums): void {
  bridge.left(due);
  bridge.right(sumInSheets(context, 'due', ['consumption', 'c'], 'c.amount_due'));
}

interface Counted {
  lines: number;
  rows: number;
  both: number;
  all: number;
}

/** Books the orders that agree at once; undefined where every group is to be looked at. */
function addAgreed(context: RunContext, { bridge }: BillBooking, lines: LineSums): Counted | undefined {
  const agreed = agreedBills(context);
  if (!agreed) return undefined;
  const { referralDue, referralRows } = referralSums(context);
  bridge.step('partner-coupon', lines.coupon, lines.couponLines);
  bridge.step('tax', -lines.tax, lines.taxLines);
  bridge.step('referral', referralDue, referralRows);
  bridge.step('settlement-discount', agreed.discount, agreed.discountLines);
  bridge.step('agreed', 0n, agreed.agreedRows);
  bridge.step('truncation', agreed.truncated, agreed.truncatedRows);
  const groups = Number(agreed.groups);
  return { lines: groups, rows: groups, both: groups, all: groups };
}

/**
 * Books what is explained, returns what is still open. What a person joined is open until it is joined; who looks into the groups sees all of them,
 * and what a person said may concern any.
 */
function addClosed(
  context: RunContext,
  booking: BillBooking,
  joined: ReadonlySet<string>,
  sums: LineSums | undefined,
): { open: Open[]; counted: Counted } {
  const { bridge } = booking;
  const open: Open[] = [];
  const origins = new BillOrigins(context);
  const agreed = sums && addAgreed(context, booking, sums);
  const counted: Counted = agreed ?? { lines: 0, rows: 0, both: 0, all: 0 };
  for (const group of agreed ? keyedBillGroups(context) : billGroups(context)) {
    if (!agreed) bookComponents(bridge, group, origins);
    bookDiscount(bridge, group, origins);
    const { lines, rows } = group;
    if (lines === 0n && rows === 0n) continue;
    counted.all += 1;
    if (lines > 0n) counted.lines += 1;
    if (rows > 0n) counted.rows += 1;
    if (lines > 0n && rows > 0n) counted.both += 1;
    const verdict = judgeBillGroup(group, context.settings.regime);
    const free = group.tradeId !== null && group.flawedLines === 0n && !joined.has(orderText(group.customerKey, group.tradeId));
    const closed = free && bookExplained(bridge, group, verdict, () => origins.group(group));
    if (!closed) open.push({ group, verdict });
  }
  return { open, counted };
}

/** Concludes what the first pass left open; returns whether the months after the next could change that. */
function concludeOpen(
  context: RunContext,
  booking: BillBooking,
  all: readonly Open[],
  matches: readonly AppliedMatch<GroupKey>[],
): boolean {
  const rows = new GroupRows(context);
  const { made, rest, apart } = applyBillMatches(context, rows, matches, all);
  for (const { subject, verdict, flaw: flawed } of made) conclude(booking, subject, verdict, flawed);
  const withoutTrade = rest.filter((o) => o.group.tradeId === null).map((o) => o.group);
  const canPool = mayPool(context, rows, withoutTrade);
  const associations = new BillAssociations(context, booking, rows);
  const { open, whole } = associations.ofOrders(rest, canPool);
  const isOurs = (group: BillGroup): boolean => !whole.has(group);
  const splits = findSplits(context, rows, open.filter((o) => isOurs(o.group))); // prettier-ignore
  const oneSided = open
    .filter((o) => !splits.moved.has(o.group) && !splits.edges.has(o.group))
    .filter((o) => o.group.tradeId !== null && (o.verdict === 'line-only' || o.verdict === 'consumption-only'))
    .map((o) => o.group);
  const { at: elsewhere, again, ahead } = findElsewhere(context, rows, oneSided.filter(isOurs), canPool);
  const differing = open.filter(
    ({ group: g, verdict }) => verdict === 'differs' && g.tradeId !== null && !splits.moved.has(g) && !splits.edges.has(g),
  );
  const rests = findRest(
    context,
    rows,
    differing.map((o) => o.group),
  );
  const here = oneSided.filter((g) => !elsewhere.get(g)?.rows.length && !apart.has(g));
  const empty = differing.filter((o) => mayCombine(rows, context.cycle, o) && !rests.has(o.group) && !apart.has(o.group));
  const { combined, doubts } = combinedOrders(context, rows, [...here, ...empty.map((o) => o.group)]);
  const shared = [...sharedOrders(context, rows, combined, here), ...lateChildren(context, rows, combined, lineOnly(combined, here))];
  const sharing = new Set(shared.map(({ parent }) => parent));
  const pooled = new Set<BillGroup>([...combined, ...shared].flatMap((pool) => pool.members));
  const strays = combinedElsewhere(
    context,
    rows,
    here.filter((g) => !pooled.has(g)),
  );
  for (const g of strays.flatMap((pool) => pool.members)) pooled.add(g);
  const pools = poolsOf(
    context,
    withoutTrade,
    here.filter((g) => !pooled.has(g) && canPool(g)),
  );
  const orders = [...combined.filter(({ parent }) => !sharing.has(parent)), ...shared, ...strays];
  for (const order of orders) concludeCombined(context, booking, rows, order);
  let looked = ahead;
  for (const pool of pools) {
    looked = concludePool(context, { booking, associations }, rows, pool) || looked;
    for (const g of pool.members) pooled.add(g);
  }
  for (const { group, verdict } of open) {
    if (pooled.has(group)) continue;
    if (whole.has(group)) {
      associations.book(group);
      continue;
    }
    const subject = { ...subjectOf(context, rows, group), doubt: splits.doubts.get(group) ?? doubts.get(group) };
    const moved = splits.moved.get(group);
    if (moved) {
      const left = bookSplits(booking, subject, moved, context.cycle);
      conclude(booking, left, judgeBillGroup(left.sums, context.settings.regime), flaw(subject, group), splits.late.get(group));
    } else {
      const other = splits.edges.get(group) ?? elsewhere.get(group) ?? rests.get(group) ?? again.get(group);
      conclude(booking, subject, verdict, flaw(subject, group), other);
    }
  }
  return looked;
}

/**
 * Rows without trade ids agree at customer level, else without what was traded while the customer was nobody's, else without what lies at the month's edge,
 * else cell by cell. Returns whether the months after the next could change that.
 */
function concludePool(
  context: RunContext,
  { booking, associations }: { booking: BillBooking; associations: BillAssociations },
  rows: GroupRows,
  all: Pool,
): boolean {
  bookFlaws(context, booking, rows, all);
  if (bookExplained(booking.bridge, all.sums, all.verdict, () => new BillOrigins(context).pool(all))) return false;
  const pool = associations.ofPool(all);
  if (!pool || (pool !== all && bookExplained(booking.bridge, pool.sums, pool.verdict, () => new BillOrigins(context).pool(pool))))
    return false;
  const { edges, rest, ahead } = takeLooseEdges(context, rows, pool);
  for (const { subject, verdict, elsewhere } of edges) conclude(booking, subject, verdict, undefined, elsewhere);
  if (rest.members.length === 0) return ahead;
  if (edges.length > 0 && bookExplained(booking.bridge, rest.sums, rest.verdict, () => new BillOrigins(context).pool(rest))) return ahead;
  for (const { subject, verdict } of cellsOf(context, rows, rest)) conclude(booking, subject, verdict);
  return ahead;
}

/** Lines that are no part of these orders. */
function lineOnly(combined: readonly Pool[], groups: readonly BillGroup[]): BillGroup[] {
  const pooled = new Set(combined.flatMap((pool) => pool.members));
  return groups.filter((g) => !pooled.has(g) && g.lines > 0n);
}

/** A combined order is one order: what differs, or stands in another month, is told of its parent. */
function concludeCombined(context: RunContext, booking: BillBooking, rows: GroupRows, pool: Shared): void {
  bookFlaws(context, booking, rows, pool);
  if (bookExplained(booking.bridge, pool.sums, pool.verdict, () => new BillOrigins(context).pool(pool))) return;
  const all = pool.members.map((group) => subjectOf(context, rows, group));
  const { customerKey, tradeId } = pool.parent;
  const subject: Subject = {
    customerKey,
    tradeId,
    sums: pool.sums,
    referralRows: all.reduce((n, s) => n + s.referralRows, 0),
    lines: all.flatMap((s) => s.lines),
    rows: all.flatMap((s) => s.rows),
    level: 'combined',
  };
  const left = pool.split ? bookSplits(booking, subject, [pool.split], context.cycle) : subject;
  conclude(booking, left, pool.split ? judgeBillGroup(left.sums, context.settings.regime) : pool.verdict, undefined, pool.elsewhere);
}

/** A flaw of a line stays with its own group. */
function bookFlaws(context: RunContext, booking: BillBooking, rows: GroupRows, pool: Pool): void {
  for (const group of pool.members) {
    if (group.flawedLines === 0n) continue;
    const subject = subjectOf(context, rows, group);
    const none = { ...subject.sums, lines: 0n, rows: 0n, customer: 0n, due: 0n };
    conclude(booking, { ...subject, sums: none, rows: [] }, 'agreed', flaw(subject, group));
  }
}

function subjectOf({ cycle }: RunContext, rows: GroupRows, group: BillGroup): Subject {
  return {
    customerKey: group.customerKey,
    tradeId: group.tradeId,
    sums: group,
    referralRows: Number(group.referralRows),
    lines: rows.lines(cycle, group.customerKey, group.tradeId),
    rows: rows.rows(cycle, group.customerKey, group.tradeId),
    level: 'trade',
  };
}

const flaw = (subject: Subject, group: BillGroup): BillFlaw | undefined => (group.flawedLines > 0n ? flawOf(subject.lines) : undefined);

function reports(context: RunContext, counted: Counted, booking: BillBooking): CheckReport[] {
  const compared = {
    'bill.cycle': counted.all,
    'bill.duplicate': counted.lines,
    'bill.line-without-consumption': counted.lines,
    'bill.consumption-without-line': counted.rows,
    'bill.settlement': counted.lines,
    'bill.amount': counted.both,
  } satisfies Record<(typeof codes)[number], number>;
  const near = neighbours(context.cycle);
  const alone = !near.some((c) => context.has('partner-bill', c) || context.has('consumption', c));
  const found = booking.findings.some((f) => f.code === 'bill.cycle');
  return codes.map((code) =>
    code === 'bill.cycle' && alone && !found
      ? { code, compared: 0, skipped: missingFiles(near.map((cycle) => ({ kind: 'partner-bill' as const, cycle }))) }
      : code === 'bill.settlement' && !printsSettlement(context)
        ? { code, compared: 0, skipped: noSettlement(context.cycle) }
        : { code, compared: compared[code] },
  );
}
