import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { modes, nameOf, type Case } from './labelled-plan.ts';
import type { Verdict } from './labelled-verdict.ts';

/** What was judged of one world. */
export interface Line extends Case, Verdict {
  /** Consumption rows of all its months. */
  readonly rows: number;
  readonly cpu: number;
  /** The product and the generator that it was judged with, as `sourcesDigest` has them. */
  readonly sources: string;
  /** Why nothing could be judged. */
  readonly failed?: string;
}

const judged = ['db/**/*', 'electron/{core,importing,invoicing,jobs}/**/*', 'test/fixtures/**/*', 'test/month/{harness,inputs,enter-*}.ts', 'test/bench/labelled*.ts'];

/** Of what decides how a world is judged: its first 16 hexadecimal digits. A result of other sources says nothing of these. */
export function sourcesDigest(): string {
  const root = path.resolve(import.meta.dirname, '../..');
  const files = fs.globSync(judged, { cwd: root }).filter((file) => fs.statSync(path.join(root, file)).isFile());
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

const faults = ['missed', 'inexact', 'falseDisputes', 'falseReviews', 'open', 'unbuilt'] as const;

export const isSound = (line: Line): boolean => line.failed === undefined && faults.every((kind) => line[kind].length === 0);

/** The lines of a file; none where there is none. A last line that was cut off is left out. */
export function readLines(file: string): Line[] {
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text.endsWith('}'))
    .map((text) => JSON.parse(text) as Line);
}

/** Prints the counts of each scale and mode, the codes with a fault, and of which sources; whether all is sound. A world that was judged twice counts as judged last. */
export function summarise(all: readonly Line[]): boolean {
  const lines = [...new Map(all.map((line) => [nameOf(line), line])).values()];
  const groups = Map.groupBy(lines, (l) => `${String(l.scale).padStart(8)} ${l.mode}`);
  const order = (key: string): number => Number(key.slice(0, 8)) * 100 + modes.indexOf(key.slice(9) as Line['mode']);
  print(['   scale mode', 'seeds', 'worlds', 'rows', 'labels', 'missed', 'inexact', 'disputes', 'reviews', 'bridges', 'open', 'unbuilt', 'sideless', 'failed', 'cpu s']);
  for (const key of [...groups.keys()].toSorted((a, b) => order(a) - order(b))) print([key, ...countsOf(groups.get(key)!)]);
  print(['   all', ...countsOf(lines)]);
  for (const [why, list] of Map.groupBy(lines.flatMap((l) => l.sideless.map((reason) => `${l.mode} ${reason}`)), (reason) => reason)) process.stdout.write(`${list.length} × not built, rightly: ${why}\n`);
  for (const [sources, list] of Map.groupBy(lines, (l) => l.sources)) process.stdout.write(`${list.length} × sources ${sources}\n`);
  const wrong = Map.groupBy(
    lines.filter((l) => !isSound(l)),
    (l) => `${l.mode} ${l.code}`,
  );
  for (const [what, list] of wrong) process.stdout.write(`${list.length} × ${what}: seeds ${list.map((l) => l.seed).join(' ')}\n`);
  return wrong.size === 0;
}

function countsOf(lines: readonly Line[]): string[] {
  const sum = (of: (line: Line) => number): number => lines.reduce((n, line) => n + of(line), 0);
  return [
    new Set(lines.map((l) => l.seed)).size,
    lines.length,
    sum((l) => l.rows),
    sum((l) => l.labels),
    sum((l) => l.missed.length),
    sum((l) => l.inexact.length),
    sum((l) => l.falseDisputes.length),
    sum((l) => l.falseReviews.length),
    sum((l) => l.bridges),
    sum((l) => l.open.length),
    sum((l) => l.unbuilt.length),
    sum((l) => l.sideless.length),
    sum((l) => (l.failed === undefined ? 0 : 1)),
    Math.round(sum((l) => l.cpu)),
  ].map(String);
}

function print([first = '', ...rest]: readonly string[]): void {
  process.stdout.write(`${first.padEnd(26)}${rest.map((cell) => cell.padStart(9)).join('')}\n`);
}
