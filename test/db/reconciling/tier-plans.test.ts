import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { insert, yuan } from '../rows.ts';
import { M, pay, run, state, workspace } from './tier-builder.ts';

describe('several rows of one tier plan', () => {
  test('two rows that both state the whole base: one agrees, the other has no base', () => {
    const db = workspace();
    state(db, '700');
    state(db, '500');
    pay(db, 'first', '1200', '2', '24');
    pay(db, 'second', '1200', '2', '24', { incentive_bill_id: 'b2' });
    const { brief, step } = run(db);
    expect([brief, step('threshold-plan')]).toEqual([[['incentive.base', 'second', 0n, yuan('24')]], yuan('24')]);
  });

  test('the row that agrees has the base, wherever it stands, also where no base is printed', () => {
    const db = workspace();
    state(db, '1200');
    pay(db, 'wrong', null, null, '11');
    pay(db, 'right', null, null, '24');
    expect(run(db).brief).toEqual([['incentive.base', 'wrong', 0n, yuan('11')]]);
  });

  test('rows that share the base by product, association type or reseller are right; they reach the tier together', () => {
    const db = workspace();
    state(db, '700', M, { product_type: '云硬盘' });
    state(db, '300', M, { association_type: 'resale', reseller_name: '甲' });
    state(db, '200', M, { association_type: 'resale', reseller_name: '乙' });
    pay(db, 'disk', '700', '2', '14', { product_type: '云硬盘' });
    pay(db, 'a', '300', '2', '6', { association_type: 'resale', reseller_name: '甲' });
    const b = pay(db, 'b', '200', '2', '4', { association_type: 'resale', reseller_name: '乙' });
    expect(run(db).brief).toEqual([]);
    db.prepare('UPDATE incentive SET base_amount = 30000000000, amount = 600000000 WHERE id = ?').run(b);
    expect(run(db).brief).toEqual([['incentive.base', 'b', yuan('4'), yuan('6')]]);
  });

  test('where the row of one part is missing, that part is missing', () => {
    const db = workspace();
    const disk = state(db, '700', M, { product_type: '云硬盘' });
    state(db, '500');
    const row = pay(db, 'disk', '700', '2', '14', { product_type: '云硬盘' });
    pay(db, 'host', '500', '2', '10', { product_type: '云主机' });
    expect(run(db).brief).toEqual([]);
    db.prepare('DELETE FROM incentive WHERE id = ?').run(row);
    const { brief, findings } = run(db);
    expect([brief, findings[0]?.left]).toEqual([[['incentive.missing', 'T', yuan('14'), 0n]], [disk]]);
  });

  test('of a part with very many rows the first thousand are listed, and the others counted', () => {
    const db = workspace();
    const named = { association_type: 'resale', reseller_name: '甲' };
    const rows = Array.from({ length: 1203 }, (_, i) => state(db, '1', M, i % 2 === 0 ? named : {}));
    const own = rows.filter((_, i) => i % 2 === 0);
    const left = (ids: readonly bigint[]) => [ids.slice(0, 1000), Math.max(0, ids.length - 1000)];
    pay(db, 'a', '602', '2', '12', named);
    const listed = () => run(db).findings.map((f) => [f.recordId, [f.left, f.omitted]]);
    expect(listed()).toEqual([['a', left(own)], [undefined, left(rows.filter((_, i) => i % 2 === 1))]]); // prettier-ignore
    db.prepare("DELETE FROM incentive WHERE incentive_row_id = 'a'").run();
    pay(db, 'all', '1203', '2', '24');
    expect(listed()).toEqual([['all', left(rows)]]);
  });

  test('a plan of one product leaves the others alone', () => {
    const db = workspace(['0', '1', { product_type: '云硬盘' }], ['600', '2', { product_type: '云硬盘' }]);
    state(db, '700', M, { product_type: '云硬盘' });
    state(db, '500');
    pay(db, 'disk', '700', '2', '14', { product_type: '云硬盘' });
    expect(run(db).brief.filter(([code]) => code !== 'incentive.no-rate')).toEqual([]);
  });

  test('performance that should not be stated is in the base or not: a wrong base is held against the nearer of the two', () => {
    const base = (printed: string | null, amount: string) => {
      const db = workspace();
      state(db, '1200');
      state(db, '3000', M, { product_type: '储值卡' });
      pay(db, 'row', printed, printed === null ? null : '2', amount);
      return run(db, { storedValueCardProducts: ['储值卡'] }).brief;
    };
    expect([base('1200', '24'), base('4200', '84'), base(null, '84')]).toEqual([[], [], []]);
    expect(base('4250', '85')).toEqual([['incentive.base', 'row', yuan('84'), yuan('85')]]);
    expect(base('1250', '25')).toEqual([['incentive.base', 'row', yuan('24'), yuan('25')]]);
    expect(base(null, '85')).toEqual([['incentive.rate', 'row', yuan('84'), yuan('85')]]);
  });

  test('two bills that divide the base by what they print are right only while they add up to it', () => {
    const db = workspace();
    state(db, '1200');
    pay(db, 'x', '800', '2', '16');
    const y = pay(db, 'y', '400', '2', '8', { incentive_bill_id: 'b2' });
    expect(run(db).brief).toEqual([]);
    db.prepare('UPDATE incentive SET base_amount = 50000000000, amount = 1000000000 WHERE id = ?').run(y);
    expect(run(db).brief).toEqual([
      ['incentive.base', 'x', yuan('24'), yuan('16')],
      ['incentive.base', 'y', 0n, yuan('10')],
    ]);
  });
});

