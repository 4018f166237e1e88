import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flawOf } from '../../../electron/core/judging/bill-flaw.ts';
import { customerOf, isFlawed, settleLine, settlementUnit, type PrintedLine } from '../../../electron/core/judging/bill-line.ts';
import { multiplyRate, parseMoney, roundTo } from '../../../electron/core/money.ts';

const yuan = (text: string): bigint => parseMoney(text)!;
const none: PrintedLine = { customer: null, rate: null, settlement: null, coupon: null, tax: null, due: null, scale: null };
const line = (figures: Partial<PrintedLine>): PrintedLine => ({ ...none, ...figures });
const rate75 = 75_000_000n;

const figure = fc.option(fc.bigInt(-(10n ** 14n), 10n ** 14n), { nil: null });
const anyLine: fc.Arbitrary<PrintedLine> = fc.record({
  customer: figure,
  rate: fc.option(fc.bigInt(0n, 10n ** 8n), { nil: null }),
  settlement: figure,
  coupon: figure,
  tax: figure,
  due: figure,
  scale: fc.option(fc.bigInt(0n, 9n), { nil: null }),
});

describe('a bill line', () => {
  test('bridges its due to the customer amount exactly, whatever is printed', () => {
    fc.assert(
      fc.property(anyLine, (printed) => {
        const l = settleLine(printed);
        expect(l.due + l.coupon - l.tax + l.discount).toBe(l.customer + l.settlementRest + l.partsRest);
      }),
    );
  });

  test('is sound at any printed scale where the settlement is customer × rate rounded to it', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.bigInt(0n, 10n ** 8n), fc.bigInt(0n, 8n), (customer, rate, scale) => {
        const settlement = roundTo(multiplyRate(customer, rate), settlementUnit(scale));
        expect(isFlawed(settleLine(line({ customer, rate, settlement, scale })))).toBe(false);
      }),
    );
  });

  test('tolerates exactly one printed unit, and never less than 2 decimals', () => {
    const at = (settlement: string, scale: bigint) => settleLine(line({ customer: yuan('100'), rate: rate75, settlement: yuan(settlement), scale })).settlementRest;
    expect(at('75.01', 2n)).toBe(0n);
    expect(at('75.01', 0n)).toBe(0n);
    expect(at('75.01000001', 2n)).toBe(yuan('0.01000001'));
    expect(at('74.98', 2n)).toBe(yuan('-0.02'));
    expect(at('75.0001', 4n)).toBe(0n);
    expect(at('75.0002', 4n)).toBe(yuan('0.0002'));
  }); // prettier-ignore

  test('a due rounded to cents is sound, another one is not', () => {
    expect(settleLine(line({ settlement: yuan('1.00499'), due: yuan('1') })).partsRest).toBe(0n);
    expect(settleLine(line({ settlement: yuan('1.00499'), due: yuan('1.01') })).partsRest).toBe(yuan('0.00501'));
  });

  test('tax stands inside the due or outside, as the line says', () => {
    const at = (due: string) => settleLine(line({ settlement: yuan('100'), coupon: yuan('5'), tax: yuan('6'), due: yuan(due) }));
    expect(at('101')).toMatchObject({ tax: yuan('6'), partsRest: 0n });
    expect(at('95')).toMatchObject({ tax: 0n, partsRest: 0n });
    expect(at('97')).toMatchObject({ tax: yuan('6'), partsRest: yuan('-4') });
  });

  test('missing figures follow from the others', () => {
    expect(settleLine(line({ due: yuan('70'), coupon: yuan('5') })).settlement).toBe(yuan('75'));
    expect(settleLine(line({ customer: yuan('100'), rate: rate75 })).due).toBe(yuan('75'));
    expect(customerOf(line({ settlement: yuan('75'), rate: rate75 }))).toBe(yuan('100'));
    expect(customerOf(line({ settlement: yuan('0.08'), rate: rate75, scale: 2n }))).toBe(yuan('0.11'));
    expect(customerOf(line({ settlement: yuan('75') }))).toBe(yuan('75'));
  });

  test('flaws of a group add up by kind and direction', () => {
    const lines = [
      line({ customer: yuan('100'), rate: rate75, settlement: yuan('80') }),
      line({ customer: yuan('8'), rate: rate75, settlement: yuan('6'), due: yuan('7') }),
      line({ customer: yuan('4'), rate: rate75, settlement: yuan('3') }),
    ];
    expect(flawOf(lines)).toEqual({
      discount: yuan('28'),
      settlements: [{ lines: [lines[0]], expected: yuan('75'), stated: yuan('80'), rates: '75%' }],
      parts: [{ lines: [lines[1]], expected: yuan('6'), stated: yuan('7') }],
    });
  });
});
