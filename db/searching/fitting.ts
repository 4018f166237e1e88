import { tableOf } from '../../electron/core/kinds.ts';
import { rowsPerSheet } from '../../electron/core/row-id.ts';
import type { ReadDb } from '../open.ts';
import { searched, type Searched } from './columns.ts';
import { customerTables } from './customers.ts';
import type { FoundRow, Place, Sought } from './search.ts';

/** What rows are held against. */
export interface Fitting {
  readonly sought: Sought;
  /** The text as a pattern of LIKE. */
  readonly like: string;
  /** The customers whom the text names. */
  readonly keys: readonly string[];
  /** More rows than this are of no use. */
  readonly most: number;
}

/** So many rows are looked through at once: some ten milliseconds. */
const step = 20_000n;
/** With more customers than these, rows that fit stand so close that reading them in order finds enough sooner. */
const fewCustomers = 100;

/** The rows of one statement that fit, as in their files, in bounded steps. */
export function rowsFitting(db: ReadDb, place: Place, fitting: Fitting): Iterable<FoundRow[]> {
  const columns = searched[place.kind]!;
  const conditions = conditionsOf(columns, fitting.sought);
  const table = tableOf(place.kind);
  // A name that no column can hold is found by its customers alone, which have an index.
  const byIndex = conditions.length === 1 && columns.customer === 'key' && fitting.sought.figure === undefined;
  if (conditions.length === 0) return [];
  return byIndex && fitting.keys.length <= fewCustomers && customerTables.has(table)
    ? ofCustomers(db, place, table, fitting)
    : inSheets(db, place, table, conditions.join(' OR '), fitting);
}

/** The customers' rows, one customer at a time. */
function* ofCustomers(db: ReadDb, { kind, cycle }: Place, table: string, { keys, most }: Fitting): Generator<FoundRow[]> {
  const idsOf = db
    .prepare<[string, string, bigint], bigint>(
      `SELECT id FROM ${table} INDEXED BY ${table}_cycle WHERE cycle = ? AND in_force = 1 AND customer_key = ? ORDER BY id LIMIT ?`,
    )
    .pluck();
  const ids: bigint[] = [];
  for (const key of keys) {
    ids.push(...idsOf.all(cycle, key, BigInt(most)));
    yield [];
  }
  const row = db.prepare<[bigint], Omit<FoundRow, 'kind'>>(`${selectOf(searched[kind]!)} FROM ${table} AS t WHERE t.id = ?`);
  const first = ids.toSorted((a, b) => (a < b ? -1 : 1)).slice(0, most);
  yield first.flatMap((id) => row.all(id).map((found) => ({ ...found, kind })));
}

/** Sheet by sheet by the rows' ids: reading every row in the order of its file is several times faster than by an index. */
function* inSheets(db: ReadDb, { kind, cycle }: Place, table: string, where: string, fitting: Fitting): Generator<FoundRow[]> {
  const sheets = db
    .prepare<[string, string], bigint>(
      'SELECT c.sheet FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE c.cycle = ? AND s.kind = ? ORDER BY c.sheet',
    )
    .pluck()
    .all(cycle, kind);
  const lastOf = db.prepare<[bigint, bigint], bigint | null>(`SELECT max(id) FROM ${table} WHERE id BETWEEN ? AND ?`).pluck();
  const { like, sought, most } = fitting;
  const terms = { cycle, like, keys: JSON.stringify(fitting.keys), figure: sought.figure ?? null, most: BigInt(most) };
  const rows = db.prepare<typeof terms & { from: bigint; to: bigint }, Omit<FoundRow, 'kind'>>(
    `${selectOf(searched[kind]!)} FROM ${table} AS t NOT INDEXED
      WHERE t.id BETWEEN :from AND :to AND t.cycle = :cycle AND t.in_force = 1 AND (${where}) ORDER BY t.id LIMIT :most`,
  );
  for (const sheet of sheets) {
    const start = sheet * rowsPerSheet;
    const last = lastOf.get(start, start + rowsPerSheet - 1n) ?? start - 1n;
    for (let from = start; from <= last; from += step) {
      const to = from + step - 1n < last ? from + step - 1n : last;
      yield rows.all({ ...terms, from, to }).map((row) => ({ ...row, kind }));
    }
  }
}

const keyColumn = (s: Searched): string | undefined => s.customer && (s.customer === 'key' ? 't.customer_key' : 't.customer_id');

function selectOf(s: Searched): string {
  const customer =
    s.customer === 'key' ? 'coalesce(t.account_name, t.customer_name, t.customer_id)' : s.customer ? 't.customer_id' : 'NULL';
  const number =
    s.numbers.length === 0
      ? 'NULL'
      : s.numbers.length === 1
        ? `t.${s.numbers[0]!}`
        : `coalesce(${s.numbers.map((n) => `t.${n}`).join(', ')})`;
  return `SELECT t.id AS row, t.cycle AS cycle, ${customer} AS customer, ${number} AS number, ${s.what ?? 'NULL'} AS what, ${s.amount ?? 'NULL'} AS amount`;
}

/** Any of these makes a row fit; none where the kind has nothing of the sort. */
function conditionsOf(s: Searched, { text, figure }: Sought): string[] {
  if (figure !== undefined) return (s.amounts ?? []).map((a) => `t.${a} IN (:figure, -:figure)`);
  // Ids are written in Latin letters and digits: a Chinese name is in none.
  const ascii = /^[\x20-\x7e]*$/.test(text);
  const likes = [...(ascii ? s.numbers : []), ...(s.words ?? [])].map((c) => String.raw`t.${c} LIKE :like ESCAPE '\'`);
  const key = keyColumn(s);
  return [...(key === undefined ? [] : [`${key} IN (SELECT value FROM json_each(:keys))`]), ...likes];
}
