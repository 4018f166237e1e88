import { describe, expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';

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

  test('an edge whose amounts differ, or that was not at the edge, is in the wrong month', () => {
    const db = openTestDb();
    consume(db, 'e1', '9', { traded_at: edge });
    bill(db, 'e1', '10', {}, '2025-10');
    const row = consume(db, 'e2', '8');
    const line = bill(db, 'e2', '8', {}, '2025-10');
    bill(db, 't0', '1');
    consume(db, 't0', '1', {}, '2025-10');
    bill(db, 't0', '1', {}, '2025-10');
    consume(db, 't0', '1');
    const here = run(db);
    expect(here.brief).toEqual([
      ['bill.cycle', 'c1|e1', yuan('9'), 0n],
      ['bill.cycle', 'c1|e2', yuan('8'), 0n],
    ]);
    expect(here.findings[1]).toMatchObject({ left: [], right: [row, line] });
    expect(run(db, {}, '2025-10').brief).toEqual([
      ['bill.cycle', 'c1|e1', 0n, yuan('10')],
      ['bill.cycle', 'c1|e2', 0n, yuan('8')],
    ]);
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
  const outcome = billConsumption.run(runContext(db, M));
  expect(outcome.bridge).toEqual({ pair: 'bill-consumption', missing: ['consumption'] });
  expect(outcome.findings).toEqual([]);
  expect(outcome.checks.filter((c) => c.skipped?.includes('2025-09 消费明细'))).toHaveLength(5);
});

test('the bill alone still shows what a line says against itself', () => {
  const db = openTestDb();
  bill(db, 't1', '100', { settlement_amount: yuan('80') });
  bill(db, 't2', '100');
  const { findings, checks } = billConsumption.run(runContext(db, M));
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
