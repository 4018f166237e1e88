import { expect, test } from 'vitest';
import { tiersOf, type TierScope } from '../../../electron/core/judging/tier-plan.ts';
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
const chart = (policy: readonly PolicyRow[], scope?: TierScope) =>
  tiersOf(policy, '季度达成', '2025-09-30', scope).map(({ threshold, rate }) => [threshold, rate]);

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
