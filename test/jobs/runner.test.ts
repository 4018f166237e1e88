import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openForReading, openForWriting } from '../../db/open.ts';
import { AppError } from '../../electron/errors.ts';
import type { Job } from '../../electron/jobs/protocol.ts';
import { JobRunner } from '../../electron/jobs/runner.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');

interface Opened {
  readonly folder: string;
  readonly runner: JobRunner;
  /** Called with each progress. */
  heard: (file: string) => void;
  put(name: string, rows: number): string;
  rows(sql: string): string[];
}

function opened(): Opened {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-runner-'));
  const database = path.join(folder, 'hezhang.db');
  openForWriting(database, migrations).close();
  const filesFolder = path.join(folder, 'files');
  const runner = new JobRunner({ database, filesFolder, migrations, onProgress: (p) => made.heard(path.basename(p.file ?? '')) });
  onTestFinished(async () => {
    await runner.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const made: Opened = {
    folder,
    runner,
    heard: () => undefined,
    put(name, rows) {
      const file = path.join(folder, name);
      const lines = Array.from({ length: rows }, (_, i) => `2025-09,c1,${name}${i},ECS,1.00,1.00`);
      fs.writeFileSync(file, `账期,客户ID,订单号,产品类型,应付金额,现金支付\n${lines.join('\n')}\n`);
      return file;
    },
    rows(sql) {
      const db = openForReading(database);
      try {
        return (db.prepare(sql).raw().all() as unknown[][]).map((row) => row.map(String).join(' '));
      } finally {
        db.close();
      }
    },
  };
  return made;
}

const importOf = (...paths: string[]) =>
  ({ name: 'import', paths, shownAs: {}, answers: {}, strict: false, dryRun: false, language: 'zh' }) as const satisfies Job;

const restoreOf = ({ folder }: Opened) =>
  ({ name: 'restore', file: path.join(folder, 'none.zip'), work: folder, backups: folder }) as const satisfies Job;

/** What the runner told: the files imported, or how many it says stand although it was cancelled. */
async function told(result: Promise<readonly { readonly status: string }[]>): Promise<number> {
  try {
    return (await result).filter((file) => file.status === 'imported').length;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'cancelled') throw error;
    return (error.details as { imported: number } | undefined)?.imported ?? 0;
  }
}

test('a cancelled import leaves no row, no original and no half-written copy, and the next job runs', async () => {
  const it = opened();
  it.heard = () => void it.runner.cancel();
  await expect(it.runner.run(importOf(it.put('a.csv', 60_000)))).rejects.toMatchObject({
    code: 'cancelled',
    text: { zh: '已取消，数据没有改动。' },
  });
  // The answer may come before the thread is gone; whoever has the next turn finds everything as it was.
  await it.runner.exclusive(() => undefined);
  expect(it.rows('SELECT count(*) FROM import')).toEqual(['0']);
  expect(it.rows('SELECT count(*) FROM consumption')).toEqual(['0']);
  expect(fs.existsSync(path.join(it.folder, 'files')) ? fs.readdirSync(path.join(it.folder, 'files')) : []).toEqual([]);
  it.heard = () => undefined;
  expect(await told(it.runner.run(importOf(it.put('b.csv', 10))))).toBe(1);
  expect(it.runner.cancel()).toBe(false);
});

/** Whether this process has the file open, as far as the system tells. */
const isOpen = (file: string): boolean =>
  process.platform !== 'linux' ||
  fs.readdirSync('/proc/self/fd').some((handle) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${handle}`) === file;
    } catch {
      // Closed meanwhile.
      return false;
    }
  });

test('a job that is to stop while a large file is hashed, when nothing is reported, stops by itself before it reads a row', async () => {
  const it = opened();
  const file = it.put('a.csv', 10);
  // A hole at its end, which is hashed for long and takes no place on the disk.
  fs.truncateSync(file, 2 ** 35);
  const heard: string[] = [];
  it.heard = (name) => void heard.push(name);
  // The runner's patience never ends here: the thread is neither given up nor ended from outside.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const running = it.runner.run(importOf(file));
  running.catch(() => undefined);
  while (!isOpen(file)) await new Promise(setImmediate);
  expect(it.runner.cancel()).toBe(true);
  await expect(running).rejects.toMatchObject({ code: 'cancelled', text: { zh: '已取消，数据没有改动。' } });
  await it.runner.exclusive(() => undefined);
  expect(heard).toEqual([]);
  expect(isOpen(file)).toBe(process.platform !== 'linux');
  expect(it.rows('SELECT count(*) FROM import')).toEqual(['0']);
  expect(fs.readdirSync(it.folder).filter((name) => !name.startsWith('hezhang.db'))).toEqual(['a.csv']);
  expect(await told(it.runner.run(importOf(it.put('b.csv', 10))))).toBe(1);
  expect(heard).toEqual(['b.csv']);
});

test('files finished before the one that was cancelled stand, and are told', async () => {
  const it = opened();
  const files = [it.put('a.csv', 10), it.put('b.csv', 60_000)];
  it.heard = (file) => void (file === 'b.csv' && it.runner.cancel());
  const error = await it.runner.run(importOf(...files)).catch((e: unknown) => e as AppError);
  expect(error).toMatchObject({
    code: 'cancelled',
    details: { imported: 1 },
    text: { zh: expect.stringContaining('1 个文件已经导入') as string },
  });
  expect(it.rows('SELECT name FROM import')).toEqual(['a.csv']);
});

test('whenever an import is cancelled, what is told is what stands', async () => {
  const it = opened();
  // The delays fall before, within and after the commits of three files.
  for (const [round, delay] of [0, 40, 80, 120, 160, 200, 240, 300, 360, 420].entries()) {
    const files = ['a', 'b', 'c'].map((name) => it.put(`${name}${round}.csv`, 3000));
    const before = Number(it.rows('SELECT count(*) FROM import')[0]);
    const result = told(it.runner.run(importOf(...files)));
    setTimeout(() => it.runner.cancel(), delay);
    const imported = await result;
    // Once another job has run, the cancelled thread is gone and has written what it ever will.
    await it.runner.exclusive(() => undefined);
    expect(Number(it.rows('SELECT count(*) FROM import')[0]) - before).toBe(imported);
  }
});

test('a job that waits for its turn is not touched by the cancelling of the one before it', async () => {
  const it = opened();
  const first = it.runner.run(importOf(it.put('a.csv', 60_000)));
  const second = it.runner.run(importOf(it.put('b.csv', 10)));
  it.heard = (file) => void (file === 'a.csv' && it.runner.cancel());
  await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  expect(await told(second)).toBe(1);
  expect(it.rows('SELECT name FROM import')).toEqual(['b.csv']);
});

test('a thread that is still loading its code is never ended from outside, for that can abort the process: it stops by itself, having touched nothing', async () => {
  const it = opened();
  let ended = 0;
  const order: string[] = [];
  const watch = (thread: Worker): void => {
    const terminate = thread.terminate.bind(thread);
    thread.terminate = () => {
      ended++;
      return terminate();
    };
    thread.once('message', () => order.push('stopped'));
  };
  process.on('worker', watch);
  onTestFinished(() => void process.off('worker', watch));
  for (const job of [importOf(it.put('a.csv', 10)), { name: 'verify' }, { name: 'undo', importId: 'none' }, restoreOf(it)] as const) {
    const running = it.runner.run<Job['name']>(job);
    running.catch(() => undefined);
    // No turn of the event loop lies between its start and this.
    while (!it.runner.cancel()) await Promise.resolve();
    await expect(running).rejects.toMatchObject({ code: 'cancelled', text: { zh: '已取消，数据没有改动。' } });
    expect(it.runner.cancel()).toBe(false);
    await it.runner.exclusive(() => order.push('the next turn'));
  }
  expect(order).toEqual(Array.from({ length: 4 }, () => ['stopped', 'the next turn']).flat());
  expect(ended).toBe(0);
  expect(it.rows('SELECT count(*) FROM import')).toEqual(['0']);
});
