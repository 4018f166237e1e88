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

/** Which state of a file was read: its size, time of change and place. */
export function stateOf(file: string): string {
  const { ino, mtimeNs, size } = fs.statSync(file, { bigint: true });
  return `${ino} ${mtimeNs} ${size}`;
}

/**
 * Keeps the original under its SHA-256, written beside and renamed, so that a file in the folder is always whole. False where the file is no
 * longer in the state in which it was hashed and read.
 */
export function keepOriginal(file: string, state: string, sha256: string, folder: string): boolean {
  const target = path.join(folder, sha256);
  if (fs.existsSync(target)) return stateOf(file) === state;
  fs.mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${sha256}.${process.pid}.part`);
  try {
    fs.copyFileSync(file, temporary, fs.constants.COPYFILE_FICLONE);
    if (stateOf(file) !== state) return false;
    const handle = fs.openSync(temporary, 'r+');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(temporary, target);
    return true;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
