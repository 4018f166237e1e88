import type { BillingCycle } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import type { OrderMonth } from './order-facts.ts';
import { outsideOf, type Outside, type OwnedRow } from './scope.ts';
import type { SettlementRates } from './settlement-rates.ts';

/** Tells of an entry that a statement of its month which would explain it was certainly not exported for its customer. */
export function beyondScope(context: RunContext): (entry: RowId, cycle?: BillingCycle) => boolean {
  const known = new Map<BillingCycle, readonly Outside[]>();
  const scopesOf = (cycle: BillingCycle): readonly Outside[] => {
    const found = known.get(cycle) ?? (['partner-bill', 'consumption'] as const).flatMap((kind) => outsideOf(context, kind, cycle) ?? []);
    known.set(cycle, found);
    return found;
  };
  const ofEntry = prepared<[RowId], OwnedRow & { customerKey: string | null }>(
    context.db,
    `SELECT customer_key AS customerKey, account_name AS accountName, NULL AS manager, traded_at AS at FROM account_statement WHERE id = ?`,
  );
  return (entry, cycle = context.cycle) => {
    const scopes = scopesOf(cycle);
    if (scopes.length === 0) return false;
    const row = ofEntry.get(entry)!;
    return row.customerKey !== null && scopes.some((outside) => outside(row));
  };
}

/** Of what was consumed and no bill has: who, when. */
type Consumed = Pick<OrderMonth, 'cycle' | 'customerKey' | 'tradeId' | 'due'>;

/** Was the bill of its month certainly not exported for an order, and prints no line of the customer at which rate it is settled? */
export function isUnpriced(context: RunContext, rates: SettlementRates, { cycle, customerKey, tradeId, due }: Consumed): boolean {
  const outside = outsideOf(context, 'partner-bill', cycle);
  if (!outside || rates.dues({ cycle, customerKey, product: null, due }).length > 0) return false;
  const rows = prepared<[string, string, string], OwnedRow>(
    context.db,
    `SELECT customer_key AS customerKey, account_name AS accountName, account_manager AS manager, traded_at AS at FROM consumption
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  ).all(cycle, customerKey, tradeId);
  return rows.length > 0 && rows.every(outside);
}
