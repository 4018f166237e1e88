import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { onTestFinished } from 'vitest';

/** A path in a temporary folder that goes when the test is over. */
export function temporaryFile(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, name);
}

/** A written workbook as exceljs reads it. */
export async function readWorkbook(file: string): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return book;
}

/** What our own workbooks hold in a cell. */
export type Value = string | number | null;

/** The values of a sheet, row by row; empty cells are null. */
export function valuesOf(sheet: ExcelJS.Worksheet | undefined): Value[][] {
  if (!sheet) throw new Error('no such sheet');
  return Array.from({ length: sheet.rowCount }, (_, index) =>
    Array.from((sheet.getRow(index + 1).values as Value[]).slice(1), (value) => value ?? null),
  );
}
