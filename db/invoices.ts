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
  readonly seller_tax_number: string | null;
  readonly remark: string | null;
  readonly currency: string | null;
  readonly capitals: string | null;
  readonly rates: string | null;
  readonly lines: bigint | null;
  readonly request_id: string | null;
  readonly sources: string;
  readonly added_at: string;
}

const columns = `number, code, kind, date, net, tax, total, rate, rates, lines, buyer, buyer_tax_number, seller, seller_tax_number,
  remark, currency, capitals, request_id, sources, added_at`;

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
    `INSERT INTO invoice (${columns})
     VALUES (:number, :code, :kind, :date, :net, :tax, :total, :rate, :rates, :lines, :buyer, :buyerTaxNumber, :seller, :sellerTaxNumber,
       :remark, :currency, :capitals, :requestId, :sources, :at)`,
  ).run({ ...blank, ...defined(invoice), sources: JSON.stringify(invoice.sources), at });
}

/** Columns that an invoice may leave empty, all NULL. */
const blank = Object.fromEntries(
  'date rate rates lines buyer buyerTaxNumber seller sellerTaxNumber remark currency capitals requestId'
    .split(' ')
    .map((name) => [name, null]),
);
const defined = (invoice: Invoice): object => Object.fromEntries(Object.entries(invoice).filter(([, value]) => value !== undefined));

/** Ties an invoice to a request; undefined unties it. */
export function tieInvoice(db: WriteDb, number: string, code: string, requestId: string | undefined): void {
  db.prepare('UPDATE invoice SET request_id = ? WHERE code = ? AND number = ? AND removed_at IS NULL').run(requestId ?? null, code, number);
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
  sellerTaxNumber: row.seller_tax_number ?? undefined,
  remark: row.remark ?? undefined,
  currency: row.currency ?? undefined,
  capitals: row.capitals ?? undefined,
  rates: row.rates ?? undefined,
  lines: row.lines === null ? undefined : Number(row.lines),
  requestId: row.request_id ?? undefined,
  sources: JSON.parse(row.sources) as Invoice['sources'],
  addedAt: row.added_at,
});
