import path from 'node:path';
import { AppError } from '../errors.ts';
import { writeProblemsWorkbook, type ProblemSheet, type SheetLine } from '../exporting/problems-workbook.ts';
import { cellKinds, type SheetRow, type SheetSource } from '../importing/cells.ts';
import { headersOf, signatureOf } from '../importing/header-mapping.ts';
import { openFile } from '../importing/open.ts';
import { importFile } from './import-file.ts';
import type { ImportedFile, ImportedSheet } from './import-result.ts';
import type { ImportAnswers, ImportContext } from './import.ts';

/** A file whose problems are written as a workbook. */
export interface ProblemsRequest {
  readonly path: string;
  /** The name that it had when it was chosen: the kept original's own is its hash. */
  readonly fileName: string;
  readonly answers: ImportAnswers;
  readonly language: 'zh' | 'en';
  /** Where the workbook goes. */
  readonly target: string;
}

const mostProblems = 100_000;
/** A file of at most this many rows is written whole, so that it can be mended in the workbook itself. */
const wholeRows = 20_000;
const headRows = 30;

/** Reads a file once more, without writing to the database, and writes what is wrong with it as a workbook. Returns how many problems there are. */
export async function writeProblems(request: ProblemsRequest, context: ImportContext): Promise<{ problems: number }> {
  const { answers, language, fileName } = request;
  const read = await importFile({
    path: request.path,
    options: { answers, strict: false, dryRun: true, language },
    context,
    seen: new Set(),
    listAgain: { name: fileName, most: mostProblems },
  });
  const listed = read.sheets.reduce((n, s) => n + s.problems.length, 0);
  const omitted = read.sheets.reduce((n, s) => n + (s.problemsOmitted ?? 0), 0);
  if (listed === 0) throw nothingToList(read, fileName);
  const whole = read.sheets.reduce((n, s) => n + s.rows, 0) <= wholeRows;
  const sheets = await readSheets(request, read, whole, context.signal);
  await writeProblemsWorkbook(request.target, { source: path.basename(fileName), language, omitted, sheets });
  return { problems: listed + omitted };
}

async function readSheets(
  request: ProblemsRequest,
  read: ImportedFile,
  whole: boolean,
  signal: AbortSignal | undefined,
): Promise<ProblemSheet[]> {
  const file = await openFile(request.path, { displayName: request.fileName, ...(signal && { signal }) });
  try {
    const sources = file.sheets.filter((s) => !s.hidden || request.answers.hidden);
    const sheets: ProblemSheet[] = [];
    for (const [i, sheet] of read.sheets.entries()) {
      if (sheet.problems.length > 0) sheets.push(await linesOf(sources[i]!, sheet, whole, request.language));
      signal?.throwIfAborted();
    }
    return sheets;
  } finally {
    await file.close();
  }
}

/** The rows of a sheet: all, or those down to the header and those with problems. */
async function linesOf(source: SheetSource, sheet: ImportedSheet, whole: boolean, language: 'zh' | 'en'): Promise<ProblemSheet> {
  const bad = new Set(sheet.problems.map((p) => p.row));
  const rows: SheetLine[] = [];
  let headerRow = 0;
  let filled = 0;
  for await (const batch of source.batches()) {
    for (const row of batch.rows) {
      const head = headerRow === 0 && filled < headRows;
      if (head && row.texts.some((t) => t.trim() !== '')) filled++;
      if (head && signatureOf(headersOf(row.texts)) === sheet.signature) headerRow = row.row;
      if (whole || head || bad.has(row.row)) rows.push({ row: row.row, cells: row.texts.map((_, i) => cellOf(row, i)) });
    }
  }
  return {
    name: sheet.name,
    headers: (sheet.columns ?? []).map((c) => c.header),
    headerRow,
    rows,
    whole,
    problems: sheet.problems.map(({ row, column, value, code, text }) => ({ row, column, value, code, message: text[language] })),
  };
}

/** A number stays one where its double is the one that the file holds. */
function cellOf(row: SheetRow, at: number): string | number {
  const text = row.texts[at]!;
  if (row.kinds[at] !== cellKinds.number) return text;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

function nothingToList(read: ImportedFile, fileName: string): AppError {
  if (read.reasonText) return new AppError(read.reasonCode ?? 'file.refused', read.reasonText);
  return new AppError('problems.none', {
    zh: `“${fileName}”没有读不出的单元格，不需要问题清单。`,
    en: `Every cell of "${fileName}" can be read: there is nothing to list.`,
  });
}