describe('a tier plan without a row', () => {
  test('is missing, with what it should have paid; a row of the next month pays it', () => {
    const db = workspace();
    insert(db, 'policy', { plan_name: 'A', method: 'perRow', rate: yuan('0.05'), product_type: '其他' });
    const p = state(db, '1200');
    pay(db, 'other', null, null, '-1', { plan_name: '结转' });
    const { findings, brief, step } = run(db);
    expect(brief[0]).toEqual(['incentive.missing', 'T', yuan('24'), 0n]);
    expect([findings[0]!.left, step('threshold-plan')]).toEqual([[p], yuan('24')]);
    state(db, '100', '2025-10');
    pay(db, 'late', '1200', '2', '24', {}, '2025-10');
    const now = run(db);
    expect([now.brief.filter(([code]) => code === 'incentive.missing'), now.step('next-month')]).toEqual([[], yuan('-24')]);
    const next = run(db, {}, '2025-10');
    expect([next.brief, next.step('previous-month')]).toEqual([[['incentive.missing', 'T', yuan('1'), 0n]], yuan('24')]);
    pay(db, 'own', '100', '1', '1', {}, '2025-10');
    expect(run(db, {}, '2025-10').brief).toEqual([]);
  });

  test('owes nothing where no tier is reached, or before its quarter is over', () => {
    const db = workspace(['1000', '2']);
    state(db, '900');
    state(db, '300', '2025-08');
    pay(db, 'x', null, null, '-1', { plan_name: '结转' });
    expect(run(db).brief.map(([code]) => code)).toEqual(['incentive.negative']);
    const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
    insert(db, 'incentive', { cycle: '2025-08', plan_name: '结转', amount: yuan('1') });
    expect(run(db, quarterly, '2025-08').brief.map(([code]) => code)).toEqual(['incentive.no-rate']);
    expect(run(db, quarterly).brief.map(([code]) => code)).toEqual(['incentive.negative']);
    state(db, '1', '2025-07');
    expect(run(db, quarterly).brief.find(([code]) => code === 'incentive.missing')).toEqual(['incentive.missing', 'T', yuan('24.02'), 0n]);
  });
});

describe('indicators of more than a month', () => {
  const quarterly = { indicatorPeriodByPlan: { T: 'quarter' } } as const;
  function quarter(): WriteDb {
    const db = workspace();
    state(db, '2000', '2025-07');
    state(db, '2500', '2025-08');
    state(db, '600');
    return db;
  }

  test('the tier is that of all months together; the base is the month’s where earlier months were paid', () => {
    const db = quarter();
    pay(db, 'r7', '2000', '2', '40', {}, '2025-07');
    pay(db, 'r9', '600', '3', '18');
    expect(run(db, quarterly).brief).toEqual([]);
    expect(run(db).brief).toEqual([['incentive.tier', 'r9', yuan('6'), yuan('18')]]);
  });

  test('the quarter’s row has the quarter’s base', () => {
    const db = quarter();
    const row = pay(db, 'q', '5100', '3', '153');
    expect(run(db, quarterly).brief).toEqual([]);
    db.prepare('UPDATE incentive SET base_amount = NULL, rate = 2000000, amount = 10200000000 WHERE id = ?').run(row);
    expect(run(db, quarterly).brief).toEqual([['incentive.tier', 'q', yuan('153'), yuan('102')]]);
  });

  test('before the period is over, or without all of its months, only base and amount are checked', () => {
    const db = quarter();
    const row = pay(db, 'r8', '2500', '3', '75', {}, '2025-08');
    const open = run(db, quarterly, '2025-08');
    expect([open.brief, open.checks['amount']]).toEqual([[], 2]);
    expect(open.checks['tier']).toContain('统计周期未结束');
    db.prepare('UPDATE incentive SET amount = 7600000000 WHERE id = ?').run(row);
    expect(run(db, quarterly, '2025-08').brief).toEqual([['incentive.amount', 'r8', yuan('75'), yuan('76')]]);
  });

  test('the indicator table names period and value, and comes before the setting', () => {
    const db = quarter();
    pay(db, 'r9', '600', '2', '12');
    insert(db, 'indicator', { cycle: M, indicator_name: 'T', period: '2025Q3', indicator_value: yuan('4900') });
    expect(run(db).brief).toEqual([]);
    insert(db, 'indicator', { cycle: M, indicator_name: 'T', period: '2025-09', indicator_value: yuan('1') });
    expect(run(db, { indicatorPeriodByPlan: { T: 'month' } }).brief).toEqual([]);
  });

  test('a period that only another month’s indicator names holds for this month too', () => {
    const db = quarter();
    pay(db, 'q', '5100', '3', '153');
    insert(db, 'indicator', { cycle: '2025-06', indicator_name: 'T', period: '2025年第二季度', indicator_value: yuan('9') });
    expect(run(db).brief).toEqual([]);
  });

  test('a year, by setting', () => {
    const db = workspace();
    for (let m = 1; m <= 12; m++) state(db, '500', `2025-${String(m).padStart(2, '0')}`);
    pay(db, 'year', '6000', '3', '180', {}, '2025-12');
    expect(run(db, { indicatorPeriodByPlan: { T: 'year' } }, '2025-12').brief).toEqual([]);
    expect(run(db, {}, '2025-12').brief).toEqual([['incentive.base', 'year', yuan('5'), yuan('180')]]);
  });
});

