import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { RunContext } from '../../../db/reconciling/context.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const cycle = '2025-09';
const base = { cycle, customer_id: 'c1', product_type: '云主机', traded_at: `${cycle}-10 08:00:00` };
const consume = (db: WriteDb, trade: string | null, due: string, more: Values = {}): bigint =>
  insert(db, 'consumption', { ...base, trade_id: trade, amount_due: yuan(due), cash_amount: yuan(due), ...more });
const state = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'performance', { ...base, trade_id: trade, amount: yuan(amount), ...more });

/** Twenty orders that agree, so that the others are few. */
function agreeing(): WriteDb {
  const db = openTestDb();
  for (let i = 0; i < 20; i++) {
    consume(db, `A${i}`, '7');
    consume(db, `A${i}`, '3');
    state(db, `A${i}`, '10');
  }
  return db;
}
const monthly = { product_type: 'CDN' };
const settings = { monthlySettledProducts: ['CDN'], storedValueCardProducts: ['储值卡'] };

/** Who looks into the groups has all of them read: it must come to the same. */
function both(db: WriteDb) {
  const context: RunContext = runContext(db, cycle, settings);
  const whole = consumptionPerformance.run({ ...context, sink: { begin: () => {}, add: () => {} } });
  const few = consumptionPerformance.run(context);
  expect(few).toEqual(whole);
  return few;
}
const codesOf = (db: WriteDb) => both(db).findings.map((f) => [f.code, f.tradeId]);

test('orders that agree are counted, those that differ are found', () => {
  const db = agreeing();
  state(db, 'A3', '2');
  consume(db, 'B', '5');
  expect(codesOf(db)).toEqual([
    ['performance.too-high', 'A3'],
    ['performance.missing', 'B'],
  ]);
  const { bridge, checks } = both(db);
  expect(bridge).toMatchObject({ unexplained: -yuan('3') });
  expect((bridge as Bridge).steps.find((s) => s.step === 'agreed')).toMatchObject({ amount: 0n, rows: 57 });
  expect(checks.find((c) => c.code === 'performance.missing')).toMatchObject({ compared: 21 });
});

test.each<[string, (db: WriteDb) => void]>([
  ['an order without amounts that was transferred', (db) => {
    consume(db, 'T', '0');
    insert(db, 'performance-transfer', { cycle, trade_id: 'T', customer_id: 'c1' });
  }],
  ['an order that agrees and was transferred', (db) => {
    insert(db, 'performance-transfer', { cycle, trade_id: 'A1', customer_id: 'c1' });
  }],
  ['a parent without amount whose children are nothing together', (db) => {
    consume(db, 'X', '5', { original_trade_id: 'P' });
    consume(db, 'Y', '-5', { original_trade_id: 'P' });
    state(db, 'P', '0');
  }],
  ['rows without an order', (db) => {
    consume(db, null, '4');
    state(db, null, '1');
    state(db, 'Z', '3');
  }],
  ['products that are settled monthly', (db) => {
    consume(db, 'A2', '6', monthly);
    insert(db, 'consumption', { ...base, ...monthly, cycle: '2025-08', trade_id: 'A4', amount_due: yuan('9'), cash_amount: yuan('9') });
    state(db, 'A5', '0', monthly);
  }],
  ['a card that was stated', (db) => {
    consume(db, 'A6', '50', { product_type: '储值卡' });
    state(db, 'A7', '0', { product_type: '储值卡' });
  }],
])('all groups and those that are left come to the same: %s', (_, add) => {
  const db = agreeing();
  add(db);
  both(db);
}); // prettier-ignore
