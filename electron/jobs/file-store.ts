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

/**
 * Keeps the original under its SHA-256, written beside and renamed, so that a file in the folder is always whole. False where the file is no
 * longer the one that was read.
 */
export async function keepOriginal(file: string, sha256: string, folder: string): Promise<boolean> {
  const target = path.join(folder, sha256);
  if (fs.existsSync(target)) return true;
  fs.mkdirSync(folder, { recursive: true });
  const temporary = path.join(folder, `.${sha256}.${process.pid}.part`);
  try {
    fs.copyFileSync(file, temporary, fs.constants.COPYFILE_FICLONE);
    if ((await hashFile(temporary)).sha256 !== sha256) return false;
    const handle = fs.openSync(temporary, 'r+');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(temporary, target);
    return true;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
