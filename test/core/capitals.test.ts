import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitals } from '../../electron/core/capitals.ts';
import { cent, parseMoney } from '../../electron/core/money.ts';

const cases: readonly (readonly [string, string])[] = [
  ['0', '人民币零元整'],
  ['0.05', '人民币伍分'],
  ['0.10', '人民币壹角'],
  ['0.56', '人民币伍角陆分'],
  ['1', '人民币壹元整'],
  ['10', '人民币壹拾元整'],
  ['12345.67', '人民币壹万贰仟叁佰肆拾伍元陆角柒分'],
  // The payment rules' own examples (支付结算办法, appendix 1).
  ['1409.50', '人民币壹仟肆佰零玖元伍角'],
  ['6007.14', '人民币陆仟零柒元壹角肆分'],
  ['1680.32', '人民币壹仟陆佰捌拾元叁角贰分'],
  ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
  ['107000.53', '人民币壹拾万柒仟元伍角叁分'],
  ['325.04', '人民币叁佰贰拾伍元零肆分'],
  ['100000', '人民币壹拾万元整'],
  ['10001', '人民币壹万零壹元整'],
  ['20010', '人民币贰万零壹拾元整'],
  ['1000000', '人民币壹佰万元整'],
  ['1005000', '人民币壹佰万伍仟元整'],
  ['1000500', '人民币壹佰万零伍佰元整'],
  ['10100000', '人民币壹仟零壹拾万元整'],
  ['100000000', '人民币壹亿元整'],
  ['100000001', '人民币壹亿零壹元整'],
  ['100010000', '人民币壹亿零壹万元整'],
  ['110000000', '人民币壹亿壹仟万元整'],
  ['1203004005.06', '人民币壹拾贰亿零叁佰万肆仟零伍元零陆分'],
  ['1000000000000', '人民币壹万亿元整'],
  ['-300', '人民币负叁佰元整'],
  ['-0.01', '人民币负壹分'],
];

describe('capitals', () => {
  it.each(cases)('%s is %s', (amount, expected) => {
    expect(capitals(parseMoney(amount)!)).toBe(expected);
  });

  it('refuses parts of a cent instead of rounding them away', () => {
    expect(() => capitals(parseMoney('1.005')!)).toThrow(RangeError);
  });

  it('reads back as the same amount, whatever the amount', () => {
    const amounts = fc.oneof(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      // Numbers full of zeros, where the rules are.
      fc.array(fc.constantFrom('0', '0', '0', '1', '5'), { minLength: 1, maxLength: 16 }).map((digits) => BigInt(digits.join(''))),
    );
    fc.assert(
      fc.property(amounts, (cents) => {
        const text = capitals(cents * cent);
        expect(readBack(text)).toBe(cents);
        expect(text).not.toMatch(/零零|零[元万亿角分](?!整)|[万亿]{3}/);
      }),
      { numRuns: 2000 },
    );
  });
});

/** An independent reader: no knowledge of the zero rules, only of places and units. Returns cents. */
function readBack(text: string): bigint {
  const m = /^人民币(负?)(?:(.*)元)?(?:整|零?(?:(.)角)?(?:(.)分)?)$/.exec(text);
  if (!m) throw new Error(`unreadable: ${text}`);
  const digit = (character: string | undefined): bigint => BigInt(character ? '零壹贰叁肆伍陆柒捌玖'.indexOf(character) : 0);
  const cents = readWhole(m[2] ?? '') * 100n + digit(m[3]) * 10n + digit(m[4]);
  return m[1] ? -cents : cents;
}

function readWhole(text: string): bigint {
  for (const [unit, value] of [
    ['亿', 100_000_000n],
    ['万', 10_000n],
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
  ] as const) {
    const at = text.lastIndexOf(unit);
    if (at >= 0) return readWhole(text.slice(0, at)) * value + readWhole(text.slice(at + 1));
  }
  return BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(text.replace(/^零+(?=.)/, '') || '零'));
}
