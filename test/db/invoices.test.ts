import { describe, expect, it } from 'vitest';
import { addInvoice, findInvoice, listInvoices, removeInvoice } from '../../db/invoices.ts';
import { logPrint, nextPrintId, printCounts, printsBefore } from '../../db/print-log.ts';
import type { Invoice } from '../../electron/core/invoice.ts';
import { openTestDb, yuan } from './rows.ts';

const at = '2025-11-20 10:00:00';
const invoice = (number: string, change: Partial<Invoice> = {}): Invoice => ({
  number,
  code: '',
  kind: 'special',
  date: '2025-11-05',
  // Beyond 2^53 units: a double would change its last digits.
  net: yuan('80071993000.01'),
  tax: yuan('4804319580.00'),
  total: yuan('84876312580.01'),
  sources: [{ field: 'net', from: 'typed' }],
  ...change,
});

describe('invoices', () => {
  it('come back as they were added, by date, code and number', () => {
    const db = openTestDb();
    const full = invoice('25312000000000000003', {
      rate: yuan('0.06'),
      buyer: '购方',
      buyerTaxNumber: '1',
      seller: '销方',
      sellerTaxNumber: '2',
      remark: '',
      currency: 'CNY',
      capitals: '壹元整',
      rates: '6%、13%',
      lines: 3,
      requestId: 'SF1',
    });
    addInvoice(db, full, at);
    addInvoice(db, invoice('25312000000000000001'), at);
    addInvoice(db, invoice('00000002', { code: '1200154130', date: '2025-11-04' }), at);
    expect(listInvoices(db).map(({ number }) => number)).toEqual(['00000002', '25312000000000000001', '25312000000000000003']);
    expect(findInvoice(db, full.number, '')).toEqual({ ...full, addedAt: at });
  });

  it('have a number once: the index refuses it again, with the same code', () => {
    const db = openTestDb();
    addInvoice(db, invoice('00000002', { code: '1200154130' }), at);
    addInvoice(db, invoice('00000002', { code: '1200154131' }), at);
    expect(() => addInvoice(db, invoice('00000002', { code: '1200154130', date: '2019-01-01' }), at)).toThrow(/UNIQUE/);
  });

  it('leave the list when removed, keep their row, and free the number', () => {
    const db = openTestDb();
    addInvoice(db, invoice('25312000000000000001'), at);
    expect(removeInvoice(db, '25312000000000000001', '', at)).toBe(true);
    expect(removeInvoice(db, '25312000000000000001', '', at)).toBe(false);
    expect(listInvoices(db)).toEqual([]);
    addInvoice(db, invoice('25312000000000000001'), at);
    expect(db.prepare('SELECT count(*) FROM invoice').pluck().get()).toBe(2n);
  });
});

describe('print log', () => {
  it('numbers prints from 1, counts them by request, and gives no number twice', () => {
    const db = openTestDb();
    expect(nextPrintId(db)).toBe(1);
    const print = { id: 1, at, requestIds: ['A', 'B'], sha256: 'x', reprint: false, what: 'list' as const };
    expect(logPrint(db, print)).toBe(true);
    expect(logPrint(db, { ...print, requestIds: ['C'] })).toBe(false);
    expect(logPrint(db, { ...print, id: nextPrintId(db), requestIds: ['A'], reprint: true })).toBe(true);
    expect(printCounts(db)).toEqual(
      new Map([
        ['A', 2],
        ['B', 1],
      ]),
    );
    expect(logPrint(db, { ...print, id: 3, at: '2025-11-21 10:00:00', requestIds: ['A'], what: 'label' })).toBe(true);
    expect(printsBefore(db, 'list').get('A')).toEqual({ times: 2, id: 2, at });
    expect(printsBefore(db, 'label').get('A')).toEqual({ times: 1, id: 3, at: '2025-11-21 10:00:00' });
    expect(nextPrintId(db)).toBe(4);
  });
});
