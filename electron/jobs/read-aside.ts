import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { FileRefused, type OpenedFile, type SheetRow } from '../importing/cells.ts';
import { firstRows } from '../importing/first-rows.ts';
import { openFile } from '../importing/open.ts';
import { readSheet, type SheetContext, type SheetNotRead, type SheetRead } from '../importing/read-sheet.ts';
import { RowUnpacker } from '../importing/row-packing.ts';
import type { RowSink } from '../importing/sheet-rows.ts';
import type { ReadingInput, ReadingReply, ReadingRequest } from './reading-thread.ts';

/** Files below this are read before a thread would have started. */
const worthwhile = 2_000_000;
/** Megabytes for objects that die young: with fewer, a collection may keep falling within a batch and carry half of it into the old space. */
const young = 48;

/** A sheet that is read as a whole; each call starts again from the top. */
export interface ReadableSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The first rows that are not empty. */
  head(rows: number): Promise<readonly SheetRow[]>;
  /** Recognises the sheet and types every row; `wanted`: false where the rows need only be counted. */
  read(context: SheetContext, wanted: boolean): Promise<SheetRead | SheetNotRead>;
}
/** An open export, its sheets readable one at a time. */
export type ReadableFile = Omit<OpenedFile, 'sheets'> & { readonly sheets: readonly ReadableSheet[] };

interface AsideOptions {
  readonly signal?: AbortSignal;
  readonly displayName?: string;
  /** How many bytes make a file large. */
  readonly from?: number;
}

/**
 * Opens an export like `openFile`; a large one is unpacked, decoded, cut into cells and typed by a thread of its own, while this one stores the rows
 * before. Refusals and system errors come out just the same.
 */
export async function openAside(path: string, options: AsideOptions = {}): Promise<ReadableFile> {
  const bytes = fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes < (options.from ?? worthwhile)) return readHere(await openFile(path, options));
  const thread = new ReadingThread({ path, displayName: options.displayName }, options.signal);
  try {
    return await thread.opened();
  } catch (error) {
    await thread.end();
    throw error;
  }
}

function readHere(file: OpenedFile): ReadableFile {
  const { sheets, ...about } = file;
  return {
    ...about,
    sheets: sheets.map((source) => ({
      name: source.name,
      hidden: source.hidden,
      head: (rows) => firstRows(source, rows),
      read: (context) => readSheet(source, context),
    })),
  };
}

class ReadingThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  readonly #replies: ReadingReply[] = [];
  #failure: unknown;
  #wake: () => void = () => undefined;

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

  async opened(): Promise<ReadableFile> {
    const reply = await this.#next();
    if (reply.kind !== 'opened') throw unexpected(reply);
    const sheets = reply.sheets.map((about, sheet) => ({
      ...about,
      head: (rows: number) => this.#head(sheet, rows),
      read: (context: SheetContext, wanted: boolean) => this.#read(sheet, context, wanted),
    }));
    return { ...reply.file, sheets, close: () => this.end() };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #head(sheet: number, rows: number): Promise<readonly SheetRow[]> {
    this.#send({ kind: 'head', sheet, rows });
    const reply = await this.#next();
    if (reply.kind !== 'head') throw unexpected(reply);
    return reply.rows;
  }

  async #read(sheet: number, context: SheetContext, wanted: boolean): Promise<SheetRead | SheetNotRead> {
    const { begin, onBatch, ...terms } = context;
    this.#send({ kind: 'read', sheet, terms, wanted });
    let sink: RowSink | undefined;
    let unpacker: RowUnpacker | undefined;
    for (;;) {
      const reply = await this.#next();
      if (reply.kind === 'end') return reply.sheet;
      if (reply.kind === 'begin') {
        sink = begin(reply.start);
        unpacker = new RowUnpacker(reply.start.stored.length);
      } else if (reply.kind === 'batch') {
        this.#send({ kind: 'more' });
        if (reply.packed) unpacker?.give(reply.packed, sink!.accept);
        for (const problem of reply.problems) sink?.problem(problem);
        await onBatch(reply.bytes, reply.rows);
      } else throw unexpected(reply);
    }
  }

  #send(request: ReadingRequest): void {
    this.#worker.postMessage(request);
  }

  /** The next reply; throws what made the thread fail. */
  async #next(): Promise<ReadingReply> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const reply = this.#replies.shift();
      if (reply?.kind === 'refused') throw new FileRefused(reply.code, reply.zh, reply.en);
      if (reply?.kind === 'failed') throw Object.assign(new Error(reply.message), { stack: reply.stack }, reply.fields);
      if (reply !== undefined) return reply;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

const unexpected = ({ kind }: ReadingReply): Error => new Error(`the reading thread answered ${kind}`);
