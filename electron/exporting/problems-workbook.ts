import type ExcelJS from 'exceljs';
import { problemName } from '../core/problem-names.ts';
import { counted } from '../core/display-count.ts';

/** One sheet of a file: its rows as they stand there, and what is wrong with them. */
export interface ProblemSheet {
  readonly name: string;
  /** The header of each column, to find a problem's cell; the first of several equal ones is meant. */
  readonly headers: readonly string[];
  /** The row of the header in the file. */
  readonly headerRow: number;
  readonly rows: readonly SheetLine[];
  /** All rows at their places; else only the rows above the table and those with problems, one after another. */
  readonly whole: boolean;
  readonly problems: readonly CellProblem[];
}
export interface SheetLine {
  readonly row: number;
  /** Text stays text; a number is a number cell of the file. */
  readonly cells: readonly (string | number)[];
}
export interface CellProblem {
  readonly row: number;
  /** The header; '' where the whole row is meant. */
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly message: string;
}
export interface ProblemWorkbook {
  readonly source: string;
  readonly language: 'zh' | 'en';
  /** Problems beyond those listed. */
  readonly omitted: number;
  readonly sheets: readonly ProblemSheet[];
}

const red: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };
const grey: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } };
/** Notes beyond this make a spreadsheet slow; further cells are only coloured. */
const mostNotes = 5000;

/**
 * Writes the problems of a file: a list by kind first, then each sheet that has any, with the bad cells coloured and the reason as a note. A sheet that is whole can
 * be mended there and imported in the place of the file.
 */
export async function writeProblemsWorkbook(file: string, book: ProblemWorkbook): Promise<void> {
  const { default: excel } = await import('exceljs');
  const workbook = new excel.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: false });
  withPlainNames(workbook);
  const used = new Set<string>();
  const listName = sheetName(book.language === 'zh' ? '问题清单' : 'Problems', used);
  const marked = book.sheets
    .filter((s) => s.problems.length > 0)
    .map((sheet) => ({ sheet, name: sheetName(sheet.name, used), at: places(sheet) }));
  listProblems(workbook.addWorksheet(listName, { views: [{ state: 'frozen', ySplit: 0 }] }), book, marked);
  let notes = 0;
  for (const one of marked) notes = markSheet(workbook.addWorksheet(one.name), one, mostNotes, notes);
  await workbook.commit();
}

interface Marked {
  readonly sheet: ProblemSheet;
  readonly name: string;
  /** Row in the file → row in this workbook. */
  readonly at: ReadonlyMap<number, number>;
}

