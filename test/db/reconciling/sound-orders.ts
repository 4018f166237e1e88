import fc from 'fast-check';
import type { WriteDb } from '../../../db/open.ts';
import { addMonths, lastDay, type BillingCycle } from '../../../electron/core/month.ts';
import { formatMoney } from '../../../electron/core/money.ts';
import { insert, type Values } from '../rows.ts';
import { bill, consume, deduct } from './account-builder.ts';

/** Months whose statements are all there; the first and the last have nothing under test. */
export const months = ['2025-06', '2025-07', '2025-08', '2025-09', '2025-10', '2025-11'] as const;
/** Names of what each month has beside the orders under test. */
export const beside = 'beside';

/** CDN is settled monthly: its performance is the next month's. */
export const settings = { monthlySettledProducts: ['CDN'] };

/** The orders' amounts are multiples of it: their due and their incentive is in whole cents. */
const unit = 20_000_000n;
const part = 500n * unit;
export const due = (amount: bigint): bigint => (amount * 3n) / 4n;

interface Place {
  readonly t: string;
  readonly cycle: string;
  readonly next: string;
  readonly a: bigint;
  readonly b: bigint;
  /** Less than either. */
  readonly c: bigint;
  /** A line of the bill; a row of consumption with its performance and incentive; both. */
  billed(trade: string, amount: bigint, more?: Values, cycle?: string): void;
  used(trade: string, amount: bigint, more?: Values, cycle?: string): void;
  both(trade: string, amount: bigint, more?: Values, cycle?: string): void;
  /** An entry of an order; one without number in the sum of its day. */
  paid(trade: string, amount: bigint, cycle?: string, at?: string): void;
  onCredit(trade: string, amount: bigint): void;
  inSum(amount: bigint): void;
  /** What a repayment in the next month pays, where there is one. */
  owed(amount: bigint): void;
  allocate(customer: string, amount: bigint): void;
}

const back = (original: string): Values => ({ bill_class: 'refund', original_trade_id: original });
const cdn: Values = { product_type: 'CDN' };
const adjustment = ({ t, c, billed }: Place): void => billed(t, -c, { bill_class: 'adjustment' });
const whose = (customer: string): Values => ({ customer_id: customer, account_name: customer });
const lastNight = (cycle: string): string => `${lastDay(cycle)} 23:30:00`;
const childrenOf = ({ t, a, b, used }: Place): void => {
  used(`${t}a`, a, { original_trade_id: t });
  used(`${t}b`, b, { original_trade_id: t });
};

const combined = ({ t, a, b, both, paid }: Place): void => {
  both(`${t}a`, a, { original_trade_id: t });
  both(`${t}b`, b, { original_trade_id: t });
  paid(t, due(a + b));
};

