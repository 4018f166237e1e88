import { expect, onTestFinished, test } from 'vitest';
import { relationships, workbookBytes, worksheet } from '../fixtures/odd-workbooks.ts';
import { openWorkspace, type Workspace } from '../db/workspace.ts';
import fs from 'node:fs';
import path from 'node:path';

const rowsOf = (order: string): string =>
  [
    ['账期', '客户ID', '订单号', '产品类型', '应付金额', '现金支付'],
    ['2025-09', 'c1', order, 'ECS', '1', '1'],
  ]
    .map((cells, r) => `<row r="${r + 1}">${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`)
    .join('');

function opened(states: readonly [string, string]): { workspace: Workspace; file: string } {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const file = path.join(workspace.folder, '消费明细.xlsx');
  const parts = {
    'xl/workbook.xml': `<workbook><sheets><sheet name="甲" state="${states[0]}" id="a"/><sheet name="乙" state="${states[1]}" id="b"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['a', 'worksheet', 'worksheets/sheet1.xml'],
      ['b', 'worksheet', 'worksheets/sheet2.xml'],
    ]),
    'xl/worksheets/sheet1.xml': worksheet(rowsOf('A')),
    'xl/worksheets/sheet2.xml': worksheet(rowsOf('B')),
  };
  fs.writeFileSync(file, workbookBytes({ parts }));
  return { workspace, file };
}

test('a hidden sheet is named and not read, until the person says so', async () => {
  const { workspace, file } = opened(['visible', 'hidden']);
  const seen = await workspace.take(file, {}, true);
  expect(seen).toMatchObject({ status: 'previewed', hiddenSheets: ['乙'], sheets: [{ name: '甲' }] });
  expect(seen.notes[0]!.zh).toMatch(/“乙”是隐藏的.*是否要读取/);
  expect(await workspace.take(file, { hidden: true })).toMatchObject({ status: 'imported', sheets: [{ name: '甲' }, { name: '乙' }] });
  expect(workspace.rows('SELECT trade_id FROM consumption ORDER BY 1')).toEqual(['A', 'B']);
  // The same file without a word is the same file.
  expect(await workspace.take(file)).toMatchObject({ status: 'duplicate' });
});

test('a workbook of hidden sheets only is asked about by their names', async () => {
  const { workspace, file } = opened(['veryHidden', 'hidden']);
  expect(await workspace.take(file)).toMatchObject({
    status: 'needs-mapping',
    reasonCode: 'file.no-sheet',
    reasonText: { zh: expect.stringMatching(/甲、乙.*是否读取/) as string },
  });
  expect((await workspace.take(file, { hidden: true })).sheets).toHaveLength(2);
});
