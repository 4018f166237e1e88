import { classOf, type ProductPolicy } from '../../electron/core/judging/product-class.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { Settings } from '../../electron/core/settings.ts';
import type { WriteDb } from '../open.ts';

/** The product policies in force in any month, in a fixed order. */
export function productPolicies(db: WriteDb): ProductPolicy[] {
  return db
    .prepare<[], { product: string; policy: bigint; monthly: bigint; valid_from: string | null; valid_to: string | null }>(
      'SELECT product_type AS product, policy, monthly_settled AS monthly, valid_from, valid_to FROM product_policy WHERE in_force = 1 ORDER BY id',
    )
    .all()
    .map((r) => ({
      product: r.product,
      policy: Number(r.policy),
      monthlySettled: r.monthly === 1n,
      validFrom: r.valid_from,
      validTo: r.valid_to,
    }));
}

/**
 * TEMP table of the products that are not plain in `cycle` (product, class, listed); a product without a row counts like any other. `class`
 * is 0 counts, 1 no performance (policy 2), 2 purchase of a stored-value card, 3 settled monthly; `listed` 1 = the user's table names it;
 * `rebate` 0 = policy 2 or 13; `monthly` 1 = settled in the month after, whatever its class.
 */
export function fillProductClasses(db: WriteDb, table: string, cycle: BillingCycle, settings: Settings): void {
  const policies = productPolicies(db);
  const names = new Set([...policies.map((p) => p.product), ...settings.storedValueCardProducts, ...settings.monthlySettledProducts]);
  db.exec(`DROP TABLE IF EXISTS temp.${table};
    CREATE TEMP TABLE ${table} (product TEXT PRIMARY KEY, class INTEGER NOT NULL, listed INTEGER NOT NULL, rebate INTEGER NOT NULL,
      monthly INTEGER NOT NULL) WITHOUT ROWID`);
  const insert = db.prepare(`INSERT INTO temp.${table} (product, class, listed, rebate, monthly) VALUES (?, ?, ?, ?, ?)`);
  for (const name of [...names].sort()) {
    const c = classOf(name, cycle, policies, settings);
    insert.run(name, BigInt(c.class), c.listed ? 1n : 0n, c.rebate ? 1n : 0n, c.monthly ? 1n : 0n);
  }
}

/** TEMP table of the flexi-purchase coupons that the user's map marks as counting. */
export function fillCountingCoupons(db: WriteDb): void {
  db.exec(`DROP TABLE IF EXISTS temp.counting_coupon;
    CREATE TEMP TABLE counting_coupon (coupon_id TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT INTO temp.counting_coupon SELECT coupon_id FROM coupon_map WHERE in_force = 1 GROUP BY coupon_id HAVING min(counts) = 1`);
}
