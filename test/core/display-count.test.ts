import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { counted, displayCount } from '../../electron/core/display-count.ts';
import { totalReason } from '../../electron/core/wording/bill.ts';
import { summaryReason } from '../../electron/core/wording/consumption.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [12_345_678n, '12,345,678'],
])('%s rows are shown as %s', (count, shown) => expect(displayCount(count)).toBe(shown));

test('reasons count rows with thousands separators in both languages', () => {
  expect(totalReason(3086, 0n, 100_000_000n)).toEqual({
    zh: '账单总额应还 1.00，明细 3,086 行合计 0.00，多计 1.00。',
    en: 'The bill states 1.00; its 3,086 lines come to 0.00: 1.00 too much.',
  });
  expect(summaryReason(1200, 0n, 0, 0n).zh).toContain('消费明细 1,200 行');
});

test.each([
  [0, '0 rows'],
  [1, '1 row'],
  [1n, '1 row'],
  [2n, '2 rows'],
  [3086, '3,086 rows'],
])('%s and its noun are %s', (count, shown) => expect(counted(count, 'row')).toBe(shown));

test('what is counted brings its verb along', () => {
  expect(counted(1, 'finding is', 'findings are')).toBe('1 finding is');
  expect(totalReason(1, 0n, 100_000_000n).en).toBe('The bill states 1.00; its 1 line comes to 0.00: 1.00 too much.');
  expect(summaryReason(1, 100_000_000n, 0, 0n).en).toBe('1 consumption row comes to 1.00; the summary has no row for that.');
});

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['electron', 'db', 'renderer'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(root, folder, file)),
);
/** A number beside a plural that no choice stands between: it is wrong for one. */
const bare =
  /\$\{(?!counted)[^{}]*\} (?:more )?(?:rows|findings|files|lines|orders|invoices|problems|days|groups|originals|versions|requests|payments|texts|cells|faults|times|names)\b/;
/** Never one: limits, and what is the other half of a choice. */
const several = [
  'longer than ${chars} characters',
  'was deducted ${entries} times',
  'Sent ${count(n)} times',
  '`${n} of ${of} requests`',
  'The first ${n} rows',
  'has ${found} cells',
  '（${count} ${say(',
];

test('English counts go through one way: none says "1 rows", and none has a choice of its own', () => {
  const wrong = sources.flatMap((file) =>
    fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !/\b(?:SELECT|FROM|WHERE)\b/.test(line) && !several.some((known) => line.includes(known)))
      .filter((line) => bare.test(line) || /=== 1n? \? '' : 's'/.test(line) || /=== 1n? \? '([a-z ]+)' : '\1s'/.test(line))
      .map((line) => `${path.relative(root, file)}: ${line.trim()}`),
  );
  expect(wrong).toEqual([]);
});
