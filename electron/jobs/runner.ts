import { Worker } from 'node:worker_threads';
import type { EventPayload } from '../contract.ts';
import { cancelled } from './cancelled.ts';
import { errorOf } from './failure.ts';
import { dropParts } from './file-store.ts';
import type { Job, JobResults, WorkerInput, WorkerMessage } from './protocol.ts';
import { StopFlag } from './stop-flag.ts';

/** How long a job may take to notice that it is to stop until whoever waits for it is answered (ms). */
const patience = 150;
/** How long its thread may then take to go by itself (ms). To end it from outside, which rolls its transaction back, is the last resort. */
const lastResort = 3000;
/** How often a commit under way is looked at, for it is never cut off. */
const commitLook = 10;

export interface JobRunnerOptions {
  readonly database: string;
  readonly filesFolder: string;
  readonly migrations: string;
  onProgress(progress: EventPayload<'progress'>): void;
}

/** Megabytes for objects that die young: with the usual few, the cells of a row outlive their collection and are copied over and over. */
const young = 48;

/**
 * Runs jobs one after another, each in a worker thread, and lets small writes of the main thread wait for their turn: one writer at a time, and
 * no call ever blocks the window.
 */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  #tail: Promise<unknown> = Promise.resolve();
  #cancel: (() => void) | undefined;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }
  /** Runs a job when its turn comes. Rejects with AppError (refused, cancelled) or with the defect. */
  async run<N extends Job['name']>(job: Job & { readonly name: N }): Promise<JobResults[N]> {
    const started = this.#tail.then(() => this.#start(job));
    this.#tail = started.then(
      ({ gone }) => gone,
      () => undefined,
    );
    const { result } = await started;
    return (await result) as JobResults[N];
  }
  /** Runs a small write when no job is running. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
  /** Asks the running job to stop; false where none runs. */
  cancel(): boolean {
    const cancel = this.#cancel;
    cancel?.();
    return cancel !== undefined;
  }
  async close(): Promise<void> {
    this.cancel();
    await this.#tail;
  }

  /**
   * `result` may be told before the thread is `gone`: one that is asked to stop begins no commit any more, so that what it still does in SQLite's own
   * code is rolled back for certain, but until then nobody else can write.
   */
  #start(job: Job): { readonly result: Promise<unknown>; readonly gone: Promise<void> } {
    const { database, filesFolder, migrations, onProgress } = this.#options;
    const stop = new StopFlag();
    const workerData: WorkerInput = { job, database, filesFolder, migrations, stop: stop.buffer };
    // Beside this module from the sources; beside the bundle once built.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const worker = new Worker(new URL(file, import.meta.url), { workerData, resourceLimits: { maxYoungGenerationSizeMb: young } });
    const { promise: result, resolve, reject } = Promise.withResolvers<unknown>();
    const { promise: gone, resolve: leave } = Promise.withResolvers<undefined>();
    this.#cancel = () => {
      stop.ask();
      // It has touched nothing and, asked before, never will.
      if (!stop.loaded) return tellEarly();
      setTimeout(answer, patience).unref();
    };
    const tellEarly = (): void => {
      this.#cancel = undefined;
      reject(cancelled(job, stop.committed));
    };
    let settled = false;
    // A backup's folder goes with its result, so nobody may write there any more.
    const early = job.name !== 'backup' && job.name !== 'restore';
    const answer = (): void => {
      if (settled) return;
      if (stop.committing) return void setTimeout(answer, commitLook);
      // It stands already, and its own word comes at once; an import may have further files.
      if (stop.committed > 0 && job.name !== 'import') return;
      if (!early) return void worker.terminate();
      tellEarly();
      setTimeout(end, lastResort).unref();
    };
    const end = (): void => {
      if (settled) return;
      if (stop.loading) return void setTimeout(end, commitLook);
      void worker.terminate();
    };
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      this.#cancel = undefined;
      finish();
      leave(undefined);
    };
    worker.on('message', (message: WorkerMessage) => {
      switch (message.kind) {
        case 'progress':
          return onProgress(message.progress);
        case 'done':
          return settle(() => resolve(message.result));
        case 'refused':
        case 'defect':
          return settle(() => reject(errorOf(message)));
      }
    });
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', () =>
      settle(() => {
        if (job.name === 'import') dropParts(filesFolder, process.pid);
        reject(cancelled(job, stop.committed));
      }),
    );
    return { result, gone };
  }
}
