import type { WriteDb } from '../open.ts';

/** Groups without anything but plain consumption and plain performance: only they may be compared at a coarser level. */
const plain = `g.monthly_out = 0 AND g.previous_rows = 0 AND g.monthly_rows = 0 AND g.refused = 0 AND g.card_purchase = 0
  AND g.stated_refused = 0 AND g.stated_card = 0 AND g.expected <> g.stated`;
/** The side of a group with a trade id that may meet rows without one. */
const meets = `(g.trade_id IS NULL OR (g.performance_rows = 0 AND l.performance_rows > 0) OR (g.consumption_rows = 0 AND l.consumption_rows > 0))`;

/** How a row of `performance_group` was settled: 0 on its own, 1 inside a pool, 2 agreed by customer + product, 3 agreed by customer, 4 a pool, 5 transferred, 6 agreed as a combined order, 7 inside a join made by hand, 8 that join, 9 set apart by hand. */
export interface PoolCounts {
  readonly agreedRows: bigint;
}

/**
 * The cascade of rules §7 for rows without a trade id: by customer + product, then by customer. Rows whose trade id exists on both sides never
 * take part. Pools that still differ become one group each; what agrees is marked and its rows are counted.
 */
export function poolRowsWithoutTradeId(db: WriteDb): PoolCounts {
  const agreed = (): PoolCounts => ({
    agreedRows: db
      .prepare<[], bigint>(
        'SELECT coalesce(sum(consumption_rows + performance_rows), 0) FROM temp.performance_group WHERE pooled IN (2, 3, 6)',
      )
      .pluck()
      .get()!,
  });
  const loose = db.prepare(`SELECT 1 FROM temp.performance_group g WHERE g.trade_id IS NULL AND ${plain} LIMIT 1`).get();
  if (!loose) return agreed();
  db.exec('CREATE INDEX IF NOT EXISTS temp.performance_group_customer ON performance_group (customer_key)');
  pool(db, "coalesce(g.product, '')", 2);
  pool(db, "''", 3);
  // What still differs is judged as one group per customer and product.
  fillLoose(db, "coalesce(g.product, '')");
  db.exec(`
    UPDATE temp.performance_group AS g SET pooled = 1 FROM temp.loose l
     WHERE l.customer_key = g.customer_key AND l.product = coalesce(g.product, '') AND g.pooled = 0 AND l.members > 1 AND ${plain} AND ${meets};
    INSERT INTO temp.performance_group
      SELECT customer_key, NULL, coalesce(product, ''), product, max(listed), 4, 0, sum(expected), 0, 0, 0, sum(card), sum(coupon), sum(flexi),
             sum(consumption_rows), sum(stated), 0, 0, 0, sum(performance_rows), 0, 0, 0
        FROM temp.performance_group WHERE pooled = 1 GROUP BY customer_key, coalesce(product, '')`);
  return agreed();
}

/** TEMP `loose`: per customer and level the rows without a trade id, and how many groups could meet them. */
function fillLoose(db: WriteDb, product: string): void {
  db.exec(`
    DROP TABLE IF EXISTS temp.loose;
    CREATE TEMP TABLE loose (customer_key TEXT, product TEXT, consumption_rows INTEGER, performance_rows INTEGER, members INTEGER, PRIMARY KEY (customer_key, product)) WITHOUT ROWID;
    INSERT INTO temp.loose
      SELECT g.customer_key, ${product}, sum(g.consumption_rows), sum(g.performance_rows), 0 FROM temp.performance_group g
       WHERE g.trade_id IS NULL AND g.pooled = 0 AND ${plain} GROUP BY 1, 2;
    UPDATE temp.loose AS l SET members = (
      SELECT count(*) FROM temp.performance_group g
       WHERE g.customer_key = l.customer_key AND ${product} = l.product AND g.pooled = 0 AND ${plain} AND ${meets})`);
}

function pool(db: WriteDb, product: string, level: 2 | 3): void {
  fillLoose(db, product);
  db.exec(`
    DROP TABLE IF EXISTS temp.even;
    CREATE TEMP TABLE even AS
      SELECT l.customer_key, l.product, l.consumption_rows, l.performance_rows FROM temp.loose l
        JOIN temp.performance_group g ON g.customer_key = l.customer_key AND ${product} = l.product
       WHERE g.pooled = 0 AND ${plain} AND ${meets}
       GROUP BY l.customer_key, l.product HAVING sum(g.expected) = sum(g.stated);
    UPDATE temp.performance_group AS g SET pooled = ${level} FROM temp.even l
     WHERE l.customer_key = g.customer_key AND ${product} = l.product AND g.pooled = 0 AND ${plain} AND ${meets}`);
}
