import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { meets } from '../../electron/core/judging/order-deduction.ts';
import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { AccountPass } from './account-pass.ts';
import { isUnpriced } from './beyond-scope.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import { resaleSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import type { DatedDeduction } from './deductions-of-months.ts';
import { ledgerOfMonth, type Deduction, type LedgerOrder } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { factsOfOrder, type OrderMonth } from './order-facts.ts';
import { holdBack, type Untold } from './untold.ts';

/** A refund in one month's bill or consumption, under a number of its own that the ledger does not have; amounts in 1e-8 yuan. */
interface Refund {
  readonly tradeId: string;
  readonly original: string;
  readonly customerKey: string;
  readonly cycle: string;
  readonly lines: bigint;
  readonly resale: bigint;
  readonly due: bigint;
  readonly taxed: bigint;
  readonly other: bigint;
  readonly money: bigint;
}
/** All that the bill and the consumption of this month and its neighbours say of one refund. */
export type Returned = readonly Refund[];

/**
 * The refunds of the orders in TEMP `ledger_open`, by the original's number: an account may enter a refund under either. All rows of a refund's number are
 * its own, be it that only one of them, or only the other statement, names the original.
 */
export function refundsByOriginal({ db, cycle }: RunContext): Map<string, Returned[]> {
  const named = (table: string, t: string): string =>
    `SELECT ${t}.customer_key AS customer_key, ${t}.trade_id AS trade_id, ${t}.original_trade_id AS original FROM ${monthScan(table, t)}
        AND ${t}.bill_class = 'refund' AND ${t}.original_trade_id IN (SELECT trade_id FROM temp.ledger_open)
        AND ${t}.trade_id IS NOT NULL AND ${t}.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth.replace(':cycle', ':here')} AND a.trade_id IS NOT NULL)`;
  const names = 'r.trade_id AS tradeId, r.original AS original, r.customer_key AS customerKey, :cycle AS cycle';
  const rows = (table: string, t: string): string =>
    `FROM refund r CROSS JOIN ${table} ${t}
      WHERE ${t}.cycle = :cycle AND ${t}.in_force = 1 AND ${t}.customer_key = r.customer_key AND ${t}.trade_id = r.trade_id
      GROUP BY r.trade_id, r.customer_key`;
  const paid = 'coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)';
  const find = db.prepare<{ cycle: string; here: string }, Refund>(
    `WITH refund AS MATERIALIZED (
       SELECT customer_key, trade_id, min(original) AS original FROM (${named('partner_bill', 'b')} UNION ALL ${named('consumption', 'c')})
        GROUP BY customer_key, trade_id
     )
     SELECT ${names}, count(*) AS lines, 1 AS resale, sum(${dueSql}) AS due, sum(${taxedSql}) AS taxed, sum(${customerSql}) AS other, sum(${customerSql}) AS money
       ${rows('partner_bill', 'b')}
     UNION ALL
     SELECT ${names}, 0, max(${resaleSql}), sum(coalesce(c.amount_due, 0)), sum(coalesce(c.amount_due, 0)), sum(${paid}),
            sum(CASE WHEN c.cash_amount IS NULL AND c.credit_amount IS NULL THEN ${paid} ELSE coalesce(c.cash_amount, 0) + coalesce(c.credit_amount, 0) END)
       ${rows('consumption', 'c')}
     ORDER BY tradeId, customerKey, lines`,
  );
  const all = [cycle, ...neighbours(cycle)].flatMap((month) => find.all({ cycle: month, here: cycle }));
  const refunds = [...Map.groupBy(all, (r) => JSON.stringify([r.tradeId, r.customerKey]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return Map.groupBy(
    refunds.map(([, returned]) => returned),
    (returned) => returned[0]!.original,
  );
}

/** Takes out of `open` the first refund that comes to the amount of an entry. */
function takeRefund(open: Returned[], entry: Pick<Deduction, 'amount'>): Returned | undefined {
  const at = entry.amount < 0n ? open.findIndex((r) => r.some((f) => basesOf(f).some((base) => meets(entry.amount, base)))) : -1;
  return at < 0 ? undefined : open.splice(at, 1)[0];
}

/** The entries that are no refund of the order that the bill or the consumption has under a number of its own. */
export function withoutReturned(entries: readonly Deduction[], refunds: readonly Returned[]): Deduction[] {
  const open = [...refunds];
  return entries.filter((entry) => takeRefund(open, entry) === undefined);
}

/** An order with the entries that are left of it, and its refunds that none of its entries was for. */
export interface LeftOrder {
  readonly order: LedgerOrder;
  readonly entries: readonly Deduction[];
  readonly open: readonly Returned[];
}

/**
 * Books the entries that are refunds of the order, each against one refund that comes to its amount, then several together: money that two accounts paid
 * goes back to both.
 */
export function bookReturned(
  context: RunContext,
  pass: AccountPass,
  order: LedgerOrder,
  entries: readonly Deduction[],
  refunds: readonly Returned[],
): LeftOrder {
  const { pairs, rest, open } = pairReturned(entries, refunds);
  for (const { returned, entries: own } of pairs) bookRefund(context, pass, returned, own, sumOf(own));
  return { ...withEntries(order, entries, rest), open };
}

/** Entries of an order with the refunds of it that they are: each by itself, then all that are left together. */
export function pairReturned<E extends Pick<Deduction, 'amount'>>(entries: readonly E[], refunds: readonly Returned[]) {
  const open = [...refunds];
  const pairs: { readonly returned: Returned; readonly entries: readonly E[] }[] = [];
  const left = entries.filter((entry) => {
    const returned = takeRefund(open, entry);
    if (returned) pairs.push({ returned, entries: [entry] });
    return !returned;
  });
  const parts = left.filter((entry) => entry.amount < 0n);
  const whole = parts.length > 1 ? takeRefund(open, { amount: sumOf(parts) }) : undefined;
  if (whole) pairs.push({ returned: whole, entries: parts });
  return { pairs, rest: whole ? left.filter((entry) => !parts.includes(entry)) : left, open };
}

/** Books what came back of a refund, or should have. */
function bookRefund(
  { cycle }: RunContext,
  { bridge, notDeducted, taken }: AccountPass,
  returned: Returned,
  entries: readonly Deduction[],
  amount: bigint,
): void {
  const { customerKey, tradeId } = returned[0]!;
  const billed = billedIn(returned, cycle);
  const [lines, due] = [billed?.lines ?? 0n, billed?.due ?? 0n];
  if (billed) {
    notDeducted.amount -= due;
    notDeducted.rows -= lines;
    taken.orders.add(`${customerKey}|${tradeId}`);
  }
  const origin = (): BridgeOrigin => ({
    customerKey,
    tradeId,
    level: 'trade',
    left: due,
    right: sumOf(entries),
    leftRows: lines,
    rightRows: entries.length,
    evidence: [
      ...(billed ? [{ side: 'left' as const, table: 'partner_bill', cycle, match: { customer_key: customerKey, trade_id: tradeId } }] : []),
      { side: 'right', ids: entries.map((entry) => entry.id) },
    ],
  });
  const rows = lines + BigInt(entries.length);
  if (!billed) bridge.step(returned.some((f) => f.resale === 1n) ? 'other-month' : 'referral-payment', amount, rows, origin);
  else if (due === amount) bridge.step('agreed', 0n, rows, origin);
  else bridge.step('basis', amount - due, rows, origin);
}

const billedIn = (returned: Returned, cycle: string): Refund | undefined => returned.find((f) => f.lines > 0n && f.cycle === cycle);
const sumOf = (entries: readonly Pick<Deduction, 'amount'>[]): bigint => entries.reduce((sum, { amount }) => sum + amount, 0n);

/** The order with those of its entries that are left. */
export function withEntries(order: LedgerOrder, all: readonly Deduction[], left: readonly Deduction[]): Omit<LeftOrder, 'open'> {
  if (left.length === all.length) return { order, entries: all };
  return { order: { ...order, entries: BigInt(left.length), paid: sumOf(left), only: left.map((e) => e.id) }, entries: left };
}

/** A refund of which another amount came back under the number of its order. */
interface OtherRefund {
  readonly expected: bigint;
  readonly stated: bigint;
  readonly entries: readonly Deduction[];
  /** What the months know of it. */
  readonly refund: readonly OrderMonth[];
  /** What of it earlier months gave back. */
  readonly before: bigint;
}

/**
 * Books the only refund of an order that no entry comes to, where the month gives back something else under the order's number: a part of it, the rest of
 * which another month has, or another amount. What gives back an amount that was taken of the order, or more, is no refund, unless just what the order
 * comes to was taken.
 */
export function bookReturnedInPart(
  context: RunContext,
  pass: AccountPass,
  left: LeftOrder,
  others: readonly DatedDeduction[],
  known: readonly OrderMonth[],
): { readonly left: LeftOrder; readonly other?: OtherRefund } {
  const own = left.entries.filter((entry) => entry.amount < 0n);
  const [returned, ...more] = left.open;
  const taken = [...left.entries, ...others].filter((entry) => entry.amount > 0n);
  const isRight = known.some((fact) => basesOf(fact).some((base) => meets(sumOf(taken), base)));
  const isTaken = !isRight && taken.some((entry) => sumOf(own) <= -entry.amount || own.some(({ amount }) => entry.amount === -amount));
  if (own.length === 0 || !returned || more.length > 0 || isTaken) return { left };
  const whole = expectedBack(pass, returned);
  const near = others.filter((entry) => entry.amount < 0n && returned.every((fact) => fact.cycle <= addMonths(entry.cycle, 1)));
  // What came back before the refund was booked is a part of it only where it leaves room for the rest.
  const isRoom = sumOf([...own, ...near]) >= whole;
  const beside = near.filter((entry) => isRoom || returned.every((fact) => fact.cycle <= entry.cycle));
  const before = sumOf(beside.filter((entry) => entry.cycle < context.cycle));
  const [stated, expected] = [sumOf(own), whole - before];
  // Where a later month goes on with it, that month tells what is still missing, or too much by then.
  const goesOn = stated > expected && beside.some((entry) => entry.cycle > context.cycle);
  const isKnown = goesOn || stated === expected || takeRefund([returned], { amount: sumOf([...own, ...beside]) }) !== undefined;
  const reasons = isKnown || stated < expected ? [] : returned.map((fact) => whyUntold(context, pass, fact));
  const untold = reasons.every((why) => why !== undefined) ? reasons[0] : undefined;
  const isPart = isKnown || untold !== undefined;
  if (!isPart && expected >= 0n) return { left };
  bookRefund(context, pass, returned, own, isPart ? stated : expected);
  const rest = { open: [], ...withEntries(left.order, left.entries, left.entries.filter((entry) => !own.includes(entry))) }; // prettier-ignore
  if (untold) holdBack(pass, 'account.deduction-amount', untold);
  if (isPart) return { left: rest };
  const [{ cycle, customerKey, tradeId }] = returned as readonly [Refund];
  return { left: rest, other: { expected, stated, entries: own, refund: factsOfOrder(context, cycle, customerKey, tradeId), before } };
}

/** The file that is not there, or the bill that was not exported for its customer, which alone would tell what should have come back of a refund, or has. */
function whyUntold(context: RunContext, { rates }: AccountPass, fact: Refund): Untold | undefined {
  const at = fact.cycle;
  if (at < context.cycle && !context.has('account-statement', at)) return { step: 'missing-file', kind: 'account-statement', cycle: at };
  if (fact.lines > 0n) return undefined;
  if (!context.has('partner-bill', at)) return { step: 'missing-file', kind: 'partner-bill', cycle: at };
  return isUnpriced(context, rates, fact) ? { step: 'scope', kind: 'partner-bill', cycle: at } : undefined;
}

/** What should have come back of a refund: what the bill has, else what was paid or, at the customer's only rate, settled. */
function expectedBack({ convention, charged, rates }: AccountPass, returned: Returned): bigint {
  const billed = returned.find((f) => f.lines > 0n);
  if (billed) return charged(convention === 'customer' ? billed.other : billed[convention]);
  const [used] = returned as readonly [Refund];
  if (convention === 'customer' || used.resale === 0n) return charged(used.money);
  return charged(rates.onlyDue({ ...used, product: null }) ?? used.due);
}

const basesOf = (f: Pick<Refund, 'due' | 'taxed' | 'other' | 'money'>): readonly bigint[] => [f.due, f.taxed, f.other, f.money];

/** What is left of an order's entries that gives back once more what another of them, which is not left, gave back for a refund. */
export function returnedAgain(all: readonly Deduction[], left: readonly Deduction[]): Deduction[] {
  const returned = all.filter((entry) => !left.includes(entry));
  return left.filter(({ amount }) => returned.some((entry) => entry.amount === amount));
}
