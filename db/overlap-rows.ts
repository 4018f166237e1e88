import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { businessKeys } from './business-keys.ts';
import { mayMend, type Readability } from './corrections.ts';
import { filledColumns } from './filled-columns.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';
import { sameOrders } from './overlap-orders.ts';

/** One file of a statement, as far as its rows matter. */
export interface OverlapFile extends Readability {
  readonly sheets: readonly bigint[];
  readonly status: number;
}

/** TEMP overlap_row: the rows of a statement's files, read again only when they are of others. */
export class OverlapRows {
  readonly #db: WriteDb;
  #of = '';
  #loaded: LoadedRows = { partial: undefined };

  constructor(db: WriteDb) {
    this.#db = db;
  }
  load(place: Place, files: readonly OverlapFile[]): LoadedRows {
    const of = JSON.stringify([place, files.map((file) => file.sheets.map(String))]);
    if (of !== this.#of) this.#loaded = loadOverlap(this.#db, place, files);
    this.#of = of;
    return this.#loaded;
  }
  drop(): void {
    this.#db.exec('DROP TABLE IF EXISTS temp.overlap_row');
    this.#of = '';
  }
}
interface LoadedRows {
  /** The rank of a file of which rows were left out that no other file has. */
  readonly partial: number | undefined;
}

/**
 * Fills TEMP overlap_row with the key, the scope and the values of the statement's rows, by the rank of their file (its place in `files`). Of a file
 * with more rows than all others together only the rows are taken whose key another file has too (where a file may be mended: whose order), where
 * nothing else can matter: `partial` is its rank if that left rows out, which no other file then holds. So a small file beside a large one costs what
 * the small one is, or one pass over the large one where its rows cannot be found by their order.
 */
export function loadOverlap(db: WriteDb, place: Place, files: readonly OverlapFile[]): LoadedRows {
  const key = businessKeys[place.kind];
  const lacking = lackingColumns(db, place, files);
  const joined = (parts: readonly string[]): string =>
    parts
      .filter((p) => !lacking.has(p))
      .map((p) => `coalesce(${p}, '')`)
      .join(' || char(31) || ') || "''";
  const keySql = key.id ? `CASE WHEN ${key.id} IS NULL THEN ${joined(key.parts)} ELSE ${key.id} END` : joined(key.parts);
  const scopeSql = key.scope ? `coalesce(${key.scope}, '')` : keySql;
  // By the index on (cycle, …) a large file would be visited at random, eight times slower than in the order of its rows.
  const rows = `FROM ${tableOf(place.kind)} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?`;
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
  const sameKey = `CAST(${keySql} AS TEXT) IN (SELECT key FROM temp.overlap_row)`;
  const mended = files.some((a) => files.some((b) => mayMend(a, b)));
  const byOrder = sameOrders(db, place, files[large]!.rows);
  // Whether a file is another one mended is also a matter of the other rows of an order.
  if (mended && !byOrder) {
    add(large, load);
    return { partial: undefined };
  }
  const taken = add(large, [load, ...(byOrder ? [byOrder] : []), ...(mended ? [] : [sameKey])].join(' AND '));
  return { partial: hasMore(db, rows, place, files[large]!, taken) ? large : undefined };
}

/** Has a file more rows than these? No more are counted than tell. */
function hasMore(db: WriteDb, rows: string, { cycle }: Place, { sheets }: OverlapFile, than: number): boolean {
  const count = db.prepare<[string, bigint, bigint, number], bigint>(`SELECT count(*) FROM (SELECT 1 ${rows} LIMIT ?)`).pluck();
  let left = than + 1;
  for (const s of sheets) left -= Number(count.get(cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n, left)!);
  return left <= 0;
}

/** The rank of a file with more rows than all others together, unless rows of it matter that no other file has: for scopes. */
function largeFile(files: readonly OverlapFile[], scoped: boolean): number | undefined {
  const all = files.reduce((n, f) => n + f.rows, 0);
  const rank = files.findIndex((f) => f.rows * 2 > all);
  const byScope = scoped && files.some((f) => f.status !== files[0]!.status);
  return rank < 0 || byScope ? undefined : rank;
}

/** What an export may leave out without naming other rows; not the payments, which performance depends on. */
export const optional = new Set([
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
  // The smallest first. Of a large file its first rows mostly tell, and only where they do not it is read to its end, once for all columns.
  const [first, ...others] = files.toSorted((a, b) => a.rows - b.rows);
  if (first === undefined) return new Set();
  const had = filledColumns(db, place, first, columns);
  const has = others.map((file) => filledColumns(db, place, file, columns));
  return new Set(columns.filter((column) => has.some((filled) => filled.has(column) !== had.has(column))));
}
