/** The same files give the same result to the byte: whatever threads read them, in whatever order and between whatever other jobs they were imported. */
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MonthEmpty } from '../../electron/errors.ts';
import { nowText } from '../../electron/jobs/clock.ts';
import type { Job } from '../../electron/jobs/protocol.ts';
import { JobRunner } from '../../electron/jobs/runner.ts';
import { generate, type World } from '../fixtures/generate.ts';
import { Random } from '../fixtures/random.ts';
import { writeTables } from '../fixtures/write.ts';
import { migrations, openWorkspace, type Workspace } from './harness.ts';
import { enterInputs } from './inputs.ts';

const errors = [
  'bill.amount',
  'bill.cycle',
  'performance.missing',
  'incentive.rate',
  'account.deduction-without-bill',
  'file.control-total',
];
const world = (seed: number): World => generate({ seed, scale: 90, edges: 3, errors: errors.map((code) => ({ code, month: '2025-08' })) });

type Way = (workspace: Workspace, files: readonly string[], world: World, random: Random) => Promise<void>;

/** Imports with one thread, or with one more for every file that is large enough. */
const inOneJob =
  (asideFrom: number, order: (files: readonly string[], random: Random) => readonly string[]): Way =>
  async (workspace, files, { months }, random) => {
    await workspace.import(order(files, random), asideFrom);
    for (const month of months) workspace.judge(month);
  };

/** Files in jobs of their own, in worker threads, all asked for at once, with runs of the months between them, whatever is there by then. */
const inManyJobs: Way = async (workspace, files, { months }, random) => {
  const filesFolder = path.join(workspace.folder, 'files');
  const runner = new JobRunner({ database: workspace.database, filesFolder, migrations, onProgress: () => undefined });
  const mixed = shuffled(files, random);
  const share = Math.ceil(mixed.length / 4);
  const jobs: Job[] = [0, 1, 2, 3].map((n) => ({
    name: 'import', paths: mixed.slice(n * share, (n + 1) * share), shownAs: {}, answers: {}, strict: false, dryRun: false, language: 'zh',
  })); // prettier-ignore
  for (const cycle of months) jobs.splice(random.between(1, jobs.length), 0, { name: 'reconcile', cycle });
  const done = jobs.map((job) => runner.run(job).catch((error: { code?: string }) => expect(error.code).toBe(new MonthEmpty('').code)));
  await Promise.all([...done, ...shuffled(months, random).map((cycle) => runner.run({ name: 'reconcile', cycle }))]);
  await runner.close();
};

const ways: Record<string, Way> = {
  'one thread, files as they come': inOneJob(Infinity, (files) => files),
  'a thread more for the larger files, files backwards': inOneJob(12_000, (files) => files.toReversed()),
  'jobs of some files, months reconciled in between': inManyJobs,
};

describe('determinism', () => {
  it.each([51, 53])('seed %i: the same bytes whatever the threads and the order', async (seed) => {
    const results = new Map<string, string>();
    const made = world(seed);
    for (const [index, [name, way]] of Object.entries(ways).entries()) {
      const workspace = openWorkspace({ now: nowText });
      onTestFinished(() => workspace.remove());
      const files = await writeTables(path.join(workspace.folder, 'exports'), made.tables, { format: 'csv', totals: true });
      // What a person types is there first: typed requests and invoices are no files.
      await enterInputs(workspace.db, workspace.folder, { ...made, invoices: [], payments: [] });
      await way(workspace, files, made, new Random(seed * 100 + index));
      results.set(name, JSON.stringify(made.months.map((month) => workspace.result(month))));
    }
    const [first, ...others] = results.values();
    for (const code of errors) expect(first).toContain(`"${code}"`);
    for (const other of others) expect(other).toBe(first);
  });
});

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, at: random.hex(8) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((x) => x.item);
}
