import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Text } from './core/finding.ts';
import { AppError } from './errors.ts';

interface Fault {
  /** Error codes of Node and of SQLite (extended ones too). */
  readonly when: RegExp;
  readonly code: string;
  /** `room` tells what is left on the disks. */
  readonly text: (where: string, room: () => Text) => Text;
}

const faults: readonly Fault[] = [
  {
    when: /^SQLITE_(?:BUSY|LOCKED)/,
    code: 'workspace.busy',
    text: () => ({
      zh: '另一个核账（窗口或命令行）正在写这个工作区，没有等到它结束；请稍后重试，这一步没有写入。',
      en: 'Another Hezhang (a window or a command line) is writing to this workspace and did not finish in time: try again later; this step wrote nothing.',
    }),
  },
  {
    when: /^(?:SQLITE_FULL|ENOSPC|EDQUOT)/,
    code: 'disk.full',
    text: (where, room) => {
      const left = room();
      return {
        zh: `磁盘已满${where}${left.zh}；请腾出空间后重试，没做完的这一步没有留下数据。`,
        en: `The disk is full${where}${left.en}: make room and try again; the step at hand left nothing behind.`,
      };
    },
  },
  {
    when: /^(?:SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EPERM|EROFS)/,
    code: 'write.not-permitted',
    text: (where) => ({
      zh: `没有读写权限，或文件正被别的程序占用${where}；请检查权限、关闭占用它的程序后重试。`,
      en: `Reading or writing is not permitted, or another program holds the file${where}: check the permissions, close that program and try again.`,
    }),
  },
  {
    when: /^(?:EEXIST|ENOTDIR|EISDIR|ENAMETOOLONG)$/,
    code: 'write.no-folder',
    text: (where) => ({
      zh: `这里不能写入${where}：路径中有一段是文件而不是文件夹（或相反），或名称太长；请换一个位置。`,
      en: `Nothing can be written here${where}: a part of the path is a file and no folder (or the reverse), or a name is too long; choose another place.`,
    }),
  },
  {
    when: /^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/,
    code: 'database.damaged',
    text: () => ({
      zh: '工作区的数据库已损坏；请用 verify 检查，并从备份恢复。',
      en: "The workspace's database is damaged: check it with verify and restore a backup.",
    }),
  },
  {
    when: /^(?:SQLITE_IOERR|EIO$)/,
    code: 'disk.failing',
    text: (where) => ({
      zh: `磁盘读写出错${where}；请检查磁盘或网络盘的连接后重试。`,
      en: `The disk failed to read or write${where}: check the disk, or the connection to it, and try again.`,
    }),
  },
];

/**
 * What the machine refused (a locked database, a full disk, a missing permission) as an error for people; undefined for anything else. `folders` are
 * those that were written to: SQLite does not say which disk is full.
 */
export function systemFault(error: unknown, folders: readonly string[] = []): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path: file } = error as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== 'string') return undefined;
  const fault = faults.find(({ when }) => when.test(code));
  const where = typeof file === 'string' ? ` (${file})` : '';
  return (
    fault &&
    new AppError(
      fault.code,
      fault.text(where, () => roomLeft([...folders, os.tmpdir()])),
      { system: code },
    )
  );
}

/** What is left on the disk of each folder; the system's own for temporary files is written to by every large sort. */
function roomLeft(folders: readonly string[]): Text {
  const left = folders.flatMap((folder) => {
    try {
      const { bavail, bsize } = fs.statfsSync(nearest(folder));
      return [{ folder, megabytes: Math.floor((bavail * bsize) / 1_000_000).toLocaleString('en-US') }];
    } catch {
      // One that cannot be asked is not told of.
      return [];
    }
  });
  if (left.length === 0) return { zh: '', en: '' };
  return {
    zh: `（${left.map((l) => `${l.folder} 所在磁盘剩 ${l.megabytes} MB`).join('，')}）`,
    en: ` (${left.map((l) => `${l.megabytes} MB left on the disk of ${l.folder}`).join(', ')})`,
  };
}

/** The folder itself, or the first one above it that is there. */
function nearest(folder: string): string {
  let at = path.resolve(folder);
  while (!fs.existsSync(at) && path.dirname(at) !== at) at = path.dirname(at);
  return at;
}
