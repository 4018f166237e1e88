import os from 'node:os';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MadeOutcome } from '../../db/kept-outcomes.ts';
import type { ReadDb } from '../../db/open.ts';
import { longReconcilers } from '../../db/reconciling/list.ts';
import type { OutcomeInput, OutcomeReply } from './outcome-thread.ts';
import { OutcomeTurns } from './outcome-turns.ts';
import { StopFlag } from './stop-flag.ts';

/** A run that may be shared with a thread beside the job's. */
export interface Aside {
  /** From how many rows of the month on. */
  readonly from: number;
  /** The job's: it must not be ended from outside while the other thread is being loaded. */
  readonly stop?: StopFlag;
}

/** Megabytes for objects that die young, as for reading aside. */
const young = 24;
/** How long the job waits between two looks at whether it is to stop (ms). */
const look = 200;
/** What never comes is not waited for longer (ms): a thread that had no memory left does not say so. */
const patience = 60_000;

/** Is the month large enough, and is there a processor for a second thread? */
export function worthAside(db: ReadDb, cycle: string, aside: Aside | undefined): aside is Aside {
  if (!aside || os.availableParallelism() < 2) return false;
  const rows = db.prepare<[string], bigint>('SELECT coalesce(sum(rows), 0) FROM sheet_cycle WHERE cycle = ?').pluck().get(cycle)!;
  return rows >= aside.from;
}

/**
 * A thread that takes parts of a run with a reading connection of its own, always the longest that nobody has. It sees what the job sees as long as that
 * holds the database for writing and has written nothing; each answer says what it rests on, for the job to compare. It is never ended from outside.
 */
export class OutcomesAside {
  readonly #turns = new OutcomeTurns(longReconcilers.length);
  readonly #port;
  readonly #found = new Map<number, MadeOutcome | undefined>();
  readonly #since = performance.now();

  /** `parts`: places among the reconcilers that take long, in the order in which they are taken; the others are not to be run. */
  constructor(of: Pick<OutcomeInput, 'database' | 'cycle' | 'version'>, parts: readonly number[], { stop = new StopFlag() }: Aside) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    // Beside this module from the sources; beside the bundle once built.
    const file = import.meta.url.endsWith('.ts') ? './outcome-thread.ts' : './outcome-thread.js';
    const workerData: OutcomeInput = { ...of, parts, turns: this.#turns.buffer, stop: stop.buffer, port: port2 };
    stop.beginLoading();
    const worker = new Worker(new URL(file, import.meta.url), {
      workerData,
      transferList: [port2],
      resourceLimits: { maxYoungGenerationSizeMb: young },
    });
    // What it did not answer the job does itself, and meets the error there.
    worker.on('error', () => undefined);
  }

  /** Is this part the job's own from now on? */
  take(part: number): boolean {
    return this.#turns.take(part);
  }

  /** What the other thread found for a part that it took; undefined where it could not, or does not say. `waiting` is called now and then. */
  answer(part: number, waiting: () => void): MadeOutcome | undefined {
    const until = performance.now() + Math.max(patience, 4 * (performance.now() - this.#since));
    for (;;) {
      const { told, gone } = this.#turns;
      this.#receive();
      if (this.#found.has(part) || gone || performance.now() > until) return this.#found.get(part);
      waiting();
      this.#turns.wait(told, look);
    }
  }

  /** Wants nothing more. The thread ends by itself; until it is `loaded` (or, where all went well, through) the process must not go. */
  finish(until: 'loaded' | 'gone'): void {
    this.#turns.finish();
    const end = performance.now() + patience;
    for (let { told } = this.#turns; !this.#turns[until] && !this.#turns.gone && performance.now() < end; { told } = this.#turns) {
      this.#turns.wait(told, look);
    }
    this.#port.close();
  }

  #receive(): void {
    for (let got = receiveMessageOnPort(this.#port); got; got = receiveMessageOnPort(this.#port)) {
      const { part, made } = got.message as OutcomeReply;
      this.#found.set(part, made);
    }
  }
}
