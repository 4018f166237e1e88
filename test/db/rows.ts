import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { stampStatement } from '../../db/statement-stamp.ts';
import type { DatedContext } from '../../db/reconciling/context.ts';
import { tableOf, type Kind } from '../../electron/core/kinds.ts';
import { parseMoney } from '../../electron/core/money.ts';
import { readSettings, type Settings } from '../../electron/core/settings.ts';

export type Value = string | bigint | null;
export type Values = Readonly<Record<string, Value>>;

/** "12.5" → 1e-8 yuan; a text that is no amount is a defect of the test. */
export function yuan(text: string): bigint {
  const amount = parseMoney(text);
  if (amount === undefined) throw new Error(`not an amount: ${text}`);
  return amount;
}

/** A fresh migrated database in a temporary folder, closed and removed when the test is over. */
export function openTestDb(): WriteDb {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  const db = openForWriting(path.join(folder, 'hezhang.db'), path.join(import.meta.dirname, '../../db/migrations'));
  onTestFinished(() => {
    db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return db;
}

/** A database for one run of a property: a connection slows down with every statement that it has prepared. */
export function inTestDb(use: (db: WriteDb) => void): void {
  const db = openTestDb();
  db.pragma('synchronous = OFF');
  use(db);
  db.close();
}

/**
 * Inserts one row of a kind into its own sheet's next line and returns its row id. One import with one sheet is made per kind and cycle;
 * customer_key follows from customer_id (else '@' + account_name) where it is not given.
 */
export function insert(db: WriteDb, kind: Kind, values: Values): bigint {
  const cycle = (values['cycle'] ?? '') as string;
  const sheet = sheetOf(db, kind, cycle);
  const table = tableOf(kind);
  const columns = new Set(db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all());
  const last = db
    .prepare<[bigint, bigint], bigint | null>(`SELECT max(id) FROM ${table} WHERE id BETWEEN ? AND ?`)
    .pluck()
    .get(sheet * place, sheet * place + place - 1n);
  const row: Record<string, Value> = { id: last ? last + 1n : sheet * place + 2n, ...values };
  if (columns.has('customer_key') && !('customer_key' in row)) {
    row['customer_key'] = row['customer_id'] ?? (row['account_name'] ? `@${row['account_name'] as string}` : null);
  }
  const names = Object.keys(row);
  for (const name of names) if (!columns.has(name)) throw new Error(`${table} has no column ${name}`);
  db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...Object.values(row));
  db.prepare('UPDATE sheet_cycle SET rows = rows + 1 WHERE sheet = ? AND cycle = ?').run(sheet, cycle);
  stampStatement(db, kind, cycle);
  return row['id'] as bigint;
}

const place = 16_777_216n;

function sheetOf(db: WriteDb, kind: Kind, cycle: string): bigint {
  const found = db
    .prepare<[string, string], bigint>('SELECT s.id FROM sheet s JOIN sheet_cycle c ON c.sheet = s.id WHERE s.kind = ? AND c.cycle = ?')
    .pluck()
    .get(kind, cycle);
  if (found !== undefined) return found;
  const name = `${kind}-${cycle}.csv`;
  const imported = db
    .prepare('INSERT INTO import (import_id, sha256, path, name, bytes, at) VALUES (?, ?, ?, ?, 0, ?)')
    .run(name, name, name, name, '2026-01-01 00:00:00').lastInsertRowid;
  const sheet = db
    .prepare(
      'INSERT INTO sheet (import, position, name, kind, header_row, header, columns, rows, accepted) VALUES (?, 0, ?, ?, 1, ?, ?, 0, 0)',
    )
    .run(imported, name, kind, '[]', '{}').lastInsertRowid as bigint;
  db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, ?, 0)').run(sheet, cycle);
  return sheet;
}

/** What a run over `cycle` knows: the default settings but for the given ones, and whatever `insert` has put there. */
export function runContext(db: WriteDb, cycle: string, settings: Partial<Settings> = {}, today = '2026-01-01'): DatedContext {
  const present = db.prepare<[string, string], bigint>(
    'SELECT 1 FROM sheet s JOIN sheet_cycle c ON c.sheet = s.id WHERE s.kind = ? AND c.cycle = ? AND c.in_force = 1 LIMIT 1',
  );
  return {
    db,
    cycle,
    today,
    settings: { ...readSettings(new Map()), ...settings },
    has: (kind, month) => present.get(kind, month) !== undefined,
  };
}
