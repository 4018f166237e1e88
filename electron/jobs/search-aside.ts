import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { errorOf } from './failure.ts';
import type { PlacedRow, SearchInput, SearchQuestion, SearchReply } from './search-thread.ts';

interface Waiting {
  readonly number: number;
  resolve(rows: readonly PlacedRow[]): void;
  reject(error: Error): void;
}

/**
 * Searches in a thread of its own with its own reading connection: beside the window and beside any job, whose turn it does not need. The thread is
 * there from the first search on.
 */
export class SearchAside {
  readonly #database: string;
  readonly #newest = new SharedArrayBuffer(4);
  #worker: Worker | undefined;
  #waiting: Waiting | undefined;

  constructor(database: string) {
    this.#database = database;
  }
  /** Rejects at once any search still under way (`search.superseded`): its thread gives it up after the step at hand. */
  search(question: Omit<SearchQuestion, 'number'>): Promise<readonly PlacedRow[]> {
    const number = this.#giveUp(superseded());
    const worker = (this.#worker ??= this.#start());
    const { promise, resolve, reject } = Promise.withResolvers<readonly PlacedRow[]>();
    this.#waiting = { number, resolve, reject };
    worker.ref();
    worker.postMessage({ ...question, number } satisfies SearchQuestion);
    return promise;
  }
  /** The thread is asked to go and never ended from here: it may be loading SQLite, which must not be cut off. */
  async close(): Promise<void> {
    this.#giveUp(closed());
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    const gone = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    await gone;
  }

  /** Refuses whoever waits, and returns the number of the next search. */
  #giveUp(why: AppError): number {
    this.#settle((waiting) => waiting.reject(why));
    return Atomics.add(new Int32Array(this.#newest), 0, 1) + 1;
  }
  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker?.unref();
    if (waiting) how(waiting);
  }
  #start(): Worker {
    // Beside this module from the sources; beside the bundle once built.
    const file = import.meta.url.endsWith('.ts') ? './search-thread.ts' : './search-thread.js';
    const workerData: SearchInput = { database: this.#database, newest: this.#newest };
    const worker = new Worker(new URL(file, import.meta.url), { workerData });
    worker.on('message', (reply: SearchReply) => {
      if (reply.number !== this.#waiting?.number) return;
      this.#settle(({ resolve, reject }) => (reply.kind === 'found' ? resolve(reply.rows) : reject(errorOf(reply))));
    });
    worker.on('error', (error) => this.#settle(({ reject }) => reject(error)));
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#settle(({ reject }) => reject(new Error('the search thread ended')));
    });
    return worker;
  }
}

const superseded = (): AppError =>
  new AppError('search.superseded', {
    zh: '这次搜索已被后来的搜索取代。',
    en: 'A later search took the place of this one.',
  });
const closed = (): AppError =>
  new AppError('cancelled', { zh: '核账正在关闭，这次搜索没有做完。', en: 'Hezhang is closing; this search was not finished.' });