/** What a customer may do in a month, as every statement has it where nothing is wrong. */
const kinds = {
  order: ({ t, a, both, paid }) => [both(t, a), paid(t, due(a))],
  inDaysSum: ({ t, a, both, inSum }) => [both(t, a), inSum(due(a))],
  notPaidYet: ({ t, a, both, owed }) => [both(t, a), owed(due(a))],
  onCredit: ({ t, a, both, onCredit }) => [both(t, a), onCredit(t, due(a))],
  onTwoAccounts: ({ t, a, c, both, onCredit, paid }) => [both(t, a), onCredit(t, due(a - c)), paid(t, due(c))],
  twoLines: ({ t, a, b, both, paid }) => [both(t, a), both(t, b), paid(t, due(a + b))],
  twoLinesPaidEach: ({ t, a, b, both, paid }) => [both(t, a), both(t, b), paid(t, due(a)), paid(t, due(b))],
  twoLinesInDaysSum: ({ t, a, b, both, inSum }) => [both(t, a), both(t, b), inSum(due(a + b))],
  partnerCoupon: ({ t, a, billed, used, paid }) => [billed(t, a, { coupon_amount: part }), used(t, a), paid(t, due(a) - part)],
  partnerCouponInDaysSum: ({ t, a, billed, used, inSum }) => [billed(t, a, { coupon_amount: part }), used(t, a), inSum(due(a) - part)],
  customerCoupon: ({ t, a, c, billed, used, paid }) => [
    billed(t, a),
    used(t, a, { cash_amount: a - c, coupon_amount: c }),
    paid(t, due(a)),
  ],
  adjusted: (of) => [of.both(of.t, of.a), adjustment(of), of.paid(of.t, due(of.a - of.c))],
  adjustedApart: (of) => [of.both(of.t, of.a), adjustment(of), of.paid(of.t, due(of.a)), of.paid(of.t, due(-of.c))],
  monthlySettled: ({ t, a, both, paid }) => [both(t, a, cdn), paid(t, due(a))],
  monthlySettledInDaysSum: ({ t, a, both, inSum }) => [both(t, a, cdn), inSum(due(a))],
  monthlySettledRefund: ({ t, a, c, both, paid }) => [both(t, a, cdn), both(`${t}r`, -c, { ...cdn, ...back(t) }), paid(t, due(a)), paid(`${t}r`, due(-c))], // prettier-ignore
  inParts: ({ t, a, c, both, paid }) => [both(t, a + c), paid(t, due(a)), paid(t, due(c))],
  inPartsOverMonths: ({ t, a, c, next, both, paid }) => [both(t, a + c), paid(t, due(a)), paid(t, due(c), next)],
  overMonths: ({ t, a, b, next, both, paid }) => [both(t, a), both(t, b, {}, next), paid(t, due(a)), paid(t, due(b), next)],
  overMonthsPaidAtOnce: ({ t, a, b, next, both, paid }) => [both(t, a), both(t, b, {}, next), paid(t, due(a + b))],
  ofTwoCustomers: ({ t, a, b, both, paid }) => [both(t, a), both(t, b, whose('c3')), paid(t, due(a)), paid(t, due(b))],
  referral: ({ t, a, used, paid }) => [used(t, a, { association_type: 'referral' }), paid(t, a)],
  onAllocation: ({ t, a, both, allocate }) => [both(t, a, whose('c9')), allocate('c9', a)],
  combined,
  combinedBilledAndPaid: (of) => [childrenOf(of), of.billed(of.t, of.a + of.b), of.paid(of.t, due(of.a + of.b))],
  combinedPaidByChildren: (of) => [childrenOf(of), of.billed(of.t, of.a + of.b), of.paid(`${of.t}a`, due(of.a)), of.paid(`${of.t}b`, due(of.b))], // prettier-ignore
  combinedRefund: (of) => [combined(of), of.both(`${of.t}r`, -of.c, back(`${of.t}a`)), of.paid(`${of.t}r`, due(-of.c))],
  refund: ({ t, a, c, both, paid }) => [both(t, a), both(`${t}r`, -c, back(t)), paid(t, due(a)), paid(`${t}r`, due(-c))],
  refundUnderOrder: ({ t, a, c, both, paid }) => [both(t, a), both(`${t}r`, -c, back(t)), paid(t, due(a)), paid(t, due(-c))],
  refundInParts: ({ t, a, c, both, paid }) => [both(t, a), both(`${t}r`, -c, back(t)), paid(t, due(a)), paid(`${t}r`, due(-part)), paid(`${t}r`, due(part - c))], // prettier-ignore
  refundOverMonths: ({ t, a, c, next, both, paid }) => [both(t, a), both(`${t}r`, -c, back(t)), paid(t, due(a)), paid(`${t}r`, due(-part)), paid(`${t}r`, due(part - c), next)], // prettier-ignore
  refundNextMonth: ({ t, a, c, next, both, paid }) => [both(t, a), both(`${t}r`, -c, back(t), next), paid(t, due(a)), paid(`${t}r`, due(-c), next)], // prettier-ignore
  refundInDaysSum: ({ t, a, c, cycle, both, paid, inSum }) => {
    const before = addMonths(cycle, -1);
    both(t, a, {}, before);
    paid(t, due(a), before);
    both(`${t}r`, -c, back(t));
    inSum(due(-c));
  },
  atMonthsEdge: ({ t, a, cycle, next, billed, used, paid }) => {
    used(t, a, { traded_at: lastNight(cycle) });
    billed(t, a, { traded_at: lastNight(cycle) }, next);
    paid(t, due(a), next, `${next}-01 00:30:00`);
  },
  atMonthsEdgePaidBefore: ({ t, a, cycle, next, billed, used, paid }) => {
    used(t, a, { traded_at: lastNight(cycle) });
    billed(t, a, { traded_at: lastNight(cycle) }, next);
    paid(t, due(a), cycle, lastNight(cycle));
  },
} satisfies Record<string, (of: Place) => unknown>;

/** One of them: amounts that no other comes to but by chance. */
const anyOrder = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[])),
  customer: fc.constantFrom('c1', 'c1', 'c2'),
  day: fc.constantFrom('03', '10', '10'),
  mode: fc.constantFrom('payPerUse', 'payPerUse', 'yearlyMonthly'),
  product: fc.constantFrom('ECS', 'ECS', 'OBS'),
  cycle: fc.constantFrom<BillingCycle>('2025-09', '2025-09', '2025-08'),
  amounts: fc.tuple(fc.integer({ min: 1e6, max: 9e6 }), fc.integer({ min: 1e6, max: 9e6 }), fc.integer({ min: 2e3, max: 9e5 })),
});
type Order = typeof anyOrder extends fc.Arbitrary<infer T> ? T : never;
/** What the accounts deduct in one sum: all orders of a day that are not deducted by number, or those of each of its modes, customers or products. */
const sumStyles = { day: () => '', mode: (o: Order) => o.mode, customer: (o: Order) => o.customer, product: (o: Order) => o.product };

