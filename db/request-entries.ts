import type { Entry, EntryFields, EntryKind } from '../electron/core/request-entry.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { StatusSeen } from '../electron/core/status-seen.ts';
import type { ReadDb, WriteDb } from './open.ts';

interface Row {
  readonly id: bigint;
  readonly place: bigint;
  readonly request_id: string;
  readonly kind: EntryKind;
  readonly on_date: string;
  readonly courier: string | null;
  readonly tracking: string | null;
  readonly amount: bigint | null;
  readonly complete: bigint;
  readonly note: string | null;
  readonly typed_at: string;
  readonly removed_at: string | null;
  readonly removed_why: string | null;
  readonly replaced_by: bigint | null;
}

/** An entry that no longer holds: when it was removed, why, and which one stands in its place (none: it was a mistake altogether). */
export interface RemovedEntry extends Entry {
  readonly removedAt: string;
  readonly removedWhy: string;
  readonly replacedBy?: number;
}

/** Entries that hold, by request, each request's in their order. */
export function entriesByRequest(db: ReadDb): Map<string, Entry[]> {
  const rows = db.prepare<[], Row>('SELECT * FROM request_entry WHERE removed_at IS NULL ORDER BY on_date, place').all();
  return Map.groupBy(rows.map(entryOf), ({ requestId }) => requestId);
}

/** The entries of one request that hold, in their order. */
export const entriesOf = (db: ReadDb, requestId: string): Entry[] =>
  db
    .prepare<[string], Row>('SELECT * FROM request_entry WHERE request_id = ? AND removed_at IS NULL ORDER BY on_date, place')
    .all(requestId)
    .map(entryOf);

/** The entries of one request that were corrected or removed, the newest removal first. */
export const removedEntriesOf = (db: ReadDb, requestId: string): RemovedEntry[] =>
  db
    .prepare<[string], Row>('SELECT * FROM request_entry WHERE request_id = ? AND removed_at IS NOT NULL ORDER BY removed_at DESC, id DESC')
    .all(requestId)
    .map((row) => ({
      ...entryOf(row),
      removedAt: row.removed_at!,
      removedWhy: row.removed_why ?? '',
      ...(row.replaced_by !== null && { replacedBy: Number(row.replaced_by) }),
    }));

/** One entry that holds; undefined where there is none with this id. */
export function findEntry(db: ReadDb, id: number): Entry | undefined {
  const row = db.prepare<[bigint], Row>('SELECT * FROM request_entry WHERE id = ? AND removed_at IS NULL').get(BigInt(id));
  return row && entryOf(row);
}

/** Adds an entry and returns its id. `place`: of the entry that it stands in place of. */
export function addEntry(db: WriteDb, requestId: string, fields: EntryFields, at: string, place?: number): number {
  const id = db.prepare<[], bigint>('SELECT coalesce(max(id), 0) + 1 FROM request_entry').pluck().get()!;
  db.prepare(
    `INSERT INTO request_entry (id, place, request_id, kind, on_date, courier, tracking, amount, complete, note, typed_at)
     VALUES (:id, :place, :requestId, :kind, :on, :courier, :tracking, :amount, :complete, :note, :at)`,
  ).run({
    id,
    place: place === undefined ? id : BigInt(place),
    requestId,
    kind: fields.kind,
    on: fields.on,
    courier: fields.courier ?? null,
    tracking: fields.tracking ?? null,
    amount: fields.amount ?? null,
    complete: fields.complete === true ? 1n : 0n,
    note: fields.note ?? null,
    at,
  });
  return Number(id);
}

/** Takes an entry out of use, keeping its row; false where none with this id holds. */
export function removeEntry(db: WriteDb, id: number, why: string, at: string, replacedBy?: number): boolean {
  const { changes } = db
    .prepare('UPDATE request_entry SET removed_at = ?, removed_why = ?, replaced_by = ? WHERE id = ? AND removed_at IS NULL')
    .run(at, why, replacedBy === undefined ? null : BigInt(replacedBy), BigInt(id));
  return changes === 1;
}

/** Every look at a request's status, by request: each file that was not taken back (as of its export, else its import), or the typed one alone. */
export function statusesSeen(db: ReadDb): Map<string, StatusSeen[]> {
  const files = db
    .prepare<[], { id: string; status: string; asOf: string; dated: bigint }>(
      `SELECT p.request_id AS id, p.status AS status, coalesce(i.exported_at, i.at) AS asOf, i.exported_at IS NOT NULL AS dated
         FROM payment_request p
         JOIN sheet s ON s.id = p.id / ${rowsPerSheet}
         JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL AND p.status IS NOT NULL`,
    )
    .all();
  const typed = db
    .prepare<[], { id: string; status: string; asOf: string }>(
      `SELECT request_id AS id, body ->> 'status' AS status, updated_at AS asOf
         FROM typed_request
        WHERE body ->> 'status' IS NOT NULL`,
    )
    .all();
  const seen = new Map<string, StatusSeen[]>();
  for (const { id, status, asOf, dated } of files) seen.set(id, [...(seen.get(id) ?? []), { status, asOf, dated: dated === 1n }]);
  for (const { id, status, asOf } of typed) seen.set(id, [{ status, asOf, dated: false }]);
  return seen;
}

const entryOf = (row: Row): Entry => ({
  id: Number(row.id),
  place: Number(row.place),
  requestId: row.request_id,
  kind: row.kind,
  on: row.on_date,
  ...(row.courier !== null && { courier: row.courier }),
  ...(row.tracking !== null && { tracking: row.tracking }),
  ...(row.amount !== null && { amount: row.amount }),
  ...(row.complete === 1n && { complete: true }),
  ...(row.note !== null && { note: row.note }),
  typedAt: row.typed_at,
});
