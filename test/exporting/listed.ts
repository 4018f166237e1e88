import type { Invoice } from '../../electron/core/invoice.ts';
import { overlay } from '../../electron/core/request.ts';
import type { InvoiceListPrint, PrintedRequest } from '../../electron/exporting/invoice-list-model.ts';
import { yuan } from '../db/rows.ts';

export const invoiceNumber = (request: number, index: number): string => `25312000${String(request * 1000 + index).padStart(12, '0')}`;

/** A request with so many invoices of 106.00. */
export function request(
  id: number,
  count: number,
  change: Partial<PrintedRequest> = {},
  fields: Parameters<typeof overlay>[1] = {},
): PrintedRequest {
  const invoices = Array.from({ length: count }, (_, index): Invoice => ({
    number: invoiceNumber(id, index),
    code: '',
    kind: 'special',
    date: '2025-11-05',
    net: yuan('100'),
    tax: yuan('6'),
    total: yuan('106'),
    rate: yuan('0.06'),
    sources: [],
  }));
  const base = {
    billingCycle: '2025-09',
    amount: yuan('106') * BigInt(count),
    incentiveBillIds: ['JL1'],
    buyerName: '示例购买方有限公司',
    buyerTaxNumber: '914403001922038216',
    mailingAddress: '示例市示例路 1 号',
  };
  return {
    request: overlay(`SF${id}`, { ...base, ...fields }, {}),
    invoices,
    incentives: [{ id: 'JL1', name: '代售激励', associationType: 'resale' }],
    printedBefore: 0,
    ...change,
  };
}

/** A print of requests, logged as number 12. */
export const print = (requests: readonly PrintedRequest[], change: Partial<InvoiceListPrint> = {}): InvoiceListPrint => ({
  requests,
  seller: { name: '示例云科技有限公司', taxNumber: '91440300708461136T', contact: '王会计', phone: '021-12345678' },
  language: 'zh',
  emptyNumbers: false,
  accompaniesVendorList: false,
  printNumber: 12,
  at: '2025-11-20 10:00:00',
  ...change,
});