/** The library writes its notes under names with a leading slash, which is no name of a zip entry. */
function withPlainNames(workbook: ExcelJS.stream.xlsx.WorkbookWriter): void {
  const writer = workbook as unknown as { _openStream(name: string): unknown };
  const open = writer._openStream.bind(workbook);
  writer._openStream = (name) => open(name.replace(/^\//, ''));
}

/** A name as Excel takes it: 31 characters, none of []:*?/\, each once. */
function sheetName(name: string, used: Set<string>): string {
  const plain = name.replace(/[[\]:*?/\\]/g, '_').replace(/^'+|'+$/g, '') || 'Sheet';
  for (let n = 1; ; n++) {
    const mark = n === 1 ? '' : `(${n})`;
    const whole = plain.slice(0, 31 - mark.length) + mark;
    if (used.has(whole.toLowerCase())) continue;
    used.add(whole.toLowerCase());
    return whole;
  }
}

const places = (sheet: ProblemSheet): Map<number, number> =>
  new Map(sheet.rows.map((line, i) => [line.row, sheet.whole ? line.row : i + 1]));

function listProblems(list: ExcelJS.Worksheet, book: ProblemWorkbook, marked: readonly Marked[]): void {
  const zh = book.language === 'zh';
  const all = marked.flatMap((one) => one.sheet.problems.map((problem) => ({ one, problem })));
  const byCode = [...Map.groupBy(all, (p) => p.problem.code)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  list.columns = [{ width: 24 }, { width: 24 }, { width: 10 }, { width: 10 }, { width: 20 }, { width: 24 }, { width: 90 }];
  const line = (cells: readonly (string | number)[], style?: { bold?: boolean; fill?: boolean }): void => {
    const row = list.addRow([...cells]);
    if (style?.bold) row.font = { bold: true };
    if (style?.fill) row.eachCell((cell) => (cell.fill = grey));
    row.commit();
  };
  const total = all.length + book.omitted;
  line([zh ? `${book.source}：${total} 处问题` : `${book.source}: ${counted(total, 'problem')}`], { bold: true });
  for (const how of howTo(book, zh)) line([how]);
  line([]);
  for (const [code, found] of byCode) line([problemName(code)[book.language], found.length]);
  line([]);
  const heads = zh
    ? ['哪类问题', '工作表名', '原文件行', '本表行', '哪一列', '单元格内容', '原因和处理']
    : ['Problem', 'In sheet', 'File row', 'Row here', 'In column', 'Cell content', 'Why and what to do'];
  line(heads, { bold: true, fill: true });
  for (const [code, found] of byCode) {
    for (const { one, problem } of found) {
      const row = list.addRow([
        problemName(code)[book.language],
        one.name,
        problem.row,
        '',
        problem.column,
        problem.value.slice(0, 1000),
        problem.message,
      ]);
      const here = one.at.get(problem.row);
      const column = columnLetter(columnOf(one.sheet, problem) + 1);
      if (here !== undefined)
        row.getCell(4).value = { text: String(here), hyperlink: `#'${one.name.replaceAll("'", "''")}'!${column}${here}` };
      row.commit();
    }
  }
  list.commit();
}

function howTo(book: ProblemWorkbook, zh: boolean): string[] {
  const lines: string[] = [];
  if (book.sheets.some((s) => s.problems.length > 0 && s.whole)) {
    lines.push(
      zh
        ? '标红的单元格读不出，原因见批注。可以在原文件里改，也可以直接在后面的表里改好并保存，再拖进核账：改好的文件会替换原来的。'
        : 'Cells in red could not be read; the note says why. Mend them in the file, or in the sheets here, save, and drop the file on Hezhang: it replaces the old one.',
    );
  }
  if (book.sheets.some((s) => s.problems.length > 0 && !s.whole)) {
    lines.push(
      zh
        ? '表太大，这里只列出有问题的行：请在原文件里按“原文件行”改好，再把原文件拖进核账。'
        : 'The table is large, so only rows with problems stand here: mend them in the file itself by their row there, and drop that file on Hezhang.',
    );
  }
  if (book.omitted > 0)
    lines.push(zh ? `另有 ${book.omitted} 处问题未列出。` : `${counted(book.omitted, 'more problem is', 'more problems are')} not listed.`);
  return lines;
}

/** Writes one sheet; returns how many notes the workbook has then. */
function markSheet(out: ExcelJS.Worksheet, { sheet, at }: Marked, most: number, before: number): number {
  const byRow = Map.groupBy(sheet.problems, (p) => p.row);
  let notes = before;
  for (const line of sheet.rows) {
    const row = out.getRow(at.get(line.row)!);
    for (const [i, cell] of line.cells.entries()) if (cell !== '') row.getCell(i + 1).value = cell;
    if (line.row === sheet.headerRow) row.font = { bold: true };
    for (const problem of byRow.get(line.row) ?? []) {
      const whole = problem.column === '';
      const cell = row.getCell(columnOf(sheet, problem) + 1);
      cell.fill = red;
      if (whole) for (let i = 1; i < sheet.headers.length; i++) row.getCell(i + 1).fill = red;
      if (notes++ < most) cell.note = problem.message;
    }
    row.commit();
  }
  out.commit();
  return notes;
}

const columnOf = (sheet: ProblemSheet, problem: CellProblem): number => Math.max(0, sheet.headers.indexOf(problem.column));

function columnLetter(column: number): string {
  let letters = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}
