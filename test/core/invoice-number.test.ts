import { describe, expect, it } from 'vitest';
import { readInvoiceNumber } from '../../electron/core/invoice-number.ts';

const digital = '25312000000358032546';

describe('invoice number', () => {
  it.each([
    [digital, digital],
    [` № ${digital} `, digital],
    [`No.${digital}`, digital],
    ['２５３１ ２０００ ０００３ ５８０３ ２５４６', digital],
    [`'${digital}`, digital],
  ])('reads %s as digital, without a code', (typed, number) => {
    expect(readInvoiceNumber(typed, '', '2025-11-05')).toEqual({ number, code: '' });
  });

  it.each(['1200154130', '120015413012'])('reads 8 digits with the code %s', (code) => {
    expect(readInvoiceNumber('03630024', code, '2016-06-21')).toEqual({ number: '03630024', code });
  });

  it.each([
    ['2.5312E+19', '', '科学计数'],
    ['2.5312e19', '', '科学计数'],
    ['25312000000358032546.0', '', '科学计数'],
    ['2531200000035803254', '', '19 位'],
    ['253120000003580325461', '', '21 位'],
    ['2531200000035803254X', '', '只有数字'],
    ['', '', '只有数字'],
    [digital, '1200154130', '没有发票代码'],
    ['03630024', '', '发票代码'],
    ['03630024', '12001541', '10 或 12 位'],
  ])('refuses %s with code "%s" because of: %s', (number, code, why) => {
    const read = readInvoiceNumber(number, code, '2025-11-05');
    expect('refused' in read && read.refused.zh).toContain(why);
  });

  it('doubts a year that is not the year of the date, and an unknown region', () => {
    expect(readInvoiceNumber(digital, '', '2024-12-31')).toMatchObject({ number: digital, doubt: { en: expect.stringContaining('2025') } });
    expect(readInvoiceNumber('25992000000358032546', '', '2025-11-05')).toMatchObject({ doubt: { zh: expect.stringContaining('99') } });
    expect(readInvoiceNumber('25952000000358032546', '', '2025-11-05')).not.toHaveProperty('doubt');
  });
});
