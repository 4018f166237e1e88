import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace, type Workspace } from '../db/workspace.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';

function opened(): Workspace {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  return workspace;
}

test('amounts whose sum the database could not hold are refused, without any total row', async () => {
  const workspace = opened();
  const rows = Array.from({ length: 10 }, (_, i) => `c1,2025-09,T${i},ECS,9999999999.00`);
  const header = '客户ID,账期,订单号,产品类型,应付金额';
  const tooMuch = await workspace.take(workspace.put('多.csv', [header, ...rows]));
  expect(tooMuch).toMatchObject({ status: 'refused', reasonCode: 'amount.too-large' });
  expect(workspace.rows('SELECT count(*) FROM consumption')).toEqual(['0']);
  expect((await workspace.take(workspace.put('少.csv', [header, ...rows.slice(1)]))).status).toBe('imported');
});

test('balances are not added up', async () => {
  const workspace = opened();
  const rows = Array.from({ length: 12 }, (_, i) => `L${i},2025-09-${10 + i} 08:00:00,消费,支出,0.00,9999999999.00`);
  const file = workspace.put('收支明细_充值账户.csv', ['流水号,交易时间,交易类型,收支类型,变更金额,变更后余额', ...rows]);
  expect(await workspace.take(file)).toMatchObject({ status: 'imported', sheets: [{ accepted: 12 }] });
});

test('a document time from before its newest month is that of a template, not of the export', async () => {
  const workspace = opened();
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const table = [
    ['客户ID', '账期', '订单号', '产品类型', '应付金额'],
    ['c1', '2025-09', 'T1', 'ECS', '1.00'],
  ];
  const rows = table.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
  const book = (modified: string): Buffer => {
    const core = `<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:modified>${modified}</dcterms:modified></cp:coreProperties>`;
    return workbookBytes({ rows, parts: { 'docProps/core.xml': core } });
  };
  for (const [name, modified] of [
    ['a', '2006-09-16T00:00:00Z'],
    ['b', '2025-10-06T01:00:00Z'],
  ] as const) {
    const file = path.join(workspace.folder, `${name}.xlsx`);
    fs.writeFileSync(file, book(modified));
    expect((await workspace.take(file)).status).toBe('imported');
  }
  expect(workspace.rows('SELECT name, exported_at FROM import ORDER BY name')).toEqual(['a.xlsx null', 'b.xlsx 2025-10-06 09:00:00']);
});
