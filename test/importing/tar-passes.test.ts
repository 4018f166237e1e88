import { expect, test } from 'vitest';
import { tarSheets, type ArchiveSheets } from '../../electron/importing/archive.ts';
import type { SheetSource } from '../../electron/importing/cells.ts';
import type { ByteSource } from '../../electron/importing/csv.ts';
import { bufferSource, chunkBytes } from '../../electron/importing/file-bytes.ts';
import { defaultLimits } from '../../electron/importing/limits.ts';
import { tarGzOf } from '../fixtures/odd-zips.ts';
import { numbers } from '../fuzz/mutate.ts';

const next = numbers(7);
/** Digits that hardly compress, so that the archive is as large as several chunks. */
const digits = (n: number): string => Array.from({ length: n }, () => String(next(10))).join('');
const part = (n: number, rows: number): string =>
  `客户ID,产品\n${Array.from({ length: rows }, (_, i) => `p${n}-${i}-${digits(60)},云服务器${i}`).join('\n')}\n`;

async function opened(): Promise<{ archive: ArchiveSheets; size: number; unpacked: () => number }> {
  const bytes = await tarGzOf([1, 2, 3].map((n) => ({ name: `part-${n}.csv`, content: part(n, n === 2 ? 5 : 12_000) })));
  let read = 0;
  const fresh = (): ByteSource => {
    const source = bufferSource(bytes);
    const chunks = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of source.chunks()) {
        read += chunk.length;
        yield chunk as Buffer;
      }
    };
    return { chunks, consumed: source.consumed };
  };
  const archive = await tarSheets(fresh, true, 'a.tar.gz', { limits: defaultLimits, signal: undefined, prefix: '', depth: 0 });
  return { archive, size: bytes.length, unpacked: () => read };
}

async function firstRows(sheet: SheetSource): Promise<number> {
  for await (const batch of sheet.batches()) return batch.rows.length;
  return 0;
}
async function allRows(sheet: SheetSource): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of sheet.batches()) rows.push(...batch.rows.map((row) => `${row.row} ${row.texts.join()}`));
  return rows;
}

test('an archive is unpacked twice: to list its files, with their first rows, and to read them', async () => {
  const { archive, size, unpacked } = await opened();
  // What is looked at to tell a gzip's content is its beginning.
  const listed = unpacked();
  expect(listed).toBeLessThanOrEqual(size + 3 * chunkBytes);
  expect(listed).toBeGreaterThanOrEqual(size);
  for (const sheet of archive.sheets) expect(await firstRows(sheet)).toBeGreaterThan(3);
  expect(unpacked()).toBe(listed);
  const rows: string[][] = [];
  for (const sheet of archive.sheets) rows.push(await allRows(sheet));
  expect(unpacked()).toBe(listed + size);
  expect(rows.map((of) => of.length)).toEqual([12_001, 6, 12_001]);
  expect(
    rows.flatMap((of, n) =>
      of.filter((row, i) => i > 0 && !new RegExp(`^${i + 1} p${n + 1}-${i - 1}-\\d{60},云服务器${i - 1}$`).test(row)),
    ),
  ).toEqual([]);
  archive.close();
});
