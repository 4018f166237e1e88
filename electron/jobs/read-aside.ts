import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FileRefused, type OpenedFile, type RowBatch } from '../importing/cells.ts';
import { openFile } from '../importing/open.ts';
import { unpackRows } from '../importing/row-packing.ts';
import type { ReadingInput, ReadingReply, ReadingRequest } from './reading-thread.ts';

/** Files below this are read before a thread would have started. */
const worthwhile = 2_000_000;
/** Megabytes for objects that die young, as for the jobs themselves. */
const young = 24;

interface AsideOptions {
  readonly signal?: AbortSignal;
  readonly displayName?: string;
}

/**
 * Opens an export like `openFile`; a large one is unpacked, decoded and cut into cells by a thread of its own, while this one types and stores the rows
 * before. Refusals and system errors come out just the same.
 */
export async function openAside(path: string, options: AsideOptions = {}): Promise<OpenedFile> {
  const bytes = fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes < worthwhile) return await openFile(path, options);
  const thread = new ReadingThread({ path, displayName: options.displayName }, options.signal);
  try {
    return await thread.opened();
  } catch (error) {
    await thread.end();
    throw error;
  }
}

class ReadingThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  readonly #replies: ReadingReply[] = [];
  #failure: unknown;
  #wake: () => void = () => undefined;
  #pass = 0;

  constructor(workerData: ReadingInput, signal: AbortSignal | undefined) {
    // Beside this module from the sources; beside the bundle once built.
    const file = import.meta.url.endsWith('.ts') ? './reading-thread.ts' : './reading-thread.js';
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData, resourceLimits: { maxYoungGenerationSizeMb: young } });
    this.#signal = signal;
    const wake = (): void => this.#wake();
    this.#worker.on('message', (reply: ReadingReply) => {
      this.#replies.push(reply);
      wake();
    });
    this.#worker.on('error', (error) => {
      this.#failure ??= error;
      wake();
    });
    this.#worker.on('exit', (code) => {
      this.#failure ??= new Error(`the reading thread ended (${code})`);
      wake();
    });
    signal?.addEventListener('abort', wake, { once: true });
  }

  async opened(): Promise<OpenedFile> {
    const reply = await this.#next(0);
    if (reply.kind !== 'opened') throw new Error(`the reading thread answered ${reply.kind}`);
    const sheets = reply.sheets.map((sheet, index) => ({ ...sheet, batches: () => this.#batches(index) }));
    return { ...reply.file, sheets, close: () => this.end() };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async *#batches(sheet: number): AsyncGenerator<RowBatch> {
    const pass = ++this.#pass;
    this.#send({ kind: 'read', pass, sheet });
    for (;;) {
      const reply = await this.#next(pass);
      if (reply.kind !== 'batch') return;
      this.#send({ kind: 'more' });
      yield unpackRows(reply.batch);
    }
  }

  #send(request: ReadingRequest): void {
    this.#worker.postMessage(request);
  }

  /** The next reply to this pass, those to earlier ones passed over; throws what made the thread fail. */
  async #next(pass: number): Promise<ReadingReply> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const reply = this.#replies.shift();
      if (reply === undefined) {
        if (this.#failure !== undefined) throw this.#failure;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else if (reply.kind === 'opened' || reply.pass === pass) {
        if (reply.kind === 'refused') throw new FileRefused(reply.code, reply.zh, reply.en);
        if (reply.kind === 'failed') throw Object.assign(new Error(reply.message), { stack: reply.stack }, reply.fields);
        return reply;
      }
    }
  }
}
