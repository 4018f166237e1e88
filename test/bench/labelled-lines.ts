import fs from 'node:fs';
import { modes, nameOf, type Case } from './labelled-plan.ts';
import type { Verdict } from './labelled-verdict.ts';

/** What was judged of one world. */
export interface Line extends Case, Verdict {
  /** Consumption rows of all its months. */
  readonly rows: number;
  readonly cpu: number;
  /** Why nothing could be judged. */
  readonly failed?: string;
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

/** Prints the counts of each scale and mode, and the codes with a fault; whether all is sound. A world that was judged twice counts as judged last. */
export function summarise(judged: readonly Line[]): boolean {
  const lines = [...new Map(judged.map((line) => [nameOf(line), line])).values()];
  const groups = Map.groupBy(lines, (l) => `${String(l.scale).padStart(8)} ${l.mode}`);
  const order = (key: string): number => Number(key.slice(0, 8)) * 100 + modes.indexOf(key.slice(9) as Line['mode']);
  print(['   scale mode', 'seeds', 'worlds', 'rows', 'labels', 'missed', 'inexact', 'disputes', 'reviews', 'bridges', 'open', 'unbuilt', 'sideless', 'failed', 'cpu s']);
  for (const key of [...groups.keys()].toSorted((a, b) => order(a) - order(b))) print([key, ...countsOf(groups.get(key)!)]);
  print(['   all', ...countsOf(lines)]);
  for (const [why, list] of Map.groupBy(lines.flatMap((l) => l.sideless.map((reason) => `${l.mode} ${reason}`)), (reason) => reason)) process.stdout.write(`${list.length} × not built, rightly: ${why}\n`);
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
