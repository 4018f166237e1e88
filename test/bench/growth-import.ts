/**
 * How the import of one csv grows with its rows, to sizes that a generated month does not reach: the consumption of a month of 100,000 rows again and
 * again, each time with other order numbers and resources.
 *   node test/bench/growth-import.ts                   10,000, 100,000, 1,000,000 and 5,000,000 rows
 *   node test/bench/growth-import.ts 10000 50000       these sizes
 * Each line gives the processor time per row beside that of the smallest size (1.00 = linear), net of what an empty start takes. Needs a built dist/ and
 * GNU time; 5,000,000 rows need 10 GB of disk.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';
import { once, report, type Timing } from './timing.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000, 5_000_000];
const cli = path.resolve(import.meta.dirname, '../../dist/main/cli.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-growth-'));
const command = (workspace: string, ...args: string[]): Timing =>
  once(process.execPath, [cli, '--workspace', workspace, '--json', ...args]);

const world = generate({ seed: 1, months: 1, scale: Math.min(100_000, Math.max(...sizes)) });
const consumption = world.tables.filter((t) => t.kind === 'consumption').slice(0, 1);
const [base] = await writeTables(path.join(folder, 'base'), consumption, { format: 'csv' });
if (base === undefined) throw new Error('the world has no consumption');
const [header = '', ...lines] = fs.readFileSync(base, 'utf8').trimEnd().split('\n');
const told = ['订单号/交易号', '资源ID'].map((name) => header.trim().split(',').indexOf(name));

/** Writes a csv of so many rows; returns how many. */
function write(file: string, rows: number): number {
  const handle = fs.openSync(file, 'w');
  fs.writeSync(handle, `${header}\n`);
  let written = 0;
  for (let copy = 0; written < rows; copy++) {
    const taken = lines.slice(0, rows - written);
    const renamed = taken.map((line) => line.split(',').map((cell, at) => (copy > 0 && cell !== '' && told.includes(at) ? `${copy}${cell}` : cell)));
    fs.writeSync(handle, `${renamed.map((cells) => cells.join(',')).join('\n')}\n`);
    written += taken.length;
  }
  fs.closeSync(handle);
  return written;
}

const idle = command(path.join(folder, 'idle'), 'status', '2025-01');
let first: number | undefined;
for (const size of sizes) {
  const file = path.join(folder, path.basename(base));
  const rows = write(file, size);
  const t = command(path.join(folder, 'workspace'), 'import', file);
  const perRow = Math.max(t.processor - idle.processor, 0.001) / rows;
  first ??= perRow;
  report(`${rows} rows: import`, t, `${(perRow / first).toFixed(2)} × the processor time per row of ${sizes[0]} rows`);
  fs.rmSync(path.join(folder, 'workspace'), { recursive: true });
}
fs.rmSync(folder, { recursive: true });
