import fs from 'node:fs/promises';
import path from 'node:path';
import type { BackupManifest } from '../core/backup.ts';
import type { Text } from '../core/finding.ts';
import type { Handlers, Output } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** The workspace in one file, and back. */
export const backupHandlers = (context: AppContext): Pick<Handlers, 'workspace.backup' | 'workspace.restore'> => ({
  'workspace.backup': async ({ token }) => {
    const name = `核账备份-${context.now().slice(0, 16).replace(/\D/g, '')}.zip`;
    const target = token === undefined ? path.join(context.resultsFolder, name) : context.files.resolve(token);
    await assertPlace(target);
    // Beside the target and renamed at the end: what stands under the name is always whole.
    const part = `${target}.part`;
    try {
      const manifest = await inWorkFolder(context, (work) => context.jobs.run({ name: 'backup', target: part, work }));
      await fs.rename(part, target);
      return backedUp(context, target, manifest);
    } finally {
      await fs.rm(part, { force: true });
    }
  },
  'workspace.restore': async ({ token }) => {
    const file = context.files.resolve(token);
    await assertThere(file);
    const backups = path.join(context.workspace, 'backups');
    const { manifest, previous } = await inWorkFolder(context, (work) => context.jobs.run({ name: 'restore', file, work, backups }));
    context.emit('changed', { areas: ['imports', 'months', 'findings', 'requests', 'invoices', 'settings'] });
    return { at: manifest.at, originals: manifest.files.length, previous: path.basename(previous), notes: notesOf(manifest) };
  },
});

async function backedUp(context: AppContext, target: string, manifest: BackupManifest): Promise<Output<'workspace.backup'>> {
  const { size } = await fs.stat(target);
  const token = context.files.register(target);
  return { token, name: path.basename(target), originals: manifest.files.length, bytes: size, notes: notesOf(manifest) };
}

/** A folder of this job on the workspace's disk, gone when the job is over, however it ends. */
async function inWorkFolder<T>(context: AppContext, job: (work: string) => Promise<T>): Promise<T> {
  const backups = path.join(context.workspace, 'backups');
  await fs.mkdir(backups, { recursive: true });
  const work = await fs.mkdtemp(path.join(backups, '.work-'));
  try {
    return await job(work);
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

async function assertPlace(target: string): Promise<void> {
  const folder = path.dirname(target);
  const [there, parent] = await Promise.all([target, folder].map((one) => fs.stat(one).catch(() => undefined)));
  if (parent?.isDirectory() && !there?.isDirectory()) return;
  const text = parent?.isDirectory()
    ? { zh: `${target} 是文件夹，请写文件名`, en: `${target} is a folder: name a file` }
    : { zh: `没有文件夹 ${folder}，请先建立`, en: `There is no folder ${folder}: make it first` };
  throw new AppError('file.unwritable', text);
}

async function assertThere(file: string): Promise<void> {
  if ((await fs.stat(file).catch(() => undefined))?.isFile()) return;
  throw new AppError('file.missing', { zh: `没有备份文件 ${file}，请核对路径`, en: `There is no backup ${file}: check the path` });
}

/** One sentence for each original that is not in the backup. */
const notesOf = ({ missing }: BackupManifest): Text[] =>
  missing.map(({ sha256, name }) => ({
    zh: `原件“${name}”（${sha256}）不在或已变，不在备份里；数据库里它的数据都在`,
    en: `The original "${name}" (${sha256}) was missing or changed and is not in the backup; its data in the database is`,
  }));
