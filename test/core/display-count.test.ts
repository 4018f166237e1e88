import { expect, test } from 'vitest';
import { displayCount } from '../../electron/core/display-count.ts';
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
