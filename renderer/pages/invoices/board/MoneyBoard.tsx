import { Button, Checkbox, Input, Skeleton } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { LedgerGrid } from '../../../components/LedgerGrid.tsx';
import { Money } from '../../../components/Money.tsx';
import { Section } from '../../../components/Section.tsx';
import { StateTag } from '../../../components/StateTag.tsx';
import type { Range } from '../../../components/grid-column.ts';
import { openRequest } from '../../../stores/invoices.ts';
import { loadBoard, useAfterMailing, watchAfterMailing, type Board } from '../../../stores/progress.ts';
import { go, useLanguage, useTexts } from '../../../stores/session.ts';
import { boardColumns } from './board-columns.tsx';
import { filtered, noFilter, outstandingOf, type BoardFilter } from './board-rows.ts';
import { StageStrip } from './StageStrip.tsx';

/** 钱在哪: every request over all months by its stage, with its age, its promise and its money. */
export function MoneyBoard() {
  const t = useTexts();
  const { value, error } = useAfterMailing((s) => s.board);
  useEffect(() => watchAfterMailing(loadBoard), []);
  if (error) return <ErrorNotice error={error} onRetry={() => void loadBoard()} />;
  if (!value) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (value.requests.length === 0) {
    return (
      <Section title={t.afterMailing.board.title}>
        <EmptyState title={t.afterMailing.board.empty} hint={t.afterMailing.board.emptyHint} />
      </Section>
    );
  }
  return <FilledBoard board={value} />;
}

function FilledBoard({ board }: { readonly board: Board }) {
  const t = useTexts();
  const language = useLanguage();
  const [filter, setFilter] = useState<BoardFilter>(noFilter);
  const [range, setRange] = useState<Range>({ anchor: 0, cursor: 0 });
  const rows = useMemo(() => filtered(board.requests, filter), [board, filter]);
  const columns = useMemo(() => boardColumns(t, language, board.today, openOne), [t, language, board.today]);
  const choose = (part: Partial<BoardFilter>) => {
    setFilter((f) => ({ ...f, ...part }));
    setRange({ anchor: 0, cursor: 0 });
  };
  const open = (index: number) => {
    const row = rows[index];
    if (row) openOne(row.requestId);
  };
  const last = Math.max(0, rows.length - 1);
  const held: Range = { anchor: Math.min(range.anchor, last), cursor: Math.min(range.cursor, last) };
  return (
    <>
      <StageStrip board={board} chosen={filter.stage} onChoose={(stage) => choose({ stage })} />
      <Section
        title={t.afterMailing.board.title}
        hint={<OpenMoney board={board} />}
        className="board"
        extra={
          <>
            <span className="quiet nowrap">{t.afterMailing.board.shown(rows.length, board.requests.length)}</span>
            <Checkbox checked={filter.onlyLate} onChange={(e) => choose({ onlyLate: e.target.checked })}>
              {t.afterMailing.board.onlyLate}
            </Checkbox>
            <Input
              id="board-search"
              allowClear
              aria-label={t.afterMailing.board.search}
              placeholder={t.afterMailing.board.search}
              value={filter.search}
              onChange={(e) => choose({ search: e.target.value })}
            />
          </>
        }
      >
        <LedgerGrid
          name="board"
          label={t.afterMailing.board.grid}
          first
          columns={columns}
          count={rows.length}
          row={(index) => rows[index]}
          range={held}
          onMove={(cursor, extend) => setRange((r) => ({ anchor: extend ? r.anchor : cursor, cursor }))}
          onOpen={open}
          onKey={(event) => {
            if (event.key !== '/') return;
            event.preventDefault();
            document.getElementById('board-search')?.focus();
          }}
          empty={
            <EmptyState title={t.afterMailing.board.nothing}>
              <Button onClick={() => choose(noFilter)}>{t.afterMailing.board.clear}</Button>
            </EmptyState>
          }
        />
      </Section>
    </>
  );
}

function openOne(requestId: string): void {
  openRequest(requestId);
  go('invoices');
}

/** What is still to come of all of them, and what of it is late. */
function OpenMoney({ board }: { readonly board: Board }) {
  const t = useTexts();
  const late = board.requests.filter((r) => r.overdue);
  const sums = (requests: Board['requests']) =>
    outstandingOf(requests).map(({ currency, amount }) => (
      <span key={currency}>
        {' '}
        {currency} <Money amount={amount} />
      </span>
    ));
  return (
    <span className="board-open">
      <span>
        {t.afterMailing.board.open}
        <b>{sums(board.requests)}</b>
      </span>
      {late.length === 0 ? (
        <span>{t.afterMailing.board.noneLate}</span>
      ) : (
        <StateTag tone="alarm">
          {t.afterMailing.board.late(late.length)}
          {sums(late)}
        </StateTag>
      )}
    </span>
  );
}
