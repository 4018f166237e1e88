import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import app from '../../package.json' with { type: 'json' };
import { ShareReader } from '../../db/drilling/read-shares.ts';
import type { AppContext } from './context.ts';

interface Opened {
  readonly name: string;
  readonly reader: Promise<ShareReader>;
}

/**
 * What the incentive of each month came to, in a small file for each month that outlives the session: to find it, a pair of statements is run again,
 * which takes a large month many seconds. It is named by the run that it belongs to, holds nothing that the database does not give again, and may be
 * removed at any time.
 */
export class KeptShares {
  readonly #context: AppContext;
  readonly #folder: string;
  readonly #opened = new Map<string, Opened>();

  constructor(context: AppContext) {
    this.#context = context;
    this.#folder = path.join(context.workspace, 'looked');
  }
  /** The sums of the month's run `runId`, made now where they are not kept. */
  open(cycle: string, runId: string): Promise<ShareReader> {
    const name = nameOf(cycle, runId);
    const opened = this.#opened.get(cycle);
    if (opened?.name === name) return opened.reader;
    if (opened) void letGo(opened);
    const reader = this.#read(cycle, name);
    const opening: Opened = { name, reader };
    this.#opened.set(cycle, opening);
    reader.catch(() => {
      if (this.#opened.get(cycle) === opening) this.#opened.delete(cycle);
    });
    return reader;
  }
  async close(): Promise<void> {
    await Promise.all([...this.#opened.values()].map(letGo));
  }
  async #read(cycle: string, name: string): Promise<ShareReader> {
    const file = path.join(this.#folder, name);
    const kept = keptReader(file);
    if (kept) return kept;
    fs.mkdirSync(this.#folder, { recursive: true });
    await this.#context.jobs.run({ name: 'shares', cycle, file });
    this.#dropOthers(cycle, name);
    return new ShareReader(file);
  }
  /** Those of the month's earlier runs. One that another window has open may stay until the next time. */
  #dropOthers(cycle: string, name: string): void {
    for (const other of fs.readdirSync(this.#folder)) {
      if (!other.startsWith(`incentives-${cycle}-`) || other === name) continue;
      try {
        fs.rmSync(path.join(this.#folder, other), { force: true });
      } catch (error) {
        const { code } = error as { readonly code?: unknown };
        if (code !== 'EBUSY' && code !== 'EPERM' && code !== 'EACCES') throw error;
      }
    }
  }
}

/** Nothing is taken over from another version of the app. */
const nameOf = (cycle: string, runId: string): string =>
  `incentives-${cycle}-${createHash('sha256').update(`${app.version}|${runId}`).digest('hex').slice(0, 24)}.db`;

/** Undefined where there is none, or what is there cannot be read: then it is made anew in its place. */
function keptReader(file: string): ShareReader | undefined {
  if (!fs.existsSync(file)) return undefined;
  try {
    return new ShareReader(file);
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (typeof code === 'string' && /^SQLITE_(?:NOTADB|CORRUPT|ERROR)/.test(code)) return undefined;
    throw error;
  }
}

const letGo = ({ reader }: Opened): Promise<void> =>
  reader.then(
    (open) => open.close(),
    () => undefined,
  );
