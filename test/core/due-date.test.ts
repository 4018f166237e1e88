import { expect, test } from 'vitest';
import { dueDate, readDueDay, writeDueDay } from '../../electron/core/due-date.ts';

test('a day of the next month, or of a later one, or none', () => {
  expect(readDueDay('20')).toEqual({ day: 20, monthsAfter: 1 });
  expect(readDueDay(' 5+1 ')).toEqual({ day: 5, monthsAfter: 2 });
  expect(readDueDay('')).toBeNull();
  for (const wrong of ['0', '32', '20+', '20+0', '20+7', '+1', '20 日', '2025-10-20']) expect(readDueDay(wrong), wrong).toBeUndefined();
  for (const text of ['20', '5+1', '31+6', '']) expect(writeDueDay(readDueDay(text)!)).toBe(text);
});

test('counts from the month of the bill, and ends with a shorter month', () => {
  expect(dueDate('2025-09', { day: 20, monthsAfter: 1 })).toBe('2025-10-20');
  expect(dueDate('2025-11', { day: 5, monthsAfter: 2 })).toBe('2026-01-05');
  expect(dueDate('2024-01', { day: 31, monthsAfter: 1 })).toBe('2024-02-29');
});
