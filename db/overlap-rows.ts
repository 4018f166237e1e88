import { tableOf } from '../electron/core/kinds.ts';
import { businessKeys } from './business-keys.ts';
import { mayMend, type Readability } from './corrections.ts';
import { rowsPerSheet } from './import-rows.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';

/** One file of a statement, as far as its rows matter. */
export interface OverlapFile extends Readability {
  readonly sheets: readonly bigint[];
  readonly status: number;
}

/**
 * Fills TEMP overlap_row with the key, the scope and the values of the statement's rows, by the rank of their file (its place in `files`). Of a file
 * with more rows than all others together only the rows are taken whose key another file has too, where nothing else can matter: `partial` is its
 * rank if that left rows out, which no other file then holds. So a small file beside a large one costs one pass over the large one.
 */
export function loadOverlap(db: WriteDb, place: Place, files: readonly OverlapFile[]): { readonly partial: number | undefined } {
  const key = businessKeys[place.kind];
  const lacking = lackingColumns(db, place, files);
  const joined = (parts: readonly string[]): string =>
    parts
      .filter((p) => !lacking.has(p))
      .map((p) => `coalesce(${p}, '')`)
      .join(' || char(31) || ') || "''";
  const keySql = key.id ? `CASE WHEN ${key.id} IS NULL THEN ${joined(key.parts)} ELSE ${key.id} END` : joined(key.parts);
  const scopeSql = key.scope ? `coalesce(${key.scope}, '')` : keySql;
  const rows = `FROM ${tableOf(place.kind)} WHERE cycle = ? AND id BETWEEN ? AND ?`;
  const load = `INSERT INTO temp.overlap_row SELECT id, ?, ${keySql}, ${scopeSql}, ${joined(key.values)} ${rows}`;
  db.exec(
    `DROP TABLE IF EXISTS temp.overlap_row;
     CREATE TEMP TABLE overlap_row (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, key TEXT NOT NULL, scope TEXT NOT NULL, value TEXT NOT NULL)`,
  );
  const add = (rank: number, sql: string): number => {
    const statement = db.prepare(sql);
    const placed = files[rank]!.sheets.map((s) => statement.run(rank, place.cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n));
    return placed.reduce((n, { changes }) => n + changes, 0);
  };
  const large = largeFile(files, key.scope !== undefined);
  for (const rank of files.keys()) if (rank !== large) add(rank, load);
  db.exec('CREATE INDEX temp.overlap_row_key ON overlap_row (key, rank)');
  if (key.scope) db.exec('CREATE INDEX temp.overlap_row_scope ON overlap_row (scope, rank)');
  if (large === undefined) return { partial: undefined };
  const taken = add(large, `${load} AND CAST(${keySql} AS TEXT) IN (SELECT key FROM temp.overlap_row)`);
  const count = db.prepare<[string, bigint, bigint], bigint>(`SELECT count(*) ${rows}`).pluck();
  const all = files[large]!.sheets.reduce((n, s) => n + count.get(place.cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n)!, 0n);
  return { partial: BigInt(taken) < all ? large : undefined };
}

/** The rank of a file with more rows than all others together, unless rows that no other file has matter: for scopes, and for mended rows. */
function largeFile(files: readonly OverlapFile[], scoped: boolean): number | undefined {
  const all = files.reduce((n, f) => n + f.rows, 0);
  const rank = files.findIndex((f) => f.rows * 2 > all);
  const byScope = scoped && files.some((f) => f.status !== files[0]!.status);
  const mended = files.some((a) => files.some((b) => mayMend(a, b)));
  return rank < 0 || byScope || mended ? undefined : rank;
}

/** What an export may leave out without naming other rows; not the payments, which performance depends on. */
const optional = new Set([
  'resource_id',
  'consumed_from',
  'consumed_to',
  'usage_type',
  'bill_class',
  'bill_type',
  'product_type_code',
  'resource_type',
  'list_price',
  'discount_amount',
  'truncated_amount',
]);

/** Columns that some of the files have and others lack altogether: they cannot tell whether a row of the one is a row of the other. */
function lackingColumns(db: WriteDb, place: Place, files: readonly OverlapFile[]): Set<string> {
  const { parts, values } = businessKeys[place.kind];
  const columns = [...parts, ...values].filter((c) => optional.has(c));
  if (columns.length === 0) return new Set();
  const filled = db.prepare<[string, bigint, bigint], Record<string, bigint | null>>(
    `SELECT ${columns.map((c) => `max(${c} IS NOT NULL) AS ${c}`).join(', ')} FROM ${tableOf(place.kind)} WHERE cycle = ? AND id BETWEEN ? AND ?`,
  );
  const perFile = files.map((file) => file.sheets.map((s) => filled.get(place.cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n)!));
  const has = (sheets: readonly Record<string, bigint | null>[], column: string): boolean => sheets.some((s) => s[column] === 1n);
  return new Set(columns.filter((c) => perFile.some((f) => has(f, c)) && !perFile.every((f) => has(f, c))));
}
