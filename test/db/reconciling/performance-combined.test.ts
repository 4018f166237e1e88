import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const cycle = '2025-09';
const base = { cycle, customer_id: 'c1', product_type: '云主机', traded_at: `${cycle}-10 08:00:00` };
const consume = (db: WriteDb, trade: string, due: string, more: Values): bigint =>
  insert(db, 'consumption', { ...base, trade_id: trade, amount_due: yuan(due), cash_amount: yuan(due), ...more });
const state = (db: WriteDb, trade: string, amount: string): bigint =>
  insert(db, 'performance', { ...base, trade_id: trade, amount: yuan(amount) });

test.each([
  ['net of a refunded child', '60', undefined, []],
  ['in full, the refund under its own number', '150', '-90', []],
  ['in full, the refund not at all', '150', undefined, [['performance.refund-not-reversed', 'RE', yuan('-90'), 0n]]],
] as const)('the performance of a combined order is stated %s', (_, parent, refund, expected) => {
  const db = openTestDb();
  consume(db, 'A', '60', { original_trade_id: 'P' });
  consume(db, 'B', '90', { original_trade_id: 'P' });
  consume(db, 'RE', '-90', { original_trade_id: 'B', bill_class: 'refund' });
  state(db, 'P', parent);
  if (refund) state(db, 'RE', refund);
  const { findings, bridge } = consumptionPerformance.run(runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual(expected);
  expect((bridge as Bridge).unexplained).toBe(expected.length === 0 ? 0n : yuan('90'));
});
