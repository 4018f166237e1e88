import { useVirtualizer } from '@tanstack/react-virtual';
import { App as Messages } from 'antd';
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { headHeight, rowHeight, tracksOf, type Column, type Range, type Sorting } from './grid-column.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow, type RowHandlers } from './GridRow.tsx';
import { nextIndex } from './grid-keys.ts';
import { rememberedWidths, rememberWidths, type Widths } from './remembered-widths.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { asFailure } from '../api.ts';
import { jobs } from '../stores/jobs.ts';
import { texts } from '../stores/session.ts';

interface Props<Row> {
  /** What its column widths are remembered by. */
  readonly name: string;
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
  /** Reads every row of a range before it is copied, where rows are read only as they come into view. */
  readonly readAll?: (first: number, last: number) => Promise<void>;
  readonly sorting?: Sorting | undefined;
  /** A heading was clicked; undefined: the list's own order. */
  readonly onSort?: (sorting: Sorting | undefined) => void;
  readonly empty?: ReactNode;
  /** Has the keys when its page opens. */
  readonly first?: boolean;
}

const nowhere = { current: null };

/** A grid like a spreadsheet's: only the rows in view exist, arrows move, Shift extends, Ctrl+A chooses all, Ctrl+C copies rows as tab-separated text. */
export function LedgerGrid<Row>(props: Props<Row>) {
  const { name, columns, count, row, range, onMove, onView } = props;
  const id = useId();
  const { message } = Messages.useApp();
  const scroller = useRef<HTMLDivElement>(null);
  useFirstFocus(props.first ? scroller : nowhere);
  const [widths, setWidths] = useState<Widths>(() => rememberedWidths(name));
  /** Where the grid's own keys and clicks have led; a cursor that stands elsewhere was moved from outside, and is brought into view. */
  const led = useRef(range.cursor);
  const move = (index: number, extend: boolean) => {
    led.current = index;
    onMove(index, extend);
  };
  const handlers = useRef<RowHandlers>({ onMove: move, onOpen: props.onOpen });
  const latest = useRef(props);
  useLayoutEffect(() => {
    handlers.current = { onMove: move, onOpen: props.onOpen };
    latest.current = props;
  });
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  useEffect(() => {
    if (led.current === range.cursor) return;
    led.current = range.cursor;
    virtual.scrollToIndex(range.cursor, { align: 'auto' });
  }, [virtual, range.cursor]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (count > 0) onView?.(first, last);
  }, [first, last, count, onView]);
  // Back on its page, the grid stands where it was left.
  useLayoutEffect(() => {
    const { cursor } = latest.current.range;
    if (cursor > 0) virtual.scrollToIndex(cursor, { align: 'center' });
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the grid comes
  }, []);

  const widthOf = (c: Column<Row>) => widths[c.key] ?? c.width;
  const { template, width } = tracksOf(columns, widths);
  const [from, to] = [Math.min(range.anchor, range.cursor), Math.max(range.anchor, range.cursor)];

  const widthTo = (key: string, px: number | undefined) => {
    const { [key]: _, ...others } = widths;
    const next = px === undefined ? others : { ...others, [key]: px };
    setWidths(next);
    rememberWidths(name, next);
  };
  const copy = async () => {
    await props.readAll?.(from, to);
    const all = Array.from({ length: to - from + 1 }, (_, i) => latest.current.row(from + i)).filter((r) => r !== undefined);
    await navigator.clipboard.writeText(all.map((r) => columns.map((c) => c.text(r).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n'));
    void message.success(texts().common.copiedRows(all.length));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'c') {
      if (getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      copy().catch((error: unknown) => jobs.setState({ error: asFailure(error) }));
      return;
    }
    if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      if (count === 0) return;
      move(0, false);
      move(count - 1, true);
      return;
    }
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const next = nextIndex(event, range.cursor, count, page);
    if (next !== undefined) {
      event.preventDefault();
      move(next, event.shiftKey);
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
        onWidth={widthTo}
        sorting={props.sorting}
        onSort={props.onSort}
      />
      {count === 0 && props.empty !== undefined && <div className="grid-empty">{props.empty}</div>}
      <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: width }}>
        {items.map((item) => {
          const data = row(item.index);
          return (
            <GridRow
              key={item.index}
              id={`${id}-${item.index}`}
              index={item.index}
              top={item.start - headHeight}
              data={data}
              columns={columns}
              template={template}
              chosen={item.index >= from && item.index <= to}
              cursor={item.index === range.cursor}
              handlers={handlers}
            />
          );
        })}
      </div>
    </div>
  );
}
