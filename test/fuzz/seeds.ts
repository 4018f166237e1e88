import { workbookBytes, worksheet } from '../fixtures/odd-workbooks.ts';
import { tarGzOf, zipOf } from '../fixtures/odd-zips.ts';

/** A small export that is mutated; each of its data rows holds a text found nowhere else (`markOf`). */
export interface Seed {
  readonly name: string;
  /** What is mutated, and the whole file around it. */
  readonly sound: Buffer;
  wrap(mutated: Buffer): Buffer;
  /**
   * How the text that is mutated stands to the rows: lines of a csv, or rows of a worksheet. `sealed`: a checksum stands over it, so that whatever is read
   * must be what was written.
   */
  readonly text: 'lines' | 'sheet' | 'strings' | 'sealed';
}

const rows = 12;
const header = ['账期', '客户ID', '订单号', '产品类型', '应付金额', '现金支付'];
export const markOf = (row: number): string => `CS20250900${String(row).padStart(4, '0')}M`;
export const marks: readonly string[] = Array.from({ length: rows }, (_, i) => markOf(i));
const cellsOf = (row: number): string[] => [
  '2025-09',
  `0666aa7a${String(row).padStart(24, '0')}`,
  markOf(row),
  'ECS',
  `${row}.25`,
  `${row}.25`,
];

const csv = `${header.join(',')}\r\n${marks.map((_, i) => cellsOf(i).join(',')).join('\r\n')}\r\n合计,,,,69,69\r\n`;
const quoted = `${header.join('\t')}\n${marks.map((_, i) => cellsOf(i).map((cell, c) => (c === 3 ? `"弹性\n""云""${i}"` : c === 2 ? `="${cell}"` : cell)).join('\t')).join('\n')}\n`; // prettier-ignore

const inline = (cells: readonly string[], row: number, refs: boolean): string =>
  `<row r="${row}">${cells.map((cell, i) => `<c${refs ? ` r="${String.fromCharCode(65 + i)}${row}"` : ''} t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`; // prettier-ignore
const sheetOf = (refs: boolean): string =>
  [header, ...marks.map((_, i) => cellsOf(i))].map((cells, i) => inline(cells, i + 1, refs)).join('');

const texts = [...header, ...marks.flatMap((_, i) => cellsOf(i))];
const strings = texts.map((text) => `<si><t>${text}</t></si>`).join('');
const shared = worksheet(
  Array.from({ length: rows + 1 }, (_, r) => `<row r="${r + 1}">${header.map((_, c) => `<c t="s"><v>${r * header.length + c}</v></c>`).join('')}</row>`).join(''), // prettier-ignore
);
const parts = [
  { name: '消费明细/part-1.csv', content: csv },
  { name: '消费明细/part-2.csv', content: csv.replaceAll(/(\d\d)M/g, '$1N') },
];

const same = (bytes: Buffer): Buffer => bytes;
const workbook = (sheet: Buffer | string, more: { readonly strings?: string; readonly sst?: Buffer } = {}): Buffer =>
  workbookBytes({
    ...(more.strings !== undefined && { strings: more.strings }),
    parts: { 'xl/worksheets/sheet1.xml': sheet, ...(more.sst && { 'xl/sharedStrings.xml': more.sst }) },
  });

/** The files that are mutated, each in its own way. */
export async function makeSeeds(): Promise<Seed[]> {
  const inlineSheet = (refs: boolean): Seed => ({
    name: refs ? 'xlsx, a sheet' : 'xlsx, a sheet without references',
    sound: Buffer.from(worksheet(sheetOf(refs))),
    wrap: (sheet) => workbook(sheet),
    text: 'sheet',
  });
  return [
    { name: 'csv', sound: Buffer.from(csv), wrap: same, text: 'lines' },
    { name: 'csv with quotes and tabs', sound: Buffer.from(quoted), wrap: same, text: 'lines' },
    inlineSheet(true),
    inlineSheet(false),
    {
      name: 'xlsx, its strings',
      sound: Buffer.from(`<sst>${strings}</sst>`),
      wrap: (sst) => workbook(shared, { sst }),
      text: 'strings',
    },
    { name: 'xlsx, its zip', sound: workbook(shared, { strings }), wrap: same, text: 'sealed' },
    { name: 'zip', sound: zipOf(parts), wrap: same, text: 'sealed' },
    { name: 'tar.gz', sound: await tarGzOf(parts), wrap: same, text: 'sealed' },
  ];
}
