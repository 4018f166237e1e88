import fs from 'node:fs';
import path from 'node:path';
import { databaseVersion, snapshotDatabase } from '../../db/backup.ts';
import { openForReading, type ReadDb } from '../../db/open.ts';
import { keptFiles } from '../../db/verify.ts';
import type { BackedUpFile, BackupManifest } from '../core/backup.ts';
import { writeBackupArchive } from '../exporting/backup-archive.ts';
import { readBackupArchive } from '../importing/backup-archive.ts';
import { hashFile } from './file-store.ts';

export interface BackupOptions {
  readonly db: ReadDb;
  /** Where originals are kept, by SHA-256. */
  readonly filesFolder: string;
  /** The file to write; what is there is written over. */
  readonly target: string;
  /** An empty folder for the copy of the database. */
  readonly work: string;
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  readonly at: string;
  onProgress(stage: 'hash' | 'write' | 'check', done: number, total: number): void;
}

/**
 * Backs the workspace up into one file: the database as it is at this moment, and every original that it stands on. An original that is gone or
 * changed is left out and named in the manifest. What was written is read back and proven before this returns.
 */
export async function backUp(options: BackupOptions): Promise<BackupManifest> {
  const { target, filesFolder, onProgress } = options;
  const database = path.join(options.work, 'snapshot.db');
  const place = (sha256: string): string => path.join(filesFolder, sha256);
  snapshotDatabase(options.db, database);
  try {
    const manifest = await manifestOf(options, database, place);
    const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, manifest.database.bytes);
    let done = 0;
    await writeBackupArchive(target, manifest, { database, file: place }, (bytes) => onProgress('write', (done += bytes), total));
    await readBackupArchive(target, undefined, (read) => onProgress('check', read, total));
    return manifest;
  } finally {
    fs.rmSync(database, { force: true });
  }
}

async function manifestOf(options: BackupOptions, database: string, place: (sha256: string) => string): Promise<BackupManifest> {
  const { version, kept } = contentsOf(database);
  const files: BackedUpFile[] = [];
  const missing: { sha256: string; name: string }[] = [];
  for (const [index, { sha256, name }] of kept.entries()) {
    const found = await hashFile(place(sha256)).catch(() => undefined);
    if (found?.sha256 === sha256) files.push({ sha256, bytes: found.bytes, name });
    else missing.push({ sha256, name });
    options.onProgress('hash', index + 1, kept.length);
  }
  return { at: options.at, databaseVersion: version, database: await hashFile(database), files, missing };
}

function contentsOf(database: string): { version: number; kept: { sha256: string; name: string }[] } {
  const db = openForReading(database);
  try {
    return { version: databaseVersion(db), kept: keptFiles(db) };
  } finally {
    db.close();
  }
}
