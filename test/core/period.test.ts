import { expect, test } from 'vitest';
import { isWithin, monthsOf, periodOf, readPeriod } from '../../electron/core/period.ts';

test('the calendar’s periods', () => {
  expect(periodOf('2025-08', 'month')).toEqual({ from: '2025-08', to: '2025-08' });
  expect(periodOf('2025-08', 'quarter')).toEqual({ from: '2025-07', to: '2025-09' });
  expect(periodOf('2025-12', 'halfYear')).toEqual({ from: '2025-07', to: '2025-12' });
  expect(periodOf('2025-08', 'year')).toEqual({ from: '2025-01', to: '2025-12' });
  expect(monthsOf({ from: '2025-11', to: '2026-01' })).toEqual(['2025-11', '2025-12', '2026-01']);
  expect([isWithin('2025-09', periodOf('2025-08', 'quarter')), isWithin('2025-10', periodOf('2025-08', 'quarter'))]).toEqual([true, false]);
});

const q3 = ['2025-07', '2025-09'];
test.each([
  ['2025Q3', q3],
  ['2025-q3', q3],
  ['2025年Q3', q3],
  ['2025年第三季度', q3],
  ['2025年3季度', q3],
  ['2025-07~2025-09', q3],
  ['2025-07-2025-09', q3],
  ['202507 - 202509', q3],
  ['2025年7月至2025年9月', q3],
  ['2025/07/01～2025/09/30', q3],
  ['2025-07-01 - 2025-09-30', q3],
  ['2025H2', ['2025-07', '2025-12']],
  ['2025年上半年', ['2025-01', '2025-06']],
  ['2025', ['2025-01', '2025-12']],
  ['2025年', ['2025-01', '2025-12']],
  ['2025年度', ['2025-01', '2025-12']],
  ['2025-07', ['2025-07', '2025-07']],
  ['202507', ['2025-07', '2025-07']],
  ['2025年7月', ['2025-07', '2025-07']],
])('%s', (text, [from, to]) => {
  expect(readPeriod(text)).toEqual({ from, to });
});

test.each(['', null, '季度', '2025-13', '2025Q5', '2025-09~2025-07', '本期'])('%s is no period', (text) => {
  expect(readPeriod(text)).toBeUndefined();
});
