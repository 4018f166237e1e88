import type { PaymentRequest } from './invoice.ts';

/** The fields of a request that a person may type; amounts and rates are already read. */
export type RequestFields = Omit<PaymentRequest, 'requestId'>;

/** One imported row of a payment request; empty cells are absent. */
export interface RequestRow extends Partial<RequestFields> {
  readonly billingCycle: string;
}

/** The imported rows of one request as one: how many rows its amount was added up from is told, never hidden. */
export interface ImportedRequest {
  readonly fields: Partial<RequestFields>;
  readonly summedRows: number;
}

/**
 * Unites the rows of one request. The same incentive bills with the same amount are one row seen again (the request stands in several months'
 * files) and count once; rows for other bills are its parts and are added. The month is the latest; other fields come from the last row
 * that has them. Rows must come ordered by month.
 */
export function uniteRows(rows: readonly RequestRow[]): ImportedRequest {
  const parts = new Map<string, RequestRow>();
  let fields: Partial<RequestFields> = {};
  for (const row of rows) {
    parts.set(`${row.amount ?? ''}|${[...(row.incentiveBillIds ?? [])].sort().join(';')}`, row);
    fields = { ...fields, ...row };
  }
  const distinct = [...parts.values()];
  const stated = distinct.flatMap((row) => (row.amount === undefined ? [] : [row.amount]));
  const bills = [...new Set(distinct.flatMap((row) => row.incentiveBillIds ?? []))].sort();
  return {
    fields: { ...fields, incentiveBillIds: bills, ...(stated.length > 0 && { amount: stated.reduce((sum, amount) => sum + amount, 0n) }) },
    summedRows: stated.length,
  };
}

/** The request in force: each typed field wins over the imported one, and what nobody said is empty. */
export function overlay(requestId: string, imported: Partial<RequestFields>, typed: Partial<RequestFields>): PaymentRequest {
  const both: Partial<RequestFields> = { ...imported, ...typed };
  return {
    requestId,
    billingCycle: both.billingCycle ?? '',
    incentiveBillIds: both.incentiveBillIds ?? [],
    payoutMode: both.payoutMode ?? '',
    status: both.status ?? '',
    amount: both.amount ?? 0n,
    taxRate: both.taxRate,
    productTaxRate: both.productTaxRate,
    currency: both.currency || 'CNY',
    appliedAt: both.appliedAt ?? '',
    buyerName: both.buyerName ?? '',
    buyerTaxNumber: both.buyerTaxNumber ?? '',
    mailingAddress: both.mailingAddress ?? '',
    mailbox: both.mailbox ?? '',
  };
}
