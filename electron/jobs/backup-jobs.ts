import path from 'node:path';
import { recordInJournal } from '../../db/journal.ts';
import type { WriteDb } from '../../db/open.ts';
import type { BackupManifest } from '../core/backup.ts';
import { AppError } from '../errors.ts';
import { BackupRefused } from '../importing/backup-archive.ts';
import { backUp } from './backup.ts';
import { nowText } from './clock.ts';
import type { Job, JobResults, WorkerInput, WorkerMessage } from './protocol.ts';
import { restoreBackup, type RestoreOptions } from './restore.ts';

type JobOf<N extends Job['name']> = Extract<Job, { name: N }>;
type Send = (message: WorkerMessage) => void;

/** The backup job: writes the file, proves it, and notes it in the journal. A file that cannot be written is refused by name. */
export async function runBackup(job: JobOf<'backup'>, input: WorkerInput, db: WriteDb, send: Send): Promise<BackupManifest> {
  const { target, work } = job;
  const at = nowText();
  try {
    const onProgress = progressOf('backup', send);
    const manifest = await backUp({ db, filesFolder: input.filesFolder, target, work, at, onProgress });
    recordInJournal(db, at, 'workspace.backup', { originals: manifest.files.length, database: manifest.database.sha256 });
    return manifest;
  } catch (error) {
    throw explained(error, target);
  }
}

/** The restore job. Opens no connection before the database is exchanged, so that none stands in its way. */
export async function runRestore(
  job: JobOf<'restore'>,
  input: WorkerInput,
  { send, exchange }: { readonly send: Send; readonly exchange: RestoreOptions['exchange'] },
): Promise<JobResults['restore']> {
  const { database, filesFolder, migrations } = input;
  try {
    return await restoreBackup({
      ...job,
      database,
      filesFolder,
      migrations,
      at: nowText(),
      exchange,
      onProgress: progressOf('restore', send),
    });
  } catch (error) {
    throw explained(error, job.file);
  }
}

const progressOf =
  (job: 'backup' | 'restore', send: Send) =>
  (stage: string, done: number, total: number): void =>
    send({ kind: 'progress', progress: { job, stage, done, total } });

/** What is the backup's or the disk's fault and not ours, as a refusal that says so. */
function explained(error: unknown, file: string): unknown {
  const name = path.basename(file);
  if (error instanceof BackupRefused) {
    return error.kind === 'newer'
      ? new AppError('backup.newer', {
          zh: `备份“${name}”是更新版本的核账写的（${error.zh}）：请升级核账后再恢复，数据没有改动`,
          en: `A newer version of Hezhang wrote the backup "${name}" (${error.en}): update Hezhang and restore then; nothing was changed`,
        })
      : new AppError('backup.damaged', {
          zh: `备份“${name}”不能用：${error.zh}。请换一份备份，数据没有改动`,
          en: `The backup "${name}" cannot be used: ${error.en}. Take another backup; nothing was changed`,
        });
  }
  const code = (error as { readonly code?: unknown }).code;
  if (
    typeof code !== 'string' ||
    !/^(EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|ENOSPC|EDQUOT|EBUSY|SQLITE_FULL|SQLITE_CANTOPEN|SQLITE_IOERR.*)$/.test(code)
  )
    return error;
  return new AppError('file.unwritable', {
    zh: `“${name}”没有完成（${code}）：请检查磁盘空间和文件夹权限，或换一个位置；数据没有改动`,
    en: `"${name}" was not finished (${code}): check the free space and the permissions, or take another place; your data is unchanged`,
  });
}
