import type { StepOf } from '../bridge.ts';
import type { Money } from '../money.ts';
import { needsNoInvoice } from '../request-status.ts';

export interface InvoicedRequest {
  readonly amount: Money;
  readonly payoutMode: string | null;
  /** Σ of the invoices tied to it, tax included, and how many they are. */
  readonly invoiced: Money;
  readonly invoices: number;
}
export interface InvoiceVerdict {
  readonly step?: { readonly step: StepOf<'request-invoices'>; readonly amount: Money };
  /** Σ invoices − request. */
  readonly unexplained?: Money;
}

/**
 * Invariant: once an invoice is tied to a request, its invoices add up to the request; some ways of payout need none (rules §5). A request whose last
 * invoice is gone is one not invoiced yet, whatever its status says: invoice.sum speaks only where an invoice is tied (checks).
 */
export function judgeRequest(r: InvoicedRequest): InvoiceVerdict {
  if (r.invoices > 0) {
    return r.invoiced === r.amount ? { step: { step: 'agreed', amount: 0n } } : { unexplained: r.invoiced - r.amount };
  }
  const step = needsNoInvoice(r.payoutMode ?? '') ? 'no-invoice-needed' : 'not-invoiced-yet';
  return { step: { step, amount: -r.amount } };
}
