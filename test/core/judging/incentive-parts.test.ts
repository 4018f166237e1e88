import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceParts, type Difference } from '../../../electron/core/judging/incentive-parts.ts';
import { multiplyRateToCent, one } from '../../../electron/core/money.ts';
import { incentiveReason } from '../../../electron/core/wording/incentive.ts';

const yuan = (n: number): bigint => BigInt(Math.round(n * 100)) * 1_000_000n;
const percent = (n: number): bigint => BigInt(n) * 1_000_000n;
const row = (more: Partial<Difference>): Difference => ({
  expected: yuan(50),
  stated: yuan(50),
  base: yuan(1000),
  rate: percent(5),
  printedBase: yuan(1000),
  printedRate: percent(5),
  tier: false,
  ...more,
});
const named = (d: Difference) => differenceParts(d, [{ product: percent(6), partner: percent(3) }]).map((p) => [p.part, p.amount]);

test('each part of a difference has its own amount', () => {
  expect(named(row({}))).toEqual([]);
  expect(named(row({ printedBase: yuan(900), stated: yuan(45) }))).toEqual([['base', yuan(-5)]]);
  expect(named(row({ printedBase: yuan(900), printedRate: percent(4), stated: yuan(35.99) }))).toEqual([
    ['base', yuan(-5)],
    ['rate', yuan(-9)],
    ['rounding', yuan(-0.01)],
  ]);
  expect(named(row({ tier: true, printedRate: percent(4), stated: yuan(30) }))).toEqual([
    ['tier', yuan(-10)],
    ['amount', yuan(-10)],
  ]);
  // 40.00 at 6 % → 3 %: 38.87.
  expect(named(row({ printedRate: percent(4), stated: yuan(38.87) }))).toEqual([
    ['rate', yuan(-10)],
    ['tax', yuan(-1.13)],
  ]);
  expect(named(row({ expected: yuan(49) }))).toEqual([]);
});

test('progressive tiers have parts too: what the printed base comes to is known, no rate stands for itself', () => {
  // 3 % up to 1,000 and 5 % above: 1,500 earn 55, 1,400 earn 50.
  const sliced = row({ base: yuan(1500), expected: yuan(55), printedBase: yuan(1400), atPrintedBase: yuan(50), stated: yuan(68) });
  expect(named(sliced)).toEqual([
    ['base', yuan(-5)],
    ['amount', yuan(18)],
  ]);
  expect(named({ ...sliced, tier: true, printedBase: yuan(1500), atPrintedBase: yuan(55) })).toEqual([['tier', yuan(13)]]);
  expect(named({ ...sliced, stated: yuan(50.01) })).toEqual([
    ['base', yuan(-5)],
    ['rounding', yuan(0.01)],
  ]);
  expect(named({ ...sliced, atPrintedBase: undefined })).toEqual([]);
});

test('the parts add up to the difference', () => {
  const amount = fc.bigInt(-1_000n * one, 1_000n * one);
  const rate = fc.bigInt(0n, percent(20));
  const nullable = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: null });
  fc.assert(
    fc.property(amount, rate, nullable(amount), nullable(rate), amount, fc.boolean(), (base, r, printedBase, printedRate, stated, tier) => {
      const expected = multiplyRateToCent(base, r);
      const parts = differenceParts({ expected, stated, base, rate: r, printedBase, printedRate, tier }, []);
      expect(parts.reduce((sum, p) => sum + p.amount, 0n)).toBe(stated - expected);
    }),
  );
});

test('the reason names each part where more than one differs', () => {
  const words = {
    code: 'incentive.base',
    plan: 'A',
    ...row({ printedBase: yuan(900), printedRate: percent(4), stated: yuan(35.99) }),
  } as const;
  const parts = differenceParts(words, []);
  expect(incentiveReason({ ...words, parts })).toEqual({
    zh: '“A”业绩合计 1,000.00，激励基数 900.00；激励应为 50.00，对方 35.99，少 14.01；其中基数 -5.00，比例 -9.00，四舍五入 -0.01。',
    en: 'A: performance 1,000.00, printed base 900.00; the incentive should be 50.00, stated 35.99: 14.01 too little; of it base -5.00, rate -9.00, rounding -0.01.',
  });
  expect(incentiveReason({ ...words, parts: parts.slice(0, 1) }).zh).not.toContain('其中');
});
