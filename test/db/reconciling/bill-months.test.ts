import { describe, expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';
import { runTold } from './run-told.ts';

describe('months', () => {
  const edge = '2025-09-30 23:10:00';

  test('used in the last 24 hours and billed in the next month is an edge on both sides', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    consume(db, 'e1', '9', { traded_at: edge });
    bill(db, 'e1', '9', { traded_at: edge }, '2025-10');
    consume(db, 'o1', '2', {}, '2025-10');
    bill(db, 'o1', '2', {}, '2025-10');
    expect(run(db).step('month-edge')).toBe(yuan('9'));
    const next = run(db, {}, '2025-10');
    expect(next.brief).toEqual([]);
    expect(next.step('month-edge')).toBe(yuan('-9'));
  });

  test('an adjustment of the order in the next bill is none of the edge', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    consume(db, 'e1', '40', { traded_at: edge });
    bill(db, 'e1', '40', { traded_at: edge }, '2025-10');
    const whole = { bill_class: 'adjustment', settlement_rate: 100_000_000n, settlement_amount: yuan('5') };
    bill(db, 'e1', '5', { ...whole, traded_at: '2025-10-12 08:00:00' }, '2025-10');
    consume(db, 'o1', '2', {}, '2025-10');
    bill(db, 'o1', '2', {}, '2025-10');
    expect([run(db).brief, run(db).step('month-edge')]).toEqual([[], yuan('40')]);
    const next = run(db, {}, '2025-10');
    expect([next.brief, next.step('month-edge'), next.step('adjustment')]).toEqual([[], yuan('-40'), yuan('-5')]);
  });

  test('what was not used at the edge is in the wrong month', () => {
    const db = openTestDb();
    const row = consume(db, 'e2', '8');
    const line = bill(db, 'e2', '8', {}, '2025-10');
    bill(db, 't0', '1');
    consume(db, 't0', '1', {}, '2025-10');
    bill(db, 't0', '1', {}, '2025-10');
    consume(db, 't0', '1');
    const here = run(db);
    expect(here.brief).toEqual([['bill.cycle', 'c1|e2', yuan('8'), 0n]]);
    expect(here.findings[0]).toMatchObject({ left: [], right: [row, line] });
    expect(run(db, {}, '2025-10').brief).toEqual([['bill.cycle', 'c1|e2', 0n, yuan('8')]]);
  });

  test('an order over the edge that lost one of its lines: its amount alone is unexplained, in the month of the bill', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    const rows = ['9', '4', '2'].map((amount) => consume(db, 'e1', amount, { traded_at: edge }));
    const lines = ['9', '4'].map((amount) => bill(db, 'e1', amount, { traded_at: edge }, '2025-10'));
    consume(db, 'o1', '2', {}, '2025-10');
    const here = run(db);
    expect(here.brief).toEqual([['bill.line-without-consumption', 'c1|t0', 0n, yuan('1')]]);
    expect(here.step('month-edge')).toBe(yuan('15'));
    const next = run(db, {}, '2025-10');
    expect(next.brief).toEqual([
      ['bill.amount', 'c1|e1', yuan('15'), yuan('13')],
      ['bill.consumption-without-line', 'c1|o1', yuan('2'), 0n],
    ]);
    expect(next.findings[0]).toMatchObject({ severity: 'review', left: lines, right: rows, bridge: { amount: yuan('2') } });
    expect(next.findings[0]!.reason.zh).toContain('2025-09');
    expect(next.step('month-edge')).toBe(yuan('-15'));
  });

  test('an order over the edge that is charged too much, twice, at a wrong rate, or too little back', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 'o1', '2', {}, '2025-10');
    const order = (trade: string, used: readonly string[], billed: readonly string[], more = {}): void => {
      for (const amount of used) consume(db, trade, amount, { traded_at: edge });
      for (const amount of billed) bill(db, trade, amount, { traded_at: edge, ...more }, '2025-10');
    };
    order('e1', ['9'], ['10']);
    order('e2', ['3', '5'], ['3', '5', '5']);
    order('e3', ['8', '2'], ['8'], { settlement_amount: yuan('7') });
    order('e4', ['-6', '-2'], ['-6']);
    const next = run(db, {}, '2025-10');
    expect(next.findings.map((f) => [f.code, f.severity, f.tradeId, f.expected, f.stated, f.bridge?.amount]).slice(0, 5)).toEqual([
      ['bill.amount', undefined, 'e1', yuan('9'), yuan('10'), yuan('-1')],
      ['bill.duplicate', undefined, 'e2', yuan('8'), yuan('13'), yuan('-5')],
      ['bill.settlement', undefined, 'e3', yuan('6'), yuan('7'), yuan('-1')],
      ['bill.amount', 'review', 'e3', yuan('10'), yuan('8'), yuan('2')],
      ['bill.amount', undefined, 'e4', yuan('-8'), yuan('-6'), yuan('-2')],
    ]);
    expect(next.step('month-edge')).toBe(yuan('-19'));
    expect(run(db).step('month-edge')).toBe(yuan('19'));
  });

  test('an order whose two months have opposite signs is no edge', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 'e1', '9', { traded_at: edge });
    bill(db, 'e1', '-4', { traded_at: edge }, '2025-10');
    consume(db, 'o1', '2', {}, '2025-10');
    expect(run(db).brief[0]).toEqual(['bill.cycle', 'c1|e1', yuan('9'), 0n]);
    expect(run(db, {}, '2025-10').step('month-edge')).toBe(0n);
  });

  test('the wrong month may be any stored one, before or after', () => {
    const db = openTestDb();
    const row = consume(db, 'far', '8');
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    expect(run(db).brief).toEqual([['bill.consumption-without-line', 'c1|far', yuan('8'), 0n]]);
    expect(run(db).ahead).toBe(true);
    const line = bill(db, 'far', '8', {}, '2026-02');
    consume(db, 'o2', '3', {}, '2026-02');
    bill(db, 'o2', '3', {}, '2026-02');
    const here = run(db);
    expect(here.brief).toEqual([['bill.cycle', 'c1|far', yuan('8'), 0n]]);
    expect(here.findings[0]).toMatchObject({ left: [], right: [row, line] });
    expect(here.findings[0]!.reason.zh).toContain('2026-02');
    expect(run(db, {}, '2026-02').brief).toEqual([['bill.cycle', 'c1|far', 0n, yuan('8')]]);
  });

  test('a month whose groups all stand up to the next one looks no further', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    consume(db, 'e2', '8');
    bill(db, 'e2', '8', {}, '2025-10');
    bill(db, 'e2', '8', {}, '2026-02');
    expect([run(db).ahead, run(db).findings[0]?.reason.zh.includes('2025-10')]).toEqual([false, true]);
    consume(db, 'p1', '3', { customer_id: 'c2' });
    bill(db, null, '3', { customer_id: 'c2' });
    expect(run(db).ahead).toBe(false);
  });

  test('an edge needs the other month only where it was imported', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    consume(db, 'e1', '9', { traded_at: edge });
    expect(run(db).step('month-edge')).toBe(yuan('9'));
    bill(db, 'other', '1', {}, '2025-10');
    expect(run(db).brief).toEqual([['bill.consumption-without-line', 'c1|e1', yuan('9'), 0n]]);
  });
});

