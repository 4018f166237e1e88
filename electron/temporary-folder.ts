import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * A folder of this process for results or uploads, in the system's own place for such; the maker removes it. Those of processes that were killed
 * before they could are removed here.
 */
export function temporaryFolder(what: 'results' | 'upload'): string {
  const parent = os.tmpdir();
  const name = new RegExp(`^hezhang-${what}-(\\d+)-`);
  for (const entry of fs.readdirSync(parent)) {
    const pid = name.exec(entry)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) remove(path.join(parent, entry));
  }
  return fs.mkdtempSync(path.join(parent, `hezhang-${what}-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: another user's process.
    return (error as { readonly code?: unknown }).code !== 'ESRCH';
  }
}

/** Another user's folder stays. */
function remove(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'ENOTEMPTY' && code !== 'EBUSY') throw error;
  }
}
