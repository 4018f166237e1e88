import type Database from 'better-sqlite3';
import type { ReadDb } from './open.ts';

const held = new WeakMap<ReadDb, Map<string, Database.Statement<unknown[], unknown>>>();

/**
 * The statement of this text on this connection, prepared once: for lookups that run for every finding, where a statement each would cost some ten
 * kilobytes outside the heap until the next collection. Never for `iterate`, which keeps its statement busy.
 */
export function prepared<Values extends unknown[] | object, Row>(
  db: ReadDb,
  sql: string,
): Database.Statement<Values extends unknown[] ? Values : [Values], Row> {
  const statements = held.get(db) ?? new Map<string, Database.Statement<unknown[], unknown>>();
  held.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return statement as never;
}
