import { cellKinds, type RowFault, type SheetRow, type SheetSource } from '../../electron/importing/cells.ts';
import { makePlan } from '../../electron/importing/plan.ts';
import type { Problem } from '../../electron/importing/problem.ts';
import { readSheet, type ImportAnswers, type SheetNotRead, type SheetRead } from '../../electron/importing/read-sheet.ts';
import type { Bound } from '../../electron/importing/values/fault.ts';

/** A sheet of text cells given row by row, in batches of two so that every border is crossed. */
export function sheetOf(
  rows: readonly (readonly string[])[],
  name = 'Sheet1',
  faults: readonly RowFault[] = [],
  numbers?: readonly number[],
): SheetSource {
  const all: SheetRow[] = rows.map((texts, i) => ({
    row: numbers?.[i] ?? i + 1,
    texts: [...texts],
    kinds: texts.map((t) => (t === '' ? cellKinds.empty : cellKinds.text)),
  }));
  return {
    name,
    hidden: false,
    trimsRows: !/\.csv$/i.test(name),
    async *batches() {
      for (let i = 0; i < Math.max(1, all.length); i += 2) {
        yield await Promise.resolve({ rows: all.slice(i, i + 2), faults: i === 0 ? faults : [], bytesRead: i });
      }
    },
  };
}

export interface ReadResult {
  readonly sheet: SheetRead | SheetNotRead;
  /** Accepted rows as objects of table column (or unstored field) → value; null left out. */
  readonly rows: Record<string, Bound>[];
  readonly problems: Problem[];
}

/** Reads a sheet the way an import does, into memory. */
export async function read(
  source: SheetSource,
  answers: ImportAnswers = {},
  fileName = 'export.xlsx',
  format: 'xlsx' | 'csv' = 'xlsx',
): Promise<ReadResult> {
  const rows: Record<string, Bound>[] = [];
  const problems: Problem[] = [];
  const sheet = await readSheet(source, {
    fileName,
    format,
    answers,
    before: undefined,
    begin: (start) => {
      const { position } = makePlan(start.found, start.headerRow, start.title);
      return {
        accept: (row, values) => {
          const entries = [...position].flatMap(([name, at]) => (values[at] === null ? [] : [[name, values[at]!] as const]));
          rows.push({ ...Object.fromEntries(entries), row: BigInt(row) });
        },
        problem: (p) => problems.push(p),
      };
    },
    onBatch: () => undefined,
  });
  return { sheet, rows, problems };
}
