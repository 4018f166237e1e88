import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { insert, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

/** The month under test. */
export const M = '2025-09';
const customer = { customer_id: 'c1', account_name: 'acme' };

/** A bill line at 75 %. */
export function bill(db: WriteDb, trade: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'partner-bill', {
    cycle,
    ...customer,
    trade_id: trade,
    traded_at: `${cycle}-10 08:00:00`,
    customer_amount: yuan(amount),
    settlement_rate: 75_000_000n,
    settlement_amount: (yuan(amount) * 3n) / 4n,
    ...more,
  });
}
/** The bills of both months beside, which have no part of any order under test. */
export function billsBeside(db: WriteDb): void {
  for (const month of ['2025-08', '2025-10']) bill(db, 'beside', '1', {}, month);
}
/** A resale consumption row paid in cash. */
export function consume(db: WriteDb, trade: string, due: string, more: Values = {}, cycle = M): bigint {
  const amount = yuan(due);
  return insert(db, 'consumption', {
    cycle,
    ...customer,
    association_type: 'resale',
    trade_id: trade,
    amount_due: amount,
    cash_amount: amount,
    bill_class: 'consumption',
    ...more,
  });
}
/** An entry of the recharge account; a positive amount leaves the account. */
export function deduct(db: WriteDb, flow: string, trade: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'account-statement', {
    cycle,
    account: 'recharge',
    flow_id: flow,
    trade_id: trade,
    traded_at: `${cycle}-10 08:00:00`,
    trade_type: yuan(amount) < 0n ? 'refund' : 'deduction',
    change_amount: -yuan(amount),
    ...more,
  });
}
/** Runs the pair; its unexplained is always the sum of its findings. */
export function run(db: WriteDb, cycle = M) {
  const outcome = runTold(billAccount, runContext(db, cycle));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  const brief = outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]);
  return { ...outcome, bridge, step, brief };
}
