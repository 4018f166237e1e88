import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fuzzing } from './once.ts';

/** What the parent sends: the next mutation to judge. */
export interface Ask {
  readonly n: number;
}
/** What it gets back: what is wrong with it, if anything; processor time in ms; the most memory held so far, in MiB. */
export interface Answer {
  readonly n: number;
  readonly fault: string | undefined;
  readonly ms: number;
  readonly mebibytes: number;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-fuzz-'));
const fuzzing = await Fuzzing.in(folder);
process.on('message', (ask) => {
  const { n } = ask as Ask;
  const began = process.cpuUsage();
  void fuzzing
    .fault(n)
    .catch((error: unknown) => `a crash: ${error instanceof Error ? error.stack : String(error)}`)
    .then((fault) => {
      const { user, system } = process.cpuUsage(began);
      const answer: Answer = { n, fault, ms: (user + system) / 1000, mebibytes: process.resourceUsage().maxRSS / 1024 };
      process.send!(answer);
    });
});
process.on('disconnect', () => {
  fuzzing.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
process.send!('ready');
