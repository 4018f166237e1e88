import Database from 'better-sqlite3';
import type { ReadDb } from './open.ts';

/** Writes the whole database as it is at this moment into a new file; writers and readers go on meanwhile. */
export function snapshotDatabase(db: ReadDb, target: string): void {
  db.prepare('VACUUM INTO ?').run(target);
}

/** Pages copied in one go: the live database is locked for writing until all of them are. */
const pagesAtOnce = 100_000;

/**
 * Makes the live database the copy of another, as one transaction of SQLite's own: whoever has it open sees all of the old one until all of the
 * new one is there, and a process killed in between leaves the old one.
 */
export async function replaceDatabase(from: string, live: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(live, { progress: () => pagesAtOnce });
  } finally {
    source.close();
  }
}

/** Which migration the database stands at. */
export const databaseVersion = (db: ReadDb): number => Number(db.pragma('user_version', { simple: true }));
