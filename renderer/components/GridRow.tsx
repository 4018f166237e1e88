import { memo, type RefObject } from 'react';
import { rowHeight, type Column } from './grid-column.ts';

/** What a row tells its grid; the same object for the grid's whole life, so that a row is drawn again only when it changes. */
export interface RowHandlers {
  readonly onMove: (index: number, extend: boolean) => void;
  readonly onOpen: ((index: number) => void) | undefined;
}
interface Props<Row> {
  readonly id: string;
  readonly index: number;
  /** Pixels from the top of the first row. */
  readonly top: number;
  readonly data: Row | undefined;
  readonly columns: readonly Column<Row>[];
  readonly template: string;
  readonly chosen: boolean;
  readonly cursor: boolean;
  readonly handlers: RefObject<RowHandlers>;
}

function Row<Data>({ id, index, top, data, columns, template, chosen, cursor, handlers }: Props<Data>) {
  return (
    // The grid itself takes the keys (aria-activedescendant), so a row needs none.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={`grid-row${chosen ? ' chosen' : ''}${cursor ? ' cursor' : ''}${index % 2 ? ' odd' : ''}`}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template, height: rowHeight }}
      onMouseDown={(e) => {
        if (e.button === 0) handlers.current.onMove(index, e.shiftKey);
      }}
      onDoubleClick={() => handlers.current.onOpen?.(index)}
    >
      {columns.map((c, i) => (
        <div key={c.key} role="gridcell" aria-colindex={i + 1} className={c.number ? 'cell number' : 'cell'} title={data && c.text(data)}>
          {data === undefined ? <span className="placeholder" /> : c.cell ? c.cell(data) : c.text(data)}
        </div>
      ))}
    </div>
  );
}

/** One row of a grid; while the grid scrolls, only rows that come into view are drawn. */
export const GridRow = memo(Row) as typeof Row;
