import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { businessKeys } from './business-keys.ts';
import { filledColumns } from './filled-columns.ts';
import type { Place } from './in-force.ts';
import type { ReadDb } from './open.ts';
import { optional } from './overlap-rows.ts';

/** All that a look is read from: the sheets of one file. */
export interface Looked {
  readonly sheets: readonly bigint[];
}
/** To which character the times of a column are told: the day, the minute, the second. */
export type Precision = 10 | 16 | 19;

/** In what the rows of two files differ by their look alone. `first`, `second`: the file that has what the other lacks. */
export interface LookDifference {
  readonly column: string;
  readonly lacking: 'first' | 'second';
  readonly what: 'column' | 'hours' | 'seconds';
}
/** How the rows of two files can be compared. */
export interface Looks {
  readonly differences: readonly LookDifference[];
  /** SQL of the parts that both files have, each as precise as the less precise of them; without amounts. */
  readonly shared: readonly string[];
  /** SQL of the parts of a business key that only one of them has, or has more precisely. */
  readonly own: readonly string[];
}

export const timeColumns: ReadonlySet<string> = new Set(['traded_at', 'consumed_from', 'consumed_to', 'operated_at']);
const customer = ['customer_id', 'account_name'];

/** The columns by which a row of a kind is found, a number of its own before all. */
function namingColumns({ kind }: Place): { id: string | undefined; named: boolean; columns: string[] } {
  const { id, parts } = businessKeys[kind];
  const named = parts.some(isCustomer);
  const plain = parts.filter((part) => !isCustomer(part));
  return { id, named, columns: [...(id ? [id] : []), ...(named ? customer : []), ...plain] };
}

/** What the first rows of a file show of its look, before it is stored: the columns with a value, and how precise the times are. */
export interface SeenLook {
  readonly filled: ReadonlySet<string>;
  readonly precision: ReadonlyMap<string, Precision>;
}

/** May the rows of a file that is not stored yet have another look than those of one in force? Then the two must be compared. */
export function mayLookDifferent(db: ReadDb, place: Place, seen: SeenLook): boolean {
  const { columns } = namingColumns(place);
  const sheets = db
    .prepare<[string, string], bigint>(
      `SELECT s.id FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = ? AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL ORDER BY s.id`,
    )
    .pluck()
    .all(place.kind, place.cycle);
  return sheets.some((sheet) => {
    const file = { sheets: [sheet] };
    const filled = filledColumns(db, place, file, columns);
    const isOther = (column: string): boolean =>
      filled.has(column) !== seen.filled.has(column) ||
      (seen.precision.has(column) && seen.precision.get(column) !== sampledPrecision(db, place, file, column));
    return columns.some(isOther);
  });
}

/** How precisely a time is told. */
export const precisionOf = (time: string): Precision => (!time.endsWith(':00') ? 19 : time.slice(11, 16) === '00:00' ? 10 : 16);

/**
 * Compares how two files of a statement name their rows. Undefined where one row has the same business key in both, so that nothing but the key is
 * needed to find it: where both have the same columns, and times of one precision.
 */
export function comparedLooks(db: ReadDb, place: Place, first: Looked, second: Looked): Looks | undefined {
  const { id, named, columns } = namingColumns(place);
  const [a, b] = [filledColumns(db, place, first, columns), filledColumns(db, place, second, columns)];
  // Rows with a number of their own are found by it.
  if (id && a.has(id) && b.has(id)) return undefined;
  const differences: LookDifference[] = [];
  const shared: string[] = [];
  const own: string[] = [];
  for (const column of columns) {
    if (a.has(column) !== b.has(column)) {
      differences.push({ column, lacking: a.has(column) ? 'second' : 'first', what: 'column' });
      if (!optional.has(column) && !customer.includes(column)) own.push(column);
    } else if (a.has(column)) {
      const told = timeColumns.has(column) ? comparedTimes(db, place, first, second, column) : undefined;
      shared.push(told ? `substr(${column}, 1, ${told.precision})` : column);
      if (told) own.push(column);
      if (told) differences.push({ column, lacking: told.lacking, what: told.what });
    }
  }
  // A customer is told by the id, and by the account name only where there is none.
  if (named && a.has('customer_id') !== b.has('customer_id')) own.push(businessKeys[place.kind].parts.find(isCustomer)!);
  return own.length === 0 ? undefined : { differences, shared, own };
}

const isCustomer = (part: string): boolean => part.startsWith('coalesce(customer_id');

function comparedTimes(
  db: ReadDb,
  place: Place,
  first: Looked,
  second: Looked,
  column: string,
): { precision: Precision; lacking: 'first' | 'second'; what: 'hours' | 'seconds' } | undefined {
  const files = [first, second];
  const seen = files.map((file) => sampledPrecision(db, place, file, column));
  // A sample tells too little only where it is the less precise one.
  const told = seen.map((p, i) => (p < Math.max(...seen) ? wholePrecision(db, place, files[i]!, column) : p));
  const [a, b] = [told[0]!, told[1]!];
  if (a === b) return undefined;
  const precision = a < b ? a : b;
  return { precision, lacking: a < b ? 'first' : 'second', what: precision === 10 ? 'hours' : 'seconds' };
}

const precise = (column: string): string =>
  `max(CASE WHEN substr(${column}, 18, 2) <> '00' THEN 19 WHEN substr(${column}, 12, 5) <> '00:00' THEN 16 ELSE 10 END)`;

/** Places of a sheet at which rows are sampled, and how many at each. */
const [samples, sampledRows] = [8n, 100];

/** The precision of a column by some of its rows: the rows of one kind of product may all be told by the hour. */
function sampledPrecision(db: ReadDb, { kind, cycle }: Place, { sheets }: Looked, column: string): Precision {
  const table = tableOf(kind);
  const select = db
    .prepare<[string, bigint, bigint, number], bigint | null>(
      `SELECT ${precise(column)} FROM (SELECT ${column} FROM ${table} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ? LIMIT ?)`,
    )
    .pluck();
  const rows = db.prepare<[bigint], bigint>('SELECT rows FROM sheet WHERE id = ?').pluck();
  let found: Precision = 10;
  for (const sheet of sheets) {
    const last = (sheet + 1n) * rowsPerSheet - 1n;
    const step = (rows.get(sheet) ?? 0n) / samples;
    for (let n = 0n; n < (step === 0n ? 1n : samples) && found < 19; n++) {
      found = higher(found, select.get(cycle, sheet * rowsPerSheet + n * step, last, sampledRows));
    }
  }
  return found;
}

function wholePrecision(db: ReadDb, { kind, cycle }: Place, { sheets }: Looked, column: string): Precision {
  const select = db
    .prepare<[string, bigint, bigint], bigint | null>(
      `SELECT ${precise(column)} FROM ${tableOf(kind)} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?`,
    )
    .pluck();
  return sheets.reduce<Precision>(
    (found, sheet) => higher(found, select.get(cycle, sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n)),
    10,
  );
}

const higher = (found: Precision, other: bigint | null | undefined): Precision => Math.max(found, Number(other ?? 10n)) as Precision;
