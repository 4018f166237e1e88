import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { runTold } from './run-told.ts';

test('an amount stated in two equal halves, the second in the next month, is in the wrong month and not stated twice', () => {
  const db = openTestDb();
  const [M, next] = ['2025-09', '2025-10'];
  const row = { customer_id: 'c1', product_type: '云主机', traded_at: `${M}-10 08:00:00` };
  const consume = (cycle: string, trade: string, amount: string) =>
    insert(db, 'consumption', { cycle, ...row, trade_id: trade, amount_due: yuan(amount) });
  const state = (cycle: string, trade: string, amount: string) =>
    insert(db, 'performance', { cycle, ...row, trade_id: trade, amount: yuan(amount) });
  consume(M, 'halves', '100');
  consume(M, 'twice', '50');
  consume(next, 'other', '1');
  state(next, 'other', '1');
  for (const trade of ['halves', 'twice']) for (const cycle of [M, next]) state(cycle, trade, '50');
  const { findings } = runTold(consumptionPerformance, runContext(db, next));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual([
    ['performance.cycle', 'halves', 0n, yuan('50')],
    ['performance.duplicate', 'twice', 0n, yuan('50')],
  ]);
});
