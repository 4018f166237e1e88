import { expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { RunContext } from '../../../db/reconciling/context.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const M = '2025-09';
const shared = { customer_id: 'c1', account_name: 'acme', association_type: 'referral', traded_at: '2025-09-10 08:00:00' };

function state(db: WriteDb, id: string | null, amount: string, more: Values = {}): void {
  const place = id === null ? {} : { performance_id: id, trade_id: `t-${id}` };
  insert(db, 'performance', { cycle: M, ...shared, ...place, product_type: '云主机', amount: yuan(amount), ...more });
}
function pay(db: WriteDb, id: string | null, amount: string, more: Values = {}): void {
  const place = id === null ? {} : { ...shared, product_type: '云主机', performance_id: id, trade_id: `t-${id}` };
  insert(db, 'incentive', { cycle: M, ...place, incentive_bill_id: 'b1', plan_name: 'A', amount: yuan(amount), ...more });
}
const percent = (rate: string): bigint => yuan(rate) / 100n;
function rate(db: WriteDb, plan: string, of: string, more: Values = {}): void {
  insert(db, 'policy', { plan_name: plan, method: 'perRow', rate: percent(of), ...more });
}

/** Thirty keys that agree: under one plan, under two, and not rated at all; those of the database are in the scope of a tier plan. */
function agreeing(): WriteDb {
  const db = openTestDb();
  rate(db, 'A', '5');
  rate(db, 'A', '7', { new_customer_tag: 'Y' });
  rate(db, 'B', '1', { product_type: '数据库' });
  rate(db, 'T', '2', { method: 'tier', threshold: 0n, product_type: '数据库' });
  insert(db, 'product-policy', { product_type: '云市场', policy: 13n, monthly_settled: 0n });
  for (let i = 0; i < 10; i++) {
    state(db, `a${i}`, '100.33');
    pay(db, `a${i}`, '5.02', i % 2 ? { base_amount: yuan('100.33'), rate: percent('5') } : {});
    state(db, `b${i}`, '10', { product_type: '数据库', association_type: i % 3 ? 'referral' : 'resale', new_customer_tag: 'Y' });
    pay(db, `b${i}`, '0.1', { plan_name: 'B', base_amount: yuan('10') });
    pay(db, `b${i}`, '0.7', { base_amount: yuan('10'), rate: percent('7') });
    state(db, `c${i}`, '3', { product_type: '云市场' });
  }
  return db;
}

/** Who looks into the groups has all of them judged: it must come to the same. */
function both(db: WriteDb) {
  const context: RunContext = runContext(db, M);
  const whole = performanceIncentive.run({ ...context, sink: { begin: () => {}, add: () => {} } });
  const few = performanceIncentive.run(context);
  expect(few).toEqual(whole);
  return few;
}
const found = (db: WriteDb) => both(db).findings.map((f) => [f.code, f.performanceId, f.expected, f.stated]);

test('keys that agree are added up, those that differ are found', () => {
  const db = agreeing();
  state(db, 'p1', '100');
  pay(db, 'p1', '4');
  const { findings, bridge, checks } = both(db);
  expect(findings.map((f) => [f.code, f.performanceId])).toContainEqual(['incentive.rate', 'p1']);
  const steps = new Map((bridge as Bridge).steps.map((s) => [s.step, [s.amount, s.rows]]));
  expect(steps.get('agreed')).toEqual([0n, 30]);
  expect(steps.get('further-plan')).toEqual([yuan('1'), 10]);
  expect(steps.get('rounding')).toEqual([yuan('0.035'), 10]);
  expect(steps.get('no-rebate')).toEqual([-yuan('30'), 10]);
  // Each key, and the tier plan that has no row.
  expect(checks.find((c) => c.code === 'incentive.missing')).toMatchObject({ compared: 32 });
});

test('two plans that are paid each other’s amount do not agree, though they come to the same sum', () => {
  const db = agreeing();
  state(db, 'p1', '10', { product_type: '数据库', new_customer_tag: 'Y' });
  pay(db, 'p1', '0.7', { plan_name: 'B' });
  pay(db, 'p1', '0.1');
  expect(found(db)).toEqual(
    expect.arrayContaining([
      ['incentive.rate', 'p1', yuan('0.7'), yuan('0.1')],
      ['incentive.rate', 'p1', yuan('0.1'), yuan('0.7')],
    ]),
  );
});

test.each<[string, (db: WriteDb) => void]>([
  ['another base or rate is printed', (db) => {
    state(db, 'p1', '100');
    pay(db, 'p1', '5', { base_amount: yuan('80') });
    state(db, 'p2', '100');
    pay(db, 'p2', '5', { rate: percent('4') });
    state(db, 'p3', '0');
    pay(db, 'p3', '0', { plan_name: 'B' });
  }],
  ['rows that are paid twice, under no plan, or not at all', (db) => {
    state(db, 'p1', '100');
    pay(db, 'p1', '5');
    pay(db, 'p1', '5');
    state(db, 'p2', '100');
    pay(db, 'p2', '5', { plan_name: null });
    state(db, 'p3', '100');
    pay(db, 'c1', '0.15');
  }],
  ['several rows of one 业绩ID', (db) => {
    state(db, 'p1', '100');
    state(db, 'p1', '20');
    pay(db, 'p1', '6');
    for (let i = 0; i < 40; i++) state(db, 'p2', '1', { product_type: '数据库' });
  }],
  ['a 业绩ID that nothing knows, alone and with the order of another', (db) => {
    pay(db, 'px', '3');
    pay(db, 'py', '5.02', { trade_id: 't-a1' });
  }],
  ['rows without 业绩ID', (db) => {
    state(db, null, '100', { trade_id: 't-x' });
    state(db, null, '50');
  }],
  ['a tier plan whose base is divided between open and agreeing keys', (db) => {
    state(db, 'a', '40', { product_type: '数据库' });
    pay(db, null, '2.8', { plan_name: 'T', base_amount: yuan('140'), rate: percent('2') });
  }],
])('all keys and those that are left come to the same: %s', (_, add) => {
  const db = agreeing();
  add(db);
  both(db);
}); // prettier-ignore
