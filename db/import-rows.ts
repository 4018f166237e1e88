import type { Kind } from '../electron/core/kinds.ts';
import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { sortingInParts, type WriteDb } from './open.ts';

export interface NewImport {
  readonly importId: string;
  readonly sha256: string;
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: string;
  /** JSON of the answers given. */
  readonly answers: string;
}
export interface NewSheet {
  readonly position: number;
  readonly name: string;
  readonly kind: Kind;
  readonly account: string | undefined;
  readonly currency: string | undefined;
  readonly headerRow: number;
  /** JSON array of the header cells, and JSON object field → column index. */
  readonly header: string;
  readonly columns: string;
}

/** An import in force of a file with these bytes. `isEmpty`: it has no row, and stands for a month without business. */
export interface EarlierImport {
  readonly id: string;
  readonly name: string;
  /** JSON of what the person answered. */
  readonly answers: string;
  readonly isEmpty: boolean;
}

/** The imports in force of a file with these bytes. */
export const importsOf = (db: WriteDb, sha256: string): EarlierImport[] =>
  db
    .prepare<[string], Omit<EarlierImport, 'isEmpty'> & { filled: bigint }>(
      `SELECT import_id AS id, name, answers, EXISTS (SELECT 1 FROM sheet s WHERE s.import = i.id AND s.rows > 0) AS filled
         FROM import i WHERE sha256 = ? AND undone_at IS NULL ORDER BY import_id`,
    )
    .all(sha256)
    .map(({ filled, ...earlier }) => ({ ...earlier, isEmpty: filled === 0n }));

