import type { FindingDraft } from '../../electron/core/finding.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { customerIdOf } from '../customer-keys.ts';
import type { ReadDb } from '../open.ts';
import type { GroupRow } from './performance-facts.ts';
import { prepared } from '../prepared.ts';

export interface Identity {
  readonly customer_id: string | null;
  readonly account_name: string | null;
  readonly product_type: string | null;
  readonly billing_mode: string | null;
  readonly bill_class: string | null;
}

/** The rows of one group in `consumption` or `performance`, in file order. */
export function groupRows(db: ReadDb, table: 'consumption' | 'performance', cycle: BillingCycle, g: GroupRow): readonly RowId[] {
  if (g.pooled === 8n || g.pooled === 10n) return joinedRows(db, table, cycle, g.match);
  const [where, values] = groupWhere(g);
  return prepared<unknown[], bigint>(db, `SELECT id FROM ${table} WHERE cycle = ? AND in_force = 1 AND ${where} ORDER BY id`)
    .pluck()
    .all(cycle, ...values);
}

/** Without the rows that stand apart. */
export function rowsBut(rows: readonly RowId[], apart: readonly RowId[]): readonly RowId[] {
  if (apart.length === 0) return rows;
  const not = new Set(apart);
  return rows.filter((row) => !not.has(row));
}

/** The rows of all orders and products that a join holds. */
function joinedRows(db: ReadDb, table: string, cycle: BillingCycle, match: bigint): readonly RowId[] {
  const rows = `SELECT r.id FROM temp.joined_member m CROSS JOIN ${table} r ON r.cycle = ? AND r.in_force = 1 AND r.customer_key = m.customer_key`;
  return prepared<[string, bigint, string, bigint], bigint>(
    db,
    `${rows} AND r.trade_id = m.trade_id WHERE m.match = ?
     UNION ALL
     ${rows} AND r.trade_id IS NULL AND coalesce(r.product_type, r.product_type_code) IS m.key_product WHERE m.match = ? AND m.trade_id IS NULL
     ORDER BY 1`,
  )
    .pluck()
    .all(cycle, match, cycle, match);
}

function groupWhere(g: GroupRow): [string, unknown[]] {
  if (g.trade_id !== null) return ['customer_key = ? AND trade_id = ?', [g.customer_key, g.trade_id]];
  const product = "coalesce(product_type, product_type_code, '') = ?";
  const loose = `customer_key = ? AND ${product} AND trade_id IS NULL`;
  const [customer, key] = [g.customer_key, g.key_product ?? ''];
  if (g.pooled !== 4n) return [loose, [customer, key]];
  // Of the orders that were pooled with them all rows, of whatever product; of those that this month states for the month before those of the product.
  return [
    `(${loose} OR customer_key = ? AND (
       trade_id IN (SELECT trade_id FROM temp.performance_group WHERE pooled = 1 AND customer_key = ? AND coalesce(product, '') = ?)
       OR ${product} AND trade_id IN (SELECT trade_id FROM temp.monthly_member WHERE customer_key = ?)))`,
    [customer, key, customer, customer, key, key, customer],
  ];
}

/** Names and key parts of the group: a value that all its rows share, else null. */
export function identityOf(db: ReadDb, rows: { readonly consumption: readonly RowId[]; readonly performance: readonly RowId[] }): Identity {
  const one = (column: string): string => `CASE WHEN min(${column}) = max(${column}) THEN min(${column}) END AS ${column}`;
  const columns = ['customer_id', 'account_name', 'product_type', 'billing_mode', 'bill_class'].map(one).join(', ');
  type Found = Identity & { readonly mixed: bigint | null };
  const of = (table: string, ids: readonly RowId[]): Found | undefined =>
    ids.length === 0
      ? undefined
      : prepared<[string], Found>(
          db,
          `SELECT ${columns}, min(product_type) <> max(product_type) AS mixed FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
        ).get(`[${ids.slice(0, 1000).join(',')}]`);
  const c = of('consumption', rows.consumption);
  const p = of('performance', rows.performance);
  const pick = (key: keyof Identity): string | null => c?.[key] ?? p?.[key] ?? null;
  // An order of several products has none of its own, even where all of its performance names one of them.
  return {
    customer_id: pick('customer_id'),
    account_name: pick('account_name'),
    product_type: c?.mixed === 1n ? null : pick('product_type'),
    billing_mode: pick('billing_mode'),
    bill_class: pick('bill_class'),
  };
}

/** Key and naming fields of a finding on a group (checks.md, Keys): customer | trade, else customer | product | mode | class. */
export function groupNaming(
  g: GroupRow,
  i: Identity,
): Pick<FindingDraft, 'businessKey' | 'customerId' | 'accountName' | 'tradeId' | 'productType'> {
  const customerId = i.customer_id ?? customerIdOf(g.customer_key);
  const customer = customerId ?? g.customer_key;
  const key = g.trade_id === null ? [customer, g.key_product ?? '', i.billing_mode ?? '', i.bill_class ?? ''] : [customer, g.trade_id];
  return {
    businessKey: key,
    customerId,
    accountName: i.account_name ?? undefined,
    tradeId: g.trade_id ?? undefined,
    productType: i.product_type ?? undefined,
  };
}
