import { settleLine, type PrintedLine } from '../../electron/core/judging/bill-line.ts';
import type { OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import { absolute, divideRounded, one, type Money } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import type { AccountPass } from './account-pass.ts';
import { printedTaxSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import type { LedgerOrder } from './ledger-orders.ts';
import type { Basis } from './ledger-sums.ts';
import { ofAllCustomers, type OrderMonth } from './order-facts.ts';

/** What an order of the ledger may have been deducted at, and what it should have been; `alone`: no other month's ledger has an entry of it. */
export function factsOf(
  context: RunContext,
  pass: AccountPass,
  order: LedgerOrder,
  months: readonly OrderMonth[],
  alone = false,
): OrderFacts {
  const whole = ofAllCustomers(months);
  const consumption = whole.filter((m) => m.from === 'consumption');
  const bills = whole.filter((m) => m.from === 'bill');
  // An order over two months may be deducted once, for both.
  const together = [consumption, bills].flatMap((own) => (own.length > 1 ? sums.map((of) => sum(own, of)) : []));
  const isOnce = alone && bills.every((bill) => context.has('account-statement', bill.cycle));
  const usual = expected(context, pass, order, { bills, consumption, isOnce });
  const [bill] = bills;
  // An order that the bill has with its adjustment may have that in an entry of its own, which is outside of deductions and refunds.
  const adjusted = pass.adjusted().get(order.tradeId ?? '');
  const beside = adjusted === undefined || order.lines === 0n ? [] : [order.due, order.taxed, order.customer].map((due) => due - adjusted);
  const isWhole = whole.length === 2 && months.length === 2 && bill !== undefined && consumption[0]?.due === bill.other;
  return {
    ...(order.lines > 0n ? { billed: { due: order.due, taxed: order.taxed, customer: order.customer } } : {}),
    bases: [...[...whole, ...months].flatMap((m) => sums.map((of) => m[of])), ...together, ...beside],
    mended: () => (bills.length > 0 ? asConsumed(context, months) : unbilled(pass, whole, months)),
    beforeCoupon: () =>
      bills.length > 0 || pass.convention === 'customer' || !pass.couponed() ? undefined : most(unbilled(pass, whole, months)),
    usual,
    once: isWhole ? usual : undefined,
  };
}

const most = (amounts: readonly Money[]): Money | undefined =>
  amounts.reduce<Money | undefined>((a, b) => (a !== undefined && a > b ? a : b), undefined);
const sums = ['due', 'taxed', 'other', 'money'] as const;
const sum = (facts: readonly OrderMonth[], of: (typeof sums)[number]): Money => facts.reduce((n, fact) => n + fact[of], 0n);
const at = (facts: readonly OrderMonth[], basis: Basis): Money => sum(facts, basis === 'customer' ? 'other' : basis);

/** What an order should have been deducted at, on the basis that this account's other deductions prove: its due, where they prove no other. */
function expected(
  context: RunContext,
  { convention, charged, rates }: AccountPass,
  order: LedgerOrder,
  {
    bills,
    consumption,
    isOnce,
  }: { readonly bills: readonly OrderMonth[]; readonly consumption: readonly OrderMonth[]; readonly isOnce: boolean },
): Money | undefined {
  const used = consumption.find((m) => m.cycle === context.cycle) ?? consumption[0];
  const [bill] = bills;
  if (bill) {
    const [own, all] = [at([bill], convention), at(bills, convention)];
    if (order.children) return charged(nearest([own, all], order.paid)!);
    const isOverMonths = used?.cycle === context.cycle && bill.other !== used.due && sum(bills, 'other') === used.due;
    const [first] = foreseen(context, order, used, convention);
    return charged(first ?? (isOverMonths ? all : isOnce ? nearest([own, all], order.paid)! : own));
  }
  if (!used) return undefined;
  if (!used.resale) return used.money;
  const dues = convention === 'customer' ? [] : rates.dues(used);
  const only = convention === 'customer' ? undefined : rates.onlyDue(used);
  return charged(only ?? nearest(dues, order.paid) ?? used.due);
}

const nearest = (amounts: readonly Money[], to: Money): Money | undefined =>
  amounts.length === 0 ? undefined : amounts.reduce((best, a) => (absolute(a - to) < absolute(best - to) ? a : best));

/** What an order comes to that the month's bill has in part, if the bill of the next month, which is not here, has the rest at the same rate. */
function foreseen({ cycle, has }: RunContext, order: LedgerOrder, used: OrderMonth | undefined, basis: Basis): Money[] {
  const { lines, customer } = order;
  const isPart = lines > 0n && used?.cycle === cycle && customer > 0n && customer < used.due && !has('partner-bill', addMonths(cycle, 1));
  return isPart ? [divideRounded(used.due * order[basis], customer)] : [];
}

/** What an order comes to that was consumed and that no bill has, at the customer's settlement rates: the line that is missing is the bill's fault. */
function unbilled({ rates }: AccountPass, whole: readonly OrderMonth[], months: readonly OrderMonth[]): Money[] {
  return [...whole, ...months].flatMap((used) => (used.resale ? rates.dues(used) : []));
}

/** What the lines of an order come to where they are put right: their own arithmetic, and the customer amount that was consumed. */
function asConsumed({ db, cycle }: RunContext, months: readonly OrderMonth[]): Money[] {
  const find = prepared<[string, string, string], PrintedLine>(
    db,
    `SELECT b.customer_amount AS customer, b.settlement_rate AS rate, b.settlement_amount AS settlement, b.coupon_amount AS coupon,
            ${printedTaxSql} AS tax, b.amount_due AS due, b.settlement_scale AS scale
       FROM partner_bill b WHERE b.cycle = ? AND b.in_force = 1 AND b.customer_key = ? AND b.trade_id = ? ORDER BY b.id`,
  );
  const bills = months.filter((m) => m.from === 'bill');
  const here = bills.filter((m) => m.cycle === cycle);
  const used = months.filter((m) => m.from === 'consumption');
  const consumed = [used, used.filter((m) => m.cycle === cycle)].filter((own) => own.length > 0).map((own) => sum(own, 'due'));
  return [bills, here].flatMap((own) => {
    const lines = own.flatMap((m) => find.all(m.cycle, m.customerKey, m.tradeId));
    const settled = lines.map((line) => ({ ...settleLine(line), rate: line.rate }));
    const stated = settled.reduce((n, line) => n + line.due, 0n);
    const sound = settled.reduce((n, line) => n + line.due - line.settlementRest - line.partsRest, 0n);
    const customer = settled.reduce((n, line) => n + line.customer, 0n);
    const ratios = new Set(
      settled.flatMap((line) => [
        ...(line.rate === null ? [] : [line.rate]),
        ...(line.customer === 0n ? [] : [divideRounded((line.due + line.coupon) * one, line.customer)]),
      ]),
    );
    const surplus = consumed.map((amount) => customer - amount);
    // A line that stands twice has its coupon twice too.
    const copies = [...Map.groupBy(settled, (line) => `${line.customer} ${line.due}`).values()].flatMap(([line, ...more]) =>
      more.map((_, i) => ({ customer: line!.customer * BigInt(i + 1), due: line!.due * BigInt(i + 1) })),
    );
    const off = [
      ...surplus.flatMap((amount) => [...ratios].map((ratio) => divideRounded(amount * ratio, one))),
      ...copies.filter((copy) => surplus.includes(copy.customer)).map((copy) => copy.due),
    ];
    return lines.length === 0 ? [] : [sound, ...off.flatMap((amount) => [stated - amount, sound - amount])];
  });
}
