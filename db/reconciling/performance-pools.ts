import { absolute } from '../../electron/core/money.ts';
import type { WriteDb } from '../open.ts';
import type { RunContext } from './context.ts';
import { asideLookup } from './performance-aside.ts';
import type { GroupRow } from './performance-facts.ts';

/** Groups without anything but plain consumption and plain performance: only they may be compared at a coarser level. */
const plain = `g.monthly_out = 0 AND g.previous_rows = 0 AND g.monthly_rows = 0 AND g.refused = 0 AND g.card_purchase = 0
  AND g.stated_refused = 0 AND g.stated_card = 0 AND g.expected <> g.stated`;
/** The side of a group with a trade id that may meet rows without one. */
const meets = `(g.trade_id IS NULL OR (g.performance_rows = 0 AND l.performance_rows > 0) OR (g.consumption_rows = 0 AND l.consumption_rows > 0))`;

/** How a row of `performance_group` was settled: 0 on its own, 1 inside a pool, 2 agreed by customer + product, 3 agreed by customer, 4 a pool, 5 transferred, 6 agreed as a combined order, 7 inside a join made by hand, 8 that join, 9 set apart by hand, 10 a customer's rows that agree but for those that the other side cannot have. */
export interface PoolCounts {
  readonly agreedRows: bigint;
}

/**
 * The cascade of rules §7 for rows without a trade id: by customer + product, then by customer. Rows whose trade id exists on both sides never
 * take part. Pools that still differ become one group each; what agrees is marked and its rows are counted.
 */
export function poolRowsWithoutTradeId(context: RunContext): PoolCounts {
  const { db } = context;
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
  poolBesideAside(context);
  // What still differs is judged as one group per customer and product.
  fillLoose(db, "coalesce(g.product, '')");
  db.exec(`
    UPDATE temp.performance_group AS g SET pooled = 1 FROM temp.loose l
     WHERE l.customer_key = g.customer_key AND l.product = coalesce(g.product, '') AND g.pooled = 0 AND l.members > 1 AND ${plain} AND ${meets};
    INSERT INTO temp.performance_group
      SELECT customer_key, NULL, coalesce(product, ''), product, max(listed), 4, 0, sum(expected), 0, 0, 0, sum(card), sum(coupon), sum(flexi),
             sum(consumption_rows), sum(stated), 0, 0, 0, sum(performance_rows), 0, 0, 0, NULL
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

/**
 * Customers whose rows are even within the tolerance, once what the other side cannot have is set aside: rows traded while they were nobody's, outside what was marked as
 * covered, or too fresh. Each becomes one group (pooled 10) of all of them, which is judged like any other; TEMP `joined_member` keeps whose rows it has.
 */
function poolBesideAside(context: RunContext): void {
  const { db } = context;
  fillLoose(db, "''");
  const own = `temp.loose l CROSS JOIN temp.performance_group g ON g.customer_key = l.customer_key
    WHERE l.members > 1 AND g.pooled = 0 AND ${plain} AND ${meets}`;
  const of = `${own} AND l.customer_key = :customer`;
  const uneven = db.prepare<[], { customer: string; match: bigint }>(
    `SELECT l.customer_key AS customer, -max(g.rowid) AS match FROM ${own}
      GROUP BY 1 HAVING sum(g.consumption_rows) > 0 AND sum(g.performance_rows) > 0 ORDER BY 1`,
  );
  const keep = db.prepare<{ customer: string; match: bigint }>(
    `INSERT INTO temp.joined_member SELECT :match, g.customer_key, g.trade_id, g.key_product FROM ${of}`,
  );
  const forget = db.prepare<[bigint]>('DELETE FROM temp.joined_member WHERE match = ?');
  const sums = `SELECT g.customer_key, NULL AS trade_id, NULL AS key_product, NULL AS product, max(g.listed) AS listed, 10 AS pooled, :match AS match,
      sum(g.expected) AS expected, 0 AS refused, 0 AS card_purchase, 0 AS monthly_out, sum(g.card) AS card, sum(g.coupon) AS coupon, sum(g.flexi) AS flexi,
      sum(g.consumption_rows) AS consumption_rows, sum(g.stated) AS stated, 0 AS stated_refused, 0 AS stated_card, 0 AS stated_monthly,
      sum(g.performance_rows) AS performance_rows, 0 AS monthly_rows, 0 AS monthly_in, 0 AS previous_rows, NULL AS earliest FROM ${of}`;
  const groupOf = db.prepare<{ customer: string; match: bigint }, GroupRow>(sums);
  const add = db.prepare<{ customer: string; match: bigint }>(`INSERT INTO temp.performance_group ${sums}`);
  const mark = db.prepare<{ customer: string; match: bigint }>(
    `UPDATE temp.performance_group SET pooled = 7, match = :match WHERE rowid IN (SELECT g.rowid FROM ${of})`,
  );
  const asideOf = asideLookup(context);
  for (const found of uneven.all()) {
    keep.run(found);
    const group = groupOf.get(found)!;
    const { unassociated, beyond, fresh, statedBeyond } = asideOf(group, () => 0n);
    const expected = group.expected - unassociated.amount - beyond.amount - fresh.amount;
    const rows = group.consumption_rows - BigInt(unassociated.rows + beyond.rows + fresh.rows);
    if (absolute(group.stated - statedBeyond.amount - expected) <= context.settings.performanceTolerance * rows) {
      add.run(found);
      mark.run(found);
    } else forget.run(found.match);
  }
}
