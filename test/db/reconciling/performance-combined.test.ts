import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const base = { cycle, customer_id: 'c1', product_type: '云主机', traded_at: `${cycle}-10 08:00:00` };
const consume = (db: WriteDb, trade: string, due: string, more: Values): bigint =>
  insert(db, 'consumption', { ...base, trade_id: trade, amount_due: yuan(due), cash_amount: yuan(due), ...more });
const state = (db: WriteDb, trade: string, amount: string): bigint =>
  insert(db, 'performance', { ...base, trade_id: trade, amount: yuan(amount) });

test.each([
  ['net of a refunded child', '60', undefined, []],
  ['in full, the refund under its own number', '150', '-90', []],
  ['in full, the refund not at all', '150', undefined, [['performance.refund-not-reversed', 'RE', yuan('-90'), 0n]]],
] as const)('the performance of a combined order is stated %s', (_, parent, refund, expected) => {
  const db = openTestDb();
  consume(db, 'A', '60', { original_trade_id: 'P' });
  consume(db, 'B', '90', { original_trade_id: 'P' });
  consume(db, 'RE', '-90', { original_trade_id: 'B', bill_class: 'refund' });
  state(db, 'P', parent);
  if (refund) state(db, 'RE', refund);
  const { findings, bridge } = runTold(consumptionPerformance, runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual(expected);
  expect((bridge as Bridge).unexplained).toBe(expected.length === 0 ? 0n : yuan('90'));
});

test.each([
  ['too low', ['59'], 'performance.too-low', '59'],
  ['too high', ['61'], 'performance.too-high', '61'],
  ['twice', ['60', '60'], 'performance.duplicate', '120'],
] as const)('the performance of new purchases that are one combined order is one finding of its number: %s', (_, stated, code, sum) => {
  const db = openTestDb();
  const of = { original_trade_id: 'P', bill_type: 1n };
  consume(db, 'A', '60', of);
  consume(db, 'B', '90', of);
  consume(db, 'RE', '-90', { original_trade_id: 'B', bill_class: 'refund', bill_type: 4n });
  for (const amount of stated) state(db, 'P', amount);
  const { findings, bridge } = runTold(consumptionPerformance, runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated, f.left.length])).toEqual([[code, 'P', yuan('60'), yuan(sum), 3]]);
  expect(findings[0]!.reason.zh).toContain('组合交易单核对：A、B、P、RE');
  expect((bridge as Bridge).unexplained).toBe(yuan(sum) - yuan('60'));
});

test('the performance of one child of a combined order stands there twice', () => {
  const db = openTestDb();
  consume(db, 'P', '150', { bill_type: 1n });
  for (const [id, trade, amount] of [
    ['1', 'A', '60'],
    ['2', 'A', '60'],
    ['3', 'B', '90'],
  ] as const) {
    const more = { performance_id: id, original_trade_id: 'P', bill_type: 1n };
    insert(db, 'performance', { ...base, trade_id: trade, amount: yuan(amount), ...more });
  }
  const { findings } = runTold(consumptionPerformance, runContext(db, cycle));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated])).toEqual([
    ['performance.duplicate', 'P', yuan('150'), yuan('210')],
  ]);
});

test('orders that are no new purchases: one with the order that they name where that is no older, two where it is, else only to be looked at', () => {
  const two = ['performance.missing A', 'performance.without-consumption P'];
  for (const [traded_at, codes, severity, doubtful] of [
    [`${cycle}-10 08:00:00`, ['performance.too-low P'], undefined, 0],
    [`${cycle}-10 09:00:00`, ['performance.too-low P'], undefined, 0],
    [`${cycle}-09 08:00:00`, two, undefined, 0],
    [`${cycle}-10 07:00:00`, two, 'review', 2],
    [null, two, 'review', 2],
  ] as const) {
    const db = openTestDb();
    consume(db, 'A', '60', { original_trade_id: 'P', bill_type: 2n });
    insert(db, 'performance', { ...base, trade_id: 'P', amount: yuan('59'), traded_at });
    const found = () => runTold(consumptionPerformance, runContext(db, cycle)).findings;
    expect([found().map((f) => `${f.code} ${f.tradeId}`), found()[0]!.severity], `${traded_at}`).toEqual([codes, severity]);
    expect(found().filter((f) => f.candidates[0]?.code === 'combined-order').length).toBe(doubtful);
    // Used in another month, it is an order of its own.
    consume(db, 'P', '5', { cycle: '2025-06', traded_at: '2025-06-01 08:00:00' });
    expect(found().map((f) => `${f.code} ${f.tradeId} ${f.severity}`)).toEqual(['performance.missing A undefined', 'performance.cycle P review']);
  } // prettier-ignore
});

const next = '2025-10';
const sound = (db: WriteDb, month: string): void => {
  const order = { ...base, cycle: month, trade_id: `sound ${month}`, traded_at: `${month}-05 08:00:00` };
  insert(db, 'consumption', { ...order, amount_due: yuan('1'), cash_amount: yuan('1') });
  insert(db, 'performance', { ...order, amount: yuan('1') });
};
const told = (db: WriteDb, month: string) => {
  const { findings, bridge } = runTold(consumptionPerformance, runContext(db, month));
  // Looked into, it tells every group behind every step, or closing throws.
  consumptionPerformance.run({ ...runContext(db, month), sink: { begin: () => {}, add: () => {} } });
  expect((bridge as Bridge).unexplained).toBe(findings.reduce((n, f) => n + f.bridge!.amount, 0n));
  return findings.map((f) => [f.code, f.tradeId, f.expected, f.stated, f.left.length, f.right.length]);
};