test('without one side everything is skipped, and says what is missing', () => {
  const db = openTestDb();
  bill(db, 't1', '1');
  const outcome = runTold(billConsumption, runContext(db, M));
  expect(outcome.bridge).toEqual({ pair: 'bill-consumption', missing: ['consumption'] });
  expect(outcome.findings).toEqual([]);
  expect(outcome.checks.filter((c) => c.skipped?.includes('2025-09 消费明细'))).toHaveLength(5);
});

test('with neither side the settlement lacks the bill alone, whose lines are enough for it', () => {
  const { checks } = runTold(billConsumption, runContext(openTestDb(), M));
  expect(checks.find((c) => c.code === 'bill.settlement')?.skipped).toBe(
    '缺 2025-09 伙伴账单明细 / Partner bill lines of 2025-09 not imported',
  );
});

test('the bill alone still shows what a line says against itself', () => {
  const db = openTestDb();
  bill(db, 't1', '100', { settlement_amount: yuan('80') });
  bill(db, 't2', '100');
  const { findings, checks } = runTold(billConsumption, runContext(db, M));
  expect(findings.map((f) => [f.code, f.tradeId, f.expected, f.stated, f.bridge])).toEqual([
    ['bill.settlement', 't1', yuan('75'), yuan('80'), undefined],
  ]);
  expect(checks.find((c) => c.code === 'bill.settlement')).toEqual({ code: 'bill.settlement', compared: 2 });
});

test('a single imported month cannot tell where a line belongs', () => {
  const db = openTestDb();
  bill(db, 't1', '1');
  consume(db, 't1', '1');
  const checks = run(db).checks;
  expect(checks.find((c) => c.code === 'bill.cycle')?.skipped).toContain('2025-08');
  expect(checks.find((c) => c.code === 'bill.amount')).toEqual({ code: 'bill.amount', compared: 1 });
});
