import type { PaymentRequest } from '../electron/core/invoice.ts';
import { formatMoney, parseMoney } from '../electron/core/money.ts';
import { overlay, uniteRows, type ImportedRequest, type RequestFields, type RequestRow } from '../electron/core/request.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { ReadDb, WriteDb } from './open.ts';

interface Row {
  readonly request_id: string;
  readonly cycle: string;
  readonly incentive_bill_ids: string | null;
  readonly payout_mode: string | null;
  readonly status: string | null;
  readonly amount: bigint | null;
  readonly tax_rate: bigint | null;
  readonly product_tax_rate: bigint | null;
  readonly currency: string | null;
  readonly applied_at: string | null;
  readonly buyer_name: string | null;
  readonly buyer_tax_number: string | null;
  readonly mailing_address: string | null;
  readonly mailbox: string | null;
  readonly recipient: string | null;
  readonly recipient_phone: string | null;
  readonly file: string;
  readonly exported_at: string;
}

/** A request in force with what a person should know of its origin. */
export interface KnownRequest {
  readonly request: PaymentRequest;
  /** How many imported rows its amount was added up from; 0 where it was only typed. */
  readonly summedRows: number;
}

/** Every request, imported or typed, by month and id. */
export function listRequests(db: ReadDb): KnownRequest[] {
  const imported = importedRequests(db);
  const typed = typedRequests(db);
  return [...new Set([...imported.keys(), ...typed.keys()])]
    .map((id) => known(id, imported.get(id), typed.get(id)))
    .sort((a, b) => order(a.request.billingCycle, b.request.billingCycle) || order(a.request.requestId, b.request.requestId));
}

/** One request in force, or undefined. */
export function findRequest(db: ReadDb, requestId: string): KnownRequest | undefined {
  return listRequests(db).find(({ request }) => request.requestId === requestId);
}

/** What the files alone say of a request; undefined where no file has it. */
export const importedRequest = (db: ReadDb, requestId: string): ImportedRequest | undefined => importedRequests(db).get(requestId);

/** Stores the typed fields of a request in place of those typed before. */
export function saveTypedRequest(db: WriteDb, requestId: string, cycle: string, fields: Partial<RequestFields>, at: string): void {
  db.prepare(
    `INSERT INTO typed_request (request_id, cycle, body, updated_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (request_id) DO UPDATE SET
       cycle = excluded.cycle,
       body = excluded.body,
       updated_at = excluded.updated_at`,
  ).run(requestId, cycle, JSON.stringify(fields, moneyAsText), at);
}

/** Names and association types of incentive bills, from the summaries in force (rows of one bill differ only in their month). */
export function incentiveNames(db: ReadDb, billIds: readonly string[]): { id: string; name: string; associationType: string }[] {
  const statement = db.prepare<[string], { name: string | null; associationType: string | null }>(
    `SELECT incentive_name AS name, association_type AS associationType
     FROM incentive_summary
     WHERE incentive_bill_id = ? AND in_force = 1
     ORDER BY cycle DESC, id
     LIMIT 1`,
  );
  return billIds.map((id) => {
    const row = statement.get(id);
    return { id, name: row?.name ?? '', associationType: row?.associationType ?? '' };
  });
}

function importedRequests(db: ReadDb): Map<string, ImportedRequest> {
  const rows = db
    .prepare<[], Row>(
      `SELECT p.*, i.import_id AS file, coalesce(i.exported_at, '') AS exported_at
         FROM payment_request p
         JOIN sheet s ON s.id = p.id / ${rowsPerSheet}
         JOIN import i ON i.id = s.import
        WHERE p.in_force = 1
        ORDER BY p.request_id, p.cycle, i.import_id, s.position, p.id`,
    )
    .all();
  return new Map([...Map.groupBy(rows, (row) => row.request_id)].map(([id, group]) => [id, uniteRows(group.map(rowOf))]));
}

function typedRequests(db: ReadDb): Map<string, Partial<RequestFields>> {
  const rows = db.prepare<[], { id: string; body: string }>('SELECT request_id AS id, body FROM typed_request').all();
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body, textAsMoney) as Partial<RequestFields>]));
}

const known = (id: string, imported: ImportedRequest | undefined, typed: Partial<RequestFields> | undefined): KnownRequest => ({
  request: overlay(id, imported?.fields ?? {}, typed ?? {}),
  summedRows: typed?.amount === undefined ? (imported?.summedRows ?? 0) : 0,
});

function rowOf(row: Row): RequestRow {
  const fields = {
    billingCycle: row.cycle,
    incentiveBillIds: row.incentive_bill_ids
      ?.split(/[;；,，、\s]+/)
      .map((id) => id.trim())
      .filter(Boolean),
    payoutMode: row.payout_mode,
    status: row.status,
    amount: row.amount,
    taxRate: row.tax_rate,
    productTaxRate: row.product_tax_rate,
    currency: row.currency,
    appliedAt: row.applied_at,
    buyerName: row.buyer_name,
    buyerTaxNumber: row.buyer_tax_number,
    mailingAddress: row.mailing_address,
    mailbox: row.mailbox,
    recipient: row.recipient,
    recipientPhone: row.recipient_phone,
    version: { order: row.file, exportedAt: row.exported_at },
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as unknown as RequestRow;
}

const amounts = new Set(['amount', 'taxRate', 'productTaxRate']);
const moneyAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? formatMoney(value) : value);
const textAsMoney = (key: string, value: unknown): unknown => (amounts.has(key) ? parseMoney(String(value)) : value);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
