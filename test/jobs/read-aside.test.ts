import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { OpenedFile, SheetRow } from '../../electron/importing/cells.ts';
import { openFile } from '../../electron/importing/open.ts';
import { openAside } from '../../electron/jobs/read-aside.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aside-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A csv large enough to be read by a thread of its own, with Chinese, broken quotes and line breaks in it. */
const large = path.join(folder, '消费明细.csv');
const lines = Array.from({ length: 40_000 }, (_, i) =>
  i % 9000 === 7 ? `${i},"broken" quote,x` : `${i},"第 ${i} 行\n次行",${'0123456789abcdef'.repeat(3)}`,
);
fs.writeFileSync(large, `账期,说明,编号\n${lines.join('\n')}\n`);

async function whole(file: OpenedFile): Promise<{ rows: SheetRow[]; faults: unknown[] }> {
  const rows: SheetRow[] = [];
  const faults: unknown[] = [];
  for (const sheet of file.sheets) {
    for await (const batch of sheet.batches()) {
      rows.push(...batch.rows);
      faults.push(...batch.faults);
    }
  }
  await file.close();
  return { rows, faults };
}

test('another thread gives the same rows and faults, on every pass', async () => {
  const here = await whole(await openFile(large));
  const aside = await openAside(large);
  const { sheets, close: _close, ...about } = aside;
  expect(about).toEqual({ format: 'csv', bytes: fs.statSync(large).size, notes: [] });
  expect(sheets.map((s) => s.name)).toEqual(['消费明细.csv']);
  for await (const batch of sheets[0]!.batches()) {
    expect(batch.rows[0]!.texts).toEqual(['账期', '说明', '编号']);
    break;
  }
  const there = await whole(aside);
  expect(here.faults.length).toBeGreaterThan(3);
  expect(there.faults).toEqual(here.faults);
  expect(there.rows.length).toBe(here.rows.length);
  expect(there.rows).toEqual(here.rows);
});

test('a refusal is the same refusal, and a small or missing file is opened at once', async () => {
  const damaged = path.join(folder, 'damaged.xlsx');
  fs.writeFileSync(damaged, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(3_000_000)]));
  const refusalOf = async (opened: Promise<OpenedFile>): Promise<unknown> =>
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
  const reading = (async () => {
    for await (const batch of file.sheets[0]!.batches()) if (batch.rows.length > 0) abort.abort(new Error('enough'));
  })();
  await expect(reading).rejects.toThrow('enough');
  await file.close();
});