test('a combined order whose performance stands under its own number in the month beside: one finding in each, with the rows of both months', () => {
  for (const [month, at] of [[cycle, next], [next, cycle]] as const) {
    const db = openTestDb();
    for (const m of [cycle, next]) sound(db, m);
    const of = { cycle: month, original_trade_id: 'P', bill_type: 1n };
    consume(db, 'A', '60', of);
    consume(db, 'B', '90', of);
    consume(db, 'RE', '-90', { cycle: month, original_trade_id: 'B', bill_class: 'refund', bill_type: 4n });
    const row = insert(db, 'performance', { ...base, cycle: at, trade_id: 'P', amount: yuan('60') });
    expect(told(db, month)).toEqual([['performance.cycle', 'P', yuan('60'), 0n, 3, 1]]);
    expect(told(db, at)).toEqual([['performance.cycle', 'P', 0n, yuan('60'), 3, 1]]);
    const { findings } = runTold(consumptionPerformance, runContext(db, month));
    expect(findings[0]).toMatchObject({ customerId: 'c1', productType: '云主机', right: [row] });
    expect(findings[0]!.reason.zh).toContain('组合交易单核对：A、B、P、RE');
    // Stated in full, its refund is a fault of its own.
    db.prepare('UPDATE performance SET amount = ? WHERE id = ?').run(yuan('150'), row);
    expect(told(db, month)).toEqual([
      ['performance.cycle', 'P', yuan('150'), 0n, 2, 1],
      ['performance.refund-not-reversed', 'RE', yuan('-90'), 0n, 1, 0],
    ]);
    expect(told(db, at)).toEqual([['performance.cycle', 'P', 0n, yuan('150'), 2, 1]]);
  } // prettier-ignore
});

test.each([
  ['no older than they are', `${cycle}-10 08:00:00`, ['performance.cycle P'], ['performance.cycle P']],
  ['that they follow', `${cycle}-09 08:00:00`, ['performance.missing A', 'performance.missing B'], ['performance.without-consumption P']],
] as const)('renewals used in the month beside that of the order that they name, one %s', (_, traded_at, here, there) => {
  const db = openTestDb();
  for (const m of [cycle, next]) sound(db, m);
  for (const [trade, due] of [
    ['A', '60'],
    ['B', '90'],
  ] as const)
    consume(db, trade, due, { original_trade_id: 'P', bill_type: 2n });
  insert(db, 'performance', { ...base, cycle: next, trade_id: 'P', amount: yuan('150'), traded_at });
  expect([told(db, cycle), told(db, next)].map((all) => all.map((t) => `${t[0]} ${t[1]}`))).toEqual([here, there]);
});

test('a combined order that is stated where it was used and in the month beside once more is there a second time', () => {
  for (const stated of [['P', '150'], ['A', '60', 'B', '90']]) {
    const db = openTestDb();
    for (const m of [cycle, next]) sound(db, m);
    for (const [trade, due] of [['A', '60'], ['B', '90']] as const) consume(db, trade, due, { original_trade_id: 'P', bill_type: 1n });
    for (let i = 0; i < stated.length; i += 2) state(db, stated[i]!, stated[i + 1]!);
    insert(db, 'performance', { ...base, cycle: next, trade_id: 'P', amount: yuan('150') });
    expect(told(db, cycle)).toEqual([]);
    expect(told(db, next).map((t) => t.slice(0, 4))).toEqual([['performance.duplicate', 'P', 0n, yuan('150')]]);
  } // prettier-ignore
});

test('a refund of a combined order that was bought in an earlier month is reversed under the number of either', () => {
  for (const [number, amount, expected] of [
    ['P', '-60', []],
    ['A', '-60', []],
    ['RE', '-60', []],
    ['P', '-80', [['performance.refund-over-reversed', 'P', yuan('-60'), yuan('-80'), 1, 1]]],
  ] as const) {
    const db = openTestDb();
    for (const m of [cycle, next]) sound(db, m);
    for (const [trade, due] of [['A', '60'], ['B', '90']] as const) consume(db, trade, due, { original_trade_id: 'P', bill_type: 1n });
    state(db, 'P', '150');
    consume(db, 'RE', '-60', { cycle: next, original_trade_id: 'A', bill_class: 'refund', bill_type: 4n });
    insert(db, 'performance', { ...base, cycle: next, trade_id: number, amount: yuan(amount) });
    expect(told(db, next)).toEqual(expected);
  } // prettier-ignore
});

test.each([
  ['60', '90'],
  ['75', '75'],
  ['60', '80'],
])('a combined order of 150 whose performance is stated in two months, %s and %s: one finding of its month in each', (first, rest) => {
  for (const [month, at] of [[cycle, next], [next, cycle]] as const) {
    const db = openTestDb();
    for (const m of [cycle, next]) sound(db, m);
    for (const [trade, due] of [['A', '60'], ['B', '90']] as const)
      consume(db, trade, due, { cycle: month, original_trade_id: 'P', bill_type: 1n });
    for (const [m, amount] of [[month, first], [at, rest]] as const)
      insert(db, 'performance', { ...base, cycle: m, trade_id: 'P', amount: yuan(amount) });
    expect(told(db, month)).toEqual([['performance.cycle', 'P', yuan('150'), yuan(first), 2, 2]]);
    expect(told(db, at)).toEqual([['performance.cycle', 'P', 0n, yuan(rest), 2, 1]]);
  } // prettier-ignore
});
