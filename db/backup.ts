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
 * new one is there, and a process killed in between leaves the old one. The other one is rewritten first where its pages have another size,
 * for a database that is in use keeps its own. Rejects with SQLITE_BUSY where another writer holds the live one for longer than `patienceMs`.
 */
export async function replaceDatabase(from: string, live: string, patienceMs = 10_000): Promise<void> {
  const source = new Database(from, { fileMustExist: true });
  try {
    const size = pageSize(live);
    if (Number(source.pragma('page_size', { simple: true })) !== size) {
      // A database with a log beside it keeps the size of its pages.
      source.pragma('journal_mode = DELETE');
      source.pragma(`page_size = ${size}`);
      source.exec('VACUUM');
    }
    const { totalPages } = await source.backup(live, { progress: untilStuck(patienceMs) });
    // Where the lock cannot be had at the very start, the library reports the end of a copy of no pages.
    if (totalPages !== Number(source.pragma('page_count', { simple: true }))) throw stuck();
  } finally {
    source.close();
  }
}

const stuck = (): Error => Object.assign(new Error('the database stays locked'), { code: 'SQLITE_BUSY' });

/** The library tries a locked database again without end; this ends it where no page was copied for so long. */
function untilStuck(patienceMs: number): (progress: { remainingPages: number }) => number {
  let left = Number.POSITIVE_INFINITY;
  let since = Date.now();
  return ({ remainingPages }) => {
    if (remainingPages < left) [left, since] = [remainingPages, Date.now()];
    else if (Date.now() - since > patienceMs) throw stuck();
    return pagesAtOnce;
  };
}

function pageSize(file: string): number {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return Number(db.pragma('page_size', { simple: true }));
  } finally {
    db.close();
  }
}

/** Which migration the database stands at. */
export const databaseVersion = (db: ReadDb): number => Number(db.pragma('user_version', { simple: true }));
