import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const [M6, M8, M9, M10, M11] = ['2025-06', '2025-08', '2025-09', '2025-10', '2025-11'];
const customer = { customer_id: 'c1', traded_at: '2025-09-10 08:00:00' };
const disk = { product_type: '云硬盘' };
const cdn = { product_type: 'CDN' };
const consume = (db: WriteDb, cycle: string, trade: string, due: string, more: Values = disk) =>
  insert(db, 'consumption', { cycle, ...customer, trade_id: trade, amount_due: yuan(due), ...more });
const state = (db: WriteDb, cycle: string, trade: string, amount: string, more: Values = disk) =>
  insert(db, 'performance', { cycle, ...customer, trade_id: trade, amount: yuan(amount), ...more });
/** Both statements of the months, each with an order that agrees. */
function months(db: WriteDb, ...cycles: readonly string[]): void {
  for (const cycle of cycles) {
    consume(db, cycle, `z${cycle}`, '5');
    state(db, cycle, `z${cycle}`, '5');
  }
}
function run(db: WriteDb, cycle: string) {
  const settings = { monthlySettledProducts: ['CDN', '月卡', '云商店'], storedValueCardProducts: ['月卡'] };
  const { bridge, findings } = runTold(consumptionPerformance, runContext(db, cycle, settings));
  closed({ bridge, findings });
  return {
    brief: findings.map((f) => [f.code, f.tradeId, f.expected, f.stated]),
    reason: findings.map((f) => f.reason.zh).join(),
    step: (name: string) => (bridge as Bridge).steps.find((s) => s.step === name)!.amount,
  };
}

test('monthly-settled: card usage left out and a counted coupon are named in the month of arrival', () => {
  const db = openTestDb();
  months(db, M9, M10);
  consume(db, M9, 'card', '100', { ...cdn, cash_amount: yuan('60'), stored_value_card_amount: yuan('40') });
  state(db, M10, 'card', '60', cdn);
  consume(db, M9, 'coupon', '100', { ...cdn, cash_amount: yuan('60'), coupon_amount: yuan('40') });
  state(db, M10, 'coupon', '100', cdn);
  const { brief, reason, step } = run(db, M10);
  expect(brief).toEqual([
    ['performance.stored-value-card', 'card', yuan('100'), yuan('60')],
    ['performance.too-high', 'coupon', yuan('60'), yuan('100')],
  ]);
  expect(reason).toContain('代金券被计入业绩');
  expect(step('monthly-settled-in')).toBe(yuan('160'));
});

test('monthly-settled: what counts for nothing is counted in the very month of its performance, not in a wrong one', () => {
  const db = openTestDb();
  months(db, M9, M10, M11);
  insert(db, 'product-policy', { product_type: '云商店', policy: 2n, monthly_settled: 0n, valid_from: '2020-01' });
  insert(db, 'product-policy', { product_type: '云市场', policy: 2n, monthly_settled: 0n, valid_from: '2020-01' });
  for (const [trade, product_type] of [
    ['policy', '云商店'],
    ['purchase', '月卡'],
    ['at-once', '云市场'],
  ] as const) {
    consume(db, M9, trade, '100', { product_type });
    state(db, M10, trade, '100', { product_type });
  }
  consume(db, M9, 'late', '100', { product_type: '云商店' });
  state(db, M11, 'late', '100', { product_type: '云商店' });
  expect(run(db, M10).brief).toEqual([
    ['performance.cycle', 'at-once', 0n, yuan('100')],
    ['performance.policy', 'policy', 0n, yuan('100')],
    ['performance.stored-value-card', 'purchase', 0n, yuan('100')],
  ]);
  expect(run(db, M11).brief).toEqual([['performance.cycle', 'late', 0n, yuan('100')]]);
});

test('monthly-settled: what counted for nothing when it was consumed has no performance in the month after, whatever it is then', () => {
  const db = openTestDb();
  months(db, M9, M10, M11);
  insert(db, 'product-policy', { product_type: 'CDN', policy: 2n, monthly_settled: 1n, valid_to: M9 });
  insert(db, 'product-policy', { product_type: 'CDN', policy: 0n, monthly_settled: 1n, valid_from: M10 });
  consume(db, M9, 'once', '100', cdn);
  state(db, M10, 'once', '100', cdn);
  for (const month of [M9, M10]) consume(db, month, 'going-on', '30', cdn);
  for (const month of [M10, M11]) state(db, month, 'going-on', '30', cdn);
  state(db, M10, 'nothing', '7', cdn);
  const { brief, reason } = run(db, M10);
  expect(brief).toEqual([
    ['performance.policy', 'going-on', 0n, yuan('30')],
    ['performance.without-consumption', 'nothing', 0n, yuan('7')],
    ['performance.policy', 'once', 0n, yuan('100')],
  ]);
  expect(reason).toContain('消费在 2025-09，当时产品不计业绩');
  expect([run(db, M9).brief, run(db, M11).brief]).toEqual([[], []]);
});

