import { describe, expect, test } from 'vitest';
import { workbookBytes, worksheet, type OddWorkbook } from '../fixtures/odd-workbooks.ts';
import { cellsOf, readBytes } from './reading.ts';

async function firstRow(odd: OddWorkbook): Promise<string[]> {
  const { sheets } = await readBytes(workbookBytes(odd));
  expect(sheets[0]?.faults).toEqual([]);
  return cellsOf(sheets[0]?.rows[0]);
}

function row(cells: string): string {
  return `<row r="1">${cells}</row>`;
}

const strings = '<si><t>零</t></si><si><t xml:space="preserve"> 一 </t></si>';

/** One odd cell or row each: name, what stands in the workbook, the cells expected. */
const oddCells: readonly [string, OddWorkbook, string[]][] = [
  ['shared string', { strings, rows: row('<c r="A1" t="s"><v>1</v></c>') }, ['text: 一 ']],
  [
    'rich shared string',
    { strings: '<si><r><t>华为</t></r><r><rPr><b/></rPr><t>云</t></r></si>', rows: row('<c r="A1" t="s"><v>0</v></c>') },
    ['text:华为云'],
  ],
  [
    'phonetic runs are no text',
    { strings: '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>', rows: row('<c r="A1" t="s"><v>0</v></c>') },
    ['text:課'],
  ],
  [
    'phonetic runs in an inline string',
    { rows: row('<c r="A1" t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></is></c>') },
    ['text:課'],
  ],
  ['empty shared string', { strings: '<si><t/></si>', rows: row('<c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c>') }, ['', 'number:1']],
  ['inline string', { rows: row('<c r="A1" t="inlineStr"><is><t>账期</t></is></c>') }, ['text:账期']],
  [
    'inline string kept with its spaces',
    { rows: row('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>') },
    ['text: a '],
  ],
  ['rich inline string', { rows: row('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>') }, ['text:ab']],
  ['empty inline string', { rows: row('<c r="A1" t="inlineStr"><is><t/></is></c><c r="B1"><v>1</v></c>') }, ['', 'number:1']],
  ['_xHHHH_ escapes', { rows: row('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_c_x4E2D_</t></is></c>') }, ['text:a\rb_x000D_c中']],
  [
    'entities',
    { rows: row('<c r="A1" t="inlineStr"><is><t>&lt;&amp;&gt;&quot;&apos;&#20013;&#x4E2D;&#x1F600;&nope;</t></is></c>') },
    ['text:<&>"\'中中😀&nope;'],
  ],
  ['CDATA', { rows: row('<c r="A1" t="inlineStr"><is><t>a<![CDATA[<b>&amp;]]>c</t></is></c>') }, ['text:a<b>&amp;c']],
  ['comments and instructions', { rows: row('<!-- <c r="A1"><v>9</v></c> --><?pi <c?><c r="A1"><v>1<!-- 2 -->3</v></c>') }, ['number:13']],
  [
    'a number keeps its digits',
    { rows: row('<c r="A1"><v>19.989999999999998</v></c><c r="B1"><v>1E-8</v></c><c r="C1" t="n"><v>0.10</v></c>') },
    ['number:19.989999999999998', 'number:1E-8', 'number:0.10'],
  ],
  ['a number cell without a number is text', { rows: row('<c r="A1"><v>abc</v></c>') }, ['text:abc']],
  ['booleans', { rows: row('<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>') }, ['boolean:TRUE', 'boolean:FALSE']],
  ['error cells', { rows: row('<c r="A1" t="e"><v>#N/A</v></c>') }, ['error:#N/A']],
  [
    'formula with its result',
    { rows: row('<c r="A1" t="str"><f>A2&amp;""</f><v>a&amp;b</v></c><c r="B1"><f>1+1</f><v>2</v></c>') },
    ['text:a&b', 'number:2'],
  ],
  ['formula without a result', { rows: row('<c r="A1"><f>SUM(B1:B9)</f></c>') }, ['error:=SUM(B1:B9)']],
  [
    't="d"',
    {
      rows: row(
        '<c r="A1" t="d"><v>2025-07-01T08:36:00.6</v></c><c r="B1" t="d"><v>2025-07-01</v></c><c r="C1" t="d"><v>2025-07-01T00:36:00Z</v></c>',
      ),
    },
    ['date:2025-07-01 08:36:01', 'date:2025-07-01', 'text:2025-07-01T00:36:00Z'],
  ],
  ['gaps and styled empty cells', { rows: row('<c r="B1" s="0"/><c r="D1"><v>4</v></c><c r="F1" s="0"/>') }, ['', '', '', 'number:4']],
  [
    'merged cells keep the first',
    {
      parts: {
        'xl/worksheets/sheet1.xml': worksheet(row('<c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><v>3</v></c>')).replace(
          '</sheetData>',
          '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        ),
      },
    },
    ['number:1', '', 'number:3'],
  ],
  [
    'attributes in any order and either quote',
    { strings, rows: `<row spans='1:2' r='1'><c t='s' s='0' r='B1' ><v>0</v></c></row>` },
    ['', 'text:零'],
  ],
  ['spaces around the equals sign', { strings, rows: row('<c r = "B1" t= "s"><v>0</v></c>') }, ['', 'text:零']],
  ['a > inside an attribute', { rows: row('<c r="A1" cm="a>b"><v>5</v></c>') }, ['number:5']],
  ['no references', { rows: '<row><c><v>1</v></c><c/><c><v>3</v></c></row>' }, ['number:1', '', 'number:3']],
  ['cells out of order', { rows: row('<c r="C1"><v>3</v></c><c r="A1"><v>1</v></c>') }, ['number:1', '', 'number:3']],
  [
    'prefixed names',
    {
      parts: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    },
    ['text:甲', 'number:2'],
  ],
  ['white space between tags', { rows: '\n<row r="1">\n  <c r="A1">\n <v> 7 </v>\n</c>\n</row>\n' }, ['number:7']],
  [
    'UTF-16 part',
    {
      parts: {
        'xl/worksheets/sheet1.xml': Buffer.from(
          `\uFEFF<?xml version="1.0" encoding="UTF-16"?>${worksheet(row('<c r="A1" t="inlineStr"><is><t>账期😀</t></is></c>')).replace(/^<\?.*?\?>/, '')}`,
          'utf16le',
        ),
      },
    },
    ['text:账期😀'],
  ],
  [
    'UTF-8 with a byte order mark',
    { parts: { 'xl/worksheets/sheet1.xml': `\uFEFF${worksheet(row('<c r="A1"><v>1</v></c>'))}` } },
    ['number:1'],
  ],
  [
    'GB18030 part',
    {
      parts: {
        'xl/worksheets/sheet1.xml': Buffer.concat([
          Buffer.from('<?xml version="1.0" encoding="GBK"?><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'),
          Buffer.from([0xd6, 0xd0]),
          Buffer.from('</t></is></c></row></sheetData></worksheet>'),
        ]),
      },
    },
    ['text:中'],
  ],
  [
    'elements of the same names outside the rows',
    {
      parts: {
        'xl/worksheets/sheet1.xml': worksheet(row('<c r="A1"><v>1</v></c>')).replace(
          '</sheetData>',
          '</sheetData><extLst><ext><row r="2"><c r="A2"><v>9</v></c></row></ext></extLst>',
        ),
      },
    },
    ['number:1'],
  ],
];

describe('odd cells', () => {
  test.each(oddCells)('%s', async (_, odd, expected) => {
    expect(await firstRow(odd)).toEqual(expected);
  });
});

/** Format, serial, cell expected. */
const dates: readonly [number | string, string, string][] = [
  [14, '45839', 'date:2025-07-01'],
  [22, '45839.358333333334', 'date:2025-07-01 08:36:00'],
  [22, '45839.999999999', 'date:2025-07-02'],
  [14, '45839.5', 'date:2025-07-01 12:00:00'],
  [20, '45839.5', 'date:2025-07-01 12:00:00'],
  [21, '0.358333333333333', 'text:08:36:00'],
  [27, '45839', 'date:2025-07-01'],
  [31, '45839', 'date:2025-07-01'],
  [36, '45839', 'date:2025-07-01'],
  [50, '45839', 'date:2025-07-01'],
  [58, '45839', 'date:2025-07-01'],
  [46, '1.5', 'number:1.5'],
  [47, '45839.25', 'date:2025-07-01 06:00:00'],
  [0, '45839', 'number:45839'],
  [2, '45839', 'number:45839'],
  [49, '45839', 'number:45839'],
  ['yyyy-mm-dd hh:mm:ss', '45839.358333333334', 'date:2025-07-01 08:36:00'],
  ['[$-804]yyyy"年"m"月"d"日";@', '45839', 'date:2025-07-01'],
  ['yyyy\\-mm', '45839', 'date:2025-07-01'],
  ['[h]:mm', '1.5', 'number:1.5'],
  ['[mm]:ss', '1.5', 'number:1.5'],
  ['0.00"元/day"', '12.5', 'number:12.5'],
  ['[Red]#,##0.00;[Red]-#,##0.00', '12.5', 'number:12.5'],
  ['#,##0.00\\d', '12.5', 'number:12.5'],
  ['0.00E+00', '12.5', 'number:12.5'],
  ['General', '12.5', 'number:12.5'],
  ['_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ @_ ', '12.5', 'number:12.5'],
  [14, '59', 'date:1900-02-28'],
  [14, '60', 'number:60'],
  [14, '61', 'date:1900-03-01'],
  [14, '1', 'date:1900-01-01'],
  [14, '0', 'number:0'],
  [14, '-1', 'number:-1'],
  [14, '2958465', 'date:9999-12-31'],
  [14, '2958466', 'number:2958466'],
  [14, '待定', 'text:待定'],
];

describe('dates', () => {
  test.each(dates)('format %s, stored %s', async (format, stored, expected) => {
    expect(await firstRow({ formats: [0, format], rows: row(`<c r="A1" s="1"><v>${stored}</v></c>`) })).toEqual([expected]);
  });

  test('the 1904 date system', async () => {
    const odd = { date1904: true, formats: [14], rows: row('<c r="A1" s="0"><v>44377</v></c><c r="B1" s="0"><v>1</v></c>') };
    expect(await firstRow(odd)).toEqual(['date:2025-07-01', 'date:1904-01-02']);
  });

  test('a custom format may stand in the place of a built-in one', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>';
    expect(await firstRow({ parts: { 'xl/styles.xml': styles }, rows: row('<c r="A1" s="0"><v>45839</v></c>') })).toEqual(['number:45839']);
  });
});
