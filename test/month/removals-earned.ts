import { multiplyRate, multiplyRateToCent } from '../../electron/core/money.ts';
import { amount, leaves, minus, plain, plus, sums, type Change, type Predict, type Predictions, type Removed } from './removals.ts';

const database = '云数据库';
const monthly = '内容分发网络';

/** Parts that are no performance leave with their row; what counts is missing against the stated performance. */
const counted: Predict = (r) => {
  const { counts, transferred } = sums<'counts' | 'transferred'>(
    r,
    `SELECT (SELECT count(*) FROM coupon_map WHERE in_force = 1 AND counts = 1 AND coupon_id = :coupon) AS counts,
            (SELECT count(*) FROM performance_transfer WHERE in_force = 1 AND trade_id = :trade) AS transferred`,
    { coupon: r.row['coupon_id'] },
  );
  const flexi = amount(r, 'flexi_purchase_coupon_amount');
  const own = (['cash_amount', 'credit_amount', 'stored_value_card_amount'] as const).reduce((sum, c) => sum + amount(r, c), 0n);
  const counting = own + (counts > 0n ? flexi : 0n);
  const components = {
    coupon: amount(r, 'coupon_amount'),
    'flexi-purchase-coupon': counts > 0n ? 0n : flexi,
    bonus: amount(r, 'bonus_amount'),
    debt: amount(r, 'debt_amount'),
    'write-off': amount(r, 'write_off_amount'),
  };
  const out: Record<string, string> = { 云商店: 'no-performance-product', 储值卡: 'card-purchase', [monthly]: 'monthly-settled-out' };
  const step = out[r.row['product_type'] as string] ?? (transferred > 0n ? 'transferred' : undefined);
  return plus(step ? leaves(step, counting) : plain(counting), { unexplained: 0n, steps: components });
};

/** How many performance rows of products settled monthly the order has. */
const monthlyRows = (r: Removed): bigint =>
  sums<'n'>(
    r,
    'SELECT count(*) AS n FROM performance WHERE cycle = :month AND in_force = 1 AND customer_key = :customer AND trade_id = :trade',
  ).n;

/** Performance of products settled monthly is judged with its consumption, in the month before; here the last row of an order leaves its step. */
const stated: Predict = (r) =>
  r.row['product_type'] === monthly && monthlyRows(r) === 1n
    ? leaves('monthly-settled-in', -amount(r, 'amount'))
    : plain(-amount(r, 'amount'));
const statedBefore: Predict = (r) => {
  const last = r.row['product_type'] === monthly && monthlyRows(r) === 1n;
  const a = last ? amount(r, 'amount') : 0n;
  return { unexplained: -a, steps: { 'monthly-settled-out': a } };
};

interface Paid {
  readonly plan: string;
  readonly rate: bigint;
  readonly amount: bigint;
  readonly late: bigint;
}
/** The incentive rows of a performance row: of its month and, where the policy table makes them due, of the next one. */
function paidFor(r: Removed, performanceId: string, cycle: string): Paid[] {
  const months = r.rates === 'table' ? "cycle IN (:cycle, strftime('%Y-%m', :cycle || '-01', '+1 month'))" : 'cycle = :cycle';
  return r.db
    .prepare<{ id: string; cycle: string }, Paid>(
      `SELECT plan_name AS plan, rate, amount, cycle <> :cycle AS late FROM incentive WHERE performance_id = :id AND in_force = 1 AND ${months}`,
    )
    .all({ id: performanceId, cycle })
    .sort((a, b) => (a.plan < b.plan ? -1 : 1));
}

/** The steps that one performance row stands in, by what it is paid. */
function earnings(base: bigint, product: unknown, paid: readonly Paid[]): Change {
  if (product === '虚拟专用网络') return leaves('no-rebate', -base);
  const [first, ...further] = paid;
  if (!first) return leaves('no-rate', -base);
  const exact = multiplyRate(base, first.rate);
  const sum = (rows: readonly Paid[]): bigint => rows.reduce((n, p) => n + p.amount, 0n);
  const steps = {
    rate: exact - base,
    rounding: first.amount - exact,
    'further-plan': sum(further),
    'next-month': -sum(paid.filter((p) => p.late === 1n)),
  };
  return { unexplained: 0n, steps };
}

/** The tier plan's row of the month, and what it should be with the given base. */
function tier(r: Removed): { stated: bigint; base: bigint; due(base: bigint): bigint } {
  const row = r.db
    .prepare<[string], { amount: bigint; base: bigint }>(
      'SELECT amount, base_amount AS base FROM incentive WHERE cycle = ? AND in_force = 1 AND performance_id IS NULL',
    )
    .get(r.month)!;
  const chart = r.db
    .prepare<[], { threshold: bigint; rate: bigint }>("SELECT threshold, rate FROM policy WHERE method = 'tier' ORDER BY threshold")
    .all();
  const due = (base: bigint): bigint => multiplyRateToCent(base, chart.findLast((t) => base >= t.threshold)?.rate ?? 0n);
  return { stated: row.amount, base: row.base, due };
}

