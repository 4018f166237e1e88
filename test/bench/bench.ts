/**
 * Whole-process timings on generated months, as medians of several runs and ratios within one run (never a timed test):
 *   npm run bench                 100,000 rows, 3 runs
 *   npm run bench -- 1000000 3    a million rows, 3 runs
 * Parts: import of one csv against `sqlite3 .import` of the same file with the same indexes, and reconciliation of the month.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';

const rows = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 3);
const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-bench-'));
const cli = path.join(root, 'dist/main/cli.js');

interface Timing {
  seconds: number;
  megabytes: number;
}

/** One run of a program as a whole process: wall seconds and peak memory (GNU time reports kilobytes). */
function once(command: string, args: readonly string[], input?: string): Timing {
  const out = path.join(folder, 'time.txt');
  const child = spawnSync('/usr/bin/time', ['-f', '%e %M', '-o', out, command, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${child.stderr.slice(-2000)}${child.stdout.slice(-2000)}`);
  const [seconds, kilobytes] = fs.readFileSync(out, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number) as [number, number];
  return { seconds, megabytes: kilobytes / 1024 };
}

function median(timings: readonly Timing[]): Timing {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return { seconds: middle(timings.map((t) => t.seconds)), megabytes: Math.max(...timings.map((t) => t.megabytes)) };
}

function report(what: string, t: Timing, ratio?: string): void {
  process.stdout.write(`${what.padEnd(44)}${t.seconds.toFixed(2).padStart(8)} s ${t.megabytes.toFixed(0).padStart(6)} MB  ${ratio ?? ''}\n`);
}

const world = generate({ seed: 1, months: 1, scale: rows });
const month = world.months[0]!;
const files = await writeTables(path.join(folder, 'exports'), world.tables, { format: 'csv' });
const consumption = files.find((f) => path.basename(f).startsWith('消费明细'))!;
const lines = fs.readFileSync(consumption, 'utf8').split('\n').length - 2;
process.stdout.write(`${lines} consumption rows, ${(fs.statSync(consumption).size / 1e6).toFixed(0)} MB csv, ${runs} runs, medians\n`);

const imports: Timing[] = [];
const plain: Timing[] = [];
const reconciles: Timing[] = [];
for (let i = 0; i < runs; i++) {
  const one = path.join(folder, `one-${i}`);
  imports.push(once(process.execPath, [cli, '--workspace', one, '--json', 'import', consumption]));
  const raw = path.join(folder, `raw-${i}.db`);
  const script = `.mode csv\n.import '${consumption}' t\nCREATE INDEX i ON t ("账期", "客户ID", "订单号/交易号");\n`;
  plain.push(once('sqlite3', [raw], script));
  const whole = path.join(folder, `whole-${i}`);
  once(process.execPath, [cli, '--workspace', whole, '--json', 'import', ...files]);
  reconciles.push(once(process.execPath, [cli, '--workspace', whole, '--json', 'reconcile', month]));
  fs.rmSync(one, { recursive: true });
  fs.rmSync(whole, { recursive: true });
  fs.rmSync(raw);
}
report('import, consumption csv', median(imports), `${(median(imports).seconds / median(plain).seconds).toFixed(2)} × sqlite3 .import with an index`);
report('sqlite3 .import + index, same file', median(plain));
report('reconcile the month, every check', median(reconciles));
fs.rmSync(folder, { recursive: true });
