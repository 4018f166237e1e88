import { describe, expect, test } from 'vitest';
import { performanceAttribution } from '../../../db/reconciling/performance-attribution.ts';
import { performanceSummary } from '../../../db/reconciling/performance-summary.ts';
import { versionOutcome } from '../../../db/reconciling/performance-versions.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Outcome } from '../../../db/reconciling/context.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
function state(db: WriteDb, trade: string, more: Values): bigint {
  return insert(db, 'performance', {
    cycle,
    customer_id: 'c1',
    trade_id: trade,
    amount: yuan('5'),
    traded_at: '2025-09-10 08:00:00',
    ...more,
  });
}
const brief = (outcome: Outcome) => outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.severity, f.expected, f.stated]);

describe('attribution', () => {
  const managers = (db: WriteDb): void => {
    insert(db, 'manager-history', { customer_id: 'c1', account_manager: '王', valid_from: '2025-01-01', valid_to: '2025-09-14' });
    insert(db, 'manager-history', { customer_id: 'c1', account_manager: '李', valid_from: '2025-09-15' });
  };

  test('the manager in force at trade time; the day of a change is doubtful; a mask fits', () => {
    const db = openTestDb();
    managers(db);
    state(db, 't1', { account_manager: '王' });
    const wrong = state(db, 't2', { account_manager: '李' });
    state(db, 't3', { account_manager: '王', traded_at: '2025-09-15 10:00:00' });
    state(db, 't4', { account_manager: '李', traded_at: '2025-09-15 10:00:00' });
    state(db, 't5', { account_manager: '李', traded_at: '2025-09-16 10:00:00' });
    state(db, 't6', { account_manager: '无人', customer_id: 'c2' });
    const outcome = runTold(performanceAttribution, runContext(db, cycle));
    expect(brief(outcome)).toEqual([
      ['performance.manager', 'c1|t2', undefined, yuan('5'), yuan('5')],
      ['performance.manager', 'c1|t4', 'review', yuan('5'), yuan('5')],
    ]);
    expect(outcome.findings[0]?.right).toEqual([wrong]);
    const settings: Partial<Settings> = { managerEffective: 'sameDay' };
    expect(brief(runTold(performanceAttribution, runContext(db, cycle, settings)))[1]?.[1]).toBe('c1|t3');
  });

  test('a month of which every row is wrong has a finding for each', () => {
    const db = openTestDb();
    managers(db);
    const first = state(db, 't0', { account_manager: '无人' });
    db.prepare(
      `INSERT INTO performance (id, cycle, customer_id, customer_key, trade_id, amount, traded_at, account_manager)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 149999)
       SELECT p.id + i, p.cycle, p.customer_id, p.customer_key, 't' || i, p.amount, p.traded_at, p.account_manager FROM n, performance p WHERE p.id = ?`,
    ).run(first);
    const { findings, checks } = runTold(performanceAttribution, runContext(db, cycle));
    expect([findings.length, checks[0]?.compared]).toEqual([150_000, 150_000]);
  });

  test('reseller and new-customer tag', () => {
    const db = openTestDb();
    insert(db, 'association-history', { customer_id: 'c1', association_type: 'resale', reseller_name: '青禾数据公司' });
    insert(db, 'customer', { customer_id: 'c1', new_customer_tag: 'N' });
    state(db, 't1', { reseller_name: '青**司', new_customer_tag: 'N' });
    state(db, 't2', { reseller_name: '云帆公司', new_customer_tag: 'Y' });
    state(db, 't3', { reseller_name: null, new_customer_tag: null });
    expect(brief(runTold(performanceAttribution, runContext(db, cycle)))).toEqual([
      ['performance.reseller', 'c1|t3', undefined, yuan('5'), yuan('5')],
      ['performance.reseller', 'c1|t2', undefined, yuan('5'), yuan('5')],
      ['performance.new-customer', 'c1|t2', undefined, yuan('5'), yuan('5')],
    ]);
  });

  test('without the table, or without the column, the check is skipped and says why', () => {
    const db = openTestDb();
    managers(db);
    state(db, 't1', {});
    const { checks } = runTold(performanceAttribution, runContext(db, cycle));
    expect(checks.map((c) => [c.code, c.compared])).toEqual([
      ['performance.manager', 0],
      ['performance.reseller', 0],
      ['performance.new-customer', 0],
    ]);
    expect(checks[0]?.skipped).toContain('没有客户经理');
    expect(checks[1]?.skipped).toContain('缺 关联历史');
  });

  test('a table that knows none of the customers compares nothing, and that is no pass', () => {
    const db = openTestDb();
    managers(db);
    state(db, 't1', { customer_id: 'c2', account_manager: '王' });
    const manager = runTold(performanceAttribution, runContext(db, cycle)).checks[0];
    expect(manager).toMatchObject({ code: 'performance.manager', compared: 0 });
    expect(manager?.skipped).toContain('表里没有这些客户');
  });
});

