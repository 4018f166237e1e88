import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { runTold } from './run-told.ts';

const row = { cycle: '2025-09', customer_id: 'c1', product_type: '云主机', trade_id: 'refund', traded_at: '2025-09-10 08:00:00' };

test('a refund reversed by two identical rows is over-reversed ("reversed more or twice"), not a duplicate', () => {
  const db = openTestDb();
  insert(db, 'consumption', { ...row, amount_due: yuan('-100'), cash_amount: yuan('-100') });
  const stated = [insert(db, 'performance', { ...row, amount: yuan('-100') }), insert(db, 'performance', { ...row, amount: yuan('-100') })];
  const { findings } = runTold(consumptionPerformance, runContext(db, row.cycle));
  expect(findings.map((f) => [f.code, f.severity, f.tradeId, f.expected, f.stated, f.right])).toEqual([
    ['performance.refund-over-reversed', undefined, 'refund', yuan('-100'), yuan('-200'), stated],
  ]);
});

test('a refund stated twice inside the order of its purchase costs us money and is named so', () => {
  const db = openTestDb();
  for (const amount of ['100', '-30']) insert(db, 'consumption', { ...row, amount_due: yuan(amount), cash_amount: yuan(amount) });
  for (const amount of ['100', '-30', '-30']) insert(db, 'performance', { ...row, amount: yuan(amount) });
  const { findings } = runTold(consumptionPerformance, runContext(db, row.cycle));
  expect(findings.map((f) => [f.code, f.severity, f.expected, f.stated])).toEqual([
    ['performance.refund-over-reversed', undefined, yuan('70'), yuan('40')],
  ]);
});

test.each(['coupon_amount', 'debt_amount'])('a refund of which nothing counts (%s) is over-reversed by any reversal', (part) => {
  const db = openTestDb();
  const refund = { ...row, bill_class: 'refund', amount_due: yuan('-30'), [part]: yuan('-30') };
  insert(db, 'consumption', refund);
  insert(db, 'consumption', { ...refund, trade_id: 'both' });
  insert(db, 'consumption', { ...row, trade_id: 'both', amount_due: yuan('30'), [part]: yuan('30') });
  for (const trade_id of ['refund', 'both']) insert(db, 'performance', { ...row, trade_id, amount: yuan('-30') });
  const { findings } = runTold(consumptionPerformance, runContext(db, row.cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual([
    ['performance.too-low', 'both', 0n, yuan('-30')],
    ['performance.refund-over-reversed', 'refund', 0n, yuan('-30')],
  ]);
});

test.each([
  // The purchase alone is stated, in one row or two.
  ['refund-not-reversed', ['100'], '60', '100'],
  ['refund-not-reversed', ['70', '30'], '60', '100'],
  // Something is taken back, or more is stated than the purchase: what the refund comes to is not the fault.
  ['too-high', ['110', '-10'], '60', '100'],
  ['too-high', ['101'], '60', '101'],
  ['too-low', ['50'], '60', '50'],
  ['missing', [], '60', '0'],
] as const)('a refund under the number of its purchase: performance.%s where %s is stated', (code, stated, expected, sum) => {
  const db = openTestDb();
  for (const [amount, bill_class] of [
    ['100', 'consumption'],
    ['-40', 'refund'],
  ] as const) {
    insert(db, 'consumption', { ...row, bill_class, amount_due: yuan(amount), cash_amount: yuan(amount) });
  }
  for (const amount of stated) insert(db, 'performance', { ...row, amount: yuan(amount) });
  // Another order, so that the month has performance.
  const other = { ...row, trade_id: 't0' };
  insert(db, 'consumption', { ...other, amount_due: yuan('1'), cash_amount: yuan('1') });
  insert(db, 'performance', { ...other, amount: yuan('1') });
  const { findings } = runTold(consumptionPerformance, runContext(db, row.cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual([
    [`performance.${code}`, 'refund', yuan(expected), yuan(sum)],
  ]);
});
