import type { PointerEvent } from 'react';
import { headHeight, nextSorting, type Column, type Sorting } from './grid-column.ts';
import { narrowest } from './remembered-widths.ts';

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  /** Pixels below which the grid scrolls. */
  readonly width: number;
  readonly widthOf: (column: Column<Row>) => number;
  readonly sorting: Sorting | undefined;
  /** undefined: the list's own order. */
  readonly onSort: ((sorting: Sorting | undefined) => void) | undefined;
  /** undefined: its first width again. */
  readonly onWidth: (key: string, width: number | undefined) => void;
}

/** The fixed first row; a click on a heading sorts, a column's right edge is dragged to resize it, a double click gives its first width back. */
export function GridHeader<Row>({ columns, template, width, widthOf, onWidth, sorting, onSort }: Props<Row>) {
  const drag = (column: Column<Row>) => (down: PointerEvent<HTMLSpanElement>) => {
    down.preventDefault();
    const handle = down.currentTarget;
    // What a column has grown to is where the drag begins.
    const start = { x: down.clientX, width: handle.parentElement?.offsetWidth ?? widthOf(column) };
    const move = (e: globalThis.PointerEvent) => onWidth(column.key, Math.max(narrowest, start.width + e.clientX - start.x));
    const up = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', up);
    };
    handle.setPointerCapture(down.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', up);
  };
  return (
    <div className="grid-head" role="rowgroup" style={{ minWidth: width }}>
      <div role="row" aria-rowindex={1} className="grid-row" style={{ gridTemplateColumns: template, height: headHeight }}>
        {columns.map((c, i) => (
          <div
            key={c.key}
            role="columnheader"
            aria-colindex={i + 1}
            className={`cell${c.number ? ' number' : ''}${c.tailed ? ' tailed' : ''}`}
            title={c.title}
            {...(c.sort !== undefined && sorting?.by === c.sort && { 'aria-sort': sorting.descending ? 'descending' : 'ascending' })}
          >
            {c.sort !== undefined && onSort ? (
              // The keys have the list's own choice of orders; a heading is for the mouse, so that Tab does not stop at each.
              <button
                type="button"
                className="grid-sort"
                tabIndex={-1}
                onClick={() => onSort(nextSorting(sorting, c.sort!, c.number === true))}
              >
                {sorting?.by === c.sort && <span aria-hidden>{sorting.descending ? '↓ ' : '↑ '}</span>}
                {c.title}
              </button>
            ) : (
              c.title
            )}
            <span className="resize" aria-hidden onPointerDown={drag(c)} onDoubleClick={() => onWidth(c.key, undefined)} />
          </div>
        ))}
      </div>
    </div>
  );
}
