import { addMonths } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import { fillFollowedRests, isFollowed } from './followed-rests.ts';
import { paymentRestSql } from './payment-parts.ts';
import { monthRows } from './rows-of.ts';
import { inSheets } from './sheet-steps.ts';
import { classedConsumption, classedPerformance, countedSql, flexiSql, leftByPrevious, product } from './counted-rows.ts';
import { agreedAtOnce, openRows, type AgreedOrders } from './performance-agreed.ts';
import { fillCountingCoupons, fillProductClasses } from './product-class.ts';

/** Totals of the consumption side, from the rows and not from the groups: component → amount and rows that have it. */
export interface ConsumptionTotals {
  readonly due: bigint;
  /** What the payment parts of the rows leave of the amount due, and how many rows have such a rest. */
  readonly rest: bigint;
  readonly rests: bigint;
  readonly parts: readonly { readonly step: ComponentStep; readonly amount: bigint; readonly rows: bigint }[];
}
export type ComponentStep =
  'coupon' | 'flexi-purchase-coupon' | 'bonus' | 'debt' | 'write-off' | 'credit' | 'card-purchase' | 'no-performance-product';

/** Every component of a consumption row that is no performance, as SQL over `classedConsumption`. */
export function componentsSql(settings: RunContext['settings']): readonly (readonly [ComponentStep, string])[] {
  const counted = countedSql(settings);
  return [
    ['coupon', 'coalesce(c.coupon_amount, 0)'],
    ['flexi-purchase-coupon', 'CASE WHEN m.coupon_id IS NULL THEN coalesce(c.flexi_purchase_coupon_amount, 0) ELSE 0 END'],
    ['bonus', 'coalesce(c.bonus_amount, 0)'],
    ['debt', 'coalesce(c.debt_amount, 0)'],
    ['write-off', settings.writeOffCounts ? '0' : 'coalesce(c.write_off_amount, 0)'],
    ['credit', settings.creditCounts ? '0' : 'coalesce(c.credit_amount, 0)'],
    ['card-purchase', `CASE k.class WHEN 2 THEN ${counted} ELSE 0 END`],
    ['no-performance-product', `CASE k.class WHEN 1 THEN ${counted} ELSE 0 END`],
  ];
}

/** Adds up the month's consumption and every component of its rows that is no performance. */
export function consumptionTotals(context: RunContext): ConsumptionTotals {
  const sheets = inSheets(context, 'totals', ['consumption', 'c'], (ask, { db, cycle, settings }) => {
    fillCountingCoupons(db);
    fillProductClasses(db, 'product_class', cycle, settings);
    const sums = componentsSql(settings).map(([, sql], i) => `coalesce(sum(${sql}), 0) AS a${i}, coalesce(sum((${sql}) <> 0), 0) AS n${i}`);
    return ask<Record<string, bigint>>(
      (from, where) => `SELECT coalesce(sum(c.amount_due), 0) AS due, coalesce(sum(${paymentRestSql}), 0) AS rest,
                                coalesce(sum(${paymentRestSql} <> 0), 0) AS rests, ${sums.join(', ')}
                          FROM ${classedConsumption('product_class', from)} WHERE ${where}`,
    );
  });
  const total = (name: string): bigint => sheets.flat().reduce((n, sheet) => n + sheet[name]!, 0n);
  return {
    due: total('due'),
    rest: total('rest'),
    rests: total('rests'),
    parts: componentsSql(context.settings).map(([step], i) => ({ step, amount: total(`a${i}`), rows: total(`n${i}`) })),
  };
}

/**
 * Fills TEMP `performance_group`: one row per (customer, trade id), or per (customer, product) where rows have no trade id, with what the month's
 * consumption says should count, what performance states, and what the month before left for monthly-settled products. Unless the `whole` month is
 * wanted, orders that agree at once stay out and are returned as their sums. Needs TEMP `transferred`.
 */
