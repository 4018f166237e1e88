import type { Kind } from '../electron/core/kinds.ts';
import type { ReadDb, WriteDb } from './open.ts';

/**
 * Notes that rows of a statement changed: to be called by whatever adds or deletes rows, settles which are in force or writes into them. A stamp is
 * higher than all before it and stays, so that equal stamps mean equal rows.
 */
export function stampStatement(db: WriteDb, kind: Kind, cycle: string): void {
  db.prepare(
    `INSERT INTO statement_stamp (kind, cycle, stamp) VALUES (?, ?, (SELECT coalesce(max(stamp), 0) + 1 FROM statement_stamp))
     ON CONFLICT (kind, cycle) DO UPDATE SET stamp = excluded.stamp`,
  ).run(kind, cycle);
}

/** The stamps of these kinds in every month, in a fixed order. */
export const stampsOf = (db: ReadDb, kinds: readonly Kind[]): { kind: Kind; cycle: string; stamp: bigint }[] =>
  db
    .prepare<[string], { kind: Kind; cycle: string; stamp: bigint }>(
      'SELECT kind, cycle, stamp FROM statement_stamp WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY kind, cycle',
    )
    .all(JSON.stringify(kinds));

/** The highest stamp of all; 0 where nothing has one. */
export const highestStamp = (db: ReadDb): bigint =>
  db.prepare<[], bigint>('SELECT coalesce(max(stamp), 0) FROM statement_stamp').pluck().get()!;
