import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from '../../electron/core/money.ts';
import { cellKinds } from '../../electron/importing/cells.ts';
import { Fault } from '../../electron/importing/values/fault.ts';
import { printedScale, readMoney, readQuantity } from '../../electron/importing/values/money.ts';
import { readRate } from '../../electron/importing/values/rate.ts';

const { text, number, boolean } = cellKinds;
const shown = (value: unknown): unknown => (value instanceof Fault ? value.code : typeof value === 'bigint' ? formatMoney(value) : value);

describe('amounts', () => {
  it.each([
    ['0', '0.00000000'],
    ['12.30', '12.30000000'],
    ['-12.3', '-12.30000000'],
    ['.5', '0.50000000'],
    ['5.', '5.00000000'],
    ['0.04599822', '0.04599822'],
    ['1,234,567.89', '1234567.89000000'],
    ['¥1,200.00', '1200.00000000'],
    ['￥ 1200', '1200.00000000'],
    ['-¥3.5', '-3.50000000'],
    ['$7.25', '7.25000000'],
    ['(12.30)', '-12.30000000'],
    ['（12.30）', '-12.30000000'],
    ['12.30-', '-12.30000000'],
    ['１２．３０', '12.30000000'],
    ['12.30元', '12.30000000'],
    ['+4', '4.00000000'],
    ['1234567890.12345678', '1234567890.12345678'],
    ['12345678901234.12345678', 'amount.too-large'],
    ['99999999999', 'amount.too-large'],
    ['-10,000,000,001', 'amount.too-large'],
    ['1.000000000000', '1.00000000'],
    ['', null],
    ['--', null],
    ['-', null],
    ['N/A', null],
    ['null', null],
    ['  ', null],
    ['12,3x', 'amount.unreadable'],
    ['12,30', 'amount.unreadable'],
    ['1.2.3', 'amount.unreadable'],
    ['abc', 'amount.unreadable'],
    ['-(5)', 'amount.unreadable'],
    ['12.30①', 'amount.unreadable'],
    ['12.30²', 'amount.unreadable'],
    ['12.30 5', 'amount.unreadable'],
    ['12\n30', 'amount.unreadable'],
    ['100 200', 'amount.unreadable'],
    ['（￥１，２００．５０）', '-1200.50000000'],
    ['0.123456789', 'amount.precision'],
    ['1.23E+10', 'amount.damaged'],
    ['4.6E-05', 'amount.damaged'],
  ])('text %j is %j', (cell, expected) => {
    expect(shown(readMoney(cell, text))).toBe(expected);
  });

  it.each([
    ['19.989999999999998', '19.99000000'],
    ['0.30000000000000004', '0.30000000'],
    ['4.5998220000000003E-2', '0.04599822'],
    ['-1.0E-8', '-0.00000001'],
    ['5.5511151231257827E-17', '0.00000000'],
    ['0.3333333333333333', 'amount.precision'],
    ['67108863.99999999', '67108863.99999999'],
    ['123456789.12', '123456789.12000000'],
    ['1.2345678912E8', '123456789.12000000'],
    ['123456789.12345678', 'amount.damaged'],
    ['1e400', 'amount.unreadable'],
  ])('number cell %j is %j', (cell, expected) => {
    expect(shown(readMoney(cell, number))).toBe(expected);
  });

  it('refuses a boolean', () => {
    expect(shown(readMoney('1x', boolean))).toBe('amount.unreadable');
  });

  it('gives back every decimal of up to 8 places, as text and as the double that Excel keeps', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -6_710_886_400_000_000n, max: 6_710_886_399_999_999n }), (units) => {
        const printed = formatMoney(units);
        expect(readMoney(printed, text)).toBe(units);
        expect(readMoney(String(Number(printed)), number)).toBe(units);
        expect(readMoney(Number(printed).toPrecision(17), number)).toBe(units);
        expect(parseMoney(printed)).toBe(units);
      }),
    );
  });

  it('rounds a quantity with further decimals, and only a quantity', () => {
    expect(shown(readQuantity('0.1234567891', text))).toBe('0.12345679');
    expect(shown(readMoney('0.1234567891', text))).toBe('amount.precision');
  });

  it('counts printed decimals', () => {
    expect(printedScale('12.3000', text)).toBe(4);
    expect(printedScale('12', text)).toBe(0);
    expect(printedScale('19.989999999999998', number)).toBe(2);
  });
});

describe('rates', () => {
  it.each([
    ['75%', '0.75000000'],
    ['0.75', '0.75000000'],
    ['7.5折', '0.75000000'],
    ['9折', '0.90000000'],
    ['１００％', '1.00000000'],
    ['8.125%', '0.08125000'],
    ['无折扣', '1.00000000'],
    ['--', null],
    ['75折', '0.75000000'],
    ['９８折', '0.98000000'],
    ['10折', '1.00000000'],
    ['12.5折', 'rate.unreadable'],
    ['100折', 'rate.unreadable'],
    ['7 5%', 'rate.unreadable'],
    ['7²%', 'rate.unreadable'],
    ['75', 'rate.unreadable'],
    ['x%', 'rate.unreadable'],
  ])('%j is %j', (cell, expected) => {
    expect(shown(readRate(cell, text))).toBe(expected);
  });

  it('takes a bare number as a percentage only under a header with %', () => {
    expect(shown(readRate('7.5', text, true))).toBe('0.07500000');
    expect(shown(readRate('7.0000000000000007E-2', number))).toBe('0.07000000');
  });
});
