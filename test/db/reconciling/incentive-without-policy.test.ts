import { describe, expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import { settleFindings } from '../../../electron/core/finding.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const shared = { customer_id: 'c1', product_type: '云主机', association_type: 'referral', traded_at: '2025-09-10 08:00:00' };

function state(db: WriteDb, id: string, amount: string, more: Values = {}, cycle = M): bigint {
  return insert(db, 'performance', { cycle, ...shared, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount), ...more });
}
function pay(db: WriteDb, id: string | null, amount: string, more: Values = {}): bigint {
  const place = id === null ? {} : { ...shared, performance_id: id, trade_id: `t-${id}` };
  const names = { incentive_row_id: `r-${id}-${amount}`, incentive_bill_id: 'b1', plan_name: 'A' };
  return insert(db, 'incentive', { cycle: M, ...place, ...names, amount: yuan(amount), ...more });
}
function run(db: WriteDb) {
  const outcome = runTold(performanceIncentive, runContext(db, M));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  const checks = Object.fromEntries(outcome.checks.map((c) => [c.code.replace('incentive.', ''), c.skipped ?? c.compared]));
  return {
    findings: outcome.findings,
    bridge,
    step,
    checks,
    brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]),
  };
}
const five = { rate: yuan('0.05') };
const noTable = '缺 激励政策 / Incentive policy not imported';

