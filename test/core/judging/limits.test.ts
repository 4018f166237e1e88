/** Each rule just where it ends: a step further, and it must say something else. */
import { describe, expect, test } from 'vitest';
import { pairAllocations, type Allocation } from '../../../electron/core/judging/allocation-pairs.ts';
import type { LedgerEntry } from '../../../electron/core/judging/balance-step.ts';
import { BalanceWalk } from '../../../electron/core/judging/balance-walk.ts';
import { pairingScore } from '../../../electron/core/judging/incentive-pairing.ts';
import { meets } from '../../../electron/core/judging/order-deduction.ts';
import { judgeIncentives, type RatedPerformance, type StatedIncentive } from '../../../electron/core/judging/performance-incentive.ts';
import { classOf, policyInForce, productClass, type ProductPolicy } from '../../../electron/core/judging/product-class.ts';
import { judgeGrain, type SummaryGrain } from '../../../electron/core/judging/summary-grain.ts';
import { one } from '../../../electron/core/money.ts';

const yuan = (n: number): bigint => BigInt(Math.round(n * 100)) * 1_000_000n;

describe('a grain of the consumption summary', () => {
  const grain: SummaryGrain = {
    stated: yuan(3),
    statedRows: 1n,
    detail: yuan(3),
    detailRows: 2n,
    fractional: 1n,
    fresh: [],
    writeOff: false,
  };

  test('may be off by less than a cent for each row with a fraction, not for others, and only in whole cents', () => {
    expect(judgeGrain({ ...grain, detail: yuan(3) + 999_999n })).toBe('precision');
    expect(judgeGrain({ ...grain, detail: yuan(3) - 999_999n })).toBe('precision');
    expect(judgeGrain({ ...grain, detail: yuan(3.01) })).toBe('differs');
    expect(judgeGrain({ ...grain, detail: yuan(2.99) })).toBe('differs');
    expect(judgeGrain({ ...grain, fractional: 0n, detail: yuan(3) + 1n })).toBe('differs');
    expect(judgeGrain({ ...grain, stated: yuan(3) + 1n, detail: yuan(3) + 2n })).toBe('differs');
    expect(judgeGrain({ ...grain, statedRows: 0n, stated: 0n, detail: 1n })).toBe('differs');
  });

  test('may have the fractions of a detail in cents, less than a cent for each of its rows', () => {
    const exact = { ...grain, fractional: 0n };
    expect(judgeGrain({ ...exact, stated: yuan(3) + 499_999n })).toBe('precision');
    expect(judgeGrain({ ...exact, stated: yuan(3.02) - 1n })).toBe('precision');
    expect(judgeGrain({ ...exact, stated: yuan(3.02) + 1n })).toBe('differs');
    expect(judgeGrain({ ...exact, stated: 1n, detail: 0n, detailRows: 0n })).toBe('differs');
    expect(judgeGrain({ ...exact, statedRows: 0n, stated: 0n })).toBe('differs');
  });

  test('of written-off debt is explained only where the detail has none of it', () => {
    expect(judgeGrain({ ...grain, writeOff: true, stated: yuan(-8), detail: 0n, detailRows: 0n, fractional: 0n })).toBe('write-off');
    expect(judgeGrain({ ...grain, writeOff: true, stated: yuan(-8), detail: yuan(-7), detailRows: 1n, fractional: 0n })).toBe('differs');
  });

  test('is fresher by exactly what may be newer', () => {
    const fresh = { ...grain, fractional: 0n, fresh: [yuan(4), yuan(6)] };
    expect(judgeGrain({ ...fresh, detail: yuan(9) })).toBe('freshness');
    expect(judgeGrain({ ...fresh, detail: yuan(8) })).toBe('differs');
    expect(judgeGrain({ ...fresh, detail: yuan(6.99) })).toBe('differs');
  });
});

describe('the policy of a product', () => {
  const policy = (more: Partial<ProductPolicy>): ProductPolicy => ({
    product: 'x',
    policy: 0,
    monthlySettled: false,
    validFrom: null,
    validTo: null,
    ...more,
  });
  const none = { storedValueCardProducts: [], monthlySettledProducts: [] };

  test('13 counts as performance and earns no rebate, 2 neither; 0, 1 and an unlisted product both', () => {
    const of = (value: number) => classOf('x', '2025-09', [policy({ policy: value })], none);
    expect(of(13)).toEqual({ class: productClass.counts, listed: true, rebate: false, monthly: false });
    expect(of(2)).toEqual({ class: productClass.none, listed: true, rebate: false, monthly: false });
    for (const value of [0, 1]) expect(of(value)).toEqual({ class: productClass.counts, listed: true, rebate: true, monthly: false });
    expect(classOf('y', '2025-09', [policy({ policy: 2 })], none)).toEqual({
      class: productClass.counts,
      listed: false,
      rebate: true,
      monthly: false,
    });
  });

  test('holds from its first month to its last, both included; of two the one that began last', () => {
    const one = policy({ policy: 2, validFrom: '2025-03', validTo: '2025-09' });
    expect(['2025-02', '2025-03', '2025-09', '2025-10'].map((month) => policyInForce('x', month, [one])?.policy)).toEqual([
      undefined,
      2,
      2,
      undefined,
    ]);
    const later = policy({ policy: 13, validFrom: '2025-06' });
    for (const both of [
      [one, later],
      [later, one],
    ]) {
      expect(['2025-05', '2025-06', '2025-10'].map((month) => policyInForce('x', month, both)?.policy)).toEqual([2, 13, 13]);
    }
  });
});

