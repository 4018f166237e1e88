import { columns } from './invoice-list-model.ts';
import { cellPadding, contentWidth, size } from './invoice-list-page.ts';
import type { TextMeter } from './pdf-text.ts';

/** The column of incentive names: the one whose texts wrap, which gets what the others leave. */
const names = 4;
/** Invoice code and number, where they are written by hand. */
const byHandColumns: readonly number[] = [11, 12];
/** Who is served first where not all get what they need: amounts, then ids, then the others. */
const order = [9, 6, 8, 1, 3, 12, 11, 13, 2, 10, 5, 7, 0];
/** Air beside amounts, where there is some to spare. */
const amountAir = 6;
/** An id longer than this is set smaller instead. */
const widest = 110;

/**
 * Widths of one list's columns: what their own texts need without breaking, from the spare width of columns that need less; with nothing to spare each
 * has its own width of the model. `sums` are the subtotal's, by column.
 */
export function fitColumns(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  sums: ReadonlyMap<number, string>,
  byHand: boolean,
  meter: TextMeter,
): number[] {
  const needs = columns.map((column, index) => {
    const plain = new Set(rows.flatMap((cells) => cells[index]!.split('\n')));
    const bold = [...titles[index]!.split('\n'), sums.get(index) ?? ''];
    const text = Math.max(
      ...[...plain].map((line) => meter.width(line, size.cell, false)),
      ...bold.map((line) => meter.width(line, size.cell, true)),
    );
    const needed = Math.min(text + 2 * cellPadding + (column.align === 'right' ? amountAir : 0.5), widest);
    return byHand && byHandColumns.includes(index) ? Math.max(needed, column.width) : needed;
  });
  const widths = columns.map(({ width }, index) => (index === names ? width : Math.min(width, needs[index]!)));
  let spare = contentWidth - across(widths, 0, widths.length);
  for (const index of order) {
    const more = Math.min(Math.max(0, needs[index]! - widths[index]!), spare);
    widths[index]! += more;
    spare -= more;
  }
  widths[names]! += spare;
  return widths;
}

/** Width of the columns from `from` up to before `to`. */
export const across = (widths: readonly number[], from: number, to: number): number =>
  widths.slice(from, to).reduce((sum, width) => sum + width, 0);
