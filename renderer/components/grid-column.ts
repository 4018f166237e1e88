import type { ReactNode } from 'react';

/** Pixels; all rows of a grid are equally high, so that the grid knows where every one of a million stands. */
export const rowHeight = 26;
export const headHeight = 28;

/** One column: `cell` draws, `text` is what Ctrl+C copies (and the tooltip of what is cut off). */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  readonly number?: boolean;
  readonly text: (row: Row) => string;
  readonly cell?: (row: Row) => ReactNode;
}
/** The rows chosen: `cursor` is where the keys are, `anchor` the other end. */
export interface Range {
  readonly anchor: number;
  readonly cursor: number;
}
