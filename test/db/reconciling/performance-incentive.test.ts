import { describe, expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const shared = {
  customer_id: 'c1',
  account_name: 'acme',
  product_type: '云主机',
  association_type: 'referral',
  traded_at: '2025-09-10 08:00:00',
};

function state(db: WriteDb, id: string, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'performance', { cycle, ...shared, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount), ...more });
}
function pay(db: WriteDb, id: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  const place = id === null ? {} : { ...shared, performance_id: id, trade_id: `t-${id}` };
  return insert(db, 'incentive', {
    cycle,
    ...place,
    incentive_row_id: `r-${id}-${amount}`,
    incentive_bill_id: 'b1',
    plan_name: 'A',
    amount: yuan(amount),
    ...more,
  });
}
function rate(db: WriteDb, plan: string, percent: string, more: Values = {}): void {
  insert(db, 'policy', { plan_name: plan, method: 'perRow', rate: yuan(percent) / 100n, ...more });
}
function run(db: WriteDb, settings: Partial<Settings> = {}) {
  const outcome = runTold(performanceIncentive, runContext(db, M, settings));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  return { ...outcome, bridge, step, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

describe('performance against incentive', () => {
  test('the purchase of a card that was counted is performance.stored-value-card, never found again in the incentive', () => {
    const settings = { storedValueCardProducts: ['储值卡'] };
    const db = openTestDb();
    rate(db, 'A', '5', { product_type: '云主机' });
    state(db, 'p1', '1000', { product_type: '储值卡' });
    state(db, 'p2', '100');
    pay(db, 'p2', '5');
    const found = run(db, settings);
    expect([found.brief, found.step('no-rebate'), found.step('no-rate')]).toEqual([[], yuan('-1000'), 0n]);
    // Paid all the same, at a rate that covers any product: it follows from the stated performance.
    rate(db, 'B', '1');
    pay(db, 'p1', '10', { plan_name: 'B', product_type: '储值卡' });
    pay(db, 'p2', '1', { plan_name: 'B' });
    expect(run(db, settings).brief).toEqual([]);
  });

  test('performance of 0 is paid 0, whether the row prints the rate or 0', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    for (const [id, printed] of [['p1', '5'], ['p2', '0']] as const) {
      state(db, id, '0');
      pay(db, id, '0', { base_amount: 0n, rate: yuan(printed) / 100n });
    }
    expect(run(db).brief).toEqual([]);
    state(db, 'p3', '1');
    pay(db, 'p3', '0', { base_amount: 0n, rate: 0n });
    expect(run(db).brief).toEqual([['incentive.base', 'r-p3-0', yuan('0.05'), 0n]]);
  }); // prettier-ignore

  test('rated rows close by rate and rounding; a second plan is a further plan', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    rate(db, 'B', '1', { product_type: '云主机' });
    state(db, 'p1', '100.33');
    pay(db, 'p1', '5.02', { base_amount: yuan('100.33'), rate: yuan('0.05') });
    pay(db, 'p1', '1', { plan_name: 'B' });
    const { step, bridge, brief } = run(db);
    expect(brief).toEqual([]);
    expect([step('rate'), step('rounding'), step('further-plan')]).toEqual([yuan('5.0165') - yuan('100.33'), yuan('0.0035'), yuan('1')]);
    expect(bridge.right.total).toBe(yuan('6.02'));
  });

  test.each([
    ['base', '4', { base_amount: yuan('80'), rate: yuan('0.05') }, 'incentive.base'],
    ['rate', '4', { base_amount: yuan('100'), rate: yuan('0.04') }, 'incentive.rate'],
    ['rate that is not printed', '4', { base_amount: yuan('100') }, 'incentive.rate'],
    ['amount', '4', { base_amount: yuan('100'), rate: yuan('0.05') }, 'incentive.amount'],
    ['amount', '7', { base_amount: yuan('100'), rate: yuan('0.05') }, 'incentive.amount'],
  ])('wrong %s', (_name, amount, more, code) => {
    const db = openTestDb();
    rate(db, 'A', '5');
    const left = state(db, 'p1', '100');
    const right = pay(db, 'p1', amount, more);
    const { brief, findings } = run(db);
    expect(brief).toEqual([[code, `r-p1-${amount}`, yuan('5'), yuan(amount)]]);
    expect(findings[0]).toMatchObject({ recordId: `r-p1-${amount}`, performanceId: 'p1', customerId: 'c1', left: [left], right: [right] });
    expect(findings[0]?.severity).toBe(amount === '7' ? 'review' : undefined);
  });

  test('missing in this month; found in the next one it is a step', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    state(db, 'p1', '100');
    state(db, 'p2', '200');
    pay(db, 'p2', '10');
    expect(run(db).brief).toEqual([['incentive.missing', 'p1|A', yuan('5'), 0n]]);
    pay(db, 'p1', '5', {}, '2025-10');
    const { brief, step } = run(db);
    expect([brief, step('next-month')]).toEqual([[], yuan('-5')]);
  });

  test('an incentive for performance of the month before', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    state(db, 'p0', '100', {}, '2025-08');
    state(db, 'p1', '200');
    pay(db, 'p1', '10');
    pay(db, 'p0', '5');
    const good = run(db);
    expect([good.brief, good.step('previous-month')]).toEqual([[], yuan('5')]);
    pay(db, 'p0', '5', { incentive_row_id: 'old' }, '2025-08');
    expect(run(db).brief).toEqual([['incentive.base', 'r-p0-5', 0n, yuan('5')]]);
  });

  test('an incentive without any performance has no base', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    state(db, 'p1', '200');
    pay(db, 'p1', '10');
    pay(db, 'px', '3');
    expect(run(db).brief).toEqual([['incentive.base', 'r-px-3', 0n, yuan('3')]]);
  });

  test('a negative incentive needs a refund; the net of the month before may be carried', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    state(db, 'p1', '200');
    state(db, 'p2', '-100');
    pay(db, 'p1', '10');
    pay(db, 'p2', '-5');
    pay(db, null, '-4');
    expect(run(db).brief).toEqual([['incentive.negative', 'r-null--4', 0n, yuan('-4')]]);
    pay(db, 'o1', '2', {}, '2025-08');
    pay(db, 'o2', '-6', {}, '2025-08');
    const { brief, step } = run(db);
    expect([brief, step('netting')]).toEqual([[], yuan('-4')]);
  });

  test('no rebate and no rate leave by their own steps; a gap in the table is listed', () => {
    const db = openTestDb();
    insert(db, 'product-policy', { product_type: 'VPN', policy: 13n, monthly_settled: 0n });
    rate(db, 'A', '5', { product_type: '云主机' });
    state(db, 'p1', '200');
    pay(db, 'p1', '10');
    state(db, 'p2', '50', { product_type: 'VPN' });
    state(db, 'p3', '70', { product_type: '云硬盘' });
    state(db, 'p4', '20', { product_type: 'VPN' });
    pay(db, 'p4', '1', { product_type: 'VPN' });
    const { brief, step } = run(db);
    expect([step('no-rebate'), step('no-rate')]).toEqual([yuan('-70'), yuan('-70')]);
    expect(brief).toEqual([
      ['incentive.no-rate', 'p3|', 0n, 0n],
      ['incentive.rate', 'r-p4-1', 0n, yuan('1')],
    ]);
  });

  test('performance of policy 2 that is stated all the same is not a second fault in the incentive that follows from it', () => {
    const db = openTestDb();
    insert(db, 'product-policy', { product_type: '云商店', policy: 2n, monthly_settled: 0n });
    rate(db, 'A', '5');
    rate(db, 'T', '1', { method: 'tier', threshold: 0n });
    state(db, 'p1', '100', { product_type: '云商店' });
    state(db, 'p2', '300');
    pay(db, 'p2', '15');
    const tier = pay(db, null, '3', { plan_name: 'T', base_amount: yuan('300'), rate: yuan('0.01') });
    expect(run(db).brief).toEqual([]);
    pay(db, 'p1', '5', { product_type: '云商店', base_amount: yuan('100'), rate: yuan('0.05') });
    const set = (values: string) => db.prepare(`UPDATE incentive SET ${values} WHERE id = ?`).run(tier);
    set('base_amount = 40000000000, amount = 400000000');
    expect(run(db).brief).toEqual([]);
    set('base_amount = NULL');
    expect(run(db).brief).toEqual([]);
    set('base_amount = 35000000000');
    expect(run(db).brief).toEqual([['incentive.base', 'r-null-3', yuan('3'), yuan('4')]]);
  });

  test('rows without 业绩ID meet by customer and trade, also one row for a whole trade', () => {
    const db = openTestDb();
    rate(db, 'A', '5');
    state(db, 'p1', '100', { trade_id: 'T' });
    state(db, 'p2', '60', { trade_id: 'T', product_type: '云硬盘' });
    pay(db, 'x', '8', { performance_id: null, trade_id: 'T', base_amount: yuan('160') });
    expect(run(db).brief).toEqual([]);
  });

  test('tier plans: base, tier and amount', () => {
    const db = openTestDb();
    for (const [threshold, percent] of [
      ['0', '1'],
      ['1000', '2'],
      ['5000', '3'],
    ] as const) {
      rate(db, 'T', percent, { method: 'tier', threshold: yuan(threshold) });
    }
    state(db, 'p1', '700');
    state(db, 'p2', '300');
    const row = pay(db, null, '20', { plan_name: 'T', base_amount: yuan('1000'), rate: yuan('0.02') });
    const good = run(db);
    expect([good.brief, good.step('threshold-plan'), good.step('no-rate')]).toEqual([[], yuan('20'), yuan('-1000')]);
    const set = (values: string) => db.prepare(`UPDATE incentive SET ${values} WHERE id = ?`).run(row);
    set('rate = 1000000, amount = 1000000000');
    expect(run(db).brief).toEqual([['incentive.tier', 'r-null-20', yuan('20'), yuan('10')]]);
    set('base_amount = 90000000000, amount = 900000000');
    const base = run(db);
    expect(base.brief).toEqual([['incentive.base', 'r-null-20', yuan('20'), yuan('9')]]);
    expect(base.findings[0]?.left).toHaveLength(2);
    set('base_amount = 100000000000, rate = 2000000, amount = 1900000000');
    expect(run(db).brief).toEqual([['incentive.amount', 'r-null-20', yuan('20'), yuan('19')]]);
    set('amount = 1000000000, rate = 1000000');
    expect(run(db, { tierBoundary: 'moreThan' }).brief).toEqual([]);
  });

  test('performance without an association type takes that of the history on the day of the trade', () => {
    const db = openTestDb();
    rate(db, 'A', '5', { association_type: 'resale' });
    rate(db, 'A', '3', { association_type: 'referral' });
    insert(db, 'policy', { plan_name: 'T', method: 'tier', threshold: 0n, rate: yuan('0.01'), association_type: 'resale' });
    const history = (type: string, from: string, to: string | null) =>
      insert(db, 'association-history', { customer_id: 'c1', association_type: type, valid_from: from, valid_to: to });
    history('resale', '2025-01-01', '2025-09-09');
    history('referral', '2025-09-10', null);
    state(db, 'p1', '100', { association_type: null, traded_at: '2025-09-09 23:59:59' });
    state(db, 'p2', '100', { association_type: null, traded_at: '2025-09-10 00:00:00' });
    state(db, 'p3', '100', { association_type: 'resale', traded_at: '2025-09-20 00:00:00' });
    state(db, 'p4', '100', { association_type: null, traded_at: null });
    state(db, 'p5', '100', { association_type: null, customer_id: 'c2' });
    pay(db, 'p1', '5');
    pay(db, 'p2', '3');
    pay(db, 'p3', '5');
    pay(db, 'p4', '3');
    pay(db, null, '2', { plan_name: 'T', base_amount: yuan('200'), rate: yuan('0.01') });
    expect(run(db).brief).toEqual([['incentive.no-rate', 'p5|', 0n, 0n]]);
  });

  test('without incentive details everything is skipped', () => {
    const db = openTestDb();
    state(db, 'p1', '100');
    const outcome = runTold(performanceIncentive, runContext(db, M));
    expect(outcome.bridge).toEqual({ pair: 'performance-incentive', missing: ['incentive'] });
    expect(outcome.checks.every((c) => c.skipped?.includes('激励明细'))).toBe(true);
  });
});
