import { expect, test } from 'vitest';
import { FileRefused } from '../../electron/importing/cells.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';
import { tarGzOf, zipOf } from '../fixtures/odd-zips.ts';
import { mutated, numbers } from '../fuzz/mutate.ts';
import { readBytes } from './reading.ts';

const rows = Array.from(
  { length: 6 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i % 2}</v></c><c r="B${i + 1}" s="1"><v>4583${i}.5</v></c><c r="C${i + 1}" t="inlineStr"><is><t>行&amp;${i}</t></is></c></row>`,
).join('');
const book = { rows, strings: '<si><t>甲</t></si><si><r><t>乙</t></r></si>', formats: [0, 22] };
const csv = Array.from({ length: 12 }, (_, i) => `c${i},"多\n行 ""引""",${i}.5,="00${i}"`).join('\r\n');

/** Mutations of each seed file; the nightly run asks for many more. */
const runs = Number(process.env['HEZHANG_MUTATIONS'] ?? '120');

/** What each seed file is before mutation; the xlsx part is mutated inside a sound zip, where a checksum would hide the parser. */
const seeds: readonly [string, () => Promise<Buffer>, (bytes: Buffer) => Buffer][] = [
  ['xlsx, its zip', () => Promise.resolve(workbookBytes(book)), (bytes) => bytes],
  [
    'xlsx, its sheet',
    () => Promise.resolve(Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`)),
    (sheet) => workbookBytes({ ...book, parts: { 'xl/worksheets/sheet1.xml': sheet } }),
  ],
  [
    'xlsx, its strings',
    () => Promise.resolve(Buffer.from(`<sst>${book.strings}</sst>`)),
    (strings) => workbookBytes({ ...book, parts: { 'xl/sharedStrings.xml': strings } }),
  ],
  ['csv', () => Promise.resolve(Buffer.from(`客户ID,名,额,号\r\n${csv}`)), (bytes) => bytes],
  [
    'zip',
    () =>
      Promise.resolve(
        zipOf([
          { name: '一.csv', content: csv },
          { name: '二.csv', content: csv },
        ]),
      ),
    (bytes) => bytes,
  ],
  ['tar.gz', () => tarGzOf([{ name: '一.csv', content: csv }]), (bytes) => bytes],
];

/** Rows as text, and how many rows were faults. */
async function rowsOf(bytes: Buffer): Promise<{ format: string; rows: string[]; faults: number }> {
  const { format, sheets } = await readBytes(bytes);
  return {
    format,
    rows: sheets.flatMap((sheet) => sheet.rows.map((one) => JSON.stringify([one.row, one.texts, one.kinds]))),
    faults: sheets.reduce((sum, sheet) => sum + sheet.faults.length, 0),
  };
}

function outcomeOf(error: unknown, bytes: Buffer): string {
  return error instanceof FileRefused ? error.code : `${String(error)} with ${bytes.toString('base64')}`;
}

const refusedCode = /^(?:file|archive)\.[a-z-]+$/;

test.each(seeds)(
  'mutated: %s: refused by name or read, never a crash',
  async (_, make, wrap) => {
    const sound = await make();
    const next = numbers(sound.length);
    const outcomes: string[] = [];
    for (let run = 0; run < runs; run++) {
      const bytes = wrap(mutated(sound, next));
      outcomes.push(
        await rowsOf(bytes).then(
          () => 'read',
          (error: unknown) => outcomeOf(error, bytes),
        ),
      );
    }
    expect(outcomes.filter((outcome) => outcome !== 'read' && !refusedCode.test(outcome))).toEqual([]);
    expect(outcomes.length).toBe(runs);
  },
  runs * 500,
);

test.each(seeds.filter(([name]) => ['xlsx, its zip', 'zip', 'tar.gz'].includes(name)))(
  'mutated: %s: what is read is what was written, or named as a fault',
  async (_, make) => {
    const sound = await make();
    const next = numbers(sound.length + 1);
    const written = await rowsOf(sound);
    const differing: string[] = [];
    for (let run = 0; run < runs; run++) {
      const bytes = mutated(sound, next);
      const found = await rowsOf(bytes).catch((error: unknown) => outcomeOf(error, bytes));
      // Cut down to its first letters (`PK`) a file is a csv of one cell, which is no export.
      if (typeof found === 'string' || found.format !== written.format) continue;
      const lost = found.rows.length + found.faults !== written.rows.length;
      if (lost || found.rows.some((row) => !written.rows.includes(row))) differing.push(bytes.toString('base64'));
    }
    expect(differing).toEqual([]);
  },
  runs * 500,
);
