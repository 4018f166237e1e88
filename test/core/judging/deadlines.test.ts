import { expect, test } from 'vitest';
import { judgeDeadlines } from '../../../electron/core/judging/deadlines.ts';

const yuan = 100_000_000n;
const open = [
  { code: 'performance.missing', difference: -120n * yuan },
  { code: 'incentive.amount', difference: -5n * yuan },
  { code: 'incentive.rate', difference: 3n * yuan },
  { code: 'bill.amount', difference: 40n * yuan },
];
const typed = (subject: string, date: string) => [{ subject, date }];
const said = (today: string, date: string, subject = 'incentive-notice', disputes = open) => {
  const { findings, standsUntil } = judgeDeadlines(typed(subject, date), today, 7, disputes);
  return [findings.map((f) => f.reason.zh), standsUntil];
};

test('a date is called from N days before it, with the days left and what is open of its group', () => {
  expect(said('2025-10-01', '2025-10-09')).toEqual([[], '2025-10-01']);
  expect(said('2025-09-01', '2025-10-09')).toEqual([[], '2025-10-01']);
  expect(said('2025-10-02', '2025-10-09')).toEqual([
    ['“激励公示期”到 2025-10-09 为止（还有 7 天），有 2 条差异没有反馈，差额合计 8.00。'],
    '2025-10-02',
  ]);
  expect(said('2025-10-09', '2025-10-09')[0]).toEqual(['“激励公示期”到 2025-10-09 为止（就是今天），有 2 条差异没有反馈，差额合计 8.00。']);
});

test('one that has passed has lapsed, and no later day changes that', () => {
  const lapsed = said('2025-10-10', '2025-10-09');
  expect(lapsed).toEqual([['“激励公示期”已于 2025-10-09 到期失效，仍有 2 条差异没有反馈，差额合计 8.00。'], undefined]);
  expect(said('2026-10-10', '2025-10-09')).toEqual(lapsed);
});

test('the performance notice is about performance, a date of one’s own about everything; without anything open no day matters', () => {
  expect(said('2025-10-05', '2025-10-09', 'performance-notice')[0]).toEqual([expect.stringContaining('1 条差异没有反馈，差额合计 120.00')]);
  expect(said('2025-10-05', '2025-10-09', '市场基金')[0]).toEqual([expect.stringContaining('“市场基金”到')]);
  expect(said('2025-10-05', '2025-10-09', '市场基金')[0]).toEqual([expect.stringContaining('4 条差异没有反馈，差额合计 168.00')]);
  const bills = open.filter((f) => f.code.startsWith('bill.'));
  for (const today of ['2025-09-01', '2025-10-05', '2025-11-01'])
    expect(said(today, '2025-10-09', 'performance-notice', bills)).toEqual([[], undefined]);
});

test('several dates: each its own finding; the result stands until the first of them says something else', () => {
  const dates = [...typed('performance-notice', '2025-10-30'), ...typed('incentive-notice', '2025-10-20'), ...typed('金', '2025-10-01')];
  const verdict = judgeDeadlines(dates, '2025-10-10', 7, open);
  expect(verdict.findings.map((f) => [f.code, f.businessKey, f.recordId, f.expected, f.stated])).toEqual([
    ['incentive.deadline', ['金'], '金', 0n, 0n],
  ]);
  expect(verdict.standsUntil).toBe('2025-10-12');
});
