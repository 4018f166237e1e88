import { addMonths } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, classedPerformance, countedSql, leftByPrevious } from './counted-rows.ts';
import { monthRows } from './rows-of.ts';

/** Orders that agree at once, as far as they have performance: nothing of them is left to look at. */
export interface AgreedOrders {
  readonly groups: bigint;
  readonly rows: bigint;
}

/** What a row is: what counts of consumption, plain performance, or something of which its group is looked at whole. */
const is = { consumed: 0, stated: 1, apart: 2 } as const;
/** A group's rows and its stated rows, in one sum: each further one over all rows takes its time. */
const counted = { sql: `sum(1 + (what = ${is.stated}) * 2147483648)`, rows: 'counts % 2147483648', stated: 'counts / 2147483648' };

/**
 * Finds the orders of both statements whose amounts are equal and that nothing else concerns, by sorting no more than keys and amounts; TEMP
 * `performance_open` keeps the keys of all others. Undefined where those have more than a few of the month's rows: then it is quicker to read all.
 * Needs TEMP `product_class`, `previous_product_class`, `counting_coupon` and `transferred`.
 */
export function agreedAtOnce({ db, cycle, settings }: RunContext): AgreedOrders | undefined {
  db.exec('DROP TABLE IF EXISTS temp.performance_open');
  // Of what agrees only the counts are written.
  db.prepare(
    `CREATE TEMP TABLE performance_open AS
     SELECT CASE WHEN agrees THEN NULL ELSE customer_key END AS customer_key, CASE WHEN agrees THEN NULL ELSE trade_id END AS trade_id,
            agrees, ${counted.stated} AS stated_rows, ${counted.rows} AS rows
       FROM (
         SELECT customer_key, trade_id, counts,
                trade_id IS NOT NULL AND most < ${is.apart} AND ${counted.stated} < ${counted.rows} AND balance = 0
                  AND trade_id NOT IN (SELECT trade_id FROM temp.transferred) AS agrees
           FROM (
           SELECT customer_key, trade_id, ${counted.sql} AS counts, max(what) AS most,
                  sum(CASE what WHEN ${is.stated} THEN -amount ELSE amount END) AS balance
           FROM (
             SELECT c.customer_key AS customer_key, c.trade_id AS trade_id, CASE k.class WHEN 3 THEN ${is.apart} ELSE ${is.consumed} END AS what,
                    CASE coalesce(k.class, 0) WHEN 0 THEN ${countedSql(settings)} ELSE 0 END AS amount
               FROM ${classedConsumption('product_class', monthRows('consumption', 'c'))}
             UNION ALL
             SELECT c.customer_key, c.trade_id, CASE coalesce(k.class, 0) WHEN 0 THEN ${is.stated} ELSE ${is.apart} END, coalesce(c.amount, 0)
               FROM ${classedPerformance(monthRows('performance', 'c'))}
             UNION ALL
             SELECT c.customer_key, c.trade_id, ${is.apart}, 0 FROM ${leftByPrevious}
           )
          GROUP BY trade_id, customer_key
         )
       )`,
  ).run({ cycle, previous: addMonths(cycle, -1) });
  const { few, ...agreed } = db
    .prepare<[], AgreedOrders & { readonly few: bigint }>(
      `SELECT count(*) FILTER (WHERE agrees AND stated_rows > 0) AS groups, coalesce(sum(rows) FILTER (WHERE agrees AND stated_rows > 0), 0) AS rows,
              coalesce(sum(rows) FILTER (WHERE NOT agrees), 0) * 4 < sum(rows) AS few
         FROM temp.performance_open`,
    )
    .get()!;
  return few === 1n ? agreed : undefined;
}

/** The month's rows c of the orders in TEMP `performance_open`, by the index. */
export const openRows = (table: 'consumption' | 'performance'): string =>
  `temp.performance_open o
   CROSS JOIN ${table} c ON c.cycle = :cycle AND c.in_force = 1 AND c.customer_key = o.customer_key AND c.trade_id IS o.trade_id`;