/** A performance row leaves with its steps, and its incentive stands alone; the base of its tier plan is less by it. */
const performance: Predict = (r) => {
  const base = amount(r, 'amount');
  const product = r.row['product_type'];
  if (r.rates === 'none') return leaves(product === '虚拟专用网络' ? 'no-rebate' : 'no-rate', base);
  const paid = paidFor(r, r.row['performance_id'] as string, r.month);
  const now = paid.filter((p) => p.late === 0n).reduce((sum, p) => sum + p.amount, 0n);
  const own = minus(plain(now), earnings(base, product, paid));
  if (product !== database || base === 0n) return own;
  const t = tier(r);
  // Without a policy table a base that is no longer the performance of what the row names cannot be told right or wrong: all of it is unexplained.
  const due = r.rates === 'table' ? t.due(t.base - base) : 0n;
  return plus(own, { unexplained: t.stated - due, steps: { 'threshold-plan': due - t.stated } });
};

/**
 * With a policy table a removed payment is missing. Printed rates alone do not say that it was due: its performance loses this plan, to `no-rate`
 * if it was the only one. Without any rate its amount was unexplained and leaves. A late row is missing in the bridge of its performance.
 */
const incentive: Predict = (r) => {
  const paid = amount(r, 'amount');
  const id = r.row['performance_id'] as string | null;
  if (r.rates === 'none') return plain(-paid);
  if (id === null) return r.rates === 'table' ? plain(-paid) : leaves('threshold-plan', -paid);
  const here = performanceOf(r, id);
  if (here?.cycle !== r.month) return leaves('previous-month', -paid);
  if (r.rates === 'table') return plain(-paid);
  const rows = paidFor(r, id, r.month);
  const left = rows.filter((p) => p.plan !== r.row['plan_name']);
  return minus(earnings(here.amount, here.product, left), earnings(here.amount, here.product, rows));
};
const incentiveBefore: Predict = (r) => {
  const id = r.row['performance_id'] as string | null;
  const late = r.rates === 'table' && id !== null && performanceOf(r, id)?.cycle !== r.month;
  const a = late ? amount(r, 'amount') : 0n;
  return { unexplained: -a, steps: { 'next-month': a } };
};
const performanceOf = (r: Removed, id: string): { cycle: string; amount: bigint; product: string } | undefined =>
  r.db
    .prepare<[string], { cycle: string; amount: bigint; product: string }>(
      'SELECT cycle, amount, product_type AS product FROM performance WHERE performance_id = ? AND in_force = 1',
    )
    .get(id);

/** Details whose statement is not there are a filtered export (bridges): they enter that step with exactly their sum. */
const statement =
  (column: string): Predict =>
  (r) =>
    leaves('detail-without-statement', amount(r, column));

/** A detail row is missing from its statement; the only one leaves the statement without details, as a filtered export would (bridges). */
const ofStatement =
  (table: 'performance' | 'incentive', id: string): Predict =>
  (r) => {
    const { n } = sums<'n'>(r, `SELECT count(*) AS n FROM ${table} WHERE cycle = :month AND in_force = 1 AND ${id} IS :id`, {
      id: r.row[id],
    });
    return n > 1n ? plain(-amount(r, 'amount')) : leaves('statement-without-detail', -amount(r, 'amount'));
  };

/** The last invoice of a request leaves it "not invoiced yet" (bridges); one of several leaves it short. */
const invoice: Predict = (r) => {
  const { n, requested } = sums<'n' | 'requested'>(
    r,
    `SELECT (SELECT count(*) FROM invoice WHERE request_id = :request AND removed_at IS NULL) AS n,
            (SELECT sum(amount) FROM payment_request WHERE request_id = :request AND in_force = 1) AS requested`,
    { request: r.row['request_id'] },
  );
  return n > 1n ? plain(-amount(r, 'total')) : leaves('not-invoiced-yet', -requested);
};

/** Rows of performance, incentive and what is paid for it. */
export const earnedRemovals: Record<string, Predictions> = {
  consumption: { 'consumption-performance': counted },
  performance: {
    'consumption-performance': stated,
    'consumption-performance@-1': statedBefore,
    'performance-summary': ofStatement('performance', 'statement_id'),
    'performance-incentive': performance,
  },
  incentive: {
    'performance-incentive': incentive,
    'performance-incentive@-1': incentiveBefore,
    'incentive-summary': ofStatement('incentive', 'incentive_bill_id'),
  },
  performance_summary: { 'performance-summary': statement('total_amount') },
  incentive_summary: { 'incentive-summary': statement('amount') },
  invoice: { 'request-invoices': invoice },
};
