import type { ReactNode } from 'react';

/** Pixels; all rows of a grid are equally high, so that the grid knows where every one of a million stands. */
export const rowHeight = 26;
export const headHeight = 28;

/** One column: `cell` draws, `text` is what Ctrl+C copies (and the tooltip of what is cut off). */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly width: number;
  /** Its share of what the grid is wider than its columns; absent: it keeps its width. */
  readonly grow?: number;
  readonly number?: boolean;
  /** Its amounts leave room for decimals beyond the cents: the title ends where the cents end. */
  readonly tailed?: boolean;
  /** By what its heading sorts the list; absent: it does not. */
  readonly sort?: string;
  readonly text: (row: Row) => string;
  readonly cell?: (row: Row) => ReactNode;
}
/** How a list is sorted, as its headings show it. */
export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
}
/** What a click on a heading asks for: its own direction first, then the other, then the list's own order again. */
export function nextSorting(now: Sorting | undefined, by: string, largestFirst: boolean): Sorting | undefined {
  if (now?.by !== by) return { by, descending: largestFirst };
  return now.descending === largestFirst ? { by, descending: !largestFirst } : undefined;
}
/** The rows chosen: `cursor` is where the keys are, `anchor` the other end. */
export interface Range {
  readonly anchor: number;
  readonly cursor: number;
}

/** The columns' tracks (as CSS) and the width in pixels below which the grid scrolls; `widths` are those that the person dragged. */
export function tracksOf<Row>(
  columns: readonly Column<Row>[],
  widths: Readonly<Record<string, number>>,
): { readonly template: string; readonly width: number } {
  const tracks = columns.map((c) => ({ px: widths[c.key] ?? c.width, grow: widths[c.key] === undefined ? (c.grow ?? 0) : 0 }));
  const template = tracks.map(({ px, grow }) => (grow > 0 ? `minmax(${px}px, ${grow}fr)` : `${px}px`)).join(' ');
  // Where nothing grows, an empty track takes what is left.
  return {
    template: tracks.some((t) => t.grow > 0) ? template : `${template} minmax(0, 1fr)`,
    width: tracks.reduce((n, t) => n + t.px, 0),
  };
}
