import type { Cell as ExcelCell, Worksheet } from 'exceljs';
import { formatMoney, type Money } from '../core/money.ts';

/** A cell: text, a count (number), an amount (bigint in 1e-8 yuan) or nothing. */
export type Cell = string | number | Money | undefined;
/** `headRight`: the head of a column of amounts or counts. */
export type Style = 'title' | 'head' | 'headRight' | 'total';
/** A cell that looks otherwise than its row. */
export interface StyledCell {
  readonly value: Cell;
  readonly style: Style;
}
export interface Row {
  readonly cells: readonly (Cell | StyledCell)[];
  readonly style?: Style;
}
export interface Column {
  /** In characters of the font. */
  readonly width: number;
  readonly wrap?: boolean;
}
export interface SheetContent {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** Rows that stay when the sheet scrolls; the last of them carries the filter. */
  readonly frozen?: number;
  /** The whole sheet on one A4 page; else as wide as one page. */
  readonly onePage?: boolean;
}

/** Thousands, two decimals, and as many more as the amount has: nothing is rounded away. */
export const amountFormat = '#,##0.00######';
const font = { name: '微软雅黑', size: 10 };
const headFill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEAF0F7' } } as const;
/** Rows between two turns of the event loop: writing never holds the window up. */
const rowsPerTurn = 500;

/**
 * Writes a workbook sheet by sheet, row by row, so that its size does not matter. Ids stay text; an amount is a number where Excel keeps all of its
 * digits (15), else text. `at` ("YYYY-MM-DD HH:MM:SS", GMT+08:00) stands as its date.
 */
export async function writeWorkbook(file: string, at: string, sheets: readonly SheetContent[]): Promise<void> {
  const { default: ExcelJS } = await import('exceljs');
  const created = new Date(`${at.replace(' ', 'T')}+08:00`);
  const options = { filename: file, useStyles: true, useSharedStrings: false, created, modified: created, creator: '核账 Hezhang' };
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter(options);
  const names = new Set<string>();
  for (const content of sheets) {
    const { frozen = 0, onePage = false } = content;
    const sheet = workbook.addWorksheet(freeName(content.name, names), {
      views: frozen > 0 ? [{ state: 'frozen', ySplit: frozen }] : [{ showGridLines: !onePage }],
      pageSetup: {
        paperSize: 9,
        orientation: onePage ? 'portrait' : 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: onePage ? 1 : 0,
      },
    });
    sheet.columns = content.columns.map(({ width, wrap = false }) => ({
      width,
      style: { font, alignment: { vertical: 'top', wrapText: wrap } },
    }));
    if (frozen > 0) sheet.autoFilter = { from: { row: frozen, column: 1 }, to: { row: frozen, column: content.columns.length } };
    await writeRows(sheet, content);
    sheet.commit();
  }
  await workbook.commit();
}

async function writeRows(sheet: Worksheet, { columns, rows }: SheetContent): Promise<void> {
  let count = 0;
  for await (const { cells, style } of rows) {
    const row = sheet.addRow([]);
    for (const [index, given] of cells.entries()) {
      const styled = typeof given === 'object' ? given : { value: given, style };
      setCell(row.getCell(index + 1), styled.value, styled.style);
    }
    const lines = linesOf(cells, columns);
    if (lines > 1) row.height = Math.min(tallest, lines * lineHeight);
    else if (style === 'title') row.height = titleHeight;
    row.commit();
    if (++count % rowsPerTurn === 0) await new Promise(setImmediate);
  }
}

function setCell(cell: ExcelCell, value: Cell, style: Style | undefined): void {
  cell.value = valueOf(value);
  if (typeof value === 'bigint') {
    if (typeof cell.value === 'number') cell.numFmt = amountFormat;
    cell.alignment = { vertical: 'top', horizontal: 'right', indent: 1 };
  }
  if (style) cell.font = { ...font, bold: true, ...(style === 'title' && { size: 14 }) };
  if (style === 'headRight') cell.alignment = { vertical: 'top', horizontal: 'right', indent: 1 };
  if (style === 'head' || style === 'headRight') cell.fill = headFill;
}

/** Points of one line of text, of a title, and of the tallest row that Excel has. */
const lineHeight = 15;
const titleHeight = 21;
const tallest = 409;

/** How many lines the row's wrapped texts need: a sheet that is streamed has no heights but those that are written. */
function linesOf(cells: Row['cells'], columns: readonly Column[]): number {
  let most = 1;
  for (const [index, given] of cells.entries()) {
    const { width, wrap } = columns[index] ?? { width: 0 };
    if (!wrap || typeof given !== 'string') continue;
    const lines = given.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / (width - 1))), 0);
    most = Math.max(most, lines);
  }
  return most;
}

/** In characters of the font: a Chinese one is as wide as two others. */
function widthOf(line: string): number {
  let width = 0;
  for (const character of line) width += character > '\u2e7f' ? 2 : 1;
  return width;
}

/** The longest text that a cell holds. */
const longest = 32_767;

function valueOf(cell: Cell): string | number | null {
  if (typeof cell === 'bigint') return exactNumber(cell);
  if (cell === '') return null;
  if (typeof cell === 'string') return cell.length > longest ? `${cell.slice(0, longest - 1)}…` : cell;
  return cell ?? null;
}

/** The amount as a number where 15 significant digits hold all of it, else its exact text. */
export function exactNumber(amount: Money): number | string {
  const text = formatMoney(amount).replace(/\.?0+$/, '');
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length <= 15 ? Number(text) : text;
}

/** A name that Excel takes (31 characters, none of []:*?/\) and that no other sheet has. */
function freeName(wanted: string, taken: Set<string>): string {
  const base = wanted.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base.slice(0, 27)} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