export function fillPerformanceGroups(context: RunContext, whole: boolean): AgreedOrders {
  const { db, cycle, settings } = context;
  const previous = addMonths(cycle, -1);
  fillCountingCoupons(db);
  fillProductClasses(db, 'product_class', cycle, settings);
  fillProductClasses(db, 'previous_product_class', previous, settings);
  const agreed = whole ? undefined : agreedAtOnce(context);
  const rows = (table: 'consumption' | 'performance'): string => (agreed ? openRows(table) : monthRows(table, 'c'));
  const counted = countedSql(settings);
  const key = `c.customer_key AS customer_key, c.trade_id AS trade_id, CASE WHEN c.trade_id IS NULL THEN ${product} END AS key_product`;
  db.exec('DROP TABLE IF EXISTS temp.performance_group');
  const day = 'substr(coalesce(c.traded_at, c.consumed_from), 1, 10)';
  // The sorter carries few and narrow columns; what an amount counts for is told apart by side and class when it is added up.
  const when = (side: Side, kind?: number): string => `side = ${sides[side]}${kind === undefined ? '' : ` AND class = ${kind}`}`;
  const sum = (column: string, filter: string): string => `coalesce(sum(${column}) FILTER (WHERE ${filter}), 0)`;
  db.prepare(
    `CREATE TEMP TABLE performance_group AS
     SELECT customer_key, trade_id, key_product, min(product) AS product, max(listed) AS listed, 0 AS pooled, 0 AS match,
            ${sum('amount', when('consumed', 0))} AS expected, ${sum('amount', when('consumed', 1))} AS refused,
            ${sum('amount', when('consumed', 2))} AS card_purchase, ${sum('amount', when('consumed', 3))} AS monthly_out,
            sum(card) AS card, sum(coupon) AS coupon, sum(flexi) AS flexi, sum(${when('consumed')}) AS consumption_rows,
            ${sum('amount', `${when('stated')} AND class <> 3`)} AS stated, ${sum('amount', when('stated', 1))} AS stated_refused,
            ${sum('amount', when('stated', 2))} AS stated_card, ${sum('amount', when('stated', 3))} AS stated_monthly,
            sum(${when('stated')}) AS performance_rows, sum(${when('stated', 3)}) AS monthly_rows,
            ${sum('amount', when('previous'))} AS monthly_in, sum(${when('previous')}) AS previous_rows,
            min(day) AS earliest
       FROM (
         SELECT ${key}, ${product} AS product, coalesce(k.listed, 0) AS listed, ${sides.consumed} AS side, coalesce(k.class, 0) AS class,
                ${counted} AS amount, ${counting('c.stored_value_card_amount')} AS card, ${counting('c.coupon_amount')} AS coupon,
                ${counting(flexiSql)} AS flexi, ${day} AS day
           FROM ${classedConsumption('product_class', rows('consumption'))}
         UNION ALL
         SELECT ${key}, ${product}, 0, ${sides.stated}, coalesce(k.class, 0), coalesce(c.amount, 0), 0, 0, 0, NULL
           FROM ${classedPerformance(rows('performance'))}
         UNION ALL
         SELECT ${key}, ${product}, 0, ${sides.previous}, 3, ${counted}, 0, 0, 0, ${day}
           FROM ${leftByPrevious}
       )
      GROUP BY customer_key, trade_id, key_product`,
  ).run({ cycle, previous });
  return agreed ?? { groups: 0n, rows: 0n };
}

/** Adds to the groups what performance follows of the rests that payment parts leave; returns how much that is. */
export function addFollowedRests(context: RunContext): bigint {
  const followed = fillFollowedRests(context);
  context.db.exec(`UPDATE temp.performance_group AS g
    SET expected = expected + (SELECT rest FROM temp.followed_rest f WHERE f.customer_key = g.customer_key AND f.trade_id = g.trade_id)
    WHERE ${isFollowed('g')}`);
  return followed;
}

/** The rows that a group is made of: the month's consumption and performance, and what the month before left for this one. */
const sides = { consumed: 0, stated: 1, previous: 2 } as const;
type Side = keyof typeof sides;
/** A part of a consumption row whose product counts like any other. */
const counting = (column: string): string => `CASE coalesce(k.class, 0) WHEN 0 THEN coalesce(${column}, 0) ELSE 0 END`;
