import type { InvoiceFacts } from '../electron/core/invoice-checks.ts';
import type { Invoice } from '../electron/core/invoice.ts';
import type { OpenRequest } from '../electron/core/invoice-suggestions.ts';
import { listInvoices } from './invoices.ts';
import type { ReadDb } from './open.ts';
import { listRequests } from './requests.ts';
import { loadSettings } from './settings.ts';

/** Everything that an invoice is judged by, read once for all of them. */
export function invoiceFacts(db: ReadDb): (invoice: Invoice) => InvoiceFacts {
  const requests = new Map(openRequests(db).map((one) => [one.request.requestId, one]));
  const requestIds = [...requests.keys()];
  const { sellerName, sellerTaxNumber } = loadSettings(db);
  const seller = { name: sellerName, taxNumber: sellerTaxNumber };
  return ({ requestId }) => {
    const open = requestId === undefined ? undefined : requests.get(requestId);
    return { seller, requestIds, ...(open && { request: open.request, invoiced: open.invoiced }) };
  };
}

/** Every request with Σ of its invoices. */
export function openRequests(db: ReadDb): OpenRequest[] {
  const invoiced = new Map<string, bigint>();
  for (const { requestId, total } of listInvoices(db)) {
    if (requestId !== undefined) invoiced.set(requestId, (invoiced.get(requestId) ?? 0n) + total);
  }
  return listRequests(db).map(({ request }) => ({ request, invoiced: invoiced.get(request.requestId) ?? 0n }));
}
