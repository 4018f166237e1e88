import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { insert, yuan } from '../rows.ts';
import { M, pay, run, state, workspace } from './tier-builder.ts';

describe('a plan that ends before its month or quarter is over', () => {
  const until = (day: string): WriteDb => workspace(['0', '1', { valid_to: day }], ['1000', '2', { valid_to: day }]);
  const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;

  test('is paid by its last chart for what was traded while it was in force', () => {
    const db = until('2025-09-20');
    state(db, '1200');
    state(db, '500', M, { traded_at: '2025-09-25 08:00:00' });
    const row = pay(db, 'r', '1200', '2', '24');
    const ofPlan = () => run(db).brief.filter(([, key]) => key === 'r' || key === 'T');
    expect(ofPlan()).toEqual([]);
    db.prepare('UPDATE incentive SET rate = 1000000, amount = 1200000000 WHERE id = ?').run(row);
    expect(ofPlan()).toEqual([['incentive.tier', 'r', yuan('24'), yuan('12')]]);
    db.prepare("UPDATE incentive SET plan_name = '其他' WHERE id = ?").run(row);
    expect(ofPlan()).toContainEqual(['incentive.missing', 'T', yuan('24'), 0n]);
  });

  test('and a quarter that it ended in is paid with the quarter’s last month', () => {
    const db = until('2025-08-15');
    state(db, '700', '2025-07');
    state(db, '700', '2025-08');
    state(db, '700');
    pay(db, 'r', '1400', '1', '14');
    expect(run(db, quarterly).brief).toContainEqual(['incentive.tier', 'r', yuan('28'), yuan('14')]);
  });

  test('or with the month after, where its rows are no longer those of a plan in force', () => {
    const db = until('2025-08-31');
    state(db, '1200', '2025-08');
    pay(db, 'x', null, null, '1', { plan_name: '其他' }, '2025-08');
    state(db, '9', M, { product_type: '云市场' });
    insert(db, 'product-policy', { product_type: '云市场', policy: 13n, monthly_settled: 0n });
    pay(db, 'late', '1200', '2', '24');
    const { brief, step } = run(db);
    expect([brief, step('previous-month')]).toEqual([[], yuan('24')]);
  });
});

describe('a plan that began within its quarter', () => {
  const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
  const since = (day: string): WriteDb => workspace(['0', '1', { valid_from: day }], ['1000', '2', { valid_from: day }]);

  test('needs no month before it did, and all months from then on', () => {
    const db = since('2025-08-15');
    state(db, '700', '2025-08', { traded_at: '2025-08-20 08:00:00' });
    state(db, '700');
    const row = pay(db, 'r', '1400', '2', '28');
    expect(run(db, quarterly).brief).toEqual([]);
    db.prepare('UPDATE incentive SET rate = 1000000, amount = 1400000000 WHERE id = ?').run(row);
    expect(run(db, quarterly).brief).toEqual([['incentive.tier', 'r', yuan('28'), yuan('14')]]);
  });

  test('be it with its last month', () => {
    const db = since('2025-09-01');
    state(db, '1200');
    pay(db, 'r', '1200', '2', '24');
    expect([run(db, quarterly).brief, run(db, quarterly).checks.tier]).toEqual([[], 1]);
    const early = since('2025-07-31');
    state(early, '1200');
    pay(early, 'r', '1200', '2', '24');
    expect(run(early, quarterly).checks.tier).not.toBe(1);
  });
});

describe('rows that always come with the month after', () => {
  test('of a quarter are no payment of its first month', () => {
    const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
    const db = workspace();
    for (const month of ['2025-04', '2025-05', '2025-06', '2025-07', '2025-08', M, '2025-10']) state(db, '700', month);
    for (const month of ['2025-06', M]) pay(db, `x${month}`, null, null, '1', { plan_name: '其他' }, month);
    pay(db, 'q2', '2100', '2', '42', {}, '2025-07');
    const row = pay(db, 'q3', '2100', '2', '42', {}, '2025-10');
    const ofPlan = (month: string) => run(db, quarterly, month).brief.filter(([, key]) => !String(key).startsWith('x'));
    for (const month of ['2025-07', M, '2025-10']) expect([month, ofPlan(month)]).toEqual([month, []]);
    // Paid too little it is the quarter's that is held against it.
    db.prepare('UPDATE incentive SET rate = 1000000, amount = 2100000000 WHERE id = ?').run(row);
    expect(ofPlan('2025-10')).toEqual([['incentive.tier', 'q3', yuan('42'), yuan('21')]]);
    db.prepare('DELETE FROM incentive WHERE id = ?').run(row);
    pay(db, 'in time', '2100', '1', '21');
    expect(ofPlan(M)).toEqual([['incentive.tier', 'in time', yuan('42'), yuan('21')]]);
  });

  test('of every month pay for the one before, and never twice', () => {
    const db = workspace();
    for (const [month, amount] of [['2025-06', '300'], ['2025-07', '500'], ['2025-08', '1700'], [M, '1200']] as const) state(db, amount, month); // prettier-ignore
    pay(db, 'r7', '500', '1', '5', {}, '2025-08');
    pay(db, 'r8', '1700', '2', '34');
    // Whether July's own row is that of June only June can tell; that of August is none of August's.
    const row = pay(db, 'r6', '300', '1', '3', {}, '2025-07');
    expect(run(db, {}, '2025-08').brief).toEqual([]);
    expect(run(db).brief).toEqual([['incentive.missing', 'T', yuan('24'), 0n]]);
    db.prepare('UPDATE incentive SET base_amount = 50000000000, amount = 500000000 WHERE id = ?').run(row);
    expect(run(db, {}, '2025-08').brief).toEqual([['incentive.base', 'r7', yuan('34'), yuan('5')]]);
  });
});

