import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { businessKeys } from './business-keys.ts';
import type { Place } from './in-force.ts';
import { namesOrder } from './overlap-orders.ts';
import type { OverlapFile } from './overlap-rows.ts';
import type { WriteDb } from './open.ts';

/** So much of a file may at most be the order that it shares with another part: more would be an overlap. */
const mostShared = 4;

/**
 * Of the keys about which files contradict each other, and of the others of their orders, those that are no contradiction: two part files of one
 * statement have one order between them, and its rows are the last of the one and the first of the other. Each part has a piece of that order then,
 * and all rows count; an export that was cut by time, customer or product has its orders whole.
 */
export function splitBetween(db: WriteDb, place: Place, files: readonly OverlapFile[], contradicted: readonly string[]): string[] {
  if (!namesOrder(place.kind)) return [];
  const ranksOf = db.prepare<[string], bigint>('SELECT DISTINCT rank FROM temp.overlap_row WHERE key = ? ORDER BY rank').pluck();
  const pairs = new Map(contradicted.map((key) => [ranksOf.all(key).map(Number)] as const).map(([ranks]) => [ranks.join(), ranks]));
  return [...pairs.values()].flatMap(([a, b, ...more]) => {
    if (a === undefined || b === undefined || more.length > 0) return [];
    const most = Math.floor(Math.min(files[a]!.rows, files[b]!.rows) / mostShared);
    const [mine, theirs] = [sharedRows(db, a, b, most), sharedRows(db, b, a, most)];
    if (mine.length > most || theirs.length > most || !isOneOrder(db, place, [...mine, ...theirs])) return [];
    const ends = (rows: readonly Shared[], rank: number): End[] => endsOf(db, place, files[rank]!, rows);
    const [mineAt, theirsAt] = [ends(mine, a), ends(theirs, b)];
    const faces = (mineAt.includes('last') && theirsAt.includes('first')) || (mineAt.includes('first') && theirsAt.includes('last'));
    return faces ? [...new Set(mine.map((row) => row.key))] : [];
  });
}

interface Shared {
  readonly id: bigint;
  readonly key: string;
}

/** The rows of one file whose key another file has; one more than `most` where there are more. */
const sharedRows = (db: WriteDb, rank: number, other: number, most: number): Shared[] =>
  db
    .prepare<[number, number, number], Shared>(
      `SELECT id, key FROM temp.overlap_row l
        WHERE rank = ? AND EXISTS (SELECT 1 FROM temp.overlap_row h WHERE h.key = l.key AND h.rank = ?) ORDER BY id LIMIT ?`,
    )
    .all(rank, other, most + 1);

/** The customer and the order of a row, of the table under the alias `t`. */
const orderSql = (kind: Place['kind']): string => `${businessKeys[kind].parts[0]!} || char(31) || coalesce(t.trade_id, '')`;

function isOneOrder(db: WriteDb, { kind }: Place, rows: readonly Shared[]): boolean {
  const orderOf = db.prepare<[bigint], string>(`SELECT ${orderSql(kind)} FROM ${tableOf(kind)} t WHERE t.id = ?`).pluck();
  return new Set(rows.map(({ id }) => orderOf.get(id))).size === 1;
}

type End = 'first' | 'last';

/** At which ends of its file the order of these rows stands, nothing else beside it. */
function endsOf(db: WriteDb, { kind, cycle }: Place, { sheets }: OverlapFile, rows: readonly Shared[]): End[] {
  const [first, last] = [rows[0]!.id, rows.at(-1)!.id];
  const other = db.prepare<{ cycle: string; one: bigint; from: bigint; to: bigint }>(
    `SELECT 1 FROM ${tableOf(kind)} t NOT INDEXED WHERE t.cycle = :cycle AND t.id BETWEEN :from AND :to
        AND ${orderSql(kind)} IS NOT (SELECT ${orderSql(kind)} FROM ${tableOf(kind)} t WHERE t.id = :one) LIMIT 1`,
  );
  const hasOther = (from: bigint, to: bigint): boolean =>
    sheets.some((sheet) => {
      const [start, end] = [sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n];
      const part = { from: from > start ? from : start, to: to < end ? to : end };
      return part.from <= part.to && other.get({ cycle, one: first, ...part }) !== undefined;
    });
  const [start, end] = [sheets[0]! * rowsPerSheet, (sheets.at(-1)! + 1n) * rowsPerSheet - 1n];
  return [...(hasOther(start, last) ? [] : (['first'] as const)), ...(hasOther(first, end) ? [] : (['last'] as const))];
}
