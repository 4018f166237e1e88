import { dueDate } from '../../electron/core/due-date.ts';
import {
  besideOtherMonths,
  repeatedInMonth,
  type MonthsOfEntries,
  type OrderTotal,
  type Repeated,
} from '../../electron/core/judging/deducted-before.ts';
import { meets, type OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import { addMonths, lastDay, type BillingCycle } from '../../electron/core/month.ts';
import type { AccountPass } from './account-pass.ts';
import type { Basis } from './ledger-sums.ts';
import type { RunContext } from './context.ts';
import { deductionsOf, ledgerOfMonth, type Deduction } from './ledger-orders.ts';
import { factsOfOrder, type OrderMonth } from './order-facts.ts';
import { cyclesOf } from './rows-of.ts';
import type { Returned } from './returned-orders.ts';
import { outsideOf } from './scope.ts';
import type { SettlementRates } from './settlement-rates.ts';

/** An entry of one order in a month's ledger. */
export type DatedDeduction = Deduction & { readonly cycle: BillingCycle };

/**
 * Orders of which the month's ledger repeats an amount that the ledger of the month before has: the bill's line alone does not tell that one of the two
 * is too many.
 */
export function repeatedFromBefore({ db, cycle, has }: RunContext): ReadonlySet<string> {
  const before = addMonths(cycle, -1);
  if (!has('account-statement', before)) return new Set();
  const trades = db
    .prepare<{ cycle: string; before: string }, string>(
      `SELECT DISTINCT p.trade_id FROM account_statement p
        WHERE p.cycle = :before AND p.in_force = 1 AND p.trade_type IN ('deduction', 'refund') AND p.trade_id IS NOT NULL
          AND (p.trade_id, p.change_amount) IN (SELECT a.trade_id, a.change_amount FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL)`,
    )
    .pluck()
    .all({ cycle, before });
  return new Set(trades);
}

/**
 * The entries that the next month and those before have of the orders in TEMP `ledger_open`, in time order, by trade id: back to the month before the
 * first one that knows any of these orders, or before this one, for nothing is deducted earlier.
 */
export function entriesOfOtherMonths(
  { db, cycle }: RunContext,
  known: ReadonlyMap<string, readonly OrderMonth[]>,
): Map<string, DatedDeduction[]> {
  const first = [...known.values()].flat().reduce<string>((least, fact) => (fact.cycle < least ? fact.cycle : least), cycle);
  const [from, until] = [addMonths(first, -1), addMonths(cycle, 1)];
  const months = cyclesOf(db, 'account_statement').filter((month) => month >= from && month <= until && month !== cycle);
  const all = months.flatMap((month) => deductionsOf({ db, cycle: month }, 'open').map((entry) => ({ ...entry, cycle: month })));
  return Map.groupBy(all, (entry) => entry.tradeId!);
}

/** So many months after its own an order may be deducted where no due date is set. */
const latest = 6;

/**
 * What months after the next have, up to the due date, of orders in TEMP `ledger_open` of which less was taken by then than they come to, by trade id: the
 * rest may be taken as late as that. What is known of an order in such a month is charged there by itself. `ahead`: some order was looked for.
 */
export function laterEntries(
  { db, cycle, settings }: RunContext,
  known: ReadonlyMap<string, readonly OrderMonth[]>,
  ...taken: readonly ReadonlyMap<string, readonly Deduction[]>[]
): { readonly entries: ReadonlyMap<string, readonly DatedDeduction[]>; readonly ahead: boolean } {
  const date = settings.billDueDate === null ? lastDay(addMonths(cycle, latest)) : dueDate(cycle, settings.billDueDate);
  const isShort = (trade: string): boolean => {
    const facts = known.get(trade) ?? [];
    const bills = facts.filter((fact) => fact.from === 'bill');
    const due = (bills.length > 0 ? bills : facts).reduce((n, fact) => n + (fact.from === 'bill' ? fact.due : fact.money), 0n);
    const paid = taken.flatMap((entries) => entries.get(trade) ?? []).reduce((n, entry) => n + entry.amount, 0n);
    return paid > 0n && paid < due;
  };
  const short = new Set([...known.keys()].filter(isShort));
  const months = cyclesOf(db, 'account_statement').filter((month) => month > addMonths(cycle, 1) && month <= date.slice(0, 7));
  if (short.size === 0) return { entries: new Map(), ahead: false };
  const isChargedThere = ({ tradeId }: Deduction, month: BillingCycle): boolean =>
    known.get(tradeId!)!.some(({ customerKey }) => factsOfOrder({ db }, month, customerKey, tradeId!).length > 0);
  const all = months.flatMap((month) =>
    deductionsOf({ db, cycle: month }, 'open')
      .filter((entry) => short.has(entry.tradeId!) && entry.amount > 0n && entry.at.slice(0, 10) <= date && !isChargedThere(entry, month))
      .map((entry) => ({ ...entry, cycle: month })),
  );
  return { entries: Map.groupBy(all, (entry) => entry.tradeId!), ahead: date.slice(0, 7) > addMonths(cycle, 1) };
}

/** One order over the months. */
export interface OverMonths {
  readonly repeated: Repeated | undefined;
  /** Entries of earlier months. */
  readonly earlier: readonly DatedDeduction[];
  /** The facts that the month's other entries of the order are judged by. */
  readonly facts: (facts: OrderFacts, own: readonly Deduction[]) => OrderFacts;
}

/** Judges the month's entries of an order beside those of other months; undefined where no other month has any. */
export function overMonths(
  context: RunContext,
  own: readonly Deduction[],
  others: readonly DatedDeduction[],
  {
    months,
    refunds,
    convention,
    rates,
  }: Pick<AccountPass, 'convention'> &
    Partial<Pick<AccountPass, 'rates'>> & { months: readonly OrderMonth[]; refunds: readonly Returned[] },
): OverMonths | undefined {
  const { cycle } = context;
  const [trade] = own;
  if (others.length === 0 || !trade) return undefined;
  const known = withMonthsBetween(context, trade.tradeId!, months, others[0]!.cycle);
  const earlier = others.filter((e) => e.cycle < cycle);
  const later = others.filter((e) => e.cycle > cycle);
  const entered = [...new Set([...others.map((e) => e.cycle), cycle])];
  const stated = totalsOf(context, known, entered, convention);
  const totals = stated.length === 0 ? [] : [...settledTotal(known, convention, rates), ...stated];
  const amounts = (entries: readonly Deduction[]): bigint[] => entries.map((e) => e.amount);
  const around = (entries: readonly Deduction[]): MonthsOfEntries => ({ earlier: amounts(earlier), own: amounts(entries), later: amounts(later) }); // prettier-ignore
  const charged = entered.filter((month) => known.some((fact) => fact.cycle === month && (fact.from === 'bill' || !fact.resale)));
  const repeated = repeatedInMonth(around(own), [
    ...totals,
    ...(refunds.length > 0 ? stated.map((total) => withRefunds(total, refunds)) : []),
    ...customersOf(known).flatMap((facts) => totalsOf(context, facts, entered, convention)),
  ]);
  return {
    repeated,
    earlier,
    // Months that charge the order each for themselves are each judged by their own charge.
    facts: (facts, entries) => (charged.length > 1 ? facts : besideOtherMonths(facts, around(entries), totals, !charged.includes(cycle))),
  };
}

/** The months between the first entry and those that were read already. */
function withMonthsBetween(context: RunContext, trade: string, months: readonly OrderMonth[], first: BillingCycle): readonly OrderMonth[] {
  const customers = [...new Set(months.map((m) => m.customerKey))];
  const found: OrderMonth[] = [];
  for (let month = addMonths(first, -1); month < addMonths(context.cycle, -1); month = addMonths(month, 1)) {
    if (months.some((fact) => fact.cycle === month)) continue;
    for (const customer of customers) found.push(...factsOfOrder(context, month, customer, trade));
  }
  return [...found, ...months];
}

/** What the order comes to over all months, by the bills and by the consumption, where that is known for every month with entries; the likeliest first. */
function totalsOf(context: RunContext, known: readonly OrderMonth[], entered: readonly BillingCycle[], convention: Basis): KnownTotal[] {
  const isKnown = (from: OrderMonth['from'], month: BillingCycle): boolean => {
    const [kind, other] = from === 'bill' ? (['partner-bill', 'consumption'] as const) : (['consumption', 'partner-bill'] as const);
    return hasAllOf(context, kind, month, known) || (context.has(other, month) && !known.some((fact) => fact.cycle === month));
  };
  return (['bill', 'consumption'] as const).flatMap((from) => {
    const facts = known.filter((fact) => fact.from === from);
    // No month after the next has a part of it.
    if (facts.length === 0 || !entered.every((month) => month > addMonths(context.cycle, 1) || isKnown(from, month))) return [];
    const first = from === 'consumption' ? 'money' : convention === 'customer' ? 'other' : convention;
    const bases = [first, ...(['due', 'taxed', 'other', 'money'] as const).filter((basis) => basis !== first)] as const;
    return bases.map((basis) => ({ from, basis, amount: facts.reduce((n, fact) => n + fact[basis], 0n), charges: facts.length }));
  });
}

/** Does a month's statement have what it should of an order: it is here, and its customers do not stand outside of it? */
function hasAllOf(context: RunContext, kind: 'partner-bill' | 'consumption', month: BillingCycle, known: readonly OrderMonth[]): boolean {
  const outside = outsideOf(context, kind, month);
  const isOutside = ({ customerKey, accountName }: OrderMonth): boolean =>
    outside?.({ customerKey, accountName, manager: null, at: null }) === true;
  return context.has(kind, month) && !known.some(isOutside);
}

/** What an order that no bill has comes to at its customer's only settlement rate. */
function settledTotal(known: readonly OrderMonth[], convention: Basis, rates: SettlementRates | undefined): OrderTotal[] {
  if (rates === undefined || convention === 'customer') return [];
  const dues = known.flatMap((fact) => (fact.from === 'bill' || !fact.resale ? [] : (rates.onlyDue(fact) ?? [])));
  return dues.length === known.length ? [{ amount: dues.reduce((n, due) => n + due, 0n), charges: dues.length }] : [];
}

interface KnownTotal extends OrderTotal {
  readonly from: OrderMonth['from'];
  readonly basis: 'due' | 'taxed' | 'other' | 'money';
}

/** The same less what came back of the order under its own number. */
function withRefunds({ amount, charges, from, basis }: KnownTotal, refunds: readonly Returned[]): OrderTotal {
  const back = refunds.flatMap((refund) => refund.filter((fact) => (from === 'bill') === fact.lines > 0n));
  return { amount: back.reduce((n, fact) => n + fact[basis], amount), charges: charges + back.length };
}

/** The facts of each of several customers. */
function customersOf(known: readonly OrderMonth[]): OrderMonth[][] {
  const own = [...Map.groupBy(known, (fact) => fact.customerKey).values()];
  return own.length > 1 ? own : [];
}

/** What the months know of an order for the customer that an amount of it is for; all that they know where that names nobody. */
export function factsFor(known: readonly OrderMonth[], amount: bigint): readonly OrderMonth[] {
  const isFor = (fact: OrderMonth): boolean => (['due', 'taxed', 'other', 'money'] as const).some((basis) => meets(amount, fact[basis]));
  const [facts, ...more] = customersOf(known).filter((own) => own.some(isFor));
  return facts && more.length === 0 ? facts : known;
}