describe('versions', () => {
  /** Moves the rows of the month to a replaced draft, as an import of a newer version does. */
  function supersede(db: WriteDb): void {
    db.exec(`UPDATE sheet_cycle SET in_force = 0, status = 'draft'; UPDATE performance SET in_force = 0;
      UPDATE sheet SET kind = 'performance-draft' WHERE kind = 'performance'; UPDATE import SET import_id = 'draft'`);
  }
  function two(db: WriteDb, before: readonly Values[], after: readonly Values[]): Outcome {
    for (const v of before) state(db, v['trade_id'] as string, v);
    supersede(db);
    for (const v of after) state(db, v['trade_id'] as string, v);
    db.exec(`UPDATE sheet_cycle SET status = 'final' WHERE in_force = 1; UPDATE sheet SET kind = 'performance'`);
    return versionOutcome(runContext(db, cycle));
  }

  test('a row that changed and one that appeared', () => {
    const row = (id: string, amount: string): Values => ({ performance_id: id, trade_id: `t-${id}`, amount: yuan(amount) });
    const outcome = two(openTestDb(), [row('p1', '5'), row('p2', '6')], [row('p1', '5'), row('p2', '4'), row('p3', '1')]);
    expect(brief(outcome)).toEqual([
      ['performance.changed', 'c1|t-p2', undefined, yuan('6'), yuan('4')],
      ['performance.changed', 'c1|t-p3', undefined, 0n, yuan('1')],
    ]);
    expect(outcome.checks).toEqual([{ code: 'performance.changed', compared: 3 }]);
  });

  const performance = (id: string, amount: string): Values => ({ performance_id: id, trade_id: `t-${id}`, amount: yuan(amount) });
  /** What is said of the month of these files: which of them are in force, and their rows. */
  function ofFiles(files: readonly (readonly [inForce: boolean, rows: readonly Values[]])[]): Outcome {
    const db = openTestDb();
    for (const [i, [inForce, rows]] of files.entries()) {
      for (const row of rows) state(db, row['trade_id'] as string, row);
      if (!inForce) db.exec(`UPDATE sheet_cycle SET in_force = 0 WHERE sheet = (SELECT id FROM sheet WHERE kind = 'performance')`);
      db.exec(`UPDATE import SET import_id = 'file ${i}', sha256 = 'file ${i}' WHERE import_id NOT LIKE 'file %';
        UPDATE sheet SET kind = 'stored' WHERE kind = 'performance'`);
    }
    db.exec(`UPDATE sheet SET kind = 'performance'`);
    return versionOutcome(runContext(db, cycle));
  }

  test('where one of several files of a month has a newer version, the others say nothing of it', () => {
    const other = [true, [performance('p1', '5'), performance('p2', '6')]] as const;
    const replaced = [false, [performance('p3', '5'), performance('p4', '6')]] as const;
    const one = ofFiles([other, replaced, [true, [performance('p3', '5'), performance('p4', '7'), performance('p5', '1')]]]);
    expect(brief(one)).toEqual([
      ['performance.changed', 'c1|t-p4', undefined, yuan('6'), yuan('7')],
      ['performance.changed', 'c1|t-p5', undefined, 0n, yuan('1')],
    ]);
    expect(one.checks).toEqual([{ code: 'performance.changed', compared: 3 }]);
    const two = ofFiles([other, replaced, [true, [performance('p3', '5')]], [true, [performance('p4', '7')]]]);
    expect(brief(two)).toEqual([['performance.changed', 'c1|t-p4', undefined, yuan('6'), yuan('7')]]);
    const shared = [true, [performance('p1', '5'), performance('p3', '5')]] as const;
    const three = ofFiles([shared, replaced, [true, [performance('p3', '5'), performance('p4', '7')]]]);
    expect(brief(three)).toEqual([['performance.changed', 'c1|t-p4', undefined, yuan('6'), yuan('7')]]);
  });

  test('one version only is skipped; every check of the pair is reported once', () => {
    const db = openTestDb();
    state(db, 't1', {});
    expect(versionOutcome(runContext(db, cycle)).checks[0]?.skipped).toContain('一个版本');
    const codes = [performanceSummary, performanceAttribution].map(({ run }) => run(runContext(db, cycle)).checks.map((c) => c.code));
    expect(codes).toEqual([
      ['performance.summary', 'performance.changed'],
      ['performance.manager', 'performance.reseller', 'performance.new-customer'],
    ]);
  });
});
