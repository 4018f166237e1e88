import { expect, test } from 'vitest';
import { FileRefused } from '../../electron/importing/cells.ts';
import { workbookBytes } from './odd-workbooks.ts';
import { tarGzOf, zipOf } from './odd-zips.ts';
import { readBytes } from './reading.ts';

/** A small generator of the same numbers on every machine (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One to four changes: a byte, a run taken out, a run repeated, or the end cut off. */
function mutated(bytes: Buffer, next: (below: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let changes = 1 + next(4); changes > 0 && result.length > 4; changes--) {
    const at = next(result.length);
    const run = 1 + next(Math.min(40, result.length));
    const kind = next(10);
    if (kind < 6) result[at] = next(256);
    else if (kind < 7) result = Buffer.concat([result.subarray(0, at), result.subarray(at + run)]);
    else if (kind < 9) result = Buffer.concat([result.subarray(0, at), result.subarray(at, at + run), result.subarray(at)]);
    else result = result.subarray(0, Math.max(1, at));
  }
  return result;
}

const rows = Array.from(
  { length: 6 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i % 2}</v></c><c r="B${i + 1}" s="1"><v>4583${i}.5</v></c><c r="C${i + 1}" t="inlineStr"><is><t>行&amp;${i}</t></is></c></row>`,
).join('');
const book = { rows, strings: '<si><t>甲</t></si><si><r><t>乙</t></r></si>', formats: [0, 22] };
const csv = Array.from({ length: 12 }, (_, i) => `c${i},"多\n行 ""引""",${i}.5,="00${i}"`).join('\r\n');

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

test.each(seeds)('mutated: %s', async (_, make, wrap) => {
  const sound = await make();
  const next = numbers(sound.length);
  const outcomes: string[] = [];
  for (let run = 0; run < 120; run++) {
    const bytes = wrap(mutated(sound, next));
    const outcome = await readBytes(bytes).then(
      ({ sheets }) =>
        sheets.every(({ rows: found }) => found.every((one) => one.kinds.length === one.texts.length)) ? 'read' : 'uneven row',
      (error: unknown) => (error instanceof FileRefused ? error.code : `${String(error)} with ${bytes.toString('base64')}`),
    );
    outcomes.push(outcome);
  }
  expect(outcomes.filter((outcome) => !/^(?:read|file\.[a-z-]+|archive\.[a-z-]+)$/.test(outcome))).toEqual([]);
  expect(outcomes.length).toBe(120);
});
