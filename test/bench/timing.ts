import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a whole process took: wall and processor seconds (all its threads) and peak memory. */
export interface Timing {
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

/** One run of a program as a whole process; throws where it fails. Needs GNU time, which reports kilobytes. */
export function once(command: string, args: readonly string[], input?: string): Timing {
  const out = path.join(os.tmpdir(), `hezhang-time-${process.pid}.txt`);
  const child = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', '-o', out, command, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${child.stderr.slice(-2000)}${child.stdout.slice(-2000)}`);
  const [seconds, user, system, kilobytes] = fs.readFileSync(out, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  fs.rmSync(out);
  return { seconds, processor: user + system, megabytes: kilobytes / 1024 };
}

/** Medians of seconds, the worst of memory. */
export function median(timings: readonly Timing[]): Timing {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    seconds: middle(timings.map((t) => t.seconds)),
    processor: middle(timings.map((t) => t.processor)),
    megabytes: Math.max(...timings.map((t) => t.megabytes)),
  };
}

/** Prints one line: what, wall seconds, processor seconds, megabytes, and a remark. */
export function report(what: string, t: Timing, remark = ''): void {
  const [wall, processor] = [t.seconds, t.processor].map((s) => s.toFixed(2).padStart(8));
  process.stdout.write(`${what.padEnd(48)}${wall} s ${processor} s cpu ${t.megabytes.toFixed(0).padStart(6)} MB  ${remark}\n`);
}
