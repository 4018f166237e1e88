import type { ReadDb } from './open.ts';

/** What SQLite itself finds wrong with the database: broken pages and indexes, and rows that point to nothing. */
export interface DatabaseState {
  readonly tables: number;
  readonly journal: number;
  /** SQLite's own words, in English; at most 100. */
  readonly faults: readonly string[];
}

/** Reads the whole database; slow on a large one. */
export function verifyDatabase(db: ReadDb): DatabaseState {
  const broken = (db.pragma('integrity_check(100)') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok');
  const dangling = (db.pragma('foreign_key_check') as { table: string; rowid: bigint | null; parent: string }[])
    .slice(0, 100)
    .map((row) => `${row.table} row ${row.rowid ?? '?'} points to a row of ${row.parent} that is not there`);
  const count = (sql: string): number => Number(db.prepare<[], bigint>(sql).pluck().get());
  return {
    tables: count("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"),
    journal: count('SELECT count(*) FROM journal'),
    faults: [...broken, ...dangling],
  };
}

/** SHA-256 and name of every original that an import stands on, each once. */
export function keptFiles(db: ReadDb): { sha256: string; name: string }[] {
  return db
    .prepare<[], { sha256: string; name: string }>(
      `SELECT sha256, min(name) AS name
       FROM import
       WHERE undone_at IS NULL
       GROUP BY sha256
       ORDER BY sha256`,
    )
    .all();
}
