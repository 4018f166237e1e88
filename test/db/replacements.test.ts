import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoImport } from '../../db/imports.ts';
import { kindStates } from '../../db/status.ts';
import { readiness } from '../../electron/core/readiness.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const header = '账期,客户ID,订单号,产品类型,应付金额,现金支付';
const line = (order: string, amount: string): string => `2025-09,c1,${order},ECS,${amount},${amount}`;

let w: Workspace;
beforeEach(() => {
  w = openWorkspace();
});
afterEach(() => w.close());

const put = (name: string, ...lines: string[]): string => w.put(name, [header, ...lines]);
const inForce = (): string[] => w.rows('SELECT trade_id, amount_due / 100000000 FROM consumption WHERE in_force = 1 ORDER BY trade_id');
const conflicts = (): string[] => w.rows('SELECT business_key, kept_amount, other_amount FROM overlap_conflict ORDER BY 1');

describe('a file that differs from an earlier one while nothing says which is the newer', () => {
  const first = (): Promise<unknown> => w.take(put('old.csv', line('A', '1'), line('B', '2'), line('C', '3')));

  it('is asked about in the preview, which writes nothing', async () => {
    await first();
    const seen = await w.take(put('new.csv', line('A', '1'), line('B', '5'), line('C', '6')), {}, true);
    expect(seen).toMatchObject({ status: 'previewed', differs: [{ path: expect.stringContaining('old.csv') as string, rows: 2 }] });
    expect(w.rows('SELECT count(*) FROM import')).toEqual(['1']);
    expect(inForce()).toEqual(['A 1', 'B 2', 'C 3']);
    expect(w.db.inTransaction).toBe(false);
  });

  it('is not asked about where it agrees, holds other rows, or says when it was exported', async () => {
    await first();
    expect((await w.take(put('same.csv', line('A', '1'), line('D', '4')), {}, true)).differs).toBeUndefined();
    const dated = w.put('dated.csv', ['导出时间：2025-10-05 12:00:00', header, line('A', '9'), line('B', '9'), line('C', '9')]);
    expect((await w.take(dated, {}, true)).differs).toBeUndefined();
  });

  it('is asked about where only one of them says its state, unless that is the last', async () => {
    const performance = (name: string, amount: string): string =>
      w.put(name, ['业绩ID,对账期次,客户ID,订单号,业绩金额', `P1,2025-09,c1,A,${amount}`]);
    await w.take(performance('业绩_初稿.csv', '1'));
    expect((await w.take(performance('业绩.csv', '2'), {}, true)).differs).toMatchObject([{ rows: 1 }]);
    await w.take(performance('业绩_终稿.csv', '3'));
    expect((await w.take(performance('业绩.csv', '2'), {}, true)).differs).toBeUndefined();
  });

  it('without an answer stays a conflict, counted once', async () => {
    await first();
    const done = await w.take(put('new.csv', line('A', '1'), line('B', '5')));
    expect(done).toMatchObject({ status: 'imported', differs: [{ rows: 1 }] });
    expect(inForce()).toHaveLength(3);
    expect(conflicts()).toHaveLength(1);
  });

  it('replaces it where the person says so, and undo brings it back', async () => {
    await first();
    const file = put('new.csv', line('A', '1'), line('B', '5'));
    const done = await w.take(file, { as: 'replacement' });
    expect(done.notes[0]!.zh).toContain('这份取代那一份');
    expect(inForce()).toEqual(['A 1', 'B 5']);
    expect(conflicts()).toEqual([]);
    expect(await w.take(file)).toMatchObject({ status: 'duplicate' });
    undoImport(w.db, done.importId!, '2026-01-02 00:00:00');
    expect(inForce()).toEqual(['A 1', 'B 2', 'C 3']);
  });

  it('corrected again, replaces also what the correction had replaced', async () => {
    await first();
    const second = await w.take(put('2.csv', line('A', '1'), line('B', '5'), line('C', '3')), { as: 'replacement' });
    await w.take(put('3.csv', line('A', '1'), line('B', '7'), line('C', '3')), { as: 'replacement' });
    expect(inForce()).toEqual(['A 1', 'B 7', 'C 3']);
    undoImport(w.db, second.importId!, '2026-01-02 00:00:00');
    expect(inForce()).toEqual(['A 1', 'B 7', 'C 3']);
  });

  it('stays another part where the person says so', async () => {
    await first();
    const done = await w.take(put('new.csv', line('B', '5'), line('D', '4')), { as: 'part' });
    expect(done.notes[0]!.zh).toContain('另一部分');
    expect(inForce()).toHaveLength(4);
    expect(conflicts()).toHaveLength(1);
  });
});

