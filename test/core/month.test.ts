import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, isBillingCycle, lastDay } from '../../electron/core/month.ts';

describe('billing cycles', () => {
  it('knows a cycle when it sees one', () => {
    expect(['2025-07', '2025-13', '2025-7', '202507', ''].map(isBillingCycle)).toEqual([true, false, false, false, false]);
  });
  it('walks across years', () => {
    expect([addMonths('2025-12', 1), addMonths('2025-01', -1), addMonths('2024-02', 36)]).toEqual(['2026-01', '2024-12', '2027-02']);
    expect(() => addMonths('2025', 1)).toThrow(RangeError);
  });
  it('knows the last day of every month as the calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2399 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        return lastDay(`${year}-${String(month).padStart(2, '0')}`).endsWith(`-${days}`);
      }),
    );
  });
  it('adds days as the calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: -4000, max: 4000 }), (start, days) => {
        const iso = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
        return addDays(iso(start), days) === iso(start + days);
      }),
    );
  });
});