describe('without a policy table', () => {
  test('printed rates let base and amount be checked; performance without one has no rate', () => {
    const db = openTestDb();
    state(db, 'p1', '100');
    state(db, 'p2', '100');
    state(db, 'p3', '100');
    pay(db, 'p1', '5', five);
    pay(db, 'p1', '1', { rate: yuan('0.01'), plan_name: 'B' });
    pay(db, 'p2', '6', { ...five, base_amount: yuan('100') });
    const { brief, checks, step } = run(db);
    expect(brief).toEqual([['incentive.amount', 'r-p2-6', yuan('5'), yuan('6')]]);
    expect([step('no-rate'), step('rate'), step('further-plan')]).toEqual([yuan('-100'), yuan('-190'), yuan('1')]);
    expect(checks).toEqual({ base: 2, amount: 2, negative: 2, tier: noTable, rate: noTable, missing: noTable, 'no-rate': noTable });
  });

  test('rows without a printed rate are unexplained, one finding for a bill, and no check claims to have looked at them', () => {
    const db = openTestDb();
    const p = [state(db, 'p1', '100'), state(db, 'p2', '200'), state(db, 'p3', '300')];
    state(db, 'p0', '50', {}, '2025-08');
    const b1 = [
      pay(db, 'p1', '5', { base_amount: yuan('100') }),
      pay(db, 'p1', '1', { plan_name: 'B' }),
      pay(db, 'p2', '7'),
      pay(db, null, '3'),
    ];
    pay(db, 'p3', '15', { incentive_bill_id: 'b2' });
    pay(db, 'p0', '2', { incentive_bill_id: 'b2' });
    pay(db, null, '9', { incentive_bill_id: null, plan_name: '阶梯' });
    const { findings, brief, bridge, step, checks } = run(db);
    expect(brief).toEqual([
      ['incentive.no-rate', 'b1', 0n, yuan('16')],
      ['incentive.no-rate', 'b2', 0n, yuan('17')],
      ['incentive.no-rate', '阶梯', 0n, yuan('9')],
    ]);
    expect(findings[0]).toMatchObject({ left: [p[0], p[1]], right: b1, recordId: 'b1' });
    expect(findings[0]!.reason.zh).toContain('激励账单 b1（A、B）：4 行');
    expect([bridge.unexplained, step('no-rate'), step('rate'), step('threshold-plan')]).toEqual([yuan('42'), yuan('-600'), 0n, 0n]);
    const neither = '没有激励政策表，激励行也没有印返点比例 / there is no policy table, and no incentive row prints its rate';
    expect(checks).toEqual({
      base: neither,
      amount: neither,
      negative: neither,
      tier: noTable,
      rate: noTable,
      missing: noTable,
      'no-rate': 6,
    });
  });

  test('a bill of very many rows lists a thousand of each side and counts the rest', () => {
    const db = openTestDb();
    db.transaction(() => {
      for (let i = 0; i < 4100; i++) {
        state(db, `p${i}`, '10');
        pay(db, `p${i}`, '1');
      }
    })();
    const [finding] = settleFindings(run(db).findings, M);
    expect([finding?.left.length, finding?.right.length, finding?.rowsOmitted, finding?.stated]).toEqual([1000, 1000, 6200, yuan('4100')]);
  });

  test('a printed rate never stands in for a neighbour without one', () => {
    const db = openTestDb();
    state(db, 'p1', '100', { trade_id: 'T' });
    state(db, 'p2', '60', { trade_id: 'T' });
    pay(db, 'x', '5', { ...five, performance_id: null, trade_id: 'T', base_amount: yuan('100') });
    const own = { performance_id: null, trade_id: 'T', base_amount: yuan('60') };
    const second = pay(db, 'y', '3', own);
    const { brief, step } = run(db);
    expect([brief, step('no-rate')]).toEqual([[['incentive.no-rate', 'b1', 0n, yuan('3')]], yuan('-60')]);
    db.prepare('UPDATE incentive SET rate = 10000000 WHERE id = ?').run(second);
    expect(run(db).brief).toEqual([['incentive.amount', 'r-y-3', yuan('6'), yuan('3')]]);
  });

  test('one row for a whole trade, and one of two plans for part of it', () => {
    const db = openTestDb();
    state(db, 'p1', '100', { trade_id: 'T' });
    state(db, 'p2', '60', { trade_id: 'T', product_type: '云硬盘' });
    pay(db, 'x', '8', { ...five, performance_id: null, trade_id: 'T', base_amount: yuan('160') });
    pay(db, 'y', '1', { rate: yuan('0.01'), plan_name: 'A0', performance_id: null, trade_id: 'T', base_amount: yuan('100') });
    const { brief, bridge } = run(db);
    expect([brief, bridge.unexplained]).toEqual([[], 0n]);
  });

  test('a row of a whole month is checked where its base is the performance of what it names', () => {
    const db = openTestDb();
    state(db, 'p1', '100');
    state(db, 'p2', '60', { product_type: '云数据库' });
    const row = pay(db, null, '3', { ...five, plan_name: '阶梯', product_type: '云数据库', base_amount: yuan('60') });
    const good = run(db);
    expect([good.brief, good.step('threshold-plan'), good.checks['amount']]).toEqual([[], yuan('3'), 1]);
    db.prepare('UPDATE incentive SET amount = 400000000 WHERE id = ?').run(row);
    expect(run(db).brief).toEqual([['incentive.amount', 'r-null-3', yuan('3'), yuan('4')]]);
    db.prepare('UPDATE incentive SET base_amount = 5900000000 WHERE id = ?').run(row);
    expect(run(db).brief).toEqual([['incentive.no-rate', 'b1', 0n, yuan('4')]]);
  });

  test('what belongs to no performance has no base; a negative of a whole month needs a refund', () => {
    const db = openTestDb();
    state(db, 'p1', '100');
    pay(db, 'px', '3');
    pay(db, null, '-4');
    expect(run(db).brief).toEqual([
      ['incentive.base', 'r-px-3', 0n, yuan('3')],
      ['incentive.negative', 'r-null--4', 0n, yuan('-4')],
    ]);
    state(db, 'p2', '-80');
    expect(run(db).brief[1]).toEqual(['incentive.no-rate', 'b1', 0n, yuan('-4')]);
  });

  test.each([
    ['with printed rates', five, ['incentive.base', yuan('5')]],
    ['without', {}, ['incentive.base', yuan('5')]],
  ])('a removed performance leaves its incentive unexplained, %s', (_name, more, fault) => {
    const db = openTestDb();
    const p = state(db, 'p1', '100');
    state(db, 'p2', '60');
    pay(db, 'p1', '5', { ...more, base_amount: yuan('100') });
    pay(db, 'p2', '3', { ...more, base_amount: yuan('60') });
    db.prepare('UPDATE performance SET in_force = 0 WHERE id = ?').run(p);
    const { findings } = run(db);
    expect(findings.filter((f) => f.code === fault[0]).map((f) => [f.code, f.bridge?.amount])).toEqual([fault]);
  });
});
