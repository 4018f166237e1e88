import { expect, it } from 'vitest';
import { addInvoice } from '../../../db/invoices.ts';
import { invoiceChecks } from '../../../db/reconciling/invoices.ts';
import type { Invoice } from '../../../electron/core/invoice.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';

const cycle = '2025-09';
const at = '2025-11-20 10:00:00';
const invoice: Invoice = {
  number: '25442000000012345678',
  code: '',
  kind: 'ordinary',
  date: '2025-11-05',
  net: yuan('100'),
  tax: yuan('6'),
  total: yuan('106.01'),
  rate: yuan('0.06'),
  requestId: 'SF1',
  sources: [],
};

it('judges the invoices of the month’s requests, each check once for an invoice', () => {
  const db = openTestDb();
  const row = insert(db, 'payment-request', {
    cycle,
    request_id: 'SF1',
    amount: yuan('106'),
    tax_rate: yuan('0.06'),
    applied_at: '2025-10-20',
  });
  insert(db, 'payment-request', { cycle: '2025-08', request_id: 'SF0', amount: yuan('106') });
  addInvoice(db, invoice, at);
  addInvoice(db, { ...invoice, number: '00000001', code: '044002500111', requestId: 'SF0' }, at);
  addInvoice(db, { ...invoice, number: '25442000000012345679', requestId: undefined }, at);
  const { findings, checks } = invoiceChecks.run(runContext(db, cycle));
  expect(findings.map(({ code, businessKey, recordId, left }) => [code, businessKey, recordId, left])).toEqual([
    ['invoice.kind', ['SF1', invoice.number], invoice.number, [row]],
    ['invoice.arithmetic', ['SF1', invoice.number], invoice.number, [row]],
  ]);
  expect(findings[1]).toMatchObject({ expected: yuan('106'), stated: yuan('106.01') });
  const compared = Object.fromEntries(checks.map((check) => [check.code, check.compared]));
  expect(compared).toMatchObject({ 'invoice.kind': 1, 'invoice.rate': 1, 'invoice.remark': 0, 'invoice.seller': 0 });
  for (const check of checks) expect(check.skipped === undefined).toBe(check.compared > 0);
});

it('without invoices every check is skipped, never passed', () => {
  const db = openTestDb();
  insert(db, 'payment-request', { cycle, request_id: 'SF1', amount: yuan('106') });
  const { findings, checks } = invoiceChecks.run(runContext(db, cycle));
  expect(findings).toEqual([]);
  expect(checks.map(({ code }) => code)).toHaveLength(10);
  expect(checks.every(({ compared, skipped }) => compared === 0 && skipped!.includes(cycle))).toBe(true);
});
