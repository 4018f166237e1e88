import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeIncentives, type RatedPerformance, type StatedIncentive } from '../../../electron/core/judging/performance-incentive.ts';
import { judgeTier, tiersOf } from '../../../electron/core/judging/tier-plan.ts';
import { convertTax } from '../../../electron/core/judging/tax-conversion.ts';
import { one } from '../../../electron/core/money.ts';
import type { PolicyRow } from '../../../electron/core/policy.ts';

const yuan = (n: number): bigint => BigInt(n) * one;
const percent = (n: number): bigint => BigInt(n) * 1_000_000n;

const plans = ['A', 'B', 'C'] as const;
const money = fc.bigInt(-20_000_000_000n, 20_000_000_000n);
const rate = fc.integer({ min: 1, max: 9 }).map(percent);
const performance = fc.record({
  amount: money,
  rebate: fc.boolean(),
  refused: fc.boolean(),
  tiered: fc.boolean(),
  rates: fc.uniqueArray(fc.record({ plan: fc.constantFrom(...plans), rate }), { selector: (r) => r.plan, maxLength: 3 }),
  product: fc.constantFrom('x', 'y'),
});
const incentive = fc.record({
  plan: fc.option(fc.constantFrom(...plans, 'Z'), { nil: null }),
  product: fc.constantFrom('x', 'y'),
  amount: money,
  base: fc.option(money, { nil: null }),
  rate: fc.option(rate, { nil: null }),
});

test('every key closes: Σ performance + Σ steps + Σ unexplained = Σ incentive', () => {
  fc.assert(
    fc.property(
      fc.array(performance, { maxLength: 4 }),
      fc.array(incentive, { maxLength: 4 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (ps, is, policyKnown, next, earlier) => {
        const performances = ps.map((p, i): RatedPerformance => ({
          ...p,
          earlier,
          id: BigInt(i),
          performanceId: `p${i}`,
          rates: [...p.rates].sort((a, b) => (a.plan < b.plan ? -1 : 1)),
        }));
        const incentives = is.map((x, i): StatedIncentive => ({ ...x, id: BigInt(100 + i), performanceId: i % 2 === 0 ? `p${i}` : null }));
        const verdict = judgeIncentives(performances, incentives, { policyKnown, paidNextMonth: () => next });
        const own = performances.filter((p) => !p.earlier).reduce((sum, p) => sum + p.amount, 0n);
        const stated = incentives.reduce((sum, i) => sum + i.amount, 0n);
        const moved = [...verdict.steps.map((s) => s.amount), ...verdict.faults.map((f) => f.unexplained)].reduce((a, b) => a + b, 0n);
        expect(own + moved).toBe(stated);
        for (const f of verdict.faults) expect(f.unexplained).toBe(f.stated - f.expected);
        expect(verdict.faults.filter((f) => !policyKnown && f.code === 'incentive.missing')).toEqual([]);
        // What no rate covers is never taken over as it stands: all of it is unexplained.
        const unrated = incentives.filter((i) => !policyKnown && i.rate === null && performances.length > 0);
        for (const i of unrated) expect(verdict.faults.find((f) => f.incentive === i)?.unexplained).toBe(i.amount);
      },
    ),
    { seed: 2, numRuns: 3000 },
  );
});

test('tiers: the boundary, the progressive method and the chart of the day', () => {
  const row = (threshold: number, n: number, validFrom: string | null = null): PolicyRow => ({
    plan: 'T',
    product: null,
    association: null,
    tag: null,
    method: 'tier',
    threshold: yuan(threshold),
    rate: percent(n),
    validFrom,
    validTo: null,
  });
  const tiers = tiersOf([row(5000, 3), row(0, 1), row(1000, 9), row(1000, 2, '2025-01-01'), row(1000, 4, '2026-01-01')], 'T', {
    from: '2025-09-30',
    to: '2025-09-30',
  });
  expect(tiers.map((t) => t.rate)).toEqual([percent(1), percent(2), percent(3)]);
  const stated = { amount: 0n, base: null, rate: null };
  const expected = (base: number, tierMethod: 'whole' | 'progressive', tierBoundary: 'atLeast' | 'moreThan') =>
    judgeTier(tiers, yuan(base), yuan(base), stated, { tierMethod, tierBoundary }).expected;
  expect(expected(1000, 'whole', 'atLeast')).toBe(yuan(20));
  expect(expected(1000, 'whole', 'moreThan')).toBe(yuan(10));
  expect(expected(6000, 'progressive', 'atLeast')).toBe(yuan(10 + 80 + 30));
});

test('the documented tax conversions', () => {
  expect(convertTax(yuan(10_000), percent(6), percent(6))).toBe(yuan(10_000));
  expect(convertTax(yuan(10_000), percent(6), percent(3))).toBe(971_698_000_000n);
  expect(convertTax(yuan(10_000), percent(13), percent(6))).toBe(938_053_000_000n);
  expect(convertTax(-yuan(10_000), percent(6), percent(3))).toBe(-971_698_000_000n);
});
