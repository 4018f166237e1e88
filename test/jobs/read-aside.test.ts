import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { firstRows } from '../../electron/importing/first-rows.ts';
import { openFile } from '../../electron/importing/open.ts';
import type { Problem } from '../../electron/importing/problem.ts';
import { readSheet, type SheetContext, type SheetNotRead, type SheetRead, type SheetStart } from '../../electron/importing/read-sheet.ts';
import { openAside, type ReadableFile } from '../../electron/jobs/read-aside.ts';

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

/** All that the first sheet gives, after a look at its head. */
async function whole(file: ReadableFile, wanted = true, context: Partial<SheetContext> = {}): Promise<Taken> {
  const rows: unknown[] = [];
  const problems: Problem[] = [];
  let start: SheetStart | undefined;
  let progress = 0;
  const sheet = await file.sheets[0]!.read(
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
  return { sheet, start, rows, problems, progress };
}

/** The same file read in this thread. */
async function here(): Promise<Taken> {
  const { sheets, ...about } = await openFile(large);
  const source = sheets[0]!;
  const read = (context: SheetContext): Promise<SheetRead | SheetNotRead> => readSheet(source, context);
  return await whole({ ...about, sheets: [{ name: source.name, hidden: false, head: (n) => firstRows(source, n), read }] });
}

test('another thread gives the same rows, problems and counts, on every pass', async () => {
  const mine = await here();
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
  const reading = whole(file, true, { onBatch: () => abort.abort(new Error('enough')) });
  await expect(reading).rejects.toThrow('enough');
  await file.close();
});