describe('settings of single plans', () => {
  test('method and boundary', () => {
    const db = workspace();
    state(db, '1000');
    const row = pay(db, 'r', '1000', '1', '10');
    expect(run(db).brief).toEqual([['incentive.tier', 'r', yuan('20'), yuan('10')]]);
    expect(run(db, { tierBoundaryByPlan: { T: 'moreThan' } }).brief).toEqual([]);
    expect(run(db, { tierBoundaryByPlan: { other: 'moreThan' } }).brief).toHaveLength(1);
    state(db, '1000');
    db.prepare('UPDATE incentive SET base_amount = 200000000000, rate = NULL, amount = 3000000000 WHERE id = ?').run(row);
    expect(run(db, { tierMethodByPlan: { T: 'progressive' } }).brief).toEqual([]);
    expect(run(db).brief).toEqual([['incentive.rate', 'r', yuan('40'), yuan('30')]]);
    db.prepare('UPDATE incentive SET base_amount = 190000000000, amount = 3100000000 WHERE id = ?').run(row);
    const [found] = run(db, { tierMethodByPlan: { T: 'progressive' } }).findings;
    expect([found?.code, found?.expected, found?.reason.zh.split('；').at(-1)]).toEqual([
      'incentive.base',
      yuan('30'),
      '其中基数 -2.00，金额 3.00。',
    ]);
  });
});

describe('negatives of the month before', () => {
  function before(db: WriteDb, ...amounts: readonly string[]): void {
    for (const amount of amounts)
      insert(db, 'incentive', { cycle: '2025-08', plan_name: 'N', customer_id: 'c', trade_id: 't', amount: yuan(amount) });
  }
  const carry = (db: WriteDb, row: string, amount: string): bigint => pay(db, row, null, null, amount, { plan_name: 'N' });

  test('are carried once', () => {
    const db = workspace(['999999', '1']);
    state(db, '1');
    before(db, '200', '-600');
    carry(db, 'once', '-400');
    expect(run(db).brief).toEqual([]);
    carry(db, 'again', '-400');
    const { brief, step } = run(db);
    expect([brief, step('netting')]).toEqual([[['incentive.negative', 'again', 0n, yuan('-400')]], yuan('-400')]);
  });

  test('may be carried in parts that add up; what differs is wrong', () => {
    const db = workspace(['999999', '1']);
    state(db, '1');
    before(db, '200', '-600');
    carry(db, 'a', '-150');
    const b = carry(db, 'b', '-250');
    expect(run(db).brief).toEqual([]);
    db.prepare('DELETE FROM incentive WHERE id = ?').run(b);
    const { brief, findings } = run(db);
    expect(brief).toEqual([['incentive.negative', 'a', yuan('-400'), yuan('-150')]]);
    expect(findings[0]?.reason.zh).toBe('“N”结转 2025-08 的负激励净额，应为 -400.00，对方 -150.00，多 250.00。');
  });

  test('a month that ended positive carries nothing: its positive is lost, and a later negative cannot reach back', () => {
    const db = workspace(['999999', '1']);
    state(db, '1');
    before(db, '600', '-200');
    carry(db, 'a', '-50');
    expect(run(db).brief).toEqual([['incentive.negative', 'a', 0n, yuan('-50')]]);
  });

  test('of a tier plan come alone where the month itself earns nothing', () => {
    const db = workspace(['1000', '2']);
    state(db, '-1200', '2025-08');
    pay(db, 'b', '-1200', '1', '-12', {}, '2025-08');
    state(db, '900');
    const row = pay(db, 'n', null, null, '-12');
    const { brief, step } = run(db);
    expect([brief, step('netting')]).toEqual([[], yuan('-12')]);
    db.prepare('UPDATE incentive SET amount = -1300000000 WHERE id = ?').run(row);
    expect(run(db).brief).toEqual([['incentive.rate', 'n', 0n, yuan('-13')]]);
  });

  test('of a tier plan come beside its own row', () => {
    const db = workspace();
    state(db, '700');
    pay(db, 'own', '700', '1', '7');
    pay(db, 'old', null, null, '-400', {}, '2025-08');
    pay(db, 'carried', null, null, '-400');
    const good = run(db);
    expect([good.brief, good.step('netting')]).toEqual([[], yuan('-400')]);
    pay(db, 'again', null, null, '-50');
    expect(run(db).brief).toEqual([['incentive.negative', 'again', 0n, yuan('-50')]]);
  });
});
