import type { PaymentRequest } from './invoice.ts';
import { statusRank } from './request-status.ts';

/** The fields of a request that a person may type; amounts and rates are already read. */
export type RequestFields = Omit<PaymentRequest, 'requestId'>;

/** One imported row of a payment request; empty cells are absent. */
export interface RequestRow extends Partial<RequestFields> {
  readonly billingCycle: string;
  /** The file (and sheet) that it stands in. */
  readonly version: FileVersion;
}

/** A file as one version of what it says; `order` is a stable name of its content, never when it was imported. */
export interface FileVersion {
  readonly order: string;
  /** "" where the file does not say when it was exported. */
  readonly exportedAt: string;
}

/** The imported rows of one request as one: how many rows its amount was added up from is told, never hidden. */
export interface ImportedRequest {
  readonly fields: Partial<RequestFields>;
  readonly summedRows: number;
}

/**
 * Unites the rows of one request out of all files in force. The latest file wins: the furthest status, then the latest export time, then the latest
 * month, never the order of import. Rows of one file for different incentive bills are parts and are added; an earlier file only adds the bills that no
 * later one has (a row without bills stands for all of them). The month is the latest of all; other fields come from the latest file that has them.
 */
export function uniteRows(rows: readonly RequestRow[]): ImportedRequest {
  const files = [...Map.groupBy(rows, ({ version }) => version.order).values()].sort(later);
  const parts: RequestRow[] = [];
  let fields: Partial<RequestFields> = {};
  for (const file of files) {
    parts.push(...distinct(file).filter((row) => adds(row, parts)));
    // Within a file the last row that has a field; of files the latest.
    for (const { version: _, ...row } of file.toReversed()) fields = { ...row, ...fields };
  }
  const stated = parts.flatMap((row) => (row.amount === undefined ? [] : [row.amount]));
  const bills = parts.flatMap(billsOf);
  const billingCycle = rows.reduce((latest, row) => (row.billingCycle > latest ? row.billingCycle : latest), '');
  return {
    fields: {
      ...fields,
      billingCycle,
      incentiveBillIds: [...new Set(bills.length > 0 ? bills : fields.incentiveBillIds)].sort(),
      ...(stated.length > 0 && { amount: stated.reduce((sum, amount) => sum + amount, 0n) }),
    },
    summedRows: stated.length,
  };
}

const billsOf = (row: RequestRow): readonly string[] => row.incentiveBillIds ?? [];

/** Latest first. */
function later(a: readonly RequestRow[], b: readonly RequestRow[]): number {
  const status = (file: readonly RequestRow[]): number => Math.max(...file.map((row) => statusRank(row.status ?? '')));
  const month = (file: readonly RequestRow[]): string => file.map((row) => row.billingCycle).reduce((x, y) => (x > y ? x : y));
  const [first, second] = [a[0]!.version, b[0]!.version];
  return (
    status(b) - status(a) ||
    descending(first.exportedAt, second.exportedAt) ||
    descending(month(a), month(b)) ||
    descending(first.order, second.order)
  );
}

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

/** The rows of one file: the same bills with the same amount are one row seen again, in another month. */
function distinct(file: readonly RequestRow[]): RequestRow[] {
  const seen = new Map<string, RequestRow>();
  for (const row of file) seen.set(`${row.amount ?? ''}|${[...billsOf(row)].sort().join(';')}`, row);
  return [...seen.values()];
}

/** Does a row say something that the rows of later files did not? One without bills stands for all of them. */
function adds(row: RequestRow, later: readonly RequestRow[]): boolean {
  const bills = billsOf(row);
  return later.every((other) => bills.length > 0 && billsOf(other).length > 0 && !billsOf(other).some((bill) => bills.includes(bill)));
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
    recipient: both.recipient ?? '',
    recipientPhone: both.recipientPhone ?? '',
  };
}
