import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../errors.ts';
import { makeFolders } from '../../folders.ts';
import { textOption, usageError, type Session } from './session.ts';

/** The absolute path of `--out`, a file in a folder that is there; `kind` is its ending. Checked before anything is made. */
export function outFile(session: Session, kind: string): string {
  const out = textOption(session, 'out');
  if (out === undefined) throw usageError(`缺少 --out FILE.${kind}：写到哪里`, `Missing: --out FILE.${kind}, where to write`);
  const target = path.resolve(session.cwd, out);
  assertWritable(target);
  return target;
}

export function assertWritable(target: string): void {
  const folder = path.dirname(target);
  if (!fs.existsSync(folder)) throw usageError(`没有文件夹 ${folder}，请先建立`, `There is no folder ${folder}: make it first`);
  if (fs.statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    throw usageError(`${target} 是文件夹，要写文件名`, `${target} is a folder: give a file name`);
  }
}

/** Puts a result where the person wants it; what is there is written over. */
export function copyTo(file: string, target: string): void {
  try {
    fs.copyFileSync(file, target);
  } catch (error) {
    throw unwritable(target, error);
  }
}

/** The absolute path of `--out`, a folder that `makeFolder` makes once there is something to put into it. */
export function outFolder(session: Session): string {
  const out = textOption(session, 'out');
  if (out === undefined) throw usageError('缺少 --out DIR：写到哪个文件夹', 'Missing: --out DIR, the folder to write to');
  return path.resolve(session.cwd, out);
}

export function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(target: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const why = (error as NodeJS.ErrnoException).code ?? String(error);
  return new AppError('file.unwritable', {
    zh: `不能写入 ${target}（${why}）：文件可能正被打开或没有权限，请换一个位置重做`,
    en: `${target} cannot be written (${why}): it may be open or not permitted; do it again to another place`,
  });
}
