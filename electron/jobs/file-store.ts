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

/** A copy of an original on its way to those that are kept. */
export interface OriginalCopy {
  /**
   * Gives the copy its name, the SHA-256; on the disk, name and all, when this is done. False where the file is no longer in the state in which it was
   * hashed and read.
   */
  keep(): Promise<boolean>;
  /** Removes what was not kept. */
  drop(): Promise<void>;
}

/**
 * Copies an original while its rows are read: written beside and renamed in the end, so that a file in the folder is always whole. Call it while the
 * database is locked for writing: what other processes began is then what they were killed at, and is removed.
 */
export function copyOriginal(file: string, state: string, sha256: string, folder: string): OriginalCopy {
  const target = path.join(folder, sha256);
  const temporary = path.join(folder, `.${sha256}.${process.pid}.part`);
  const copying = begin();
  copying.catch(() => undefined);

  /** Whether there is anything to name, and a folder that had to be made. */
  async function begin(): Promise<{ copied: boolean; made: string | undefined }> {
    dropParts(folder);
    if (fs.existsSync(target)) return { copied: false, made: undefined };
    const made = fs.mkdirSync(folder, { recursive: true });
    await fs.promises.copyFile(file, temporary, fs.constants.COPYFILE_FICLONE);
    await toDisk(temporary, 'r+');
    return { copied: true, made };
  }
  return {
    async keep() {
      const { copied, made } = await copying;
      if (stateOf(file) !== state) return false;
      if (!copied) return true;
      fs.renameSync(temporary, target);
      await syncFolder(folder);
      if (made !== undefined) await syncFolder(path.dirname(made));
      return true;
    },
    async drop() {
      await copying.catch(() => undefined);
      fs.rmSync(temporary, { force: true });
    },
  };
}

/** Without this a name may be gone after a power cut although the file is whole. Windows has no such call, and writes names through its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await toDisk(folder, 'r');
}

async function toDisk(file: string, flags: string): Promise<void> {
  const handle = fs.openSync(file, flags);
  try {
    await new Promise<void>((resolve, reject) => fs.fsync(handle, (error) => (error ? reject(error) : resolve())));
  } finally {
    fs.closeSync(handle);
  }
}
