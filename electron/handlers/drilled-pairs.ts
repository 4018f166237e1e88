import fs from 'node:fs';
import path from 'node:path';
import { DrillReader } from '../../db/drilling/read.ts';
import type { Pair } from '../core/bridge.ts';
import type { AppContext } from './context.ts';

/** So many pairs are kept at hand; going back to one of them costs nothing. */
const most = 4;

interface Drilled {
  readonly runId: string;
  readonly file: string;
  readonly reader: Promise<DrillReader>;
}

/** The pairs that were looked into last, each in a file of its own among the session's results. */
export class DrilledPairs {
  readonly #context: AppContext;
  readonly #kept = new Map<string, Drilled>();
  #next = 0;

  constructor(context: AppContext) {
    this.#context = context;
  }
  /** The groups of one pair of the month's run `runId`, collected now where they are not at hand. */
  open(cycle: string, pair: Pair, runId: string): Promise<DrillReader> {
    const name = `${cycle} ${pair}`;
    const kept = this.#kept.get(name);
    if (kept?.runId === runId) {
      // The last one asked for is dropped last.
      this.#kept.delete(name);
      this.#kept.set(name, kept);
      return kept.reader;
    }
    if (kept) void this.#drop(name, kept);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size < most) break;
      void this.#drop(oldest, old);
    }
    const file = path.join(this.#context.resultsFolder, `drill-${this.#next++}.db`);
    const reader = this.#context.jobs.run({ name: 'drill', cycle, pair, file }).then(() => new DrillReader(file));
    const drilled: Drilled = { runId, file, reader };
    this.#kept.set(name, drilled);
    reader.catch(() => {
      if (this.#kept.get(name) === drilled) this.#kept.delete(name);
    });
    return reader;
  }
  /** Lets go of every file; the folder itself is removed by the app. */
  async close(): Promise<void> {
    await Promise.all([...this.#kept].map(([name, drilled]) => this.#drop(name, drilled)));
  }
  #drop(name: string, { reader, file }: Drilled): Promise<void> {
    this.#kept.delete(name);
    return reader.then(
      (open) => {
        open.close();
        fs.rmSync(file, { force: true });
      },
      () => undefined,
    );
  }
}
