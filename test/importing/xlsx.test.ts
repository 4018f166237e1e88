import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oddBooks } from '../fixtures/odd-books.ts';
import { relationships, workbookBytes, worksheet, type OddWorkbook } from '../fixtures/odd-workbooks.ts';
import { cellsOf, readBytes, refusalCode } from './reading.ts';

function row(cells: string): string {
  return `<row r="1">${cells}</row>`;
}

const strings = '<si><t>零</t></si><si><t xml:space="preserve"> 一 </t></si>';

describe('rows', () => {
  test('empty rows are left out and numbers stay true', async () => {
    const rows =
      '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"/><row r="5"><c r="A5" s="0"/></row><row r="9"><c r="A9"><v>2</v></c></row><row><c><v>3</v></c></row>';
    const { sheets } = await readBytes(workbookBytes({ rows }));
    expect(sheets[0]?.rows.map((one) => one.row)).toEqual([2, 9, 10]);
  });

  test.each([
    ['a string that does not exist', 'B1', '<c r="A1"/><c r="B1" t="s"><v>99</v></c>'],
    ['a string index that is none', 'A1', '<c r="A1" t="s"><v>x</v></c>'],
    ['the same cell twice', 'A1', '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'],
    ['a cell of another row', 'A1', '<c r="A7"><v>1</v></c>'],
    ['a column beyond XFD', 'A1', '<c r="XFE1"><v>1</v></c>'],
    ['a reference that is none', 'A1', '<c r="1A"><v>1</v></c>'],
    ['an unknown cell type', 'AB1', '<c r="AB1" t="zz"><v>1</v></c><c r="AC1" t="zz"><v>1</v></c>'],
    ['an unknown type beside a formula', 'XFD1', '<c r="XFD1" t="zz"><f>A2</f><v>1</v></c>'],
  ])('%s is a fault of its row, names the cell, and costs no other row', async (_, cell, cells) => {
    const { sheets } = await readBytes(workbookBytes({ rows: `${row(cells)}<row r="2"><c r="A2"><v>5</v></c></row>` }));
    expect(sheets[0]?.faults.map(({ row: at, code }) => [at, code])).toEqual([[1, 'row.cell']]);
    expect(sheets[0]?.faults[0]?.en).toContain(`Cell ${cell} cannot be read`);
    expect(sheets[0]?.rows.map(cellsOf)).toEqual([['number:5']]);
  });
});

const twoSheets = (state: string): OddWorkbook => ({
  parts: {
    'xl/workbook.xml': `<workbook xmlns:q="u"><sheets><sheet name="第一" sheetId="7" q:id="rB"/><sheet name="第二" sheetId="3" state="${state}" q:id="rA"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['rA', 'worksheet', '/xl/worksheets/sheet1.xml'],
      ['rB', 'worksheet', 'worksheets/../worksheets/Sheet2.xml'],
    ]),
    'xl/worksheets/sheet1.xml': worksheet('<row r="1"><c r="A1"><v>2</v></c></row>'),
    'xl/worksheets/sheet2.xml': worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
  },
});

describe('workbooks', () => {
  test.each(['hidden', 'veryHidden'])('sheets stand in the order of their tabs; %s ones are named', async (state) => {
    const file = await readBytes(workbookBytes(twoSheets(state)));
    expect(file.sheets.map(({ name, hidden, rows }) => [name, hidden, rows[0]?.texts])).toEqual([
      ['第一', false, ['1']],
      ['第二', true, ['2']],
    ]);
    expect(file.notes).toEqual(['sheet.hidden']);
  });

  test.each(oddBooks)('%s', async (_, odd, expected) => {
    const { sheets } = await readBytes(workbookBytes(odd));
    expect(sheets.map(({ name, hidden, rows, faults }) => [name, hidden, faults.length, ...cellsOf(rows[0])])).toEqual(
      expected.map(([name, hidden, ...cells]) => [name, hidden, 0, ...cells]),
    );
  });

  test('chart sheets are passed over with a note', async () => {
    const parts = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="图" id="c"/><sheet name="S" id="a"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': relationships([
        ['a', 'worksheet', 'worksheets/sheet1.xml'],
        ['c', 'chartsheet', 'chartsheets/sheet1.xml'],
      ]),
    };
    const file = await readBytes(workbookBytes({ parts }));
    expect([file.sheets.map(({ name }) => name), file.notes]).toEqual([['S'], ['sheet.passed-over']]);
  });

  test('the time of export is taken in GMT+08:00', async () => {
    const core =
      '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d"><dcterms:created>2025-08-01T00:00:00Z</dcterms:created><dcterms:modified>2025-08-05T20:30:01Z</dcterms:modified></cp:coreProperties>';
    expect((await readBytes(workbookBytes({ parts: { 'docProps/core.xml': core } }))).exportedAt).toBe('2025-08-06 04:30:01');
  });

  test.each([
    ['cut off in the middle', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>' }],
    ['tags that do not match', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"></c></row></sheetData></worksheet>' }],
    ['malformed attributes', { 'xl/worksheets/sheet1.xml': worksheet('<row r="1"><c r=A1><v>1</v></c></row>') }],
    ['a document type', { 'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${worksheet('').slice(55)}` }],
    [
      'bytes that are no character',
      {
        'xl/worksheets/sheet1.xml': Buffer.concat([
          Buffer.from('<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'),
          Buffer.from([0xff]),
          Buffer.from('</t></is></c></row></sheetData></worksheet>'),
        ]),
      },
    ],
    [
      'strings cut off',
      { 'xl/sharedStrings.xml': '<sst><si><t>a</t></si>', 'xl/worksheets/sheet1.xml': worksheet(row('<c r="A1" t="s"><v>0</v></c>')) },
    ],
    ['a sheet without content', { 'xl/worksheets/sheet1.xml': null }],
    ['no styles, though the workbook refers to them', { 'xl/styles.xml': null }],
    ['no workbook', { 'xl/workbook.xml': null }],
  ])('%s is refused as damaged', async (_, parts) => {
    expect(await refusalCode(workbookBytes({ parts }))).toBe('file.corrupt');
  });

  test('a workbook without sheets is refused', async () => {
    expect(await refusalCode(workbookBytes({ parts: { 'xl/workbook.xml': '<workbook><sheets/></workbook>' } }))).toBe('file.no-sheets');
  });

  test('each call of batches starts from the top', async () => {
    const bytes = workbookBytes({ strings, rows: row('<c r="A1" t="s"><v>0</v></c>') });
    const once = await readBytes(bytes);
    expect((await readBytes(bytes)).sheets).toEqual(once.sheets);
  });
});

