import { describe, expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const shared = { customer_id: 'c1', product_type: '云主机', association_type: 'referral', traded_at: '2025-09-10 08:00:00' };

function workspace(): WriteDb {
  const db = openTestDb();
  insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: yuan('0.05') });
  return db;
}
function state(db: WriteDb, id: string, trade: string, amount: string, cycle = M): bigint {
  return insert(db, 'performance', { cycle, ...shared, performance_id: id, trade_id: trade, amount: yuan(amount) });
}
/** An incentive row of plan A at 5 %, named by its order; `more` may name a 业绩ID too. */
function pay(db: WriteDb, row: string, trade: string, base: string, cycle = M, more: Values = {}): bigint {
  const amounts = { base_amount: yuan(base), rate: yuan('0.05'), amount: yuan(base) / 20n };
  return insert(db, 'incentive', { cycle, ...shared, incentive_row_id: row, plan_name: 'A', trade_id: trade, ...amounts, ...more });
}
function run(db: WriteDb, cycle = M) {
  const outcome = runTold(performanceIncentive, runContext(db, cycle));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  return { step, brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

describe('incentive rows without 业绩ID', () => {
  test('paid a month late: a step in this month and in the next, no finding', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'p2', 't2', '200');
    pay(db, 'r2', 't2', '200');
    state(db, 'q1', 'u1', '300', '2025-10');
    pay(db, 'r3', 'u1', '300', '2025-10');
    pay(db, 'r1', 't1', '100', '2025-10');
    const now = run(db);
    expect([now.brief, now.step('next-month')]).toEqual([[], yuan('-5')]);
    const next = run(db, '2025-10');
    expect([next.brief, next.step('previous-month')]).toEqual([[], yuan('5')]);
  });

  test('one late row answers for one performance row', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'p2', 't1', '100');
    pay(db, 'x', 'other', '1');
    pay(db, 'r1', 't1', '100', '2025-10');
    expect(run(db).brief).toEqual([
      ['incentive.missing', 'p2|A', yuan('5'), 0n],
      ['incentive.base', 'x', 0n, yuan('0.05')],
    ]);
  });

  test('of two rows of an order, the one that is there is not taken for the one that comes late', () => {
    const db = workspace();
    state(db, 'p1', 't1', '110');
    state(db, 'p2', 't1', '35');
    pay(db, 'r2', 't1', '35');
    expect(run(db).brief).toEqual([['incentive.missing', 'p1|A', yuan('5.5'), 0n]]);
    pay(db, 'r1', 't1', '110', '2025-10');
    expect(run(db).brief).toEqual([]);
    const next = runTold(performanceIncentive, runContext(db, '2025-10'));
    expect(next.bridge).toMatchObject({ missing: ['performance'] });
  });

  test('paid a month late beside the next month’s own row of the order', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    pay(db, 'x', 'tx', '1');
    state(db, 'x', 'tx', '1');
    const own = state(db, 'q1', 't1', '60', '2025-10');
    const row = pay(db, 'own', 't1', '60', '2025-10');
    pay(db, 'late', 't1', '100', '2025-10');
    const now = run(db);
    expect([now.brief, now.step('next-month')]).toEqual([[], yuan('-5')]);
    const next = run(db, '2025-10');
    expect([next.brief, next.step('previous-month')]).toEqual([[], yuan('5')]);
    // The late row is none of this month's, be its own paid or not, or of the same amount.
    db.prepare('DELETE FROM incentive WHERE id = ?').run(row);
    expect(run(db, '2025-10').brief).toEqual([['incentive.missing', 'q1|A', yuan('3'), 0n]]);
    db.prepare('UPDATE performance SET amount = 10000000000 WHERE id = ?').run(own);
    expect(run(db, '2025-10').brief).toEqual([]);
    pay(db, 'second', 't1', '100', '2025-10');
    expect(run(db, '2025-10').brief).toEqual([]);
    // What was paid in its own month, be it by a wrong base, is not paid again.
    pay(db, 'in time', 't1', '80');
    expect(run(db, '2025-10').brief).toEqual([['incentive.base', 'second', 0n, yuan('5')]]);
  });

  test('paid in an earlier month already', () => {
    const db = workspace();
    state(db, 'p0', 't0', '100', '2025-08');
    pay(db, 'first', 't0', '100', '2025-08');
    state(db, 'p1', 't1', '20');
    pay(db, 'r1', 't1', '20');
    pay(db, 'second', 't0', '100');
    expect(run(db).brief).toEqual([['incentive.base', 'second', 0n, yuan('5')]]);
  });
});

describe('incentive rows whose 业绩ID nothing knows', () => {
  test('meet the performance of their order', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'p2', 't2', '200');
    pay(db, 'r1', 't1', '100', M, { performance_id: 'unknown' });
    pay(db, 'r2', 't2', '200', M, { performance_id: 'p2' });
    expect(run(db).brief).toEqual([]);
  });

  test('leave the rows of their order that are known by id to their own', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'p2', 't1', '100');
    pay(db, 'r2', 't1', '100', M, { performance_id: 'p2', amount: yuan('4') });
    pay(db, 'r1', 't1', '100', M, { performance_id: 'unknown' });
    expect(run(db).brief).toEqual([['incentive.amount', 'r2', yuan('5'), yuan('4')]]);
  });

  test('of an order of an earlier month came late', () => {
    const db = workspace();
    state(db, 'p0', 't0', '100', '2025-08');
    state(db, 'p1', 't1', '20');
    pay(db, 'r1', 't1', '20', M, { performance_id: 'p1' });
    pay(db, 'r0', 't0', '100', M, { performance_id: 'unknown' });
    const { brief, step } = run(db);
    expect([brief, step('previous-month')]).toEqual([[], yuan('5')]);
  });

  test('come a month late: no incentive is missing, once for each row', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'p2', 't2', '200');
    pay(db, 'r2', 't2', '200', M, { performance_id: 'p2' });
    state(db, 'q1', 'u1', '300', '2025-10');
    pay(db, 'r3', 'u1', '300', '2025-10', { performance_id: 'q1' });
    pay(db, 'r1', 't1', '100', '2025-10', { performance_id: 'unknown' });
    const now = run(db);
    expect([now.brief, now.step('next-month')]).toEqual([[], yuan('-5')]);
    const next = run(db, '2025-10');
    expect([next.brief, next.step('previous-month')]).toEqual([[], yuan('5')]);
    state(db, 'p3', 't1', '100');
    expect(run(db).brief).toEqual([['incentive.missing', 'p3|A', yuan('5'), 0n]]);
  });

  test('a late row of another known 业绩ID of the order pays its own', () => {
    const db = workspace();
    state(db, 'p1', 't1', '100');
    state(db, 'x', 'tx', '1');
    pay(db, 'rx', 'tx', '1', M, { performance_id: 'x' });
    state(db, 'q1', 't1', '100', '2025-10');
    pay(db, 'r1', 't1', '100', '2025-10', { performance_id: 'q1' });
    expect(run(db).brief).toEqual([['incentive.missing', 'p1|A', yuan('5'), 0n]]);
  });

  test('never pay a twin of the order that its own row pays a month late', () => {
    const db = workspace();
    state(db, 'p2', 't1', '100');
    pay(db, 'r1', 't1', '100', M, { performance_id: 'p1' });
    pay(db, 'r2', 't1', '100', '2025-10', { performance_id: 'p2' });
    const { brief, step } = run(db);
    expect([brief, step('next-month')]).toEqual([[['incentive.base', 'r1', 0n, yuan('5')]], yuan('-5')]);
  });
});
