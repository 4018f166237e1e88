import { expect, test } from 'vitest';
import { csvSheet } from '../../electron/importing/csv.ts';
import { defaultLimits } from '../../electron/importing/limits.ts';
import { SheetRows } from '../../electron/importing/xlsx-rows.ts';
import { SharedStrings } from '../../electron/importing/xlsx-strings.ts';
import { utf8Part } from '../../electron/importing/xml-part.ts';
import { worksheet } from '../fixtures/odd-workbooks.ts';
import { readSheet } from './reading.ts';

const sizes = [1, 2, 3, 5, 7, 11, 64, 1000];

// oxlint-disable-next-line require-await -- a source of chunks is asynchronous
async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const sheet = worksheet(
  '<row r="1" spans="1:9"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t xml:space="preserve">账期😀&amp;é</t></is></c>' +
    '<c r="C1"><v>19.989999999999998</v></c><!-- 注 --><c r="D1" t="str"><f>A1&amp;"x"</f><v>果<![CDATA[<&]]></v></c><c r="E1"/><c r="F1" s="1"><v>45839.5</v></c></row>' +
    '<row r="3"><c r="A3" t="inlineStr"><is><r><t>丰</t></r><rPh><t>x</t></rPh><r><t>富</t></r></is></c><c r="B3" t="b"><v>1</v></c></row>',
);
const strings = '<sst><si><t>零</t></si><si><r><t>一</t></r><r><t>😀_x000D_</t></r></si></sst>';

async function sheetIn(bytes: Buffer, size: number): Promise<unknown> {
  const table = new SharedStrings('strings', 1000);
  for await (const chunk of utf8Part('strings', cut(Buffer.from(strings), size))) table.feed(chunk);
  table.finish();
  const reader = new SheetRows('sheet', { strings: table.strings, looks: [0, 1], date1904: false });
  for await (const chunk of utf8Part('sheet', cut(bytes, size))) reader.feed(chunk);
  reader.finish();
  return { rows: reader.rows, faults: reader.faults };
}

test('a worksheet reads the same however its bytes are cut', async () => {
  const bytes = Buffer.from(sheet);
  const whole = await sheetIn(bytes, bytes.length);
  expect(whole).toMatchObject({
    faults: [],
    rows: [{ texts: ['一😀\r', '账期😀&é', '19.989999999999998', '果<&', '', '2025-07-01 12:00:00'] }, { texts: ['丰富', 'TRUE'] }],
  });
  for (const size of sizes) expect(await sheetIn(bytes, size)).toEqual(whole);
  const wide = Buffer.from(`\uFEFF${sheet.replace(/^<\?.*?\?>/, '')}`, 'utf16le');
  for (const size of sizes) expect(await sheetIn(wide, size)).toEqual(whole);
});

const csv =
  '标题,,\r\n客户ID,金额,备注\r\n="001",1.5,"a\r\n""b"",中"\r\n\tx\t,2,"bad"x\r\n\r\nn\0,1,1\r\nok,3,😀\r\nopen,"never closed\r\nlast,4,d';

async function csvIn(bytes: Buffer, size: number): Promise<unknown> {
  const source = { chunks: () => cut(bytes, size), consumed: () => 0 };
  const { rows, faults } = await readSheet(csvSheet('x', source, defaultLimits));
  return { rows, faults };
}

test.each(['utf8', 'utf16le'] as const)('a csv reads the same however its bytes are cut (%s)', async (encoding) => {
  const bytes = Buffer.from(`\uFEFF${csv}`, encoding);
  const whole = await csvIn(bytes, bytes.length);
  expect(whole).toMatchObject({
    rows: [{ row: 1 }, { row: 2 }, { row: 3, texts: ['001', '1.5', 'a\r\n"b",中'] }, { row: 8 }, { row: 10 }],
    faults: [{ row: 5 }, { row: 7 }, { row: 9 }],
  });
  for (const size of sizes) expect(await csvIn(bytes, size)).toEqual(whole);
});
