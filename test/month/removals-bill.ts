import { addMonths } from '../../electron/core/month.ts';
import { roundToCent } from '../../electron/core/money.ts';
import { dueOfCustomer, familyOf, isShared, splitChange, splitOf } from './removals-odd.ts';
import { amount, leaves, minus, plain, plus, sums, type Change, type Predict, type Predictions, type Removed } from './removals.ts';

/**
 * The total is rounded once: the rounding is that of the lines that are left. The only adjustment line of a month too is missed, for the bills beside
 * it list theirs.
 */
const billTotal: Predict = (r) => {
  const { due, stated } = sums<'due' | 'stated'>(
    r,
    `SELECT (SELECT sum(amount_due) FROM partner_bill WHERE cycle = :month AND in_force = 1) AS due, sum(amount_due) AS stated
       FROM bill_summary WHERE cycle = :month AND in_force = 1`,
  );
  const left = due - amount(r, 'amount_due');
  const rounding = left - roundToCent(left) - (due - roundToCent(due));
  return { unexplained: roundToCent(left) - stated, steps: { 'total-rounding': rounding } };
};

type Group = Record<'lines' | 'rows' | 'customer' | 'due' | 'truncated' | 'adjustment' | 'precision', bigint>;
const order = `
  SELECT sum(lines) AS lines, sum(rows) AS rows, coalesce(sum(customer), 0) AS customer, coalesce(sum(due), 0) AS due,
         coalesce(sum(truncated), 0) AS truncated, coalesce(sum(adjustment), 0) AS adjustment, coalesce(sum(precision), 0) AS precision
    FROM (SELECT count(*) AS lines, 0 AS rows, sum(customer_amount) AS customer, 0 AS due, 0 AS truncated,
                 sum(CASE bill_class WHEN 'adjustment' THEN customer_amount END) AS adjustment, 0 AS precision
            FROM partner_bill WHERE cycle = :month AND in_force = 1 AND customer_key = :customer AND trade_id IN (SELECT value FROM json_each(:family))
          UNION ALL
          SELECT 0, count(*), 0, sum(amount_due), sum(truncated_amount), 0, sum(CASE bill_type WHEN 25 THEN amount_due END)
            FROM consumption WHERE cycle = :month AND in_force = 1 AND customer_key = :customer AND trade_id IN (SELECT value FROM json_each(:family))
             AND association_type = 'resale')`;

/**
 * Where the rest of an order stands: in the steps that can be checked on its rows (rules §2, §7), else it is unexplained. So the truncation of an
 * order leaves its step together with the line that it was for. A combined order is one order. An order over the month's edge has its consumption here and its lines in the month
 * `after`, or its lines here and its consumption in the month `before`: what is consumed is the edge, what the bill lacks of it is unexplained in
 * the bill's month.
 */
function restOf(g: Group, { before, after }: Beside): Change {
  const rest = g.due - g.customer;
  if (rest === 0n) return plain(0n);
  const both = g.rows > 0n && g.lines > 0n;
  if (both && -rest === g.truncated) return leaves('truncation', rest);
  if (g.lines > 0n && -rest === g.adjustment) return leaves('adjustment', rest);
  if (g.rows > 0n && rest === g.precision) return leaves('precision-adjustment', rest);
  if (g.lines === 0n && after.lines > 0n && after.rows === 0n) return leaves('month-edge', rest);
  if (g.rows > 0n || before.rows === 0n || before.lines > 0n) return plain(rest);
  const lacking = before.due - g.customer;
  return lacking === 0n || -lacking === before.truncated
    ? leaves('month-edge', rest)
    : { unexplained: lacking, steps: { 'month-edge': -before.due } };
}

/** The same order in the two months beside. */
interface Beside {
  readonly before: Group;
  readonly after: Group;
}

/** What one row less in its month changes in the bridge of the month `at` months later. */
function change(r: Removed, at: -1 | 0 | 1, less: (g: Group) => Group): Change {
  const split = splitOf(r);
  if (split) return splitChange(r, split, at);
  const family = JSON.stringify(familyOf(r));
  const of = (offset: number): Group => sums<keyof Group>(r, order, { month: addMonths(r.month, at + offset), family });
  const [before, here, after] = [of(-1), of(0), of(1)];
  const now = { before: at === 1 ? less(before) : before, after: at === -1 ? less(after) : after };
  return minus(restOf(at === 0 ? less(here) : here, now), restOf(here, { before, after }));
}

/** The line's own components leave with it; its customer amount is missing on the bill side of its order. */
const billLine =
  (at: -1 | 0): Predict =>
  (r) => {
    const customer = amount(r, 'customer_amount');
    const adjustment = r.row['bill_class'] === 'adjustment' ? customer : 0n;
    const moved = change(r, at, (g) => ({
      ...g,
      lines: g.lines - 1n,
      customer: g.customer - customer,
      adjustment: g.adjustment - adjustment,
    }));
    if (at === -1) return moved;
    const [coupon, tax] = [amount(r, 'coupon_amount'), amount(r, 'tax_amount')];
    const discount = customer - amount(r, 'amount_due') - coupon + tax;
    return plus(moved, { unexplained: 0n, steps: { 'partner-coupon': -coupon, tax, 'settlement-discount': -discount } });
  };
const resaleConsumption =
  (at: 0 | 1): Predict =>
  (r) => {
    const due = amount(r, 'amount_due');
    if (r.row['association_type'] !== 'resale') return at === 0 ? leaves('referral', -due) : plain(0n);
    return change(r, at, (g) => ({
      ...g,
      rows: g.rows - 1n,
      due: g.due - due,
      truncated: g.truncated - amount(r, 'truncated_amount'),
      precision: g.precision - (r.row['bill_type'] === 25n ? due : 0n),
    }));
  };

