import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cent,
  displayMoney,
  displayRate,
  divideRounded,
  formatMoney,
  multiplyRate,
  multiplyRateToCent,
  parseMoney,
  roundTo,
  roundToCent,
} from '../../electron/core/money.ts';

const money = fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n });

describe('money', () => {
  it.each([
    ['0', 0n],
    ['-12.30', -1_230_000_000n],
    ['+1', 100_000_000n],
    ['0.04599822', 4_599_822n],
    ['1.', 100_000_000n],
    ['1.000000000000', 100_000_000n],
    ['90071992.54740993', 9_007_199_254_740_993n],
  ])('reads %s exactly', (text, expected) => expect(parseMoney(text)).toBe(expected));
  it.each(['', '-', '1e3', '1,000', '0.000000001', '.5', '١', '1.2.3', ' 1'])('refuses %j', (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });
  it('writes what it reads, for any amount', () => {
    fc.assert(fc.property(money, (m) => parseMoney(formatMoney(m)) === m));
  });
  it('always writes 8 decimals and never "-0"', () => {
    expect(formatMoney(-120_000_000_000n)).toBe('-1200.00000000');
    expect(formatMoney(0n)).toBe('0.00000000');
    expect(formatMoney(-1n)).toBe('-0.00000001');
  });
  it('shows thousands and at least two decimals', () => {
    expect([displayMoney(-120_000_000_000n), displayMoney(4_599_822n), displayMoney(0n), displayMoney(123_456_789_012_345_678n)]).toEqual([
      '-1,200.00',
      '0.04599822',
      '0.00',
      '1,234,567,890.12345678',
    ]);
    expect([displayRate(75_000_000n), displayRate(8_500_000n), displayRate(100_000_000n), displayRate(0n)]).toEqual([
      '75%',
      '8.5%',
      '100%',
      '0%',
    ]);
  });
  it('rounds half away from zero, for negatives too', () => {
    expect([roundToCent(500_000n), roundToCent(-500_000n), roundToCent(499_999n), roundToCent(-499_999n)]).toEqual([cent, -cent, 0n, 0n]);
    fc.assert(fc.property(money, (m) => roundToCent(-m) === -roundToCent(m)));
    fc.assert(
      fc.property(
        money,
        (m) => roundTo(m, cent) % cent === 0n && (m - roundTo(m, cent)) * 2n <= cent && (m - roundTo(m, cent)) * -2n <= cent,
      ),
    );
  });
  it('multiplies by a rate and rounds once', () => {
    // 33.33 × 7.5 % = 2.49975 → 2.50 at cents; rounding at 8 decimals changes nothing here.
    expect(multiplyRate(3_333_000_000n, 7_500_000n)).toBe(249_975_000n);
    expect(multiplyRateToCent(3_333_000_000n, 7_500_000n)).toBe(250_000_000n);
    // 0.00499999995 rounds down at once, although rounding to 8 decimals first would give 0.005 → 0.01.
    expect(multiplyRateToCent(499_999_995n, 100_000n)).toBe(0n);
    expect(() => divideRounded(1n, 0n)).toThrow(RangeError);
  });
});