describe('deductions and balances', () => {
  test('whole cents meet an amount less than a cent away, not one a cent away', () => {
    expect(meets(yuan(75), yuan(75) + 999_999n)).toBe(true);
    expect(meets(yuan(75), yuan(75) - 999_999n)).toBe(true);
    expect(meets(yuan(75), yuan(75.01))).toBe(false);
    expect(meets(yuan(75.01), yuan(75))).toBe(false);
    expect(meets(yuan(75) + 1n, yuan(75) + 2n)).toBe(false);
  });

  test('after a break only its exact opposite is its echo: another amount is a break of its own', () => {
    const entry = (id: bigint, balance: bigint): LedgerEntry => ({ id, at: '', change: 10n, balance, freeze: false });
    const broken = (balances: readonly bigint[]): bigint[] => {
      const walk = new BalanceWalk<LedgerEntry>(0n);
      for (const [i, balance] of balances.entries()) walk.walk([entry(BigInt(i), balance)]);
      return walk.breaks.map((b) => b.stated - b.expected);
    };
    expect(broken([10n, 25n, 30n, 40n])).toEqual([5n]);
    expect(broken([10n, 25n, 38n, 48n])).toEqual([5n, 3n]);
    expect(broken([10n, 25n, 31n, 41n])).toEqual([5n, -4n]);
  });

  test('an allocation of another customer is another one; only a blank customer may be anybody', () => {
    const row = (id: bigint, customerKey: string, at = '2025-09-01 10:00:00'): Allocation => ({
      id,
      customerKey,
      operation: 'allocation',
      at,
      amount: 5n,
    });
    const pairs = (l: Allocation, r: Allocation): number => pairAllocations([l], [r]).length;
    expect(pairs(row(1n, 'a'), row(2n, 'b'))).toBe(2);
    expect(pairs(row(1n, 'a'), row(2n, ''))).toBe(1);
    expect(pairs(row(1n, ''), row(2n, 'b'))).toBe(1);
    expect(pairs(row(1n, ''), row(2n, 'b', '2025-09-02 10:00:00'))).toBe(2);
  });
});

describe('what is due for a performance', () => {
  const performance = (amount: bigint, more: Partial<RatedPerformance> = {}): RatedPerformance => ({
    id: 1n, performanceId: 'p1', product: 'x', amount, rates: [{ plan: 'A', rate: one / 20n }], rebate: true, tiered: false, earlier: false, ...more,
  }); // prettier-ignore
  const stated = (amount: bigint, more: Partial<StatedIncentive> = {}): StatedIncentive => ({
    id: 100n, performanceId: 'p1', plan: 'A', product: 'x', amount, base: null, rate: null, ...more,
  }); // prettier-ignore
  const codes = (ps: readonly RatedPerformance[], is: readonly StatedIncentive[]) =>
    judgeIncentives(ps, is, { policyKnown: true, paidNextMonth: () => false }).faults.map((f) => [f.code, f.incentive?.id]);

  test('is not missing where it comes to less than half a cent', () => {
    expect(codes([performance(yuan(0.09))], [])).toEqual([]);
    expect(codes([performance(yuan(0.1))], [])).toEqual([['incentive.missing', undefined]]);
  });

  test('a negative beside what is paid has a base only where a refund is among the performance', () => {
    const paid = stated(yuan(5));
    const negative = stated(yuan(-5), { id: 101n });
    expect(codes([performance(yuan(100))], [paid, negative])).toEqual([['incentive.negative', 101n]]);
    expect(codes([performance(yuan(100)), performance(yuan(-40), { id: 2n })], [paid, stated(yuan(-2), { id: 102n }), negative])).toEqual([
      ['incentive.base', 101n],
    ]);
  });

  test('a row of another 业绩ID fits by its base, or by its amount where it prints none, and else not at all', () => {
    const due = { performances: [performance(yuan(100))], base: yuan(100), amount: yuan(5) };
    const other = (more: Partial<StatedIncentive>) => pairingScore(due, stated(yuan(5), { performanceId: 'p2', ...more })) >= 0;
    expect([other({ base: yuan(100), amount: yuan(4) }), other({})]).toEqual([true, true]);
    expect([other({ base: yuan(99) }), other({ amount: yuan(4) })]).toEqual([false, false]);
    expect(pairingScore(due, stated(yuan(4), { performanceId: 'p2' }), true)).toBeGreaterThanOrEqual(0);
  });
});