type Grain = Record<'detail' | 'fractional' | 'stated' | 'n', bigint>;
const cent = 1_000_000n;

/** A grain in cents may differ from its rows with fractions by less than a cent each (rules §2); beyond that the amount is unexplained. */
const grain =
  (side: 'summary' | 'detail'): Predict =>
  (r) => {
    const { product_type: product, resource_type: resource, billing_mode: mode, bill_class: kind } = r.row;
    const same = `cycle = :month AND in_force = 1 AND customer_key = :customer AND product_type IS :product AND resource_type IS :resource
      AND billing_mode IS :mode AND bill_class IS :kind`;
    const before = sums<keyof Grain>(
      r,
      `SELECT coalesce(sum(detail), 0) AS detail, coalesce(sum(fractional), 0) AS fractional, coalesce(sum(stated), 0) AS stated, sum(n) AS n
         FROM (SELECT sum(amount_due) AS detail, sum(amount_due % 1000000 <> 0) AS fractional, 0 AS stated, 0 AS n FROM consumption WHERE ${same}
               UNION ALL SELECT 0, 0, sum(amount_due), count(*) FROM consumption_summary WHERE ${same})`,
      { product, resource, mode, kind },
    );
    const due = amount(r, 'amount_due');
    const after =
      side === 'summary'
        ? { ...before, stated: before.stated - due, n: before.n - 1n }
        : { ...before, detail: before.detail - due, fractional: before.fractional - (due % cent === 0n ? 0n : 1n) };
    return minus(grainRest(after), grainRest(before));
  };

function grainRest({ detail, stated, n, fractional }: Grain): Change {
  const missing = detail - stated;
  const size = missing < 0n ? -missing : missing;
  return n > 0n && stated % cent === 0n && size < cent * fractional ? leaves('precision', missing) : plain(missing);
}

/**
 * bill-account looks at deductions: an order without any entry proves nothing (bridges: `not-deducted`; the missing amount of a bill line stands in
 * bill-consumption), one of several entries leaves its order short.
 */
const deduction: Predict = (r) => {
  const paid = -amount(r, 'change_amount');
  const { entries, all, lines, due, resale, returned } = sums<'entries' | 'all' | 'lines' | 'due' | 'resale' | 'returned'>(
    r,
    `SELECT (SELECT count(*) FROM account_statement WHERE cycle = :month AND in_force = 1 AND trade_id = :trade AND trade_type IN ('deduction', 'refund')) AS entries,
            (SELECT sum(-change_amount) FROM account_statement WHERE cycle = :month AND in_force = 1 AND trade_id = :trade
               AND trade_type IN ('deduction', 'refund')) AS "all",
            (SELECT count(*) FROM partner_bill WHERE cycle = :month AND in_force = 1 AND trade_id = :trade) AS lines,
            (SELECT coalesce(sum(amount_due), 0) FROM partner_bill WHERE cycle = :month AND in_force = 1 AND trade_id = :trade) AS due,
            (SELECT count(*) FROM consumption WHERE in_force = 1 AND trade_id = :trade AND association_type = 'resale') AS resale,
            (SELECT count(*) FROM account_statement a JOIN partner_bill b ON b.original_trade_id = a.trade_id AND b.cycle = a.cycle
              WHERE a.cycle = :month AND a.in_force = 1 AND b.in_force = 1 AND a.trade_id = :trade AND a.trade_type = 'refund' AND b.bill_class = 'refund') AS returned`,
  );
  if (isShared(r)) {
    const own = dueOfCustomer(r, paid);
    return { unexplained: 0n, steps: { 'not-deducted': -own, basis: own - paid } };
  }
  // A refund that does not come back is found by its order.
  if (lines > 0n && r.row['trade_type'] === 'refund') return plain(-paid);
  // What is left of it belongs to its refund.
  if (lines > 0n && entries === 1n + returned) return { unexplained: 0n, steps: { 'not-deducted': -due, basis: due - paid } };
  if (entries > 1n) {
    // What the order should have been deducted at is what this account's other deductions agree with.
    const usual = r.deducted === 'due' && lines > 0n ? roundToCent(due) : all;
    return { unexplained: all - paid - usual, steps: { basis: usual - all } };
  }
  return leaves(resale > 0n ? 'other-month' : 'referral-payment', -paid);
};

const allocation =
  (side: 'ledger' | 'record'): Predict =>
  (r) => {
    const own = side === 'ledger' ? amount(r, 'change_amount') : amount(r, 'amount');
    const size = own < 0n ? -own : own;
    const out = (r.row[side === 'ledger' ? 'trade_type' : 'operation'] as string) === 'allocation';
    return plain((side === 'record') === out ? -size : size);
  };

/** Rows of the bill, the consumption and the accounts. */
export const billRemovals: Record<string, Predictions> = {
  bill_summary: { 'bill-total-lines': (r) => plain(amount(r, 'amount_due')) },
  partner_bill: { 'bill-total-lines': billTotal, 'bill-consumption': billLine(0), 'bill-consumption@-1': billLine(-1) },
  consumption_summary: { 'consumption-summary': grain('summary') },
  consumption: {
    'bill-consumption': resaleConsumption(0),
    'bill-consumption@1': resaleConsumption(1),
    'consumption-summary': grain('detail'),
  },
  account_statement: { 'bill-account': deduction },
  'account_statement allocations': { 'account-adjustment': allocation('ledger') },
  adjustment: { 'account-adjustment': allocation('record') },
};
