import { describe, expect, test } from 'vitest';
import { ratesInForce, readTag, tierPlansOf, type PolicyRow } from '../../electron/core/policy.ts';

const row = (more: Partial<PolicyRow>): PolicyRow => ({
  plan: 'A',
  product: null,
  association: null,
  tag: null,
  method: 'perRow',
  threshold: null,
  rate: 1n,
  validFrom: null,
  validTo: null,
  ...more,
});
const subject = { product: 'ecs', association: 'referral', tag: 'Y', date: '2025-09-30' } as const;

describe('rates in force', () => {
  test('the most specific row of a plan wins, then the one that began last; plans add up', () => {
    const policy = [
      row({ rate: 1n }),
      row({ rate: 2n, product: 'ecs' }),
      row({ rate: 3n, product: 'ecs', validFrom: '2025-09-01' }),
      row({ plan: 'B', rate: 9n, tag: 'Y' }),
    ];
    expect(ratesInForce(policy, subject)).toEqual([
      { plan: 'A', rate: 3n },
      { plan: 'B', rate: 9n },
    ]);
    expect(ratesInForce([...policy].reverse(), subject)).toEqual(ratesInForce(policy, subject));
  });

  test('validity is inclusive on both ends, and an unmet condition covers nothing', () => {
    const policy = [row({ validFrom: '2025-09-30', validTo: '2025-09-30' })];
    expect(ratesInForce(policy, subject)).toHaveLength(1);
    expect(ratesInForce(policy, { ...subject, date: '2025-10-01' })).toEqual([]);
    expect(ratesInForce(policy, { ...subject, date: '2025-09-29' })).toEqual([]);
    expect(ratesInForce([row({ association: 'resale' })], subject)).toEqual([]);
    expect(ratesInForce([row({ tag: 'N' })], { ...subject, tag: null })).toEqual([]);
  });

  test('tier plans are no row rates', () => {
    const policy = [row({ method: 'tier', plan: 'T', threshold: 0n, product: 'ecs' })];
    expect([ratesInForce(policy, subject), tierPlansOf(policy, subject)]).toEqual([[], ['T']]);
    expect(tierPlansOf(policy, { ...subject, product: 'rds' })).toEqual([]);
  });
});

test('tags as people write them', () => {
  expect(['Y', '新客', 'N', '老客户', '', null].map(readTag)).toEqual(['Y', 'Y', 'N', 'N', null, null]);
});
