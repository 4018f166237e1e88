import fs from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../electron/errors.ts';
import { importSource, undoImport } from '../../db/imports.ts';
import { writeProblems, type ProblemsRequest } from '../../electron/jobs/problems.ts';
import { openWorkspace, type Workspace } from '../db/workspace.ts';

let w: Workspace;
beforeEach(() => void (w = openWorkspace()));
afterEach(() => w.close());

const header = '账期,客户ID,订单号,产品类型,客户交易时间,应付金额';
const bad = [
  '导出时间：2025-10-05 12:00:00',
  header,
  '2025-09,c1,A,ECS,2025-09-01 08:00:00,1.10',
  '2025-09,c1,6.66E+19,ECS,2025-09-01 08:00:00,2.20',
  '2025-09,c1,C,ECS,某天,3.3x',
  '2025-09,c1,D,ECS,某天,4.40',
];

const write = (file: string, more: Partial<ProblemsRequest> = {}): Promise<{ problems: number }> =>
  writeProblems(
    { path: file, fileName: path.basename(file), answers: {}, language: 'zh', target: path.join(w.folder, 'problems.xlsx'), ...more },
    { db: w.db, filesFolder: path.join(w.folder, 'files'), now: () => '2026-01-01 00:00:00' },
  );
async function workbook(): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path.join(w.folder, 'problems.xlsx'));
  return book;
}
const texts = (sheet: ExcelJS.Worksheet): string[] => {
  const lines: string[] = [];
  sheet.eachRow((row) =>
    lines.push((row.values as ExcelJS.CellValue[]).map((v) => (typeof v === 'string' ? v : JSON.stringify(v))).join('|')),
  );
  return lines;
};

describe('the problems of a file as a workbook', () => {
  it('lists them by kind, and marks each cell in a copy of the sheet', async () => {
    expect(await write(w.put('消费明细.csv', bad))).toEqual({ problems: 4 });
    const book = await workbook();
    expect(book.worksheets.map((s) => s.name)).toEqual(['问题清单', '消费明细.csv']);
    const list = texts(book.worksheets[0]!).join('\n');
    expect(list).toContain('消费明细.csv：4 处问题');
    expect(list).toMatch(/时间读不出\|2[\s\S]*金额读不出\|1[\s\S]*编号被 Excel 改坏\|1/);
    expect(list).toMatch(/金额读不出\|消费明细\.csv\|5\|.*应付金额\|3\.3x\|第 5 行/);
    const sheet = book.worksheets[1]!;
    expect(sheet.getRow(2).getCell(6).value).toBe('应付金额');
    const cell = sheet.getRow(5).getCell(6);
    expect(cell.fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(JSON.stringify(cell.note)).toContain('不是能读懂的金额');
    expect(JSON.stringify(sheet.getRow(4).getCell(3).note)).toContain('Excel');
    expect(sheet.getRow(3).getCell(6).fill).toBeUndefined();
    expect(w.rows('SELECT count(*) FROM import')).toEqual(['0']);
  });

  it('can be mended itself and dropped in the place of the file; taken back, the file holds again', async () => {
    const first = await w.take(w.put('消费明细.csv', bad));
    const stored = 'SELECT trade_id, traded_at, amount_due FROM consumption WHERE in_force = 1 ORDER BY trade_id';
    expect(w.rows(stored)).toEqual(['A 2025-09-01 08:00:00 110000000', 'D null 440000000']);
    const source = importSource(w.db, first.importId!)!;
    expect(source.name).toBe('消费明细.csv');
    await write(path.join(w.folder, 'files', source.sha256), { fileName: source.name });
    const book = await workbook();
    const sheet = book.getWorksheet('消费明细.csv')!;
    sheet.getRow(4).getCell(3).value = 'B';
    for (const [row, column, value] of [
      [5, 5, '2025-09-02 00:00:00'],
      [5, 6, '3.30'],
      [6, 5, '2025-09-03 00:00:00'],
    ] as const) {
      sheet.getRow(row).getCell(column).value = value;
    }
    const mended = path.join(w.folder, '问题_消费明细.xlsx');
    await book.xlsx.writeFile(mended);
    const second = await w.take(mended);
    expect(second).toMatchObject({ status: 'imported' });
    expect(second.sheets.at(-1)).toMatchObject({ kind: 'consumption', rows: 4, accepted: 4, problems: [] });
    const all = [
      'A 2025-09-01 08:00:00 110000000',
      'B 2025-09-01 08:00:00 220000000',
      'C 2025-09-02 00:00:00 330000000',
      'D 2025-09-03 00:00:00 440000000',
    ];
    expect(w.rows(stored)).toEqual(all);
    undoImport(w.db, second.importId!, '2026-01-02 00:00:00');
    expect(w.rows(stored)).toEqual(['A 2025-09-01 08:00:00 110000000', 'D null 440000000']);
  });

  it('is a zip whose entries have plain names, and imports as the file does', async () => {
    await write(w.put('消费明细.csv', bad));
    const bytes = fs.readFileSync(path.join(w.folder, 'problems.xlsx')).toString('latin1');
    expect(bytes).toContain('xl/comments');
    expect(bytes).not.toContain('PK/xl');
    expect(bytes).not.toMatch(/[^l]\/xl\/comments/);
    expect(await w.take(path.join(w.folder, 'problems.xlsx'))).toMatchObject({ sheets: [{ rows: 0 }, { rows: 4, accepted: 2 }] });
  });

  it('holds only the header and the rows with problems of a large file', async () => {
    const many = Array.from({ length: 20_001 }, (_, i) => `2025-09,c1,T${i},ECS,2025-09-01 08:00:00,${i === 15_000 ? 'x' : '1'}`);
    expect(await write(w.put('a.csv', [header, ...many]), { language: 'en' })).toEqual({ problems: 1 });
    const book = await workbook();
    const lines = texts(book.getWorksheet('a.csv')!);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('T15000');
    expect(texts(book.worksheets[0]!).join('\n')).toMatch(/Unreadable amount\|a\.csv\|15002\|.*"text":"2"/);
  });

  it('keeps numbers as the file holds them, marks a whole row, and finds names that Excel takes', async () => {
    const sheet = 'a[1]*消费明细-这是一个非常非常长的文件名字，超过三十一个字.csv';
    await write(w.put(sheet.replace('*', '_'), [header, '2025-09,c1,A,ECS,2025-09-01 08:00:00,1', '2025-09,c1,B']));
    const book = await workbook();
    expect(book.worksheets[1]!.name).toHaveLength(31);
    const row = book.worksheets[1]!.getRow(3);
    expect([1, 2, 3, 4, 5, 6].every((c) => JSON.stringify(row.getCell(c).fill).includes('FFFFC7CE'))).toBe(true);
  });

  it('refuses where there is nothing to list, or the file cannot be read at all', async () => {
    const code = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
    expect(await write(w.put('good.csv', [header, bad[2]!])).catch(code)).toBe('problems.none');
    expect(await write(w.put('empty.csv', '')).catch(code)).toBe('file.empty');
  });
});
