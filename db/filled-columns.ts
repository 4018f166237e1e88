import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { Place } from './in-force.ts';
import type { ReadDb } from './open.ts';

/** The columns of which it was noted of every sheet that no row has a value in them. */
function emptyColumns(db: ReadDb, sheets: readonly bigint[]): Set<string> {
  const noted = db.prepare<[bigint], string | null>('SELECT empty_columns FROM sheet WHERE id = ?').pluck();
  const [first = [], ...others] = sheets.map((sheet) => JSON.parse(noted.get(sheet) ?? '[]') as string[]);
  return new Set(first.filter((column) => others.every((of) => of.includes(column))));
}

/** Rows that are looked at before a file is read to its end. */
const firstRows = 500;

/** Those of the columns that a file has a value in. */
export function filledColumns(
  db: ReadDb,
  place: Place,
  { sheets }: { readonly sheets: readonly bigint[] },
  columns: readonly string[],
): Set<string> {
  const filled = new Set<string>();
  const empty = emptyColumns(db, sheets);
  for (const most of [firstRows, -1]) {
    const open = columns.filter((column) => !filled.has(column) && !empty.has(column));
    if (open.length === 0) break;
    const select = db
      .prepare<[string, bigint, bigint, number], (bigint | null)[]>(
        `SELECT ${open.map((column) => `max(${column} IS NOT NULL)`).join(', ')} FROM (
           SELECT ${open.join(', ')} FROM ${tableOf(place.kind)} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ? LIMIT ?)`,
      )
      .raw();
    for (const s of sheets) {
      const found = select.get(place.cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n, most)!;
      for (const [i, column] of open.entries()) if (found[i] === 1n) filled.add(column);
    }
  }
  return filled;
}
