import { expect, test } from 'vitest';
import { judgeTier, tiersOf, type StatedTier, type TierScope } from '../../../electron/core/judging/tier-plan.ts';
import type { PolicyRow } from '../../../electron/core/policy.ts';

const tier = (threshold: bigint, rate: bigint, more: Partial<PolicyRow> = {}): PolicyRow => ({
  plan: '季度达成',
  product: null,
  association: null,
  tag: null,
  method: 'tier',
  threshold,
  rate,
  validFrom: null,
  validTo: null,
  ...more,
});
const day = { from: '2025-09-30', to: '2025-09-30' };
const chart = (policy: readonly PolicyRow[], scope?: TierScope) =>
  tiersOf(policy, '季度达成', day, scope).map(({ threshold, rate }) => [threshold, rate]);

test('a stated row that names a product is held against the chart of that product', () => {
  const policy = [
    tier(0n, 3n, { product: 'ECS' }),
    tier(0n, 5n, { product: 'OBS' }),
    tier(9n, 7n),
    tier(9n, 8n, { association: 'resale' }),
  ];
  expect(chart(policy, { product: 'ECS', association: 'referral' })).toEqual([
    [0n, 3n],
    [9n, 7n],
  ]);
  expect(chart(policy, { product: 'OBS', association: 'referral' })).toEqual([
    [0n, 5n],
    [9n, 7n],
  ]);
});

test('the order of the table never matters; what began last holds', () => {
  const policy = [
    tier(0n, 3n),
    tier(0n, 5n),
    tier(9n, 9n),
    tier(9n, 7n, { validFrom: '2025-07-01' }),
    tier(20n, 1n, { validTo: '2025-08-31' }),
  ];
  const expected = [
    [0n, 5n],
    [9n, 7n],
  ];
  expect(chart(policy)).toEqual(expected);
  expect(chart(policy.toReversed())).toEqual(expected);
});

const yuan = (n: number): bigint => BigInt(Math.round(n * 100)) * 1_000_000n;
const percent = (n: number): bigint => BigInt(n) * 1_000_000n;
/** 1 % at once, 2 % from 1,000 on, 3 % from 5,000 on. */
const tiers = [
  { threshold: 0n, rate: percent(1) },
  { threshold: yuan(1000), rate: percent(2) },
  { threshold: yuan(5000), rate: percent(3) },
];
const judged = (
  method: 'whole' | 'progressive',
  base: number,
  indicator: number | undefined,
  stated: Partial<StatedTier>,
  from = tiers,
): [amount: bigint, atPrintedBase: bigint, code: string | undefined] => {
  const row = { amount: 0n, base: null, rate: null, ...stated };
  const at = indicator === undefined ? undefined : yuan(indicator);
  const { expected, atPrintedBase, code } = judgeTier(from, yuan(base), at, row, { tierMethod: method, tierBoundary: 'atLeast' });
  return [expected, atPrintedBase, code];
};

test('a slice ends where the base ends, whatever tier an indicator of its own reaches', () => {
  expect(judged('progressive', 500, 6000, { amount: yuan(5) })).toEqual([yuan(5), yuan(5), undefined]);
  expect(judged('progressive', 3000, 6000, { amount: yuan(50) })).toEqual([yuan(50), yuan(50), undefined]);
  expect(judged('whole', 500, 6000, { amount: yuan(15) })).toEqual([yuan(15), yuan(15), undefined]);
});

test('what the printed base comes to, by the same tiers', () => {
  const stated = { base: yuan(2000), amount: yuan(30) };
  expect(judged('progressive', 3000, 3000, stated)).toEqual([yuan(50), yuan(30), 'incentive.base']);
  expect(judged('progressive', 3000, undefined, { base: yuan(2000), amount: yuan(50) })).toEqual([yuan(50), yuan(30), 'incentive.base']);
  expect(judged('whole', 3000, 3000, stated)).toEqual([yuan(60), yuan(40), 'incentive.base']);
});

test('a printed rate of another tier, or of none, is a wrong tier; any other a wrong rate', () => {
  const high = tiers.slice(1);
  expect(judged('whole', 3000, 3000, { rate: percent(1), amount: yuan(30) })[2]).toBe('incentive.tier');
  expect(judged('whole', 3000, 3000, { rate: percent(0), amount: 0n }, high)[2]).toBe('incentive.tier');
  expect(judged('whole', 3000, 3000, { rate: percent(4), amount: yuan(120) })[2]).toBe('incentive.rate');
  expect(judged('whole', 500, 500, { rate: percent(2), amount: yuan(10) }, high)[2]).toBe('incentive.tier');
  expect(judged('whole', 500, 500, { rate: percent(0), amount: 0n }, high)).toEqual([0n, 0n, undefined]);
});

test('a progressive plan: a printed rate is that of the tier reached, or what the slices come to of the whole base', () => {
  const row = (rate: number, amount: number, base = 6000) => {
    const printed = BigInt(Math.round(rate * 1_000_000));
    return judged('progressive', base, base, { rate: printed, base: yuan(base), amount: yuan(amount) })[2];
  };
  expect([row(3, 120), row(2, 120), row(3, 110)]).toEqual([undefined, undefined, 'incentive.amount']);
  expect([row(2, 110), row(1, 60), row(0, 0), row(1, 120)]).toEqual(Array(4).fill('incentive.tier'));
  expect([row(4, 240), row(4, 120)]).toEqual(['incentive.rate', 'incentive.rate']);
  // 50.00 of 3,000.00 is 1.666… %.
  expect([row(1.67, 50, 3000), row(1.66, 50, 3000), row(1.6667, 50, 3000)]).toEqual([undefined, undefined, undefined]);
  expect([row(1.65, 50, 3000), row(1.6676, 50, 3000)]).toEqual(['incentive.rate', 'incentive.rate']);
  // What the slices up to another tier come to: 110.00 of 6,000.00.
  expect(row(1.8333, 110)).toBe('incentive.tier');
  expect(judged('progressive', 6000, 6000, { amount: yuan(110) })[2]).toBe('incentive.tier');
  expect(judged('progressive', 6000, 6000, { amount: yuan(111) })[2]).toBe('incentive.rate');
});

test('a progressive plan whose indicator is not known: any tier may be the one, by what its slices come to', () => {
  const open = (rate: bigint | null, amount: number) => judged('progressive', 6000, undefined, { rate, amount: yuan(amount) }).slice(0, 3);
  expect(open(percent(2), 110)).toEqual([yuan(110), yuan(110), undefined]);
  expect(open(percent(2), 120)).toEqual([yuan(120), yuan(120), undefined]);
  expect(open(percent(2), 111)).toEqual([yuan(110), yuan(110), 'incentive.amount']);
  expect(open(percent(4), 240)).toEqual([yuan(120), yuan(120), 'incentive.rate']);
});
