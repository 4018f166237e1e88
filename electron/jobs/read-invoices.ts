import fs from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { refused } from '../invoicing/refusals.ts';
import { walkPaths } from './import-paths.ts';
import type { InvoiceAnswer } from './invoice-worker.ts';

/** How many seconds of the processor one file may take; real ones take well under one. A machine that is busy otherwise makes no file hard to read. */
const patience = 20;
/** How often that is looked at (ms). */
const look = 250;
/** What does not answer how much it has used is stuck: it is ended after this many times as long by the clock. */
const stuck = 15;
/** Memory that the thread may use for one file, in MB. */
const memory = 512;

export interface InvoiceFile {
  readonly path: string;
  readonly answer: InvoiceAnswer;
}

/**
 * Reads invoice files, and the XML, OFD and PDF files of folders, one after another in a thread of their own. A file that takes too long or too
 * much memory ends its thread and is refused; the others go on. `cmaps`: the folder of PDF character maps.
 */
export async function readInvoiceFiles(paths: readonly string[], cmaps: string, seconds = patience): Promise<InvoiceFile[]> {
  const thread = new InvoiceThread(cmaps, seconds);
  try {
    const files: InvoiceFile[] = [];
    for (const file of await filesOf(paths)) files.push({ path: file, answer: await thread.read(file) });
    return files;
  } finally {
    await thread.end();
  }
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) {
    const isFolder = (await fs.stat(given).catch(() => undefined))?.isDirectory() === true;
    const found = await walkPaths([given]);
    files.push(...(isFolder ? found.filter((file) => /\.(xml|ofd|pdf)$/i.test(path.basename(file))) : found));
  }
  return [...new Set(files)];
}

class InvoiceThread {
  readonly #cmaps: string;
  readonly #seconds: number;
  #worker: Worker | undefined;

  constructor(cmaps: string, seconds: number) {
    this.#cmaps = cmaps;
    this.#seconds = seconds;
  }

  async read(file: string): Promise<InvoiceAnswer> {
    const worker = (this.#worker ??= start(this.#cmaps));
    const before = await usedBy(worker);
    return await new Promise((resolve) => {
      let settled = false;
      const settle = (answer: InvoiceAnswer): void => {
        settled = true;
        clearInterval(looking);
        clearTimeout(latest);
        worker.off('message', settle).off('error', failed).off('exit', exited);
        resolve(answer);
      };
      const give = (code: Parameters<typeof refused>[0], detail: string): void => {
        this.#worker = undefined;
        const { zh, en } = refused(code, detail);
        settle({ code, text: { zh, en } });
        void worker.terminate();
      };
      const failed = (error: NodeJS.ErrnoException): void =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? give('invoice-file.too-large', `> ${memory} MB`)
          : give('invoice-file.damaged', error.message);
      const exited = (code: number): void => give('invoice-file.damaged', `exit ${code}`);
      const slow = (): void => give('invoice-file.slow', String(this.#seconds));
      const looking = setInterval(() => {
        void usedBy(worker).then((used) => !settled && used - before > this.#seconds && slow());
      }, look);
      const latest = setTimeout(slow, this.#seconds * stuck * 1000);
      worker.on('message', settle).on('error', failed).on('exit', exited);
      worker.postMessage(file);
    });
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/** Seconds of the processor that a thread has used; 0 while it starts, and once it is gone. */
async function usedBy(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1e6;
}

/** What pdf.js writes about a damaged file goes nowhere: the answer says it. */
function start(cmaps: string): Worker {
  const file = import.meta.url.endsWith('.ts') ? './invoice-worker.ts' : './invoice-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: { cmaps },
    resourceLimits: { maxOldGenerationSizeMb: memory },
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}
