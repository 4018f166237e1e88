import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openForReading, openForWriting } from '../../db/open.ts';
import { findRows, type FoundRow } from '../../db/searching/search.ts';
import { SearchAside } from '../../electron/jobs/search-aside.ts';
import { resources } from '../../electron/resources.ts';
import { openApp, type OpenedApp } from './opened-app.ts';

const lines = 45_000;
const numberOf = (line: number): string => `CS${String(line).padStart(6, '0')}`;
const head = '账期,客户ID,客户账号名,客户名称,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付';
/** Two customers by turns. */
const statement = (from: number, to: number): string =>
  [
    head,
    ...Array.from({ length: to - from }, (_, i) => {
      const customer = i % 2 === 0 ? 'c1,acc1,东方医疗' : 'c2,acc2,东方制药';
      return `2025-09,${customer},代售,${numberOf(from + i)},云硬盘,按需,消费,2025-09-03 10:00:00,9.50,9.50`;
    }),
    '',
  ].join('\n');

let app: OpenedApp;
let database: string;
let second: string;
beforeAll(async () => {
  app = openApp(afterAll);
  database = path.join(app.workspace, 'hezhang.db');
  await app.import('消费_甲.csv', statement(0, lines));
  second = (await app.import('消费_乙.csv', statement(lines, lines + 3))).importId!;
});

/** What each step of a search finds. */
function steps(text: string, limit: number, figure?: bigint): FoundRow[][] {
  const db = openForReading(database);
  try {
    return [...findRows(db, { text, figure }, undefined, limit)];
  } finally {
    db.close();
  }
}
const numbers = (found: readonly (readonly FoundRow[])[]) => found.flat().map((r) => r.number);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => numberOf(i));

it('a large sheet is looked through in steps of twenty thousand rows, none lost between two of them', () => {
  const found = steps('cs0', lines + 10);
  // Its first two ids are none and the header's.
  expect(found.map((rows) => rows.length).filter((n) => n > 0)).toEqual([19_998, 20_000, 5_002, 3]);
  expect(numbers(found)).toEqual(upTo(lines + 3));
  expect(numbers(steps('cs0', 20_001))).toEqual(upTo(20_001));
  expect(numbers(steps('9.50', 20_001, 950_000_000n))).toEqual(upTo(20_001));
  expect(steps('none', 10).length).toBeGreaterThanOrEqual(4);
});

it('customers by name come from the index, in the order of their files and no more than asked for', () => {
  expect(numbers(steps('东方', 7))).toEqual(upTo(7));
  expect(numbers(steps('制药', 3))).toEqual([1, 3, 5].map(numberOf));
  expect(numbers(steps('制药', lines)).at(-1)).toBe(numberOf(lines + 1));
});

it('other calls are answered while a search goes on', async () => {
  let done = false;
  const search = app.call('data.search', { text: 'none' }).finally(() => (done = true));
  let answered = 0;
  while (!done) {
    await app.call('imports.list', {});
    await new Promise(setImmediate);
    answered++;
  }
  expect((await search).rows).toEqual([]);
  // More than the search has statements: it does not run here between two of them.
  expect(answered).toBeGreaterThan(5);
});

it('a search is answered while a job waits for its turn to write', async () => {
  const answered: string[] = [];
  const writer = openForWriting(database, resources.migrations);
  onTestFinished(() => void writer.close());
  writer.exec('BEGIN IMMEDIATE');
  const undo = app.call('imports.undo', { importId: second }).then(() => answered.push('undo'));
  await app.call('data.search', { text: numberOf(lines) }).then(({ rows }) => answered.push(`search ${rows.length}`));
  writer.exec('ROLLBACK');
  await undo;
  expect(answered).toEqual(['search 1', 'undo']);
  expect((await app.call('data.search', { text: numberOf(lines) })).rows).toEqual([]);
});

it('of several searches only the newest is answered; the next one finds the thread free', async () => {
  const refused = ['none1', 'none2', 'none3'].map((text) => app.refused('data.search', { text }));
  const newest = app.call('data.search', { text: numberOf(7) });
  expect((await Promise.all(refused)).map((e) => e.code)).toEqual(Array(3).fill('search.superseded'));
  expect((await newest).rows).toHaveLength(1);
  expect((await app.call('data.search', { text: numberOf(8) })).rows).toHaveLength(1);
});

it('a search under way when the app closes is refused, and its thread goes', async () => {
  const aside = new SearchAside(database);
  const search = aside.search({ text: 'none', figure: undefined, cycle: undefined, limit: 1 }).catch((error: unknown) => error);
  await aside.close();
  expect(await search).toMatchObject({ code: 'cancelled' });
});

it('a database that cannot be opened is told as what it is; the search works once it can', async () => {
  const file = path.join(app.folder, 'later.db');
  const aside = new SearchAside(file);
  onTestFinished(() => aside.close());
  const question = { text: 'none', figure: undefined, cycle: undefined, limit: 1 };
  await expect(aside.search(question)).rejects.toMatchObject({ code: 'write.not-permitted' });
  openForWriting(file, resources.migrations).close();
  expect(await aside.search(question)).toEqual([]);
  fs.rmSync(file, { force: true });
});
