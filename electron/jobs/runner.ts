import { Worker } from 'node:worker_threads';
import type { EventPayload } from '../contract.ts';
import { AppError } from '../errors.ts';
import { cancelled } from './cancelled.ts';
import type { Job, JobResults, WorkerInput, WorkerMessage } from './protocol.ts';

/** How long a job may take to notice that it is to stop; after that its thread is ended, which rolls its transaction back. */
const patience = 150;

export interface JobRunnerOptions {
  readonly database: string;
  readonly filesFolder: string;
  readonly migrations: string;
  onProgress(progress: EventPayload<'progress'>): void;
}

/** Megabytes for objects that die young: with the usual few, the cells of a row outlive their collection and are copied over and over. */
const young = 96;

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
  run<N extends Job['name']>(job: Job & { readonly name: N }): Promise<JobResults[N]> {
    return this.exclusive(() => this.#start(job)) as Promise<JobResults[N]>;
  }
  /** Runs a small write when no job is running. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }
  /** Asks the running job to stop; false where none runs. */
  cancel(): boolean {
    this.#cancel?.();
    return this.#cancel !== undefined;
  }
  async close(): Promise<void> {
    this.cancel();
    await this.#tail;
  }

  #start(job: Job): Promise<unknown> {
    const { database, filesFolder, migrations, onProgress } = this.#options;
    const stop = new SharedArrayBuffer(4);
    const workerData: WorkerInput = { job, database, filesFolder, migrations, stop };
    // Beside this module from the sources; beside the bundle once built.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    const worker = new Worker(new URL(file, import.meta.url), { workerData, resourceLimits: { maxYoungGenerationSizeMb: young } });
    return new Promise((resolve, reject) => {
      let settled = false;
      const settle = (finish: () => void): void => {
        if (settled) return;
        settled = true;
        this.#cancel = undefined;
        finish();
      };
      this.#cancel = () => {
        Atomics.store(new Int32Array(stop), 0, 1);
        setTimeout(() => void worker.terminate(), patience).unref();
      };
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'progress':
            return onProgress(message.progress);
          case 'done':
            return settle(() => resolve(message.result));
          case 'refused':
            return settle(() => reject(new AppError(message.code, message.text, message.details)));
          case 'defect':
            return settle(() => reject(Object.assign(new Error(message.message), { stack: message.stack })));
        }
      });
      worker.on('error', (error) => settle(() => reject(error)));
      worker.on('exit', () => settle(() => reject(cancelled(job))));
    });
  }
}
