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

test.each([
  ['too low', ['59'], 'performance.too-low', '59'],
  ['too high', ['61'], 'performance.too-high', '61'],
  ['twice', ['60', '60'], 'performance.duplicate', '120'],
] as const)('the performance of new purchases that are one combined order is one finding of its number: %s', (_, stated, code, sum) => {
  const db = openTestDb();
  const of = { original_trade_id: 'P', bill_type: 1n };
  consume(db, 'A', '60', of);
  consume(db, 'B', '90', of);
  consume(db, 'RE', '-90', { original_trade_id: 'B', bill_class: 'refund', bill_type: 4n });
  for (const amount of stated) state(db, 'P', amount);
  const { findings, bridge } = consumptionPerformance.run(runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated, f.left.length])).toEqual([[code, 'P', yuan('60'), yuan(sum), 3]]);
  expect(findings[0]!.reason.zh).toContain('组合交易单核对：A、B、P、RE');
  expect((bridge as Bridge).unexplained).toBe(yuan(sum) - yuan('60'));
});

test('an order that another one renews is no combined order: each is told', () => {
  const db = openTestDb();
  consume(db, 'A', '60', { original_trade_id: 'P', bill_type: 2n });
  state(db, 'P', '61');
  const { findings } = consumptionPerformance.run(runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId])).toEqual([
    ['performance.missing', 'A'],
    ['performance.without-consumption', 'P'],
  ]);
});