test('an order whose monthly-settled part is rightly in the next month has its other part missing, or there too', () => {
  const db = openTestDb();
  months(db, M9, M10);
  for (const trade of ['missing', 'moved']) {
    consume(db, M9, trade, '100', cdn);
    consume(db, M9, trade, '60');
    state(db, M10, trade, '100', cdn);
  }
  state(db, M10, 'moved', '60');
  expect(run(db, M9).brief).toEqual([
    ['performance.missing', 'missing', yuan('60'), 0n],
    ['performance.cycle', 'moved', yuan('60'), 0n],
  ]);
  expect(run(db, M10).brief).toEqual([['performance.cycle', 'moved', 0n, yuan('60')]]);
});

test('performance in another month, however far, is in the wrong month on both sides', () => {
  const db = openTestDb();
  months(db, M6, M8, M9, M10, M11);
  consume(db, M6, 'far', '100');
  state(db, M9, 'far', '100');
  consume(db, M9, 'late', '80', cdn);
  state(db, M11, 'late', '80', cdn);
  consume(db, M9, 'early', '70', cdn);
  state(db, M8, 'early', '70', cdn);
  const gone = (trade: string, amount: string) => ['performance.cycle', trade, yuan(amount), 0n];
  const here = (trade: string, amount: string) => ['performance.cycle', trade, 0n, yuan(amount)];
  expect(run(db, M6).brief).toEqual([gone('far', '100')]);
  expect(run(db, M8).brief).toEqual([here('early', '70')]);
  expect(run(db, M9).brief).toEqual([gone('early', '70'), here('far', '100'), gone('late', '80')]);
  expect(run(db, M10).brief).toEqual([]);
  expect(run(db, M11).brief).toEqual([here('late', '80')]);
});

test('a month without its consumption that has its own row of an order is no place for the one that is missing', () => {
  const db = openTestDb();
  months(db, M9);
  for (const trade of ['recurring', 'own', 'moved']) consume(db, M9, trade, '100');
  for (const month of [M8, M10]) state(db, month, 'recurring', '100');
  // What was traded in the month itself is its own.
  state(db, M10, 'own', '100', { ...disk, traded_at: '2025-10-10 08:00:00' });
  state(db, M10, 'moved', '100');
  // Beside what rightly comes with the month after.
  consume(db, M9, 'beside', '100', cdn);
  consume(db, M9, 'beside', '60');
  state(db, M10, 'beside', '100', cdn);
  expect(run(db, M9).brief).toEqual([
    ['performance.missing', 'beside', yuan('60'), 0n],
    ['performance.cycle', 'moved', yuan('100'), 0n],
    ['performance.missing', 'own', yuan('100'), 0n],
    ['performance.missing', 'recurring', yuan('100'), 0n],
  ]);
});

test('monthly-settled performance in the month of its consumption is found, also beside what the month before left', () => {
  const db = openTestDb();
  months(db, M8, M9, M10);
  consume(db, M9, 'alone', '30', cdn);
  state(db, M9, 'alone', '30', cdn);
  consume(db, M8, 'beside', '20', cdn);
  consume(db, M9, 'beside', '35', cdn);
  state(db, M9, 'beside', '55', cdn);
  const { brief, step } = run(db, M9);
  expect(brief).toEqual([
    ['performance.cycle', 'alone', 0n, yuan('30')],
    ['performance.cycle', 'beside', 0n, yuan('35')],
  ]);
  expect([step('monthly-settled-out'), step('monthly-settled-in')]).toEqual([yuan('-65'), yuan('20')]);
  expect(run(db, M10).brief).toEqual([]);
});

test('without the month before, monthly-settled performance beside consumption of its own may be of that', () => {
  const db = openTestDb();
  months(db, M9, M10);
  consume(db, M9, 'going-on', '30', cdn);
  state(db, M9, 'going-on', '28', cdn);
  state(db, M10, 'going-on', '30', cdn);
  const { brief, step } = run(db, M9);
  expect([brief, step('monthly-settled-in'), step('monthly-settled-out')]).toEqual([[], yuan('28'), yuan('-30')]);
  expect(run(db, M10).brief).toEqual([]);
});

test('a part that stands in the next month is in the wrong month, whatever else it equals', () => {
  const db = openTestDb();
  months(db, M9, M10, M11);
  consume(db, M9, 'part', '100');
  consume(db, M9, 'card', '100', { ...disk, cash_amount: yuan('60'), stored_value_card_amount: yuan('40') });
  for (const trade of ['part', 'card']) {
    state(db, M9, trade, '60');
    state(db, M10, trade, '40');
  }
  consume(db, M9, 'monthly', '100', cdn);
  state(db, M10, 'monthly', '60', cdn);
  state(db, M11, 'monthly', '40', cdn);
  const { brief, reason } = run(db, M9);
  expect(brief).toEqual([
    ['performance.cycle', 'card', yuan('100'), yuan('60')],
    ['performance.cycle', 'part', yuan('100'), yuan('60')],
  ]);
  expect(reason).toContain('业绩 1 行合计 60.00，少计 40.00；其余业绩记在了 2025-10。');
  expect(run(db, M10).brief).toEqual([
    ['performance.cycle', 'card', 0n, yuan('40')],
    ['performance.cycle', 'monthly', yuan('100'), yuan('60')],
    ['performance.cycle', 'part', 0n, yuan('40')],
  ]);
  expect(run(db, M11).brief).toEqual([['performance.cycle', 'monthly', 0n, yuan('40')]]);
});
