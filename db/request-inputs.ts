import type { Invoice, PaymentRequest } from '../electron/core/invoice.ts';
import { namesRequest } from '../electron/core/invoice-parties.ts';
import type { PaidRequest } from '../electron/core/judging/payments.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { listInvoices } from './invoices.ts';
import type { ReadDb } from './open.ts';
import { paymentFacts } from './payment-facts.ts';
import { listRequests } from './requests.ts';
import { loadSettings } from './settings.ts';

/**
 * What the checks read of the requests booked in a month, as text: each request as it is in force, the invoices tied to it with the other
 * requests that their remarks name, and the money that came. An invoice that is tied to none of them, and what is typed of other months, is not in it.
 */
export function requestInputs(db: ReadDb, cycle: BillingCycle, today: string): string {
  const paid = paymentFacts(db, cycle, loadSettings(db).paymentDays, today);
  const own = new Set(paid.map(({ request }) => request.requestId));
  const ids = listRequests(db).map(({ request }) => request.requestId);
  const invoices = listInvoices(db)
    .filter(({ requestId }) => requestId !== undefined && own.has(requestId))
    .toSorted((a, b) => order(`${a.code} ${a.number}`, `${b.code} ${b.number}`));
  return JSON.stringify(
    [
      paid.map((one) => [judged(one.request), money(one)]),
      invoices.map((one) => [judged(one), ids.filter((id) => namesRequest(one.remark ?? '', id))]),
    ],
    (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  );
}

/** Where a request is mailed, and what an invoice's row says of its storing. */
const unread = new Set(['mailingAddress', 'mailbox', 'recipient', 'recipientPhone', 'sources', 'addedAt']);

/** A promise that passes matters only where something is still awaited. */
const money = ({ request, progress, promise = '', past }: PaidRequest): unknown[] => [
  progress.payments.map(({ on, amount }) => [on, amount]),
  progress.toldComplete,
  progress.receivedOn ?? '',
  promise,
  past && progress.received < request.amount,
];

/** A request or an invoice field by field, without what no check reads. */
const judged = (what: PaymentRequest | Invoice): unknown[] =>
  Object.entries(what)
    .filter(([field, value]) => value !== undefined && !unread.has(field))
    .toSorted(([a], [b]) => order(a, b))
    .flat();

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
