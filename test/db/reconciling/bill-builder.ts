import type { WriteDb } from '../../../db/open.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

/** The month under test. */
export const M = '2025-09';
const customer = { customer_id: 'c1', account_name: 'acme' };
const at = '2025-09-10 08:00:00';

/** A bill line at 75 %. */
export function bill(db: WriteDb, trade: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  const customerAmount = yuan(amount);
  return insert(db, 'partner-bill', {
    cycle,
    ...customer,
    trade_id: trade,
    product_type: '云主机',
    billing_mode: 'payPerUse',
    bill_class: 'consumption',
    traded_at: at,
    customer_amount: customerAmount,
    settlement_rate: 75_000_000n,
    settlement_amount: (customerAmount * 3n) / 4n,
    settlement_scale: 8n,
    ...more,
  });
}
/** A resale consumption row that truncated nothing. */
export function consume(db: WriteDb, trade: string | null, due: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'consumption', {
    cycle,
    ...customer,
    association_type: 'resale',
    trade_id: trade,
    product_type: '云主机',
    billing_mode: 'payPerUse',
    bill_class: 'consumption',
    traded_at: at,
    truncated_amount: 0n,
    amount_due: yuan(due),
    ...more,
  });
}
/** Runs the pair; its unexplained is always the sum of its findings. */
export function run(db: WriteDb, settings: Partial<Settings> = {}, cycle = M) {
  const outcome = runTold(billConsumption, runContext(db, cycle, settings));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  const brief = outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]);
  return { ...outcome, bridge, step, brief };
}
