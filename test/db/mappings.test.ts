import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listMappings, removeMapping } from '../../db/mappings.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

let w: Workspace;
beforeEach(() => void (w = openWorkspace()));
afterEach(() => w.close());

const renamed = '期间,客户编码,流水单号,产品类型,应付费用,现金';
const customer = '0666aa7a00000000000000000000000a';
const line = (order: string, amount: string): string => `2025-09,${customer},${order},ECS,${amount},${amount}`;
const said = {
  kind: 'consumption',
  columns: { 期间: 'billingCycle', 客户编码: 'customerId', 流水单号: 'tradeId', 应付费用: 'amountDue', 现金: 'cashAmount' },
} as const;
const stored = 'SELECT cycle, customer_id, trade_id, amount_due, cash_amount FROM consumption WHERE in_force = 1 ORDER BY trade_id';

describe('columns mapped by hand', () => {
  it('reads a file whose header is known only by what the person said, and keeps the mapping for the next one', async () => {
    const first = w.put('a.csv', [renamed, line('CS2007020834553YA', '1.5')]);
    expect(await w.take(first)).toMatchObject({ status: 'needs-mapping', reasonCode: 'header.missing' });
    expect(await w.take(first, { mappings: [said] }, true)).toMatchObject({ status: 'previewed' });
    expect(listMappings(w.db)).toEqual([]);
    const done = await w.take(first, { mappings: [said] });
    expect(done).toMatchObject({ status: 'imported', sheets: [{ kind: 'consumption', accepted: 1 }] });
    expect(w.rows(stored)).toEqual([`2025-09 ${customer} CS2007020834553YA 150000000 150000000`]);

    const next = await w.take(w.put('b.csv', [renamed, line('CS2007020834553YB', '2')]));
    expect(next).toMatchObject({ status: 'imported' });
    expect(next.sheets[0]!.recognition?.zh).toContain('按记住的列对应（同样的表头，第 1 版）');
    expect(next.sheets[0]!.recognition?.zh).toContain('“应付费用”→ amountDue');
    expect(w.rows(stored)).toHaveLength(2);
  });

  it('makes an import the same whether the mapping was given or remembered, and knows the file again', async () => {
    const file = w.put('a.csv', [renamed, line('A1', '1')]);
    const given = await w.take(file, { mappings: [said] });
    expect(await w.take(file)).toMatchObject({ status: 'duplicate', importId: given.importId });
    w.db.prepare('UPDATE import SET undone_at = ?').run('2026-01-01 00:00:00');
    expect(await w.take(file, {}, true)).toMatchObject({ status: 'previewed', importId: given.importId });
  });

  it('refuses the same file with another mapping until the first import is taken back', async () => {
    const file = w.put('a.csv', [renamed, line('A1', '1')]);
    await w.take(file, { mappings: [said] });
    const other = { ...said, columns: { ...said.columns, 现金: null } };
    expect(await w.take(file, { mappings: [other] })).toMatchObject({ status: 'refused', reasonCode: 'file.answered-otherwise' });
    expect(w.rows(stored)).toHaveLength(1);
  });

  it('keeps versions; what was said last is applied; forgotten, the header is asked about again', async () => {
    await w.take(w.put('a.csv', [renamed, line('A1', '1')]), { mappings: [said] });
    const other = { ...said, columns: { ...said.columns, 现金: null } };
    await w.take(w.put('b.csv', [renamed, line('B1', '2')]), { mappings: [other] });
    const list = listMappings(w.db);
    expect(list.map((m) => [m.version, m.columns['现金']])).toEqual([
      [2, null],
      [1, 'cashAmount'],
    ]);
    await w.take(w.put('c.csv', [renamed, line('C1', '3')]));
    expect(w.rows('SELECT trade_id, cash_amount FROM consumption ORDER BY 1')).toEqual(['A1 100000000', 'B1 null', 'C1 null']);
    expect(removeMapping(w.db, list[0]!.signature, '2026-01-02 00:00:00')).toBe(2);
    expect(listMappings(w.db)).toEqual([]);
    expect(await w.take(w.put('d.csv', [renamed, line('D1', '3')]))).toMatchObject({ status: 'needs-mapping' });
  });

  it('gives what is said precedence over a known header, and settles a column that stands twice', async () => {
    const twice = ['账期,客户ID,订单号,产品类型,应付金额,应付金额', '2025-09,c1,A1,ECS,1,7'];
    const file = w.put('a.csv', twice);
    expect(await w.take(file)).toMatchObject({ status: 'needs-mapping', reasonCode: 'column.ambiguous' });
    await w.take(file, { mappings: [{ kind: 'consumption', columns: { '应付金额#2': 'amountDue' } }] });
    expect(w.rows('SELECT amount_due FROM consumption')).toEqual(['700000000']);
  });

  it('says so where a mapping given fits no sheet, and reads the file as always', async () => {
    const known = w.put('a.csv', ['账期,客户ID,订单号,产品类型,应付金额', '2025-09,c1,A1,ECS,1']);
    const done = await w.take(known, { mappings: [said] });
    expect(done.status).toBe('imported');
    expect(done.notes.map((n) => n.zh).join()).toContain('指定的列对应没有用上');
    expect(listMappings(w.db)).toEqual([]);
  });
});

describe('suggestions', () => {
  it('are made by header and by values, and never applied', async () => {
    const file = w.put('a.csv', [renamed, line('CS2007020834553YA', '1.50'), line('CS2007020834553YB', '2.50')]);
    const [sheet] = (await w.take(file)).sheets;
    expect(sheet).toMatchObject({ likelyKind: 'consumption', rows: 0, preview: [expect.anything(), expect.anything()] });
    const of = (header: string): string[] =>
      (sheet!.columns!.find((c) => c.header === header)!.suggestions ?? []).map((s) => `${s.field} ${s.by}`);
    expect(sheet!.columns!.filter((c) => c.field !== undefined).map((c) => c.header)).toEqual(['产品类型']);
    expect(of('应付费用')[0]).toBe('amountDue header');
    expect(of('客户编码')).toContain('customerId header');
    expect(of('流水单号')[0]).toBe('tradeId header');
    expect(of('期间')).toEqual(['billingCycle values']);
    expect(of('产品类型')).toEqual([]);
  });

  it('ask about a required column that was renamed, and refuse one that is not there at all', async () => {
    const head = '业绩ID,对账期次,客户ID,订单号';
    const renamedAmount = await w.take(w.put('a.csv', [`${head},业绩额`, 'P1,2025-09,c1,A,4.00']));
    expect(renamedAmount).toMatchObject({ status: 'needs-mapping', reasonCode: 'column.missing' });
    expect(renamedAmount.reason).toContain('“业绩额”可能是 amount');
    expect(await w.take(w.put('b.csv', [head, 'P1,2025-09,c1,A']))).toMatchObject({ status: 'refused', reasonCode: 'column.missing' });
    const mapped = await w.take(w.put('a.csv', [`${head},业绩额`, 'P1,2025-09,c1,A,4.00']), {
      mappings: [{ kind: 'performance', columns: { 业绩额: 'amount' } }],
    });
    expect(mapped.status).toBe('imported');
    expect(w.rows('SELECT performance_id, amount FROM performance')).toEqual(['P1 400000000']);
  });

  it('leave out a field that could not read the values', async () => {
    const [sheet] = (await w.take(w.put('a.csv', ['账期,客户ID,订单号,产品类型,应付费用', '2025-09,c1,A,ECS,很多']))).sheets;
    expect(sheet!.columns!.at(-1)).toEqual({ header: '应付费用' });
  });
});