test('a workbook written by exceljs', async () => {
  const book = new ExcelJS.Workbook();
  book.modified = new Date('2025-08-05T01:02:03Z');
  const sheet = book.addWorksheet('消费明细');
  sheet.addRow(['客户ID', '金额', '时间', null, '是否']);
  sheet.addRow(['0666aa7a', 19.99, new Date('2025-07-01T08:36:00Z'), null, true]);
  sheet.addRow([
    { richText: [{ text: '华为' }, { font: { bold: true }, text: '云' }] },
    { formula: 'B2*2', result: 39.98 },
    { error: '#DIV/0!' },
  ]);
  sheet.getCell('C2').numFmt = 'yyyy/mm/dd hh:mm';
  const file = await readBytes(Buffer.from(await book.xlsx.writeBuffer()));
  expect(file.exportedAt).toBe('2025-08-05 09:02:03');
  expect(file.sheets[0]?.rows.map(cellsOf)).toEqual([
    ['text:客户ID', 'text:金额', 'text:时间', '', 'text:是否'],
    ['text:0666aa7a', 'number:19.99', 'date:2025-07-01 08:36:00', '', 'boolean:TRUE'],
    ['text:华为云', 'number:39.98', 'error:#DIV/0!'],
  ]);
});

function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\p{Cc}|[\uFFFE\uFFFF]/gu, (char) => `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

describe('round trip', () => {
  const texts = fc.string({
    unit: fc.oneof(
      fc.constantFrom('_', 'x', '0', 'D', '&', '<', '\r', '\n', '账', '😀'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  });
  const table = fc.array(fc.array(texts, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });

  test.each(['shared', 'inline'])('any text comes back (%s strings)', async (mode) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const all = rows.flat();
        let next = 0;
        const cell = (text: string): string =>
          mode === 'shared'
            ? `<c t="s"><v>${next++}</v></c>`
            : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
        const xml = rows.map((cells, i) => `<row r="${i + 1}">${cells.map(cell).join('')}</row>`).join('');
        const bytes = workbookBytes({ rows: xml, strings: all.map((text) => `<si><t>${escaped(text)}</t></si>`).join('') });
        const { sheets } = await readBytes(bytes);
        expect(sheets[0]?.faults).toEqual([]);
        const trimmed = rows.map((cells) => cells.slice(0, cells.findLastIndex((text) => text !== '') + 1));
        expect(sheets[0]?.rows.map((one) => one.texts)).toEqual(trimmed.filter((cells) => cells.length > 0));
      }),
      { numRuns: 60, seed: 20260105 },
    );
  });
});

test('a quote too many in a tag is damage, and swallows no rows up to the next one', async () => {
  const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2 s="0"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4" s="0"><v>4</v></c></row>'; // prettier-ignore
  expect(await refusalCode(workbookBytes({ rows }))).toBe('file.corrupt');
  expect(await refusalCode(workbookBytes({ rows: rows.replace('A2 s=', 'A2" s=') }))).toBe('read');
});
