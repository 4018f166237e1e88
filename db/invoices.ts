import type { Invoice, InvoiceKind } from '../electron/core/invoice.ts';
import type { ReadDb, WriteDb } from './open.ts';

interface Row {
  readonly number: string;
  readonly code: string;
  readonly kind: InvoiceKind;
  readonly date: string | null;
  readonly net: bigint;
  readonly tax: bigint;
  readonly total: bigint;
  readonly rate: bigint | null;
  readonly buyer: string | null;
  readonly buyer_tax_number: string | null;
  readonly seller: string | null;
  readonly request_id: string | null;
  readonly sources: string;
}

const columns = 'number, code, kind, date, net, tax, total, rate, buyer, buyer_tax_number, seller, request_id, sources';

/** Every invoice that was not removed, by date, then code and number. */
export function listInvoices(db: ReadDb): Invoice[] {
  return db.prepare<[], Row>(`SELECT ${columns} FROM invoice WHERE removed_at IS NULL ORDER BY date, code, number`).all().map(invoiceOf);
}

/** The invoice with this number and code ('' for digital ones), of whatever year; removed ones do not count. */
export function findInvoice(db: ReadDb, number: string, code: string): Invoice | undefined {
  const row = db
    .prepare<[string, string], Row>(`SELECT ${columns} FROM invoice WHERE code = ? AND number = ? AND removed_at IS NULL`)
    .get(code, number);
  return row && invoiceOf(row);
}

/** Adds one invoice; the unique index refuses a number that is already there. */
export function addInvoice(db: WriteDb, invoice: Invoice, at: string): void {
  db.prepare(
    `INSERT INTO invoice
       (number, code, kind, date, net, tax, total, rate, buyer, buyer_tax_number, seller, request_id, sources, added_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    invoice.number,
    invoice.code,
    invoice.kind,
    invoice.date ?? null,
    invoice.net,
    invoice.tax,
    invoice.total,
    invoice.rate ?? null,
    invoice.buyer ?? null,
    invoice.buyerTaxNumber ?? null,
    invoice.seller ?? null,
    invoice.requestId ?? null,
    JSON.stringify(invoice.sources),
    at,
  );
}

/** Takes an invoice out of use, keeping its row as history; false where there is none. */
export function removeInvoice(db: WriteDb, number: string, code: string, at: string): boolean {
  const { changes } = db
    .prepare('UPDATE invoice SET removed_at = ? WHERE code = ? AND number = ? AND removed_at IS NULL')
    .run(at, code, number);
  return changes === 1;
}

const invoiceOf = (row: Row): Invoice => ({
  number: row.number,
  code: row.code,
  kind: row.kind,
  date: row.date ?? undefined,
  net: row.net,
  tax: row.tax,
  total: row.total,
  rate: row.rate ?? undefined,
  buyer: row.buyer ?? undefined,
  buyerTaxNumber: row.buyer_tax_number ?? undefined,
  seller: row.seller ?? undefined,
  requestId: row.request_id ?? undefined,
  sources: JSON.parse(row.sources) as Invoice['sources'],
});
