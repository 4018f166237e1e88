import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFile } from '../../electron/importing/open.ts';
import type { Problem } from '../../electron/importing/problem.ts';
import type { SheetContext, SheetNotRead, SheetRead, SheetStart } from '../../electron/importing/read-sheet.ts';
import { openAside, type ReadableFile, type ReadableSheet } from '../../electron/jobs/read-aside.ts';
import { generate } from '../fixtures/generate.ts';
import { writeTables, type Variant } from '../fixtures/write.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aside-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A csv large enough to be read by a thread of its own, with Chinese, broken quotes, line breaks, unreadable amounts and a total in it. */
const large = path.join(folder, '消费明细.csv');
const customer = (i: number): string => (i % 5 === 0 ? `C${i}` : ['甲公司', '乙公司', 'acme'][i % 3]!);
const lines = Array.from({ length: 40_000 }, (_, i) => {
  if (i % 9000 === 7) return `2025-09,"broken" quote,x,1.00`;
  const amount = i % 7000 === 3 ? 'soon' : `${i % 11 === 0 ? '0.00' : `${i}.12345678`}`;
  return `2025-09,${customer(i)},"第 ${i} 行\n次行 ${'0123456789abcdef'.repeat(2)}",${amount}`;
});
fs.writeFileSync(large, `账期,客户ID,订单号/交易号,应付金额\n${lines.join('\n')}\n合计,,,1.00\n`);

interface Taken {
  readonly sheet: SheetRead | SheetNotRead;
  readonly start: SheetStart | undefined;
  readonly rows: unknown[];
  readonly problems: Problem[];
  readonly progress: number;
}
const terms = { fileName: '消费明细.csv', format: 'csv' as const, answers: {}, before: undefined };

/** All that one sheet gives. */
async function taken(sheet: ReadableSheet, wanted = true, context: Partial<SheetContext> = {}): Promise<Taken> {
  const rows: unknown[] = [];
  const problems: Problem[] = [];
  let start: SheetStart | undefined;
  let progress = 0;
  const read = await sheet.read(
    {
      ...terms,
      begin: (begun) => {
        start = begun;
        const width = begun.stored.length;
        return { accept: (row, values) => rows.push([row, ...values.slice(1, width)]), problem: (p) => problems.push(p) };
      },
      onBatch: (bytes) => {
        expect(bytes).toBeGreaterThanOrEqual(progress);
        progress = bytes;
      },
      ...context,
    },
    wanted,
  );
  return { sheet: read, start, rows, problems, progress };
}

const whole = (file: ReadableFile, wanted = true): Promise<Taken> => taken(file.sheets[0]!, wanted);

/** All sheets of a file one after another, each knowing the one before, with the rows at their top. */
async function everySheet(file: ReadableFile): Promise<object[]> {
  const all: object[] = [];
  let before: SheetRead | undefined;
  for (const sheet of file.sheets) {
    const { progress: _, ...read } = await taken(sheet, true, { format: file.format, before });
    if (read.sheet.state === 'read') before = read.sheet;
    all.push({ ...read, name: sheet.name, hidden: sheet.hidden, head: await sheet.head(3) });
  }
  await file.close();
  return all;
}

test('another thread gives the same rows, problems and counts, on every pass', async () => {
  const small = await openAside(large, { from: Infinity });
  const mine = await whole(small);
  await small.close();
  const aside = await openAside(large);
  const { sheets, close: _close, ...about } = aside;
  expect(about).toEqual({ format: 'csv', bytes: fs.statSync(large).size, notes: [] });
  expect(sheets.map((s) => s.name)).toEqual(['消费明细.csv']);
  const head = await sheets[0]!.head(30);
  expect([head.length, head[0]!.texts]).toEqual([30, ['账期', '客户ID', '订单号/交易号', '应付金额']]);
  const counted = await whole(aside, false);
  const read = await whole(aside);
  await aside.close();
  expect(mine.rows.length).toBeGreaterThan(39_000);
  expect(new Set(mine.problems.map((p) => p.code))).toEqual(new Set(['row.quote', 'amount.unreadable']));
  expect(mine.sheet).toMatchObject({ state: 'read', data: { totals: { found: [{ column: '应付金额', stated: 100_000_000n }] } } });
  expect({ ...read, progress: 0 }).toEqual({ ...mine, progress: 0 });
  expect({ ...counted, progress: 0 }).toEqual({ ...mine, rows: [], progress: 0 });
  expect([read.progress, counted.progress]).toEqual([about.bytes, about.bytes]);
});

test.each<Variant>([
  { format: 'xlsx', strings: 'shared', amounts: 'binary', titles: true, totals: true, rowsPerPart: 40 },
  { format: 'csv', encoding: 'gb18030', idTab: 'before', amounts: 'thousands', totals: true },
  { format: 'tar.gz', delimiter: '\t', amounts: 'currency', rowsPerPart: 30, synonyms: 5, absent: '--', times: 'gmt' },
])('every kind of table in $format is the same read aside, sheet after sheet', async (variant) => {
  const tables = generate({ seed: 17, scale: 60 }).tables.filter((t) =>
    ['account-statement', 'partner-bill', 'payment-request'].includes(t.kind),
  );
  const files = await writeTables(path.join(folder, variant.format!), tables.slice(0, 4), variant);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const mine = await everySheet(await openAside(file, { from: Infinity }));
    expect(mine.length).toBeGreaterThan(0);
    expect(await everySheet(await openAside(file, { from: 0 }))).toEqual(mine);
  }
});

test('a sheet that nobody knows, and one that needs an answer, say the same from aside', async () => {
  for (const text of ['甲,乙,丙\n1,2,3\n', '客户ID,订单号,应付金额,现金支付\nC1,O1,1.00,1.00\n', '说明\n没有表\n']) {
    const file = path.join(folder, '表.csv');
    fs.writeFileSync(file, text);
    const mine = await everySheet(await openAside(file, { from: Infinity }));
    expect(mine[0]).toMatchObject({ rows: [], sheet: { state: expect.stringMatching(/^(?:passed|needs-mapping|refused)$/) } });
    expect(await everySheet(await openAside(file, { from: 0 }))).toEqual(mine);
  }
});

test('a refusal is the same refusal, and a small or missing file is opened at once', async () => {
  const damaged = path.join(folder, 'damaged.xlsx');
  fs.writeFileSync(damaged, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(3_000_000)]));
  const refusalOf = async (opened: Promise<unknown>): Promise<unknown> =>
    await opened.then(
      () => undefined,
      (error: unknown) => ({ ...(error as object), message: (error as Error).message }),
    );
  expect(await refusalOf(openAside(damaged))).toEqual(await refusalOf(openFile(damaged)));
  expect(await refusalOf(openAside(damaged))).toMatchObject({ name: 'FileRefused' });
  expect(await refusalOf(openAside(path.join(folder, 'none.csv')))).toMatchObject({ code: 'file.missing' });
});

test('aborting stops the reading with the reason given', async () => {
  const abort = new AbortController();
  const file = await openAside(large, { signal: abort.signal });
  const reading = taken(file.sheets[0]!, true, { onBatch: () => abort.abort(new Error('enough')) });
  await expect(reading).rejects.toThrow('enough');
  await file.close();
});