describe('a monthly export with a header and no rows', () => {
  it('is never taken unasked: it says what to do', async () => {
    expect(await w.take(put('消费明细_2025-09.csv'))).toMatchObject({
      status: 'needs-mapping',
      reasonCode: 'sheet.empty',
      reasonText: { zh: expect.stringMatching(/没有数据行.*当月没有业务/) as string },
    });
    expect(w.rows('SELECT count(*) FROM import')).toEqual(['0']);
  });

  it('is an empty statement of the month that its name or the person tells, where they say that there was no business', async () => {
    const named = await w.take(put('消费明细_2025-09.csv'), { empty: true });
    expect(named).toMatchObject({ status: 'imported', sheets: [{ kind: 'consumption', rows: 0, billingCycles: ['2025-09'] }] });
    expect(named.notes[0]!.zh).toContain('2025-09 没有业务');
    expect(w.rows('SELECT cycle, rows, in_force FROM sheet_cycle')).toEqual(['2025-09 0 1']);
    const state = kindStates(w.db, '2025-09').find(({ kind }) => kind === 'consumption')!;
    expect(readiness('consumption', state, '2025-09')).toMatchObject({
      state: 'present',
      note: { zh: expect.stringContaining('0 行') as string },
    });
    expect(
      readiness(
        'order',
        kindStates(w.db, '2025-09').find(({ kind }) => kind === 'order')!,
        '2025-09',
      ).state,
    ).toBe('missing');
    const nameless = put('a.csv', '');
    expect(await w.take(nameless, { empty: true })).toMatchObject({ reasonCode: 'cycle.missing' });
    expect(await w.take(nameless, { empty: true, cycle: '2025-10' })).toMatchObject({ sheets: [{ billingCycles: ['2025-10'] }] });
  });

  it('is one for each month and account, although they are the same bytes', async () => {
    const files = ['消费明细_2025-09.csv', '消费明细_2025-10.csv', 'export.csv'].map((name) => put(name));
    await w.take(files[0]!, { empty: true });
    expect(await w.take(files[0]!)).toMatchObject({ status: 'duplicate' });
    expect(await w.take(files[0]!, { empty: true })).toMatchObject({ status: 'duplicate' });
    // Of another month by its name: asked about, as the first was, and never taken for it.
    expect(await w.take(files[1]!)).toMatchObject({ status: 'needs-mapping', reasonCode: 'sheet.empty' });
    expect(await w.take(files[1]!, { empty: true })).toMatchObject({ status: 'imported', sheets: [{ billingCycles: ['2025-10'] }] });
    for (const cycle of ['2025-11', '2025-12']) {
      expect(await w.take(files[2]!, { empty: true, cycle })).toMatchObject({ status: 'imported', sheets: [{ billingCycles: [cycle] }] });
    }
    expect(w.rows('SELECT cycle FROM sheet_cycle WHERE in_force = 1 ORDER BY cycle')).toEqual(['2025-09', '2025-10', '2025-11', '2025-12']);
    // With rows the bytes tell: what was said of a whole folder makes no second import of them.
    await w.take(put('full.csv', line('A', '1')), { empty: true });
    expect(await w.take(put('again.csv', line('A', '1')), { empty: true })).toMatchObject({ status: 'duplicate' });
    expect(await w.take(put('once more.csv', line('A', '1')))).toMatchObject({ status: 'duplicate' });
  });

  it('gives way to rows that come later', async () => {
    await w.take(put('消费明细_2025-09.csv'), { empty: true });
    await w.take(put('full.csv', line('A', '1')));
    expect(inForce()).toEqual(['A 1']);
    expect(w.rows('SELECT rows FROM sheet_cycle WHERE in_force = 1')).toEqual(['1']);
  });

  it('is refused as ever where it is a table of our own', async () => {
    const own = w.put('政策.csv', '激励计划名称,产品类型,关联类型,新客标签,计算方式,门槛下限,返点比例,生效日期,失效日期\n');
    expect(await w.take(own, { empty: true })).toMatchObject({ status: 'refused', reasonCode: 'sheet.empty' });
  });
});
