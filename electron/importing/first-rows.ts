import type { SheetRow, SheetSource } from './cells.ts';

/** The first rows of a sheet that are not empty, at most `count`; nothing below them is read. */
export async function firstRows(sheet: SheetSource, count: number): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of sheet.batches()) {
    rows.push(...batch.rows.filter((row) => row.texts.some((t) => t.trim() !== '')));
    if (rows.length >= count) break;
  }
  return rows.slice(0, count);
}
