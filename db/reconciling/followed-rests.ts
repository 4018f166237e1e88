import type { RunContext } from './context.ts';
import { classedConsumption, classedPerformance, countedSql } from './counted-rows.ts';
import { monthScan } from './month-scan.ts';
import { paymentRestSql } from './payment-parts.ts';
import { fillCountingCoupons, fillProductClasses } from './product-class.ts';

/**
 * Fills TEMP `followed_rest` (customer_key, trade_id, rest): the month's orders whose payment parts leave exactly the rest by which the performance differs
 * (within the tolerance) from what they count for. It follows the amount due there, so a misprinted part is the only fault, and none of the bridge. Returns Σ rest, 1e-8 yuan.
 * Orders with products that do not count like any other stay out.
 */
export function fillFollowedRests({ db, cycle, settings }: RunContext): bigint {
  fillCountingCoupons(db);
  fillProductClasses(db, 'product_class', cycle, settings);
  db.exec(`DROP TABLE IF EXISTS temp.followed_rest;
    CREATE TEMP TABLE followed_rest (customer_key TEXT NOT NULL, trade_id TEXT NOT NULL, rest INTEGER NOT NULL, PRIMARY KEY (customer_key, trade_id)) WITHOUT ROWID`);
  const of = (table: string): string =>
    `wrong o CROSS JOIN ${table} c ON c.cycle = :cycle AND c.in_force = 1 AND c.customer_key = o.customer_key AND c.trade_id = o.trade_id`;
  db.prepare(
    `INSERT INTO temp.followed_rest
     WITH wrong AS MATERIALIZED (
       SELECT DISTINCT c.customer_key, c.trade_id FROM ${monthScan('consumption', 'c')} AND c.trade_id IS NOT NULL AND ${paymentRestSql} <> 0
     )
     SELECT customer_key, trade_id, sum(rest) FROM (
       SELECT c.customer_key AS customer_key, c.trade_id AS trade_id, 1 AS consumed, coalesce(k.class, 0) AS class, ${paymentRestSql} AS rest,
              -(${countedSql(settings)}) AS amount
         FROM ${classedConsumption('product_class', of('consumption'))}
       UNION ALL
       SELECT c.customer_key, c.trade_id, 0, coalesce(k.class, 0), 0, coalesce(c.amount, 0) FROM ${classedPerformance(of('performance'))}
     )
     GROUP BY customer_key, trade_id
    HAVING max(class) = 0 AND sum(rest) <> 0 AND abs(sum(amount) - sum(rest)) <= :tolerance * sum(consumed) AND abs(sum(amount) - sum(rest)) < abs(sum(amount))`,
  ).run({ cycle, tolerance: settings.performanceTolerance });
  return db.prepare<[], bigint>('SELECT coalesce(sum(rest), 0) FROM temp.followed_rest').pluck().get()!;
}

/** SQL: the order of a row `t` is in TEMP `followed_rest`. */
export const isFollowed = (t: string): string =>
  `EXISTS (SELECT 1 FROM temp.followed_rest f WHERE f.customer_key = ${t}.customer_key AND f.trade_id = ${t}.trade_id)`;
