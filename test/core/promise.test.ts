import { describe, expect, it } from 'vitest';
import { daysBetween, isDay } from '../../electron/core/month.ts';
import { promiseDate, workingDaysAfter } from '../../electron/core/promise.ts';

describe('promise date', () => {
  it.each([
    ['2025-10-01', 15, '2025-10-16'],
    ['2025-10-20', 15, '2025-11-04'],
    ['2025-12-31', 15, '2026-01-15'],
    ['2024-02-14', 15, '2024-02-29'],
    ['2024-02-15', 15, '2024-03-01'],
    ['2025-02-14', 15, '2025-03-01'],
    ['2100-02-14', 15, '2100-03-01'],
    ['2000-02-14', 15, '2000-02-29'],
    ['2025-01-31', 30, '2025-03-02'],
    ['2025-10-31', 30, '2025-11-30'],
  ])('%s + %d days is %s', (received, days, promised) => {
    expect(promiseDate(received, days)).toBe(promised);
    expect(daysBetween(received, promised)).toBe(days);
  });

  it.each([
    // A Friday, a Saturday, a Sunday, a Monday.
    ['2025-10-31', 1, '2025-11-03'],
    ['2025-11-01', 1, '2025-11-03'],
    ['2025-11-02', 1, '2025-11-03'],
    ['2025-11-03', 7, '2025-11-12'],
    ['2023-12-29', 2, '2024-01-02'],
  ])('%s + %d working days is %s', (from, days, to) => expect(workingDaysAfter(from, days)).toBe(to));
});

it('knows calendar days', () => {
  expect(['2025-02-28', '2024-02-29', '2025-12-31'].every(isDay)).toBe(true);
  expect(['2025-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-1-1', '2025-01-00', ''].some(isDay)).toBe(false);
});
