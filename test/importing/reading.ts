import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellKinds, FileRefused, type RowFault, type SheetRow, type SheetSource } from '../../electron/importing/cells.ts';
import { openFile, type OpenOptions } from '../../electron/importing/open.ts';

export interface ReadSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: SheetRow[];
  readonly faults: RowFault[];
}

export interface ReadFile {
  readonly format: string;
  readonly exportedAt: string | undefined;
  readonly notes: string[];
  readonly sheets: ReadSheet[];
}

/** Runs `use` with a file of these bytes in a folder of its own, gone afterwards. */
export async function withFile<T>(bytes: Buffer | string, use: (path: string) => Promise<T>, name = 'file'): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hezhang-read-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function readSheet(sheet: SheetSource): Promise<ReadSheet> {
  const rows: SheetRow[] = [];
  const faults: RowFault[] = [];
  for await (const batch of sheet.batches()) {
    rows.push(...batch.rows);
    faults.push(...batch.faults);
  }
  return { name: sheet.name, hidden: sheet.hidden, rows, faults };
}

/** Everything a file of these bytes gives. */
export function readBytes(bytes: Buffer | string, options?: OpenOptions, name?: string): Promise<ReadFile> {
  return withFile(
    bytes,
    async (path) => {
      const file = await openFile(path, options);
      try {
        const sheets: ReadSheet[] = [];
        for (const sheet of file.sheets) sheets.push(await readSheet(sheet));
        return { format: file.format, exportedAt: file.exportedAt, notes: file.notes.map(({ code }) => code), sheets };
      } finally {
        await file.close();
      }
    },
    name,
  );
}

/** The code a file of these bytes is refused with; 'read' when it is not refused. */
export async function refusalCode(bytes: Buffer | string, options?: OpenOptions, name?: string): Promise<string> {
  try {
    await readBytes(bytes, options, name);
    return 'read';
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
}

const kindNames = Object.fromEntries(Object.entries(cellKinds).map(([name, kind]) => [kind, name]));

/** A row as `kind:text` per cell, '' for an empty cell. */
export function cellsOf(row: SheetRow | undefined): string[] {
  return (row?.texts ?? []).map((text, i) => (row?.kinds[i] === cellKinds.empty ? '' : `${kindNames[row?.kinds[i] ?? 0]}:${text}`));
}
