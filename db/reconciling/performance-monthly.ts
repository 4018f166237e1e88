import type { WriteDb } from '../open.ts';

/** The groups of a pool's customer and product that have only the side which the rows without an order number may answer. */
const answers = `m.customer_key = pool.customer_key AND m.product IS pool.key_product AND m.trade_id IS NOT NULL AND m.pooled = 0
  AND ((pool.monthly_rows > 0 AND m.previous_rows > 0 AND m.monthly_rows = 0)
    OR (pool.previous_rows > 0 AND m.monthly_rows > 0 AND m.previous_rows = 0 AND m.consumption_rows = 0))`;

/**
 * Monthly-settled products where one side has no order number: what the month before left and what this month states meet by customer and product,
 * in the group of the rows without a number (pooled 4). TEMP `monthly_member` keeps whose amounts went there.
 */
export function poolMonthlySettled(db: WriteDb): void {
  db.exec(`DROP TABLE IF EXISTS temp.monthly_member;
    CREATE TEMP TABLE monthly_member (customer_key TEXT, product TEXT, trade_id TEXT, monthly_in INTEGER, previous_rows INTEGER,
      stated_monthly INTEGER, monthly_rows INTEGER, PRIMARY KEY (customer_key, product, trade_id)) WITHOUT ROWID`);
  const loose = 'pool.trade_id IS NULL AND pool.pooled = 0 AND (pool.monthly_rows > 0 OR pool.previous_rows > 0)';
  if (!db.prepare(`SELECT 1 FROM temp.performance_group pool WHERE ${loose} LIMIT 1`).get()) return;
  db.exec(`
    CREATE INDEX IF NOT EXISTS temp.performance_group_customer ON performance_group (customer_key);
    INSERT INTO temp.monthly_member
      SELECT m.customer_key, m.product, m.trade_id, m.monthly_in, m.previous_rows, m.stated_monthly, m.monthly_rows
        FROM temp.performance_group pool JOIN temp.performance_group m ON ${answers} WHERE ${loose};
    UPDATE temp.performance_group AS g SET
           monthly_in = g.monthly_in - p.monthly_in, previous_rows = g.previous_rows - p.previous_rows,
           stated_monthly = g.stated_monthly - p.stated_monthly, monthly_rows = g.monthly_rows - p.monthly_rows,
           performance_rows = g.performance_rows - p.monthly_rows
      FROM temp.monthly_member p
     WHERE g.customer_key = p.customer_key AND g.trade_id = p.trade_id AND g.pooled = 0;
    UPDATE temp.performance_group AS g SET pooled = 4,
           monthly_in = g.monthly_in + p.monthly_in, previous_rows = g.previous_rows + p.previous_rows,
           stated_monthly = g.stated_monthly + p.stated_monthly, monthly_rows = g.monthly_rows + p.monthly_rows,
           performance_rows = g.performance_rows + p.monthly_rows
      FROM (SELECT customer_key, product, sum(monthly_in) AS monthly_in, sum(previous_rows) AS previous_rows,
                   sum(stated_monthly) AS stated_monthly, sum(monthly_rows) AS monthly_rows
              FROM temp.monthly_member GROUP BY customer_key, product) p
     WHERE g.customer_key = p.customer_key AND g.trade_id IS NULL AND g.key_product IS p.product AND g.pooled = 0`);
}
