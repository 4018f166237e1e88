import { expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

/** A refund of the order P under its own number, R. */
const refund = { bill_class: 'refund', original_trade_id: 'P' };
const unnamed = { bill_class: 'refund' };

test('a refund entered under the number of its order is all lines of its number, though the bill does not say whose refund it is', () => {
  const db = openTestDb();
  for (const add of [bill, consume]) add(db, 'P', '100');
  deduct(db, 'F1', 'P', '75');
  consume(db, 'R', '-40', refund);
  bill(db, 'R', '-40', { bill_class: null });
  deduct(db, 'F2', 'P', '-30');
  const { brief, step } = run(db);
  expect([brief, step('not-deducted'), step('other-month')]).toEqual([[], 0n, 0n]);
});

test.each([
  ['-60', []],
  ['-30', [['account.deduction-amount', 'F2', yuan('-60'), yuan('-30')]]],
])('of two lines of a refund of which one does not name the order, %s comes back', (back, told) => {
  const db = openTestDb();
  for (const add of [bill, consume]) {
    add(db, 'P', '100');
    add(db, 'R', '-40', refund);
    add(db, 'R', '-40', unnamed);
  }
  deduct(db, 'F1', 'P', '75');
  deduct(db, 'F2', 'P', back);
  expect(run(db).brief).toEqual(told);
});

test.each([
  [['75', '-30'], []],
  [['75'], [['account.deduction-amount', 'F0', yuan('45'), yuan('75')]]],
])('a child of a combined order that is taken back in part under its own number: %j', (paid, told) => {
  const db = openTestDb();
  for (const add of [bill, consume]) {
    add(db, 'A', '60', { original_trade_id: 'P' });
    add(db, 'B', '40', { original_trade_id: 'P' });
    add(db, 'A', '-40', unnamed);
  }
  for (const [at, amount] of paid.entries()) deduct(db, `F${at}`, 'P', amount);
  expect(run(db).brief).toEqual(told);
});
