import type { Kind } from '../../electron/core/kinds.ts';
import type { Money } from '../../electron/core/money.ts';
import type { ReadDb } from '../open.ts';
import { searched } from './columns.ts';
import { customersLike } from './customers.ts';
import { rowsFitting } from './fitting.ts';

/** One row in force that holds what was searched for. Amounts are bigint in 1e-8 yuan. */
export interface FoundRow {
  readonly row: bigint;
  readonly kind: Kind;
  /** '' for the user's own tables. */
  readonly cycle: string;
  readonly customer: string | null;
  readonly number: string | null;
  readonly what: string | null;
  readonly amount: bigint | null;
}
export interface Sought {
  readonly text: string;
  /** The figure that the text is, where it is one. */
  readonly figure: Money | undefined;
}
/** One statement of one month. */
export interface Place {
  readonly kind: Kind;
  readonly cycle: string;
}

/**
 * Looks for a text (any part of an id or name) or a figure (to the last decimal, whatever its sign), in all months or in one: kinds in their
 * documented order, the newest month of each first, rows as in their files, up to `limit` of them. Pauses after each bounded step with what it
 * found there, so that a search can be given up.
 */
export function* findRows(db: ReadDb, sought: Sought, cycle: string | undefined, limit: number): Generator<FoundRow[]> {
  const places = placesOf(db, cycle);
  const cycles = [...new Set(places.map((p) => p.cycle))].filter((c) => c !== '');
  const like = `%${sought.text.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const keys = sought.figure === undefined ? yield* customersLike(db, cycles, like) : [];
  let left = limit;
  for (const place of places)
    for (const rows of rowsFitting(db, place, { sought, like, keys, most: limit })) {
      const found = rows.slice(0, left);
      left -= found.length;
      yield found;
      if (left === 0) return;
    }
}

/** Every statement that is here. */
function placesOf(db: ReadDb, cycle: string | undefined): Place[] {
  const here = db
    .prepare<[], Place>(
      'SELECT DISTINCT s.kind AS kind, c.cycle AS cycle FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE c.in_force = 1',
    )
    .all()
    .filter((p) => cycle === undefined || p.cycle === cycle || p.cycle === '');
  return (Object.keys(searched) as Kind[]).flatMap((kind) =>
    here.filter((p) => p.kind === kind).toSorted((a, b) => (a.cycle < b.cycle ? 1 : -1)),
  );
}
