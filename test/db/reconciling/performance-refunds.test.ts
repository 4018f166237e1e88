import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';

const row = { cycle: '2025-09', customer_id: 'c1', product_type: '云主机', trade_id: 'refund', traded_at: '2025-09-10 08:00:00' };

test('a refund reversed by two identical rows is over-reversed ("reversed more or twice"), not a duplicate', () => {
  const db = openTestDb();
  insert(db, 'consumption', { ...row, amount_due: yuan('-100'), cash_amount: yuan('-100') });
  const stated = [insert(db, 'performance', { ...row, amount: yuan('-100') }), insert(db, 'performance', { ...row, amount: yuan('-100') })];
  const { findings } = consumptionPerformance.run(runContext(db, row.cycle));
  expect(findings.map((f) => [f.code, f.severity, f.tradeId, f.expected, f.stated, f.right])).toEqual([
    ['performance.refund-over-reversed', undefined, 'refund', yuan('-100'), yuan('-200'), stated],
  ]);
});
