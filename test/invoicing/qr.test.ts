import { expect, it } from 'vitest';
import { qrChecksum, readQr } from '../../electron/invoicing/qr.ts';
import { valuesOf } from './reading.ts';

it.each([
  ['01,31,,24312000000358032546,633.00,20241118,,', '16C0'],
  ['01,01,1200154130,03630024,94339.62,20160621,,', '9335'],
])('the checksum of %s is %s', (text, checksum) => {
  expect(qrChecksum(text)).toBe(checksum);
});

it('a digital invoice states its total; the checksum needs no comma behind it', () => {
  const invoice = readQr('01,31,,24312000000358032546,633.00,20241118,,16C0');
  expect(valuesOf(invoice)).toEqual({ number: '24312000000358032546', kind: 'special', date: '2024-11-18', total: '633.00' });
  expect(invoice.notes).toEqual([]);
  expect(invoice.values.every(({ from }) => from === 'qr')).toBe(true);
});

it('an older invoice states its net amount and its code', () => {
  const invoice = readQr(' 01,01,1200154130,03630024,94339.62,20160621,,9335, \n');
  expect(valuesOf(invoice)).toEqual({ number: '03630024', code: '1200154130', kind: 'special', date: '2016-06-21', net: '94339.62' });
  expect(invoice.notes).toEqual([]);
});

it.each([
  ['08', 'special', 'net'],
  ['04', 'ordinary', 'net'],
  ['10', 'ordinary', 'net'],
  ['32', 'ordinary', 'total'],
  ['51', 'ordinary', 'net'],
])('type %s is %s and states the %s amount', (type, kind, field) => {
  const head = `01,${type},,24312000000358032546,633.00,20241118,,`;
  const invoice = readQr(head + qrChecksum(head));
  expect(valuesOf(invoice)).toMatchObject({ kind, [field]: '633.00' });
  expect(invoice.notes).toHaveLength(kind === 'ordinary' ? 1 : 0);
});

it('a wrong checksum is a warning only, and so is a kind that is not known', () => {
  const wrong = readQr('01,31,,24312000000358032546,633.01,20241118,,16C0');
  expect(valuesOf(wrong).total).toBe('633.01');
  expect(wrong.notes.map(({ zh }) => zh).join()).toContain('16C0');
  const unknown = readQr('01,77,,24312000000358032546,633.00,20241118,,16C0');
  expect(valuesOf(unknown)).not.toHaveProperty('kind');
  expect(unknown.notes).toHaveLength(2);
});

it('full-width commas are folded', () => {
  expect(valuesOf(readQr('01，31，，24312000000358032546，633.00，20241118，，16C0')).number).toBe('24312000000358032546');
});

it.each(['', 'https://example.com/?a=1', '01,31,,2431,633.00,20241118,,16C0', `01,31,,${'9'.repeat(9000)},1,2,,`])(
  'refuses %.60s',
  (text) => {
    expect(() => readQr(text)).toThrow(expect.objectContaining({ code: 'invoice-qr.unknown' }));
  },
);
