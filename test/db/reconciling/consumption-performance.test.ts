import { describe, expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const customer = { customer_id: 'c1', account_name: 'acme' };
const at = '2025-09-10 08:00:00';

function consume(db: WriteDb, trade: string | null, due: string, more: Values = {}, cycle = M): bigint {
  const amount = yuan(due);
  return insert(db, 'consumption', {
    cycle,
    ...customer,
    trade_id: trade,
    product_type: '云主机',
    traded_at: at,
    amount_due: amount,
    cash_amount: amount,
    ...more,
  });
}
function state(db: WriteDb, trade: string | null, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'performance', {
    cycle,
    ...customer,
    trade_id: trade,
    product_type: '云主机',
    traded_at: at,
    amount: yuan(amount),
    ...more,
  });
}
function run(db: WriteDb, settings: Partial<Settings> = {}, cycle = M) {
  const outcome = runTold(consumptionPerformance, runContext(db, cycle, settings));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  return { ...outcome, bridge, step, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

describe('consumption against performance', () => {
  test('components leave the bridge and equal groups agree', () => {
    const db = openTestDb();
    insert(db, 'coupon-map', { coupon_id: 'F1', counts: 1n });
    consume(db, 't1', '100', {
      cash_amount: yuan('60'),
      coupon_amount: yuan('10'),
      flexi_purchase_coupon_amount: yuan('5'),
      coupon_id: 'F1',
      bonus_amount: yuan('7'),
      debt_amount: yuan('8'),
      stored_value_card_amount: yuan('10'),
    });
    consume(db, 't2', '20', { cash_amount: yuan('15'), flexi_purchase_coupon_amount: yuan('5'), coupon_id: 'F2' });
    state(db, 't1', '75');
    state(db, 't2', '15');
    const { bridge, step, findings, checks } = run(db);
    expect(findings).toEqual([]);
    expect([step('coupon'), step('flexi-purchase-coupon'), step('bonus'), step('debt')]).toEqual([
      yuan('-10'),
      yuan('-5'),
      yuan('-7'),
      yuan('-8'),
    ]);
    expect([bridge.left.total, bridge.right.total, bridge.unexplained]).toEqual([yuan('120'), yuan('90'), 0n]);
    expect(bridge.steps.find((s) => s.step === 'agreed')?.rows).toBe(4);
    expect(checks).toHaveLength(10);
  });

  test('a row without payment columns is all cash; a row that does not add up leaves its rest unexplained', () => {
    const db = openTestDb();
    consume(db, 't1', '100', { cash_amount: null });
    state(db, 't1', '100');
    expect(run(db).bridge.unexplained).toBe(0n);
    consume(db, 't2', '50', { cash_amount: yuan('40') });
    state(db, 't2', '40');
    const outcome = runTold(consumptionPerformance, runContext(db, M));
    expect(outcome.findings).toEqual([]);
    expect((outcome.bridge as Bridge).unexplained).toBe(yuan('-10'));
  });

  test.each([
    ['missing', '100', null, {}, 'performance.missing', '0'],
    ['too low', '100', '80', {}, 'performance.too-low', '80'],
    ['too high', '100', '120', {}, 'performance.too-high', '120'],
    [
      'card use not counted',
      '100',
      '70',
      { cash_amount: yuan('70'), stored_value_card_amount: yuan('30') },
      'performance.stored-value-card',
      '70',
    ],
    ['refund not reversed', '-100', null, {}, 'performance.refund-not-reversed', '0'],
    ['refund reversed twice', '-100', '-200', {}, 'performance.refund-over-reversed', '-200'],
  ])('%s', (_name, due, stated, parts, code, amount) => {
    const db = openTestDb();
    const left = consume(db, 't1', due, parts);
    consume(db, 't2', '5');
    state(db, 't2', '5');
    const right = stated === null ? [] : [state(db, 't1', stated)];
    const { findings, brief } = run(db);
    expect(brief).toEqual([[code, 'c1|t1', yuan(due), yuan(amount)]]);
    expect(findings[0]).toMatchObject({ customerId: 'c1', accountName: 'acme', tradeId: 't1', productType: '云主机', left: [left], right });
  });

  test('the label says that a coupon was counted', () => {
    const db = openTestDb();
    consume(db, 't1', '100', { cash_amount: yuan('70'), coupon_amount: yuan('30') });
    state(db, 't1', '100');
    const { findings } = run(db);
    expect(findings[0]?.code).toBe('performance.too-high');
    expect(findings[0]?.reason.zh).toContain('代金券');
  });

  test('performance without consumption, in this month and in another', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    state(db, 't1', '5');
    state(db, 'alone', '9');
    consume(db, 'early', '7', {}, '2025-08');
    state(db, 'early', '7');
    expect(run(db).brief).toEqual([
      ['performance.without-consumption', 'c1|alone', 0n, yuan('9')],
      ['performance.cycle', 'c1|early', 0n, yuan('7')],
    ]);
  });

  test('performance that stands in the next month', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    state(db, 't0', '1');
    consume(db, 't0', '1');
    const other = state(db, 't1', '5', {}, '2025-10');
    const { brief, findings } = run(db);
    expect(brief).toEqual([['performance.cycle', 'c1|t1', yuan('5'), 0n]]);
    expect(findings[0]?.right).toEqual([other]);
    expect(findings[0]?.reason.zh).toContain('2025-10');
  });

  test('a duplicate has more identical rows than consumption; genuine repeats agree', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't1', '5');
    state(db, 't1', '5');
    state(db, 't1', '5');
    expect(run(db).brief).toEqual([]);
    state(db, 't1', '5');
    expect(run(db).brief).toEqual([['performance.duplicate', 'c1|t1', yuan('10'), yuan('15')]]);
  });

  test('a product without performance, and a counting one stated as 0', () => {
    const db = openTestDb();
    insert(db, 'product-policy', { product_type: '云商店', policy: 2n, monthly_settled: 0n });
    insert(db, 'product-policy', { product_type: '云主机', policy: 0n, monthly_settled: 0n });
    consume(db, 't1', '50', { product_type: '云商店' });
    consume(db, 't2', '60', { product_type: '云商店' });
    consume(db, 't3', '70');
    state(db, 't2', '60', { product_type: '云商店' });
    state(db, 't3', '0');
    const { step, brief } = run(db);
    expect(step('no-performance-product')).toBe(yuan('-110'));
    expect(brief).toEqual([
      ['performance.policy', 'c1|t2', 0n, yuan('60')],
      ['performance.policy', 'c1|t3', yuan('70'), 0n],
    ]);
  });

  test('the purchase of a stored-value card leaves by its own step, and counts only by mistake', () => {
    const db = openTestDb();
    consume(db, 't1', '1000', { product_type: '储值卡' });
    consume(db, 't2', '500', { product_type: '储值卡' });
    state(db, 't2', '500', { product_type: '储值卡' });
    const { step, brief } = run(db, { storedValueCardProducts: ['储值卡'] });
    expect(step('card-purchase')).toBe(yuan('-1500'));
    expect(brief).toEqual([['performance.stored-value-card', 'c1|t2', 0n, yuan('500')]]);
  });

  test('monthly-settled products move to the next month', () => {
    const db = openTestDb();
    const settings = { monthlySettledProducts: ['CDN'] };
    const cdn = { product_type: 'CDN' };
    consume(db, 'p1', '11', cdn, '2025-08');
    consume(db, 'p2', '12', cdn, '2025-08');
    consume(db, 't1', '21', cdn);
    consume(db, 't2', '22', cdn);
    consume(db, 't3', '23', cdn);
    state(db, 'p1', '11', cdn);
    state(db, 'p2', '10', cdn);
    state(db, 't3', '23', cdn);
    const fresh = run(db, settings);
    expect([fresh.step('too-fresh'), fresh.step('monthly-settled-out'), fresh.step('monthly-settled-in')]).toEqual([
      yuan('-43'),
      yuan('-23'),
      yuan('23'),
    ]);
    expect(fresh.brief).toEqual([
      ['performance.too-low', 'c1|p2', yuan('12'), yuan('10')],
      ['performance.cycle', 'c1|t3', 0n, yuan('23')],
    ]);
    state(db, 't1', '21', cdn, '2025-10');
    const later = run(db, settings);
    expect([later.step('too-fresh'), later.step('monthly-settled-out')]).toEqual([0n, yuan('-44')]);
    expect(later.brief).toContainEqual(['performance.missing', 'c1|t2', yuan('22'), 0n]);
  });

  test('monthly-settled performance of a month that was not imported is no finding', () => {
    const db = openTestDb();
    consume(db, 't1', '1');
    state(db, 't1', '1');
    state(db, 'p1', '11', { product_type: 'CDN' });
    const { step, brief } = run(db, { monthlySettledProducts: ['CDN'] });
    expect([step('monthly-settled-in'), brief]).toEqual([yuan('11'), []]);
  });

  test('what was consumed too shortly before the export is too fresh; a time before the month is no export time', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't2', '6', { traded_at: '2025-09-20 08:00:00' });
    state(db, 't1', '5');
    const exported = db.prepare("UPDATE import SET exported_at = ? WHERE name LIKE 'performance%'");
    exported.run('2025-09-20 12:00:00');
    const fresh = run(db);
    expect([fresh.step('too-fresh'), fresh.brief]).toEqual([yuan('-6'), []]);
    exported.run('2025-09-30 12:00:00');
    expect(run(db).brief).toHaveLength(1);
    exported.run('2006-09-16 00:00:00');
    expect(run(db).brief).toHaveLength(1);
  });

  test('a combined order may carry the parent’s id on one side', () => {
    const db = openTestDb();
    consume(db, 'k1', '5', { original_trade_id: 'parent' });
    consume(db, 'k2', '6', { original_trade_id: 'parent' });
    state(db, 'parent', '11');
    consume(db, 'mother', '9');
    state(db, 'j1', '4', { original_trade_id: 'mother' });
    state(db, 'j2', '5', { original_trade_id: 'mother' });
    expect(run(db).brief).toEqual([]);
    db.exec("UPDATE performance SET amount = amount + 1 WHERE trade_id IN ('parent', 'j1')");
    expect(run(db).brief.map((b) => b[0])).toEqual(['performance.too-high', 'performance.too-high']);
  });

  test('a transfer explains a missing row', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't2', '6');
    state(db, 't2', '6');
    insert(db, 'performance-transfer', { cycle: M, trade_id: 't1' });
    const { step, brief } = run(db);
    expect([step('transferred'), brief]).toEqual([yuan('-5'), []]);
  });

  test('rows without a trade id agree by product, then by customer; what differs is one finding', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't2', '6');
    state(db, null, '11');
    expect(run(db).brief).toEqual([]);
    consume(db, 't3', '4', { product_type: '云硬盘' });
    state(db, null, '4', { product_type: '其他' });
    expect(run(db).brief).toEqual([]);
    consume(db, 't4', '3');
    const { brief } = run(db);
    expect(brief.map((b) => b[0])).toEqual(['performance.too-low', 'performance.without-consumption', 'performance.missing']);
    expect(brief[0]).toEqual(['performance.too-low', 'c1|云主机||', yuan('14'), yuan('11')]);
  });

  test('rows whose trade id exists on both sides never agree at a coarser level', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    consume(db, 't2', '6');
    state(db, 't1', '6');
    state(db, 't2', '5');
    expect(run(db).brief).toHaveLength(2);
  });

  test('without one side everything is skipped with what is missing', () => {
    const db = openTestDb();
    consume(db, 't1', '5');
    const outcome = runTold(consumptionPerformance, runContext(db, M));
    expect(outcome.bridge).toEqual({ pair: 'consumption-performance', missing: ['performance'] });
    expect(outcome.checks).toHaveLength(10);
    for (const check of outcome.checks) expect(check.skipped).toContain('2025-09 业绩明细');
  });

  test('removing a matched row makes exactly its amount unexplained', () => {
    const db = openTestDb();
    const rows = ['10', '20', '30'].map((amount, i) => {
      consume(db, `t${i}`, amount);
      return state(db, `t${i}`, amount);
    });
    db.prepare('DELETE FROM performance WHERE id = ?').run(rows[1]);
    expect(run(db).bridge.unexplained).toBe(yuan('-20'));
  });
});