describe('a base that may be of months that are not imported', () => {
  const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
  const told = (db: WriteDb, month: string) =>
    run(db, quarterly, month).findings.map((f) => [f.code, f.expected, f.stated, f.candidates.map((c) => c.zh.split(' ')[0])]);

  test('names them: a row of the first month may be for the quarter before, one of the last for the whole', () => {
    const db = workspace();
    for (const month of ['2025-07', M]) state(db, '3000', month);
    pay(db, 'q2', '2100', '2', '42', {}, '2025-07');
    pay(db, 'q3', '1000', '2', '20');
    expect(told(db, '2025-07')).toEqual([['incentive.base', yuan('60'), yuan('42'), ['2025-04、2025-05、2025-06']]]);
    expect(told(db, M)).toEqual([['incentive.base', yuan('60'), yuan('20'), ['2025-08']]]);
    state(db, '5', '2025-08');
    expect(told(db, M)).toEqual([['incentive.base', yuan('180.15'), yuan('20'), []]]);
  });
});

describe('a base over months of which one is marked as a part', () => {
  const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
  const mark = (db: WriteDb, month: string): bigint =>
    addScopeMark(db, { importId: `performance-${month}.csv`, kind: 'performance', managers: ['甲'], customers: [], by: '', at: '2025-10-08 09:00:00' }); // prettier-ignore
  function quarter(): WriteDb {
    const db = workspace();
    for (const month of ['2025-07', '2025-08', M]) state(db, '3000', month);
    return db;
  }
  const told = (db: WriteDb, month = M) =>
    run(db, quarterly, month).findings.map((f) => [f.code, f.severity, f.expected, f.stated, f.candidates.map((c) => c.en.split(': ')[0])]);

  test('proves no tier, nothing missing, and another base only to be looked at: the finding says why', () => {
    const db = quarter();
    const row = pay(db, 'q3', '9500', '3', '285');
    expect(told(db)).toEqual([['incentive.base', 'review', yuan('270'), yuan('285'), []]]);
    mark(db, '2025-08');
    expect(told(db)).toEqual([
      ['incentive.base', 'review', yuan('270'), yuan('285'), ['2025-08 marked as covering only a part of the performance']],
    ]);
    db.prepare('UPDATE incentive SET base_amount = ?, rate = 1000000, amount = ? WHERE id = ?').run(yuan('2000'), yuan('20'), row);
    expect(told(db).map(([code, severity]) => [code, severity])).toEqual([['incentive.base', 'review']]);
    db.prepare('DELETE FROM incentive WHERE id = ?').run(row);
    pay(db, 'x', null, null, '0', { plan_name: '其他' });
    expect(run(db, quarterly).brief.filter(([, key]) => key === 'T')).toEqual([]);
    expect(run(db, quarterly).checks.tier).toContain('一部分');
  });

  test('beside one that is not imported; an amount that does not follow from its own base is told exactly', () => {
    const db = workspace();
    for (const month of ['2025-08', M]) state(db, '3000', month);
    mark(db, '2025-08');
    const row = pay(db, 'q3', '9500', '3', '285');
    expect(run(db, quarterly).findings[0]!.candidates).toEqual([
      {
        code: 'months-missing',
        zh: '2025-07 没有导入；2025-08 的业绩明细按你的标注只覆盖一部分：这一行可能也按那些月份的业绩计算',
        en: '2025-07 not imported; 2025-08 marked as covering only a part of the performance: this row may pay for the performance of those months as well',
      },
    ]);
    db.prepare('UPDATE incentive SET base_amount = ?, rate = 3000000, amount = ? WHERE id = ?').run(yuan('3000'), yuan('95'), row);
    expect(told(db)).toEqual([['incentive.amount', 'review', yuan('90'), yuan('95'), []]]);
  });

  test('agrees where what is here is the whole base, and is told exactly where its amount is another', () => {
    const db = quarter();
    const row = pay(db, 'q3', '9000', '3', '270');
    mark(db, '2025-08');
    expect(told(db)).toEqual([]);
    db.prepare('UPDATE incentive SET amount = ? WHERE id = ?').run(yuan('250'), row);
    expect(told(db)).toEqual([['incentive.amount', undefined, yuan('270'), yuan('250'), []]]);
  });
});
