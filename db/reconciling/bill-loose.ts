import type { BillGroup } from './bill-groups.ts';
import { customerSql } from './bill-lines.ts';
import type { BillRow, ConsumptionRow, GroupRows } from './bill-rows.ts';
import { resaleSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';

const kinds = ['adjustment', 'precise', 'other'] as const;
type Kind = (typeof kinds)[number];

const kindSql = (t: string): string =>
  `CASE WHEN ${t}.bill_class IS 'adjustment' THEN 'adjustment' WHEN ${t}.bill_type IS 25 THEN 'precise' ELSE 'other' END`;
const kindOf = ({ billClass, billType }: BillRow | ConsumptionRow): Kind =>
  billClass === 'adjustment' ? 'adjustment' : billType === 25n ? 'precise' : 'other';

/**
 * May a customer's rows without trade id stand for an order that their side lacks? Adjustments and what re-charges fractions (25) stand for the same
 * only, rows of nothing for none. Each customer is asked once, and mostly its first row tells.
 */
export function looseFor({ db, cycle }: RunContext, groupRows: GroupRows): (order: BillGroup) => boolean {
  const loose = (from: string, t: string, amount: string) =>
    db.prepare<[cycle: string, customerKey: string, kind: Kind]>(
      `SELECT 1 FROM ${from} WHERE ${t}.cycle = ? AND ${t}.in_force = 1 AND ${t}.customer_key = ? AND ${t}.trade_id IS NULL
          AND ${amount} <> 0 AND ${kindSql(t)} = ? LIMIT 1`,
    );
  const lines = loose('partner_bill b', 'b', customerSql);
  const rows = loose('consumption c', 'c', `${resaleSql} = 1 AND coalesce(c.amount_due, 0)`);
  const known = { lines: new Map<string, readonly Kind[]>(), rows: new Map<string, readonly Kind[]>() };
  const kindsOf = (customerKey: string, side: 'lines' | 'rows'): readonly Kind[] => {
    const has = (kind: Kind): boolean => (side === 'lines' ? lines : rows).get(cycle, customerKey, kind) !== undefined;
    const found = known[side].get(customerKey) ?? (has('other') ? ['other'] : kinds.filter(has));
    known[side].set(customerKey, found);
    return found;
  };
  return ({ customerKey, tradeId, lines: own }) => {
    const found = kindsOf(customerKey, own > 0n ? 'rows' : 'lines');
    if (found.length === 0 || found.includes('other')) return found.length > 0;
    return groupRows[own > 0n ? 'lines' : 'rows'](cycle, customerKey, tradeId).some((row) => found.includes(kindOf(row)));
  };
}
