/**
 * `npm run fuzz -- [--files 100000] [--from 0] [--jobs 1]`: reads mutated small workbooks, csvs and archives as an import does, in a process of
 * its own, and stops none. Exits 1 where one crashed, took more than 2 seconds of processor time or 512 MiB, or lost a row in silence; such files are
 * kept in build/fuzz. The n-th file is the same on every machine.
 */
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Answer } from './child.ts';
import { mutation } from './once.ts';
import { makeSeeds } from './seeds.ts';

const most = { ms: 2000, mebibytes: 512 };
/** A machine may be busy with other things, so that waiting alone is no hang; after this long (ms) it is. */
const patience = 120_000;

const { values } = parseArgs({ options: { files: { type: 'string' }, from: { type: 'string' }, jobs: { type: 'string' } } });
const from = Number(values.from ?? 0);
const end = from + Number(values.files ?? 100_000);
const seeds = await makeSeeds();
const kept = path.resolve(import.meta.dirname, '../../build/fuzz');
const worst = { ms: 0, mebibytes: 0 };
let next = from;
let done = 0;
let faults = 0;

function report(n: number, what: string): void {
  faults++;
  const { seed, file } = mutation(seeds, n);
  fs.mkdirSync(kept, { recursive: true });
  fs.writeFileSync(path.join(kept, `${n}.bin`), file);
  process.stdout.write(`${n} (${seed.name}): ${what}\n`);
}

/** Judges files until there are none left; a process that hangs or dies is replaced by a new one. */
async function work(): Promise<void> {
  while (next < end) await useProcess(fork(path.join(import.meta.dirname, 'child.ts'), { execArgv: ['--max-old-space-size=512'] }));
}

function useProcess(child: ChildProcess): Promise<void> {
  let at = -1;
  let timer: NodeJS.Timeout | undefined;
  const ask = (): void => {
    clearTimeout(timer);
    at = next < end ? next++ : -1;
    if (at === -1) return child.disconnect();
    timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.send({ n: at });
  };
  child.on('message', (message) => {
    if (message !== 'ready') settle(message as Answer);
    ask();
  });
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (at !== -1) report(at, signal === 'SIGKILL' ? 'it hangs' : `the process ended (${signal ?? code})`);
      resolve();
    });
  });
}

function settle({ n, fault, ms, mebibytes }: Answer): void {
  done++;
  if (fault !== undefined) report(n, fault);
  if (ms > most.ms) report(n, `${Math.round(ms)} ms`);
  if (mebibytes > most.mebibytes && worst.mebibytes <= most.mebibytes) report(n, `${Math.round(mebibytes)} MiB`);
  worst.ms = Math.max(worst.ms, ms);
  worst.mebibytes = Math.max(worst.mebibytes, mebibytes);
  if (done % 1000 === 0)
    process.stdout.write(`${done} files, ${faults} faults, at most ${Math.round(worst.ms)} ms and ${Math.round(worst.mebibytes)} MiB\n`);
}

await Promise.all(Array.from({ length: Number(values.jobs ?? 1) }, work));
process.stdout.write(`${done} files, ${faults} faults, at most ${Math.round(worst.ms)} ms and ${Math.round(worst.mebibytes)} MiB\n`);
process.exitCode = faults === 0 && done === end - from ? 0 : 1;
