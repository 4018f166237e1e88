import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** SHA-256 of a file's bytes, in hex, and how many they are. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20, ...(signal && { signal }) }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Which state of a file was read: its size, time of change and place; '' where there is none. */
export function stateOf(file: string): string {
  const stat = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
}

/** A copy that is not whole yet: its hash and the process that writes it. */
const partName = /^\.[0-9a-f]{64}\.(\d+)\.part$/;

/** Removes copies that were begun and never finished: those of one process, or of any. Call it only where no import of theirs can be running. */
export function dropParts(folder: string, pid?: number): void {
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const of = partName.exec(name)?.[1];
    if (of !== undefined && (pid === undefined || Number(of) === pid)) fs.rmSync(path.join(folder, name), { force: true });
  }
}

/**
 * Keeps the original under its SHA-256, written beside and renamed, so that a file in the folder is always whole; on the disk, name and all, when
 * this returns. False where the file is no longer in the state in which it was hashed and read. Call it while the database is locked for writing: what
 * other processes began is then what they were killed at, and is removed.
 */
export function keepOriginal(file: string, state: string, sha256: string, folder: string): boolean {
  const target = path.join(folder, sha256);
  dropParts(folder);
  if (fs.existsSync(target)) return stateOf(file) === state;
  const made = fs.mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${sha256}.${process.pid}.part`);
  try {
    fs.copyFileSync(file, temporary, fs.constants.COPYFILE_FICLONE);
    if (stateOf(file) !== state) return false;
    toDisk(temporary, 'r+');
    fs.renameSync(temporary, target);
    syncFolder(folder);
    if (made !== undefined) syncFolder(path.dirname(made));
    return true;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** Without this a name may be gone after a power cut although the file is whole. Windows has no such call, and writes names through its own journal. */
function syncFolder(folder: string): void {
  if (process.platform !== 'win32') toDisk(folder, 'r');
}

function toDisk(file: string, flags: string): void {
  const handle = fs.openSync(file, flags);
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
