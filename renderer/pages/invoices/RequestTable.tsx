import { useMemo, useState } from 'react';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { headHeight, rowHeight } from '../../components/grid-column.ts';
import { invoices, tick, useInvoices, type PaymentRequest } from '../../stores/invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { requestColumns } from './request-columns.tsx';

interface Props {
  readonly requests: readonly PaymentRequest[];
  readonly openId: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onEdit: (request: PaymentRequest) => void;
}

/** Room for a scroll bar below the rows. */
const scrollBar = 16;

/** The requests with what is invoiced; the difference must read 0.00 before a list is printed. The space bar ticks the rows chosen, Enter goes to what is entered of the one in view. */
export function RequestTable({ requests, openId, onOpen, onEdit }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const ticked = useInvoices((s) => s.ticked);
  const columns = useMemo(() => requestColumns(t, language, { ticked, onEdit }), [t, language, ticked, onEdit]);
  /** The other end of the rows chosen, as long as the request in view is the one that this grid led to. */
  const [held, setHeld] = useState<{ readonly anchor: string; readonly cursor: string }>();
  const at = (id: string | undefined): number => requests.findIndex((r) => r.requestId === id);
  const cursor = Math.max(0, at(openId));
  const anchor = held?.cursor === openId ? at(held?.anchor) : cursor;
  const range = { cursor, anchor: anchor < 0 ? cursor : anchor };
  const move = (index: number, extend: boolean) => {
    const to = requests[index]!.requestId;
    // Two moves may come at once (Ctrl+A): the store already knows the first.
    const from = invoices.getState().openId;
    setHeld((before) => ({
      anchor: extend ? (before !== undefined && before.cursor === from ? before.anchor : (from ?? to)) : to,
      cursor: to,
    }));
    onOpen(to);
  };
  const chosen = () => requests.slice(Math.min(cursor, range.anchor), Math.max(cursor, range.anchor) + 1).map((r) => r.requestId);
  return (
    <div className="requests-grid" style={{ height: headHeight + requests.length * rowHeight + scrollBar }}>
      <LedgerGrid
        name="requests"
        label={t.invoices.requests}
        first
        columns={columns}
        count={requests.length}
        row={(index) => requests[index]}
        range={range}
        onMove={move}
        onOpen={() => document.getElementById('entry-kind')?.focus()}
        onKey={(event) => {
          if (event.key !== ' ' || event.target !== event.currentTarget) return;
          event.preventDefault();
          const ids = chosen();
          tick(ids, !ids.every((id) => ticked.has(id)));
        }}
      />
    </div>
  );
}
