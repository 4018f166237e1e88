import { App as Messages } from 'antd';
import { useCallback, useMemo, type KeyboardEvent } from 'react';
import { findingStatuses, type FindingStatus } from '../../../electron/core/checks.ts';
import { findingSorts } from '../../../electron/core/dispute.ts';
import { asFailure } from '../../api.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import type { Sorting } from '../../components/grid-column.ts';
import { askFor, disputes, tellOf, useDisputes } from '../../stores/disputes.ts';
import { jobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { StatusButtons } from '../findings/StatusButtons.tsx';
import { disputeColumns } from './dispute-columns.tsx';
import { useCopyTexts } from './use-copy-texts.ts';

const sortBy = (sorting: Sorting | undefined) =>
  askFor({ sort: findingSorts.find((s) => s === sorting?.by) ?? 'order', descending: sorting?.descending ?? false });

/** The disputes as a grid, and below it what is done with the chosen ones. */
export function DisputeGrid() {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const { range, answer, question, chunks } = useDisputes((s) => s);
  const copyTexts = useCopyTexts();
  const today = answer?.today ?? '';
  const allMonths = question?.billingCycle === undefined;
  const columns = useMemo(() => disputeColumns(t, language, today, allMonths), [t, language, today, allMonths]);
  // oxlint-disable-next-line react/exhaustive-deps -- the rows change with the chunks
  const row = useCallback((index: number) => disputes.rowAt(disputes.store.getState(), index), [chunks]);
  const tell = (error: unknown) => jobs.setState({ error: asFailure(error) });
  const setStatus = async (status: FindingStatus) => {
    const keys = (await disputes.chosen()).map((d) => d.key);
    void message.success(t.findings.marked(await tellOf({ keys, status })));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const status = findingStatuses[Number(event.key) - 1];
    if (status) void setStatus(status).catch(tell);
    else if (event.key === '/') document.getElementById('disputes-search')?.focus();
    else if (event.key.toLowerCase() === 't') copyTexts();
    else return;
    event.preventDefault();
  };
  const total = answer?.total ?? 0;
  const chosen = Math.abs(range.cursor - range.anchor) + 1;
  const { sort = 'order', descending = false, view, search } = question ?? {};
  return (
    <>
      <LedgerGrid
        name="disputes"
        label={t.disputes.grid}
        first
        columns={columns}
        count={total}
        row={row}
        range={range}
        onMove={disputes.move}
        onOpen={() => document.getElementById('dispute-sent-on')?.focus()}
        onView={disputes.ensure}
        readAll={disputes.readRange}
        onKey={onKey}
        sorting={sort === 'order' ? undefined : { by: sort, descending }}
        onSort={sortBy}
        empty={
          chunks.size > 0 &&
          (view === undefined && !search ? (
            <EmptyState title={t.disputes.emptyTitle} hint={t.disputes.emptyHint} />
          ) : (
            <EmptyState title={t.disputes.filteredTitle} />
          ))
        }
      />
      <div className="selection-bar">
        <StatusButtons disabled={total === 0} chosen={total === 0 ? 0 : chosen} onMark={(status) => void setStatus(status).catch(tell)} />
        <span className="filter-total" aria-live="polite">
          {answer && (
            <>
              {t.findings.total(total)}　{t.disputes.amount} <Money amount={answer.amount} />　{t.disputes.columns.recovered}{' '}
              <Money amount={answer.recovered} />
            </>
          )}
        </span>
      </div>
    </>
  );
}