/** Some of them side by side. */
export const soundOrders = fc.record({
  orders: fc.array(anyOrder, { minLength: 1, maxLength: 7 }),
  style: fc.constantFrom(...(Object.keys(sumStyles) as (keyof typeof sumStyles)[])),
  isRepaid: fc.boolean(),
});
export type SoundOrders = typeof soundOrders extends fc.Arbitrary<infer T> ? T : never;

/** Writes all statements of these orders. */
export function fillSound(db: WriteDb, { orders, style, isRepaid }: SoundOrders): void {
  insert(db, 'policy', { plan_name: 'X', method: 'perRow', rate: 5_000_000n });
  for (const month of months) {
    const { both, paid } = placeOf(db, { kind: 'order', customer: 'c0', day: '15', mode: 'payPerUse', product: 'ECS', cycle: month, amounts: [1, 1, 1] } as never, `${beside}${month}`, () => {}, () => {}); // prettier-ignore
    both(`${beside}${month}`, unit);
    paid(`${beside}${month}`, due(unit));
  }
  const sums = new Map<string, bigint>();
  const open = new Map<BillingCycle, bigint>();
  for (const [at, order] of orders.entries()) {
    const inSum = (amount: bigint): void => {
      const key = `${order.cycle}-${order.day}|${sumStyles[style](order)}|${amount < 0n}`;
      sums.set(key, (sums.get(key) ?? 0n) + amount);
    };
    const owed = (amount: bigint): void => void open.set(order.cycle, (open.get(order.cycle) ?? 0n) + amount);
    kinds[order.kind](placeOf(db, order, `T${at}`, inSum, owed));
  }
  for (const [key, amount] of sums) deduct(db, `S${key}`, null, formatMoney(amount), { traded_at: `${key.slice(0, 10)} 23:00:00` }, key.slice(0, 7)); // prettier-ignore
  for (const [cycle, amount] of isRepaid ? open : []) {
    const next = addMonths(cycle, 1);
    deduct(db, `R${cycle}`, null, formatMoney(amount), { trade_type: 'repayment', traded_at: `${next}-15 08:00:00` }, next);
  }
}

function placeOf(db: WriteDb, o: Order, t: string, inSum: Place['inSum'], owed: Place['owed']): Place {
  const [a, b, c] = o.amounts.map((n) => BigInt(n) * unit) as [bigint, bigint, bigint];
  let n = 0;
  const of = (cycle: string, more: Values): Values => ({ ...whose(o.customer), billing_mode: o.mode, product_type: o.product, traded_at: `${cycle}-${o.day} 08:00:00`, bill_class: 'consumption', ...more }); // prettier-ignore
  const entry =
    (account: string) =>
    (trade: string, amount: bigint, cycle: string = o.cycle, at = `${cycle}-${o.day} 09:00:00`) =>
      void deduct(db, `F${t}.${(n += 1)}`, trade, formatMoney(amount), { account, traded_at: at }, cycle);
  const billed = (trade: string, amount: bigint, more: Values = {}, cycle = o.cycle): void =>
    void bill(db, trade, formatMoney(amount), of(cycle, more), cycle);
  const used = (trade: string, amount: bigint, more: Values = {}, cycle = o.cycle): void => {
    consume(db, trade, formatMoney(amount), of(cycle, more), cycle);
    const { cash_amount = amount, coupon_amount: _, ...same } = more;
    const counted = cash_amount as bigint;
    const own: Values = { association_type: 'resale', ...of(cycle, same) };
    const counts = {
      cycle: own['product_type'] === 'CDN' ? addMonths(cycle, 1) : cycle,
      trade_id: trade,
      performance_id: `${t}.${(n += 1)}`,
    };
    insert(db, 'performance', { ...own, ...counts, amount: counted });
    const row = {
      ...counts,
      incentive_row_id: `I${t}.${n}`,
      plan_name: 'X',
      base_amount: counted,
      rate: 5_000_000n,
      amount: counted / 20n,
    };
    for (const name of ['customer_id', 'account_name', 'product_type', 'traded_at', 'association_type'])
      Object.assign(row, { [name]: own[name] });
    insert(db, 'incentive', row);
  };
  return {
    t,
    a,
    b,
    c,
    cycle: o.cycle,
    next: addMonths(o.cycle, 1),
    inSum,
    owed,
    billed,
    used,
    paid: entry('recharge'),
    onCredit: entry('credit'),
    both(...row) {
      billed(...row);
      used(...row);
    },
    allocate: (customer, amount) =>
      void insert(db, 'account-statement', { cycle: o.cycle, account: 'recharge', flow_id: `A${t}`, trade_type: 'allocation', customer_id: customer, traded_at: `${o.cycle}-02 08:00:00`, change_amount: -amount }), // prettier-ignore
  };
}
