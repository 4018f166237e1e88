import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { headHeight, rowHeight, tracksOf, type Column, type Range } from './grid-column.ts';
import { GridHeader } from './GridHeader.tsx';
import { nextIndex } from './grid-keys.ts';
import { useFirstFocus } from './use-first-focus.ts';

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly count: number;
  /** undefined while the row is being read: a placeholder stands there. */
  readonly row: (index: number) => Row | undefined;
  readonly range: Range;
  readonly onMove: (index: number, extend: boolean) => void;
  readonly onOpen?: (index: number) => void;
  /** Rows in view, to read them. */
  readonly onView?: (first: number, last: number) => void;
  /** Keys the grid does not use itself. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly empty?: ReactNode;
  /** Has the keys when its page opens. */
  readonly first?: boolean;
}

const nowhere = { current: null };

/** A grid like a spreadsheet's: only the rows in view exist, arrows move, Shift extends, Ctrl+C copies rows as tab-separated text. */
export function LedgerGrid<Row>(props: Props<Row>) {
  const { columns, count, row, range, onMove, onView } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(props.first ? scroller : nowhere);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0) onView?.(first, last);
  }, [first, last, count, onView]);

  const widthOf = (c: Column<Row>) => widths[c.key] ?? c.width;
  const { template, width } = tracksOf(columns, widths);
  const [from, to] = [Math.min(range.anchor, range.cursor), Math.max(range.anchor, range.cursor)];

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      if (getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      const rows = Array.from({ length: to - from + 1 }, (_, i) => row(from + i)).filter((r) => r !== undefined);
      void navigator.clipboard.writeText(rows.map((r) => columns.map((c) => c.text(r).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n'));
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const next = nextIndex(event, range.cursor, count, page);
    if (next !== undefined) {
      event.preventDefault();
      onMove(next, event.shiftKey);
      virtual.scrollToIndex(next, { align: 'auto' });
    } else if (event.key === 'Enter' && props.onOpen) {
      event.preventDefault();
      props.onOpen(range.cursor);
    } else props.onKey?.(event);
  };

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      {...(count > 0 ? { 'aria-activedescendant': `${id}-${range.cursor}` } : {})}
      onKeyDown={onKeyDown}
    >
      <GridHeader
        columns={columns}
        template={template}
        width={width}
        widthOf={widthOf}
        onWidth={(key, w) => setWidths((s) => ({ ...s, [key]: w }))}
      />
      {count === 0 && props.empty !== undefined && <div className="grid-empty">{props.empty}</div>}
      <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: width }}>
        {items.map((item) => {
          const data = row(item.index);
          const chosen = item.index >= from && item.index <= to;
          return (
            // The grid itself takes the keys (aria-activedescendant), so a row needs none.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={item.index}
              id={`${id}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={chosen}
              className={`grid-row${chosen ? ' chosen' : ''}${item.index === range.cursor ? ' cursor' : ''}${item.index % 2 ? ' odd' : ''}`}
              style={{ transform: `translateY(${item.start - headHeight}px)`, gridTemplateColumns: template, height: rowHeight }}
              onMouseDown={(e) => {
                if (e.button === 0) onMove(item.index, e.shiftKey);
              }}
              onDoubleClick={() => props.onOpen?.(item.index)}
            >
              {columns.map((c, i) => (
                <div
                  key={c.key}
                  role="gridcell"
                  aria-colindex={i + 1}
                  className={c.number ? 'cell number' : 'cell'}
                  title={data && c.text(data)}
                >
                  {data === undefined ? <span className="placeholder" /> : c.cell ? c.cell(data) : c.text(data)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
