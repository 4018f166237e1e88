import { expect, test } from 'vitest';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const customer = { customer_id: 'c1', product_type: '云主机', traded_at: '2025-09-10 08:00:00' };
const consume = (db: WriteDb, trade: string | null, due: string, more: Values, cycle = M) =>
  insert(db, 'consumption', { cycle, ...customer, trade_id: trade, amount_due: yuan(due), ...more });
const state = (db: WriteDb, trade: string | null, amount: string, more: Values = {}, cycle = M) =>
  insert(db, 'performance', { cycle, ...customer, trade_id: trade, amount: yuan(amount), ...more });
function run(db: WriteDb, settings: Partial<Settings> = {}) {
  const outcome = runTold(consumptionPerformance, runContext(db, M, settings));
  const bridge = closed(outcome);
  return {
    brief: outcome.findings.map((f) => [f.code, f.tradeId, f.expected, f.stated]),
    reasons: outcome.findings.map((f) => f.reason.zh),
    step: (name: string) => bridge.steps.find((s) => s.step === name)?.amount,
  };
}

test('credit and written-off debt count as the settings say, and else stand in steps of their own', () => {
  const db = openTestDb();
  consume(db, 't1', '100', { cash_amount: yuan('60'), credit_amount: yuan('30'), write_off_amount: yuan('10') });
  const row = state(db, 't1', '90');
  const states = (amount: string): void => void db.prepare('UPDATE performance SET amount = ? WHERE id = ?').run(yuan(amount), row);
  for (const [creditCounts, writeOffCounts, counts] of [
    [true, false, '90'],
    [false, false, '60'],
    [true, true, '100'],
    [false, true, '70'],
  ] as const) {
    states(counts);
    const { brief, step } = run(db, { creditCounts, writeOffCounts });
    expect(brief).toEqual([]);
    expect([step('credit'), step('write-off')]).toEqual([creditCounts ? 0n : yuan('-30'), writeOffCounts ? 0n : yuan('-10')]);
  }
  states('90');
  expect(run(db).brief).toEqual([]);
  expect(run(db, { creditCounts: false }).brief).toEqual([['performance.too-high', 't1', yuan('60'), yuan('90')]]);
});

test('performance is too fresh only where every file of it says when it was exported', () => {
  const db = openTestDb();
  consume(db, 't1', '100', { cash_amount: yuan('100'), traded_at: '2025-09-30 10:00:00' });
  consume(db, 't2', '1', { cash_amount: yuan('1') });
  state(db, 't2', '1');
  const exported = (at: string | null): void => void db.prepare("UPDATE import SET exported_at = ? WHERE name LIKE 'performance%'").run(at);
  exported('2025-09-30 12:00:00');
  expect([run(db).brief, run(db).step('too-fresh')]).toEqual([[], yuan('-100')]);
  const missing = [['performance.missing', 't1', yuan('100'), 0n]];
  exported('2025-10-01 10:00:00');
  expect(run(db).brief).toEqual(missing);
  exported(null);
  expect(run(db).brief).toEqual(missing);
  // Another part of the month that does not say it.
  exported('2025-09-30 12:00:00');
  const other = db.prepare("INSERT INTO import (import_id, sha256, path, name, bytes, at) VALUES ('o', 'o', 'o', 'o', 0, '2026-01-01 00:00:00')").run(); // prettier-ignore
  const sheet = db
    .prepare("INSERT INTO sheet (import, position, name, kind, header_row, header, columns, rows, accepted) VALUES (?, 0, 'o', 'performance', 1, '[]', '{}', 0, 0)")
    .run(other.lastInsertRowid); // prettier-ignore
  db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, ?, 0)').run(sheet.lastInsertRowid, M);
  expect(run(db).brief).toEqual(missing);
});

test('performance that stands in several other months is told of the nearest', () => {
  const db = openTestDb();
  consume(db, 't1', '100', { cash_amount: yuan('100') });
  consume(db, 't2', '1', { cash_amount: yuan('1') });
  state(db, 't2', '1');
  for (const month of ['2025-06', '2025-08']) {
    consume(db, 't0', '1', {}, month);
    state(db, 't1', '50', {}, month);
  }
  const { brief, reasons } = run(db);
  expect(brief).toEqual([['performance.cycle', 't1', yuan('100'), 0n]]);
  expect(reasons[0]).toContain('该业绩记在了 2025-08');
});

test('a customer bound lately may be a re-bound long-tail one, since 2026-01-01 and for six months: that is said, not decided', () => {
  const said = (from: string, month: string): string[] => {
    const db = openTestDb();
    insert(db, 'association-history', { customer_id: 'c1', association_type: 'referral', valid_from: from, valid_to: null });
    insert(db, 'consumption', { cycle: month, ...customer, traded_at: `${month}-20 08:00:00`, trade_id: 't1', amount_due: yuan('100') });
    insert(db, 'performance', { cycle: month, ...customer, trade_id: 't2', amount: 0n });
    const { findings } = runTold(consumptionPerformance, runContext(db, month));
    expect(findings.map((f) => [f.code, f.severity])).toEqual([['performance.missing', undefined]]);
    return findings[0]!.candidates.filter((c) => c.code === 're-bound').map((c) => c.zh.slice(0, 14));
  };
  expect(said('2026-01-15', '2026-03')).toEqual(['客户自 2026-01-15']);
  expect(said('2026-01-15', '2026-07')).toHaveLength(1);
  expect([said('2026-01-15', '2026-08'), said('2025-12-31', '2026-03')]).toEqual([[], []]);
});

