import fs from 'node:fs/promises';
import path from 'node:path';

/** What an export is called while it is none yet is not here: browsers add an ending of their own until the download is done. */
const exportName = /^(?!\.|~\$).*\.(?:xlsx|csv|zip|tar\.gz|tgz)$/i;

/** One folder looked at from time to time (its own files, not those of folders in it). Asking is all it does: nothing is opened, nothing is written. */
export class FolderWatch {
  readonly folder: string;
  /** State of each file that was there at the start, or has been told of. */
  readonly #known = new Map<string, string>();
  /** State of each new file at the last look. */
  #seen = new Map<string, string>();
  #started = false;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Looks once. Answers the files that are new, or changed, since the first look and stand as they stood at the last one; each state of a file is told once. */
  async look(): Promise<string[]> {
    const now = await this.#states();
    if (!this.#started) {
      this.#started = true;
      for (const [name, state] of now) this.#known.set(name, state);
      return [];
    }
    const found: string[] = [];
    const seen = new Map<string, string>();
    for (const [name, state] of now) {
      if (this.#known.get(name) === state) continue;
      seen.set(name, state);
      if (this.#seen.get(name) !== state) continue;
      this.#known.set(name, state);
      found.push(path.join(this.folder, name));
    }
    this.#seen = seen;
    return found;
  }

  /** Size and time of change by name, in the order of names. A folder that is away (an unplugged disk) has no files. */
  async #states(): Promise<Map<string, string>> {
    const entries = await fs.readdir(this.folder, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((e) => e.isFile() && exportName.test(e.name)).map((e) => e.name);
    const states = new Map<string, string>();
    for (const name of names.sort()) {
      const stat = await fs.stat(path.join(this.folder, name)).catch(() => undefined);
      if (stat && stat.size > 0) states.set(name, `${stat.size} ${stat.mtimeMs}`);
    }
    return states;
  }
}
