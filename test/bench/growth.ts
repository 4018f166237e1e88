/**
 * How time and memory grow with the month: import of all its files, reconciliation, and the state of the month, at several sizes.
 *   node test/bench/growth.ts                    10,000, 100,000 and 1,000,000 rows
 *   node test/bench/growth.ts 10000 50000        these sizes
 * Each line gives the seconds per row beside those of the smallest size (1.00 = linear), net of what an empty start takes. Needs a built dist/ and GNU time.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generate } from '../fixtures/generate.ts';
import { writeTables } from '../fixtures/write.ts';
import { once, report, type Timing } from './timing.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const cli = path.resolve(import.meta.dirname, '../../dist/main/cli.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-growth-'));
const steps = ['import', 'reconcile', 'status'] as const;

const command = (workspace: string, ...args: string[]): Timing =>
  once(process.execPath, [cli, '--workspace', workspace, '--json', ...args]);
/** What every command takes before it does anything. */
const idle = command(path.join(folder, 'idle'), 'status', '2025-01');
const first = new Map<string, number>();

for (const size of sizes) {
  const world = generate({ seed: 1, months: 1, scale: size });
  const exports = path.join(folder, 'exports');
  await writeTables(exports, world.tables, { format: 'csv' });
  const workspace = path.join(folder, 'workspace');
  for (const step of steps) {
    const t = command(workspace, step, step === 'import' ? exports : world.months[0]!);
    const perRow = Math.max(t.processor - idle.processor, 0.001) / size;
    if (!first.has(step)) first.set(step, perRow);
    report(`${size} rows: ${step}`, t, `${(perRow / first.get(step)!).toFixed(2)} × the processor time per row of ${sizes[0]} rows`);
  }
  fs.rmSync(exports, { recursive: true });
  fs.rmSync(workspace, { recursive: true });
}
fs.rmSync(folder, { recursive: true });