test('a finding on an order of several products names none of them, whatever its performance names', () => {
  const db = openTestDb();
  for (const trade of ['mixed', 'one']) {
    consume(db, trade, '100', {});
    consume(db, trade, '20', { product_type: trade === 'mixed' ? '云硬盘' : '云主机' });
    state(db, trade, '100');
  }
  // A column that the consumption lacks is read from the performance.
  consume(db, 'untold', '30', { product_type: null });
  state(db, 'untold', '20');
  expect(runTold(consumptionPerformance, runContext(db, M)).findings.map((f) => [f.tradeId, f.productType])).toEqual([
    ['mixed', undefined],
    ['one', '云主机'],
    ['untold', '云主机'],
  ]);
});

const tolerant: Partial<Settings> = { performanceTolerance: yuan('0.01') };

test('the tolerance holds where rows meet by customer, as a combined order or follow the amount due', () => {
  const db = openTestDb();
  consume(db, null, '100.004', { product_type: 'ECS' });
  state(db, null, '100', { product_type: '弹性云服务器' });
  consume(db, 'k1', '30.004', { customer_id: 'c2', original_trade_id: 'p' });
  consume(db, 'k2', '50.003', { customer_id: 'c2', original_trade_id: 'p' });
  state(db, 'p', '80', { customer_id: 'c2', traded_at: null });
  consume(db, 'rest', '10.004', { customer_id: 'c3', cash_amount: yuan('8.004') });
  state(db, 'rest', '10', { customer_id: 'c3' });
  const outcome = runTold(consumptionPerformance, runContext(db, M, tolerant));
  expect([outcome.findings, (outcome.bridge as Bridge).unexplained]).toEqual([[], 0n]);
  const exact = runTold(consumptionPerformance, runContext(db, M));
  expect(exact.findings.map((f) => f.code)).toContain('performance.missing');
});

test('a difference has the same name within the tolerance as without one', () => {
  const db = openTestDb();
  insert(db, 'product-policy', { product_type: '镜像', policy: 2n, monthly_settled: 0n });
  consume(db, 'card', '100.004', { cash_amount: yuan('60.001'), stored_value_card_amount: yuan('40.003') });
  state(db, 'card', '60');
  consume(db, 'coupon', '100.004', { cash_amount: yuan('60.001'), coupon_amount: yuan('40.003') });
  state(db, 'coupon', '100');
  consume(db, 'policy', '30.004', { product_type: '镜像' });
  consume(db, 'policy', '100.004', {});
  state(db, 'policy', '130.01');
  consume(db, 'refund', '20.004', {});
  consume(db, 'refund', '-10.002', { bill_class: 'refund' });
  state(db, 'refund', '20');
  consume(db, 'twice', '20.004', {});
  state(db, 'twice', '20');
  state(db, 'twice', '20');
  const { brief, reasons } = run(db, tolerant);
  expect(brief.map(([code, trade]) => `${trade as string} ${code as string}`)).toEqual([
    'card performance.stored-value-card',
    'coupon performance.too-high',
    'policy performance.policy',
    'refund performance.refund-not-reversed',
    'twice performance.duplicate',
  ]);
  expect(reasons[1]).toContain('差额与代金券金额相符');
});

test('within the tolerance performance that stands in another month is found there', () => {
  const db = openTestDb();
  consume(db, 'half', '100.004', {});
  state(db, 'half', '60');
  state(db, 'half', '40.01', {}, '2025-10');
  consume(db, 'soon', '20.004', { product_type: 'CDN' });
  state(db, 'soon', '20', { product_type: 'CDN' });
  consume(db, 'other', '1', {}, '2025-10');
  state(db, 'other', '1', {}, '2025-10');
  const { brief } = run(db, { ...tolerant, monthlySettledProducts: ['CDN'] });
  expect(brief).toEqual([
    ['performance.cycle', 'half', yuan('100.004'), yuan('60')],
    ['performance.cycle', 'soon', 0n, yuan('20')],
  ]);
});

test('a flexi-purchase coupon that counts was not wrongly counted, and one that does not was not left out', () => {
  const db = openTestDb();
  insert(db, 'coupon-map', { coupon_id: 'counts', counts: 1n });
  const orders = [
    ['a', 'counts', '130'],
    ['b', 'not', '40'],
    ['c', 'counts', '70'],
    ['d', 'not', '100'],
  ] as const;
  for (const [trade, coupon, stated] of orders) {
    consume(db, trade, '100', { cash_amount: yuan('70'), flexi_purchase_coupon_amount: yuan('30'), coupon_id: coupon });
    state(db, trade, stated);
  }
  expect(run(db).reasons.map((zh) => zh.split('：')[1])).toEqual([
    undefined,
    undefined,
    '应计业绩的现金券未计入。',
    '不计业绩的现金券被计入。',
  ]);
});