/** Opens the record of an import; what is left of an undone one with the same id goes first. Returns its row id. */
export function addImport(db: WriteDb, i: NewImport): bigint {
  const undone = db.prepare<[string], { id: bigint }>('SELECT id FROM import WHERE import_id = ?').get(i.importId);
  if (undone) forget(db, undone.id);
  return BigInt(
    db
      .prepare('INSERT INTO import (import_id, sha256, path, name, bytes, at, answers) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(i.importId, i.sha256, i.path, i.name, i.bytes, i.at, i.answers).lastInsertRowid,
  );
}

/** Opens the record of a sheet; its counts follow in `closeSheet`. Returns its id. */
export function addSheet(db: WriteDb, importRow: bigint, s: NewSheet): bigint {
  return BigInt(
    db
      .prepare(
        `INSERT INTO sheet (import, position, name, kind, account, currency, header_row, header, columns, rows, accepted)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
      )
      .run(importRow, s.position, s.name, s.kind, s.account ?? null, s.currency ?? null, s.headerRow, s.header, s.columns).lastInsertRowid,
  );
}

export interface SheetResult {
  readonly rows: number;
  readonly accepted: number;
  /** Columns in which no row has a value. */
  readonly empty: readonly string[];
  readonly status: string | undefined;
  readonly currency: string | undefined;
  readonly cycles: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<string, string>;
  readonly totals: readonly { row: number; column: string; stated: bigint; computed: bigint }[];
}

/** Writes a sheet's counts, months (of an empty statement, the month that it is of) and control totals. */
export function closeSheet(db: WriteDb, sheet: bigint, r: SheetResult): void {
  db.prepare('UPDATE sheet SET rows = ?, accepted = ?, empty_columns = ?, status = ?, currency = coalesce(currency, ?) WHERE id = ?').run(
    r.rows,
    r.accepted,
    JSON.stringify(r.empty),
    r.status ?? null,
    r.currency ?? null,
    sheet,
  );
  const cycle = db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows, status) VALUES (?, ?, ?, ?)');
  for (const [name, rows] of r.cycles) if (rows > 0 || r.rows === 0) cycle.run(sheet, name, rows, r.statuses.get(name) ?? r.status ?? null);
  const total = db.prepare('INSERT INTO control_total (sheet, row, column_name, stated, computed) VALUES (?, ?, ?, ?, ?)');
  for (const t of r.totals) total.run(sheet, t.row, t.column, t.stated, t.computed);
}

/** Inserter of one sheet's problems. */
export function problemInserter(
  db: WriteDb,
  sheet: bigint,
): (p: { row: number; column: string; value: string; code: string; text: { zh: string; en: string } }) => void {
  const statement = db.prepare('INSERT INTO problem (sheet, row, column_name, value, code, zh, en) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return (p) => statement.run(sheet, p.row, p.column, p.value.slice(0, 1000), p.code, p.text.zh, p.text.en);
}

/**
 * Takes the indexes off a table for a bulk load that is larger than what it holds (building them afterwards is several times faster); the
 * function returned puts them back.
 */
export function suspendIndexes(db: WriteDb, kind: Kind): () => void {
  const indexes = db
    .prepare<[string], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
    )
    .all(tableOf(kind));
  for (const index of indexes) db.exec(`DROP INDEX ${index.name}`);
  return () => {
    sortingInParts(db, () => {
      for (const index of indexes) db.exec(index.sql);
    });
  };
}

/** How many rows of a kind are stored, by the counts of its sheets. */
export function storedRows(db: WriteDb, kind: Kind): number {
  const row = db
    .prepare<[string], { n: bigint | null }>(
      'SELECT sum(s.accepted) AS n FROM sheet s JOIN import i ON i.id = s.import WHERE s.kind = ? AND i.undone_at IS NULL',
    )
    .get(kind);
  return Number(row?.n ?? 0n);
}

/** Deletes rows of a sheet by their numbers. */
export function deleteRows(db: WriteDb, kind: Kind, sheet: bigint, rows: readonly number[]): void {
  const statement = db.prepare(`DELETE FROM ${tableOf(kind)} WHERE id = ?`);
  for (const row of rows) statement.run(sheet * rowsPerSheet + BigInt(row));
}

/** Turns the sign of all amounts of the rows named (refunds printed positive throughout their file). */
export function negateRows(db: WriteDb, kind: Kind, sheet: bigint, rows: readonly number[], columns: readonly string[]): void {
  const statement = db.prepare(`UPDATE ${tableOf(kind)} SET ${columns.map((c) => `${c} = -${c}`).join(', ')} WHERE id = ?`);
  for (const row of rows) statement.run(sheet * rowsPerSheet + BigInt(row));
}

/** Writes the signed changes of ledger entries whose sign only the rows below them told. */
export function setChanges(db: WriteDb, sheet: bigint, entries: readonly { readonly row: number; readonly change: bigint }[]): void {
  const statement = db.prepare('UPDATE account_statement SET change_amount = ?, direction = ? WHERE id = ?');
  for (const { row, change } of entries) statement.run(change, change < 0n ? 'out' : 'in', sheet * rowsPerSheet + BigInt(row));
}

/** Writes the sheet's largest printed scale on its rows. */
export function setSettlementScale(db: WriteDb, sheet: bigint, scale: number): void {
  db.prepare('UPDATE partner_bill SET settlement_scale = ? WHERE id BETWEEN ? AND ? AND settlement_scale < ?').run(
    scale,
    sheet * rowsPerSheet,
    (sheet + 1n) * rowsPerSheet - 1n,
    scale,
  );
}

/** A currency of statements in force other than the one given (NULL in the database stands for CNY). */
export function otherCurrency(db: WriteDb, currency: string, importRow: bigint): string | undefined {
  return db
    .prepare<[bigint, string], { currency: string }>(
      `SELECT coalesce(s.currency, 'CNY') AS currency FROM sheet s JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL AND i.id <> ? AND coalesce(s.currency, 'CNY') <> ?
          AND s.kind NOT IN ('payment-request', 'policy', 'product-policy', 'manager-history', 'association-history', 'coupon-map', 'sub-account', 'customer',
            'indicator', 'performance-transfer') LIMIT 1`,
    )
    .get(importRow, currency)?.currency;
}

/** Deletes all that an import holds, but not the record that it was. */
export function deleteImportRows(db: WriteDb, importRow: bigint): number {
  let rows = 0;
  const sheets = db
    .prepare<[bigint], { id: bigint; kind: Kind; accepted: bigint }>('SELECT id, kind, accepted FROM sheet WHERE import = ?')
    .all(importRow);
  for (const sheet of sheets) {
    const range = [sheet.id * rowsPerSheet, (sheet.id + 1n) * rowsPerSheet - 1n];
    rows += db.prepare(`DELETE FROM ${tableOf(sheet.kind)} WHERE id BETWEEN ? AND ?`).run(...range).changes;
    db.prepare('UPDATE sheet_cycle SET in_force = 0 WHERE sheet = ?').run(sheet.id);
    db.prepare('DELETE FROM problem WHERE sheet = ?').run(sheet.id);
    db.prepare('DELETE FROM control_total WHERE sheet = ?').run(sheet.id);
  }
  return rows;
}

function forget(db: WriteDb, importRow: bigint): void {
  db.prepare('DELETE FROM sheet_cycle WHERE sheet IN (SELECT id FROM sheet WHERE import = ?)').run(importRow);
  db.prepare('DELETE FROM sheet WHERE import = ?').run(importRow);
  db.prepare('DELETE FROM import WHERE id = ?').run(importRow);
}

/** When the file says it was exported. */
export function setExportedAt(db: WriteDb, importRow: bigint, at: string): void {
  db.prepare('UPDATE import SET exported_at = ? WHERE id = ?').run(at, importRow);
}
