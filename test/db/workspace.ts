import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { importFiles, type ImportAnswers, type ImportedFile } from '../../electron/jobs/import.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');

/** A database of its own in a folder of its own, and the files put there. */
export interface Workspace {
  readonly folder: string;
  readonly db: WriteDb;
  /** Writes a file of these lines and returns its path. */
  put(name: string, content: string | readonly string[]): string;
  /** Imports one file (or previews it). */
  take(file: string, answers?: ImportAnswers, dryRun?: boolean): Promise<ImportedFile>;
  /** What `sql` gives, a row as its values joined by a blank. */
  rows(sql: string): string[];
  close(): void;
}

/** Opens an empty workspace; `close` leaves nothing. */
export function openWorkspace(): Workspace {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-workspace-'));
  const db = openForWriting(path.join(folder, 'hezhang.db'), migrations);
  return {
    folder,
    db,
    put(name, content) {
      const file = path.join(folder, name);
      fs.writeFileSync(file, typeof content === 'string' ? content : content.join('\n'));
      return file;
    },
    async take(file, answers = {}, dryRun = false) {
      const options = { answers, strict: false, dryRun, language: 'zh' } as const;
      const context = { db, filesFolder: path.join(folder, 'files'), now: () => '2026-01-01 00:00:00' };
      return (await importFiles([file], options, context))[0]!;
    },
    rows: (sql) => (db.prepare(sql).raw().all() as unknown[][]).map((row) => row.map(String).join(' ')),
    close() {
      db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
