import { expect, test } from 'vitest';
import { performanceDueAt, weekday } from '../../../electron/core/judging/freshness.ts';

test('yearly and monthly orders after two hours, others after one working day', () => {
  expect(performanceDueAt('2025-09-30 23:30:00', 'yearlyMonthly')).toBe('2025-10-01 01:30:00');
  expect(performanceDueAt('2025-09-10 08:00:00', 'payPerUse')).toBe('2025-09-11 08:00:00');
  expect(performanceDueAt('2025-09-12 08:00:00', null)).toBe('2025-09-15 08:00:00');
});

test('the day of the week', () => {
  expect(['2025-09-01', '2024-02-29', '2026-01-01', '2000-01-01'].map(weekday)).toEqual([0, 3, 3, 5]);
});
