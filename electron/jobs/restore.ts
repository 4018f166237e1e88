import fs from 'node:fs';
import path from 'node:path';
import { databaseVersion, replaceDatabase } from '../../db/backup.ts';
import { recordInJournal } from '../../db/journal.ts';
import { knownVersion, openForReading, openForWriting, type UpgradeStep } from '../../db/open.ts';
import { keptFiles, verifyDatabase } from '../../db/verify.ts';
import type { BackupManifest } from '../core/backup.ts';
import { BackupRefused, readBackupArchive } from '../importing/backup-archive.ts';
import { backUp } from './backup.ts';
import { hashFile } from './file-store.ts';

export interface RestoreOptions {
  /** The backup. */
  readonly file: string;
  readonly database: string;
  readonly filesFolder: string;
  readonly migrations: string;
  /** Where the backup of what is there now is kept. */
  readonly backups: string;
  /** An empty folder on the workspace's own disk. */
  readonly work: string;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  readonly at: string;
  /** Does the exchange of the database, which cannot be taken back, or throws where the job was cancelled before. */
  exchange(write: () => Promise<void>): Promise<void>;
  onProgress(stage: 'check' | 'keep' | UpgradeStep['stage'] | 'restore', done: number, total: number): void;
}

/**
 * Puts a backup in the place of what is there. Everything is proven first (entries, hashes, the database itself); the backup's
 * database is brought up to date where it lies; what is there now is backed up; then originals are added (none is removed) and the database is
 * exchanged as one transaction, the last step. Throws BackupRefused before anything is changed.
 */
export async function restoreBackup(options: RestoreOptions): Promise<{ manifest: BackupManifest; previous: string }> {
  const { work, filesFolder, database, migrations, at, onProgress } = options;
  const manifest = await readBackupArchive(options.file, work, (done, total) => onProgress('check', done, total));
  const copy = path.join(work, 'hezhang.db');
  proveDatabase(copy, manifest, knownVersion(migrations));
  upgradeCopy(copy, options);
  const previous = await keepPrevious(options);
  fs.mkdirSync(filesFolder, { recursive: true });
  for (const { sha256 } of manifest.files) await placeOriginal(path.join(work, sha256), path.join(filesFolder, sha256), sha256);
  onProgress('restore', 1, 1);
  // In the copy already: nothing is left to do after the exchange.
  const db = openForWriting(copy, migrations);
  recordInJournal(db, at, 'workspace.restore', { backupOf: manifest.at, previous: path.basename(previous) });
  db.close();
  await options.exchange(() => replaceDatabase(copy, database));
  return { manifest, previous };
}

/** Brings the backup's database up to date where it lies. */
function upgradeCopy(copy: string, { migrations, onProgress }: RestoreOptions): void {
  try {
    openForWriting(copy, migrations, { isCopy: true, onStep: ({ stage, done, total }) => onProgress(stage, done, total) }).close();
  } catch (error) {
    // Sound in SQLite's eyes, and still not what that version of ours wrote.
    const code = (error as { readonly code?: unknown }).code;
    if (code !== 'SQLITE_ERROR' && !String(code).startsWith('SQLITE_CONSTRAINT')) throw error;
    const why = (error as Error).message;
    throw new BackupRefused('damaged', `数据库升级不到本版本（${why}）`, `its database cannot be upgraded to this version (${why})`);
  }
}

/** The database of the backup: sound in SQLite's own eyes, of a version we know, and standing on no original that the backup does not name. */
function proveDatabase(file: string, manifest: BackupManifest, known: number): void {
  if (manifest.databaseVersion > known) {
    throw new BackupRefused(
      'newer',
      `数据库版本 ${manifest.databaseVersion}，本版本只认识到 ${known}`,
      `database version ${manifest.databaseVersion}, this app knows ${known}`,
    );
  }
  const damaged = (why: string): BackupRefused =>
    new BackupRefused('damaged', `数据库不完好（${why}）`, `its database is not sound (${why})`);
  let db: ReturnType<typeof openForReading> | undefined;
  try {
    db = openForReading(file);
    const { faults } = verifyDatabase(db);
    if (faults.length > 0) throw damaged(faults[0]!);
    if (databaseVersion(db) !== manifest.databaseVersion) throw damaged(`version ${databaseVersion(db)}`);
    const named = new Set([...manifest.files, ...manifest.missing].map(({ sha256 }) => sha256));
    const lost = keptFiles(db).find(({ sha256 }) => !named.has(sha256));
    if (lost)
      throw new BackupRefused(
        'damaged',
        `缺原件“${lost.name}”（${lost.sha256}）`,
        `the original "${lost.name}" (${lost.sha256}) is not in it`,
      );
  } catch (error) {
    const code = (error as { readonly code?: unknown }).code;
    throw typeof code === 'string' && code.startsWith('SQLITE_') ? damaged(code) : error;
  } finally {
    db?.close();
  }
}

/** Backs up what is there now, under a name that is not taken; returns its path. */
async function keepPrevious(options: RestoreOptions): Promise<string> {
  const { backups, at, work, filesFolder, onProgress } = options;
  const stem = path.join(backups, `before-restore-${at.replace(/\D/g, '')}`);
  let target = `${stem}.zip`;
  for (let n = 2; fs.existsSync(target); n++) target = `${stem}-${n}.zip`;
  const part = path.join(work, 'previous.zip');
  const db = openForReading(options.database);
  try {
    await backUp({ db, filesFolder, target: part, work, at, onProgress: (_stage, done, total) => onProgress('keep', done, total) });
  } finally {
    db.close();
  }
  fs.renameSync(part, target);
  return target;
}

/** An original that is there and whole stays; else the backup's takes its place. */
async function placeOriginal(from: string, target: string, sha256: string): Promise<void> {
  const there = await hashFile(target).catch(() => undefined);
  if (there?.sha256 !== sha256) fs.renameSync(from, target);
}
