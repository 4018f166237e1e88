import { expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { RunContext } from '../../../db/reconciling/context.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M } from './bill-builder.ts';

/** Twenty orders that agree, the last of them by exactly what was truncated, so that the others are few. */
function agreeing(): WriteDb {
  const db = openTestDb();
  for (let i = 0; i < 20; i++) {
    bill(db, `A${i}`, '10');
    consume(db, `A${i}`, '7');
    if (i < 19) consume(db, `A${i}`, '3');
    else consume(db, `A${i}`, '2.995', { truncated_amount: yuan('0.005') });
  }
  return db;
}

/** Who looks into the groups has all of them read: it must come to the same. */
function both(db: WriteDb) {
  const context: RunContext = runContext(db, M);
  const whole = billConsumption.run({ ...context, sink: { begin: () => {}, add: () => {} } });
  const few = billConsumption.run(context);
  expect(few).toEqual(whole);
  return few;
}

test('orders that agree are counted, those that differ are found', () => {
  const db = agreeing();
  bill(db, 'B', '5');
  consume(db, 'A3', '2');
  const { findings, bridge, checks } = both(db);
  expect(findings.map((f) => [f.code, f.tradeId])).toEqual([
    ['bill.amount', 'A3'],
    ['bill.line-without-consumption', 'B'],
  ]);
  const amounts = new Map((bridge as Bridge).steps.map((s) => [s.step, [s.amount, s.rows]]));
  expect(amounts.get('agreed')).toEqual([0n, 54]);
  expect(amounts.get('truncation')).toEqual([-yuan('0.005'), 3]);
  expect(amounts.get('settlement-discount')).toEqual([yuan('51.25'), 21]);
  expect(checks.find((c) => c.code === 'bill.amount')).toMatchObject({ compared: 20 });
});

test.each<[string, (db: WriteDb) => void]>([
  ['rows without an order', (db) => {
    bill(db, null, '4');
    consume(db, null, '4');
  }],
  ['a line that contradicts itself', (db) => {
    bill(db, 'F', '5', { settlement_amount: yuan('1') });
    consume(db, 'F', '5');
  }],
  ['referral rows, alone and beside resale rows', (db) => {
    consume(db, 'A1', '2', { association_type: 'referral' });
    consume(db, 'R', '2', { association_type: 'referral' });
    consume(db, null, '3', { association_type: 'referral' });
    bill(db, 'S', '6');
    consume(db, 'S', '6', { association_type: 'referral' });
  }],
  ['coupons and tax', (db) => {
    bill(db, 'A2', '0', { coupon_amount: yuan('1'), tax_amount: yuan('0.5') });
    bill(db, 'C', '8', { coupon_amount: yuan('1') });
  }],
  ['adjustments and truncated fractions that are charged again', (db) => {
    bill(db, 'A4', '3', { bill_class: 'adjustment' });
    consume(db, 'A5', '0.002', { bill_type: 25n });
  }],
])('all groups and those that are left come to the same: %s', (_, add) => {
  const db = agreeing();
  add(db);
  both(db);
}); // prettier-ignore
