import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** A connection that may only read; branded so that a function which writes cannot be given one by mistake. */
export type ReadDb = Database.Database & { readonly [readable]: true };
/** A connection that may write. Every writer can also read. */
export type WriteDb = ReadDb & { readonly [writable]: true };
declare const readable: unique symbol;
declare const writable: unique symbol;

const cacheKibi = 65_536;
/** Pages of the log that a commit leaves there, 128 MB: a small file dirties every index a little, and to carry that over takes as long as reading the file. */
const logPages = 8192;

/** What a database of an older version goes through before it can be opened: its copy, then each migration. */
export interface UpgradeStep {
  readonly stage: 'copy' | 'change';
  readonly done: number;
  readonly total: number;
}
/** An older database and how much is copied and read for its upgrade. */
export interface PendingUpgrade {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
}

export interface WriteOptions {
  /** Hears of each step of an upgrade before it begins, and may throw to stop it: then the database stays as it was. */
  onStep?(step: UpgradeStep): void;
  /** The database is itself a copy: its upgrade keeps no further one. */
  readonly isCopy?: boolean;
}

/** The database was written by a newer version of the app; it is left untouched. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

/** Loads SQLite's native code, which better-sqlite3 leaves to the first connection. */
export function loadDriver(): void {
  new Database(':memory:').close();
}

/**
 * Opens (and creates or migrates) the workspace's database for writing. Every integer comes back as bigint: better-sqlite3 rounds integers
 * above 2^53 silently otherwise. The migrations are the `NNNN_name.sql` files of the folder, in order; `user_version` counts them; a database
 * with rows is backed up to `backups/` before it is migrated. Throws NewerDatabase.
 */
export function openForWriting(file: string, migrations: string, options: WriteOptions = {}): WriteDb {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const db = new Database(file);
  try {
    db.defaultSafeIntegers();
    // Of a database that is made anew; larger pages make a bulk load a tenth quicker.
    db.pragma('page_size = 16384');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${logPages}`);
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    db.pragma(`cache_size = -${cacheKibi}`);
    // No sorting on further threads: a job that is cancelled ends its thread, and SQLite's helper must not outlive it.
    db.pragma('threads = 0');
    db.pragma('temp_store = FILE');
    migrate(db, file, migrations, options);
  } catch (error) {
    db.close();
    throw error;
  }
  return db as WriteDb;
}

/** Opens an existing database for reading only. */
export function openForReading(file: string): ReadDb {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.defaultSafeIntegers();
  db.pragma('busy_timeout = 5000');
  db.pragma(`cache_size = -${cacheKibi}`);
  return db as ReadDb;
}

/**
 * Opens an existing database for a part of a run beside the thread that writes: SQLite itself refuses whatever is written but TEMP tables. With the same
 * means as the writer, so that the parts are found just as fast.
 */
export function openForJudging(file: string): WriteDb {
  const db = openForReading(file);
  db.pragma('threads = 0');
  db.pragma('temp_store = FILE');
  return db as WriteDb;
}

/** Runs work that sorts millions of rows. A sorter gathers as much as the cache may hold: what fits the processor's own cache sorts a quarter faster, in less memory. */
export function sortingInParts<T>(db: WriteDb, work: () => T): T {
  db.pragma(`cache_size = -${cacheKibi / 16}`);
  try {
    return work();
  } finally {
    db.pragma(`cache_size = -${cacheKibi}`);
  }
}

const migrationFiles = (folder: string): string[] =>
  fs
    .readdirSync(folder)
    .filter((f) => /^\d{4}_.*\.sql$/.test(f))
    .sort();

/** The newest database version that this app knows: the number of its migrations. */
export const knownVersion = (migrations: string): number => migrationFiles(migrations).length;

/** What opening this database for writing will do first; undefined where it is new, up to date or newer. */
export function pendingUpgrade(file: string, migrations: string): PendingUpgrade | undefined {
  if (!fs.existsSync(file)) return undefined;
  const db = openForReading(file);
  try {
    const from = Number(db.pragma('user_version', { simple: true }));
    const to = knownVersion(migrations);
    return from === 0 || from >= to ? undefined : { from, to, bytes: fs.statSync(file).size };
  } finally {
    db.close();
  }
}

function migrate(db: Database.Database, file: string, folder: string, { onStep, isCopy = false }: WriteOptions): void {
  const files = migrationFiles(folder);
  const at = Number(db.pragma('user_version', { simple: true }));
  if (at > files.length) throw new NewerDatabase(`database version ${at}, this app knows ${files.length}`);
  if (at === files.length) return;
  const copies = at > 0 && !isCopy ? 1 : 0;
  const total = files.length - at + copies;
  if (copies > 0) {
    onStep?.({ stage: 'copy', done: 0, total });
    backUp(db, file, at);
  }
  db.transaction(() => {
    // Another process may have migrated it while this one waited for its turn.
    const from = Number(db.pragma('user_version', { simple: true }));
    if (from >= files.length) return;
    for (const [index, name] of files.entries()) {
      if (index < from) continue;
      onStep?.({ stage: 'change', done: index - at + copies, total });
      db.exec(fs.readFileSync(path.join(folder, name), 'utf8'));
    }
    db.pragma(`user_version = ${files.length}`);
  }).immediate();
}

function backUp(db: Database.Database, file: string, version: number): void {
  const folder = path.join(path.dirname(file), 'backups');
  fs.mkdirSync(folder, { recursive: true });
  const target = path.join(folder, `before-migration-${version}.db`);
  fs.rmSync(target, { force: true });
  db.prepare('VACUUM INTO ?').run(target);
}
