import { App as Messages, Button } from 'antd';
import { useCallback, useEffect, useMemo, type KeyboardEvent } from 'react';
import { asFailure } from '../../api.ts';
import { findingStatuses, type FindingStatus, type Severity } from '../../../electron/core/checks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { StateTag, type Tone } from '../../components/StateTag.tsx';
import { shown } from '../../components/amounts.ts';
import type { Column, Sorting } from '../../components/grid-column.ts';
import { findingSorts } from '../../../electron/core/dispute.ts';
import { daysBetween } from '../../../electron/core/month.ts';
import {
  ensure,
  findings,
  look,
  markChosen,
  moveTo,
  openFinding,
  readRange,
  rowAt,
  undoMark,
  useFindings,
  type FindingRow,
} from '../../stores/findings.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { jobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import type { Texts } from '../../texts/zh.ts';
import { checkName, type Language } from '../../texts/names.ts';

const tones: Record<Severity, Tone> = { dispute: 'alarm', review: 'attention', fix: 'plain', info: 'quiet' };

/** What a list of findings shows beside the findings themselves. */
interface Shown {
  readonly carried: boolean;
  readonly owned: boolean;
  readonly today: string;
}

/** What one looks at first to the left; where the window is narrow, both sides' amounts are reached by scrolling (the detail has them too). */
function columnsOf(t: Texts, language: Language, { carried, owned, today }: Shown): Column<FindingRow>[] {
  const c = t.findings.columns;
  const amount = (key: 'expected' | 'stated' | 'difference'): Column<FindingRow> => ({
    key,
    title: c[key],
    width: 109,
    number: true,
    tailed: true,
    sort: key === 'difference' ? 'amount' : key,
    text: (f) => shown(f[key]).replaceAll(',', ''),
    cell: (f) => <Money amount={f[key]} as="aligned" />,
  });
  return [
    {
      key: 'severity',
      title: c.severity,
      width: language === 'zh' ? 62 : 68,
      text: (f) => t.findings.severity[f.severity],
      cell: (f) => <StateTag tone={tones[f.severity]}>{t.findings.severity[f.severity]}</StateTag>,
    },
    ...(carried ? [{ key: 'cycle', title: t.findings.cycle, sort: 'cycle', width: 66, text: (f: FindingRow) => f.billingCycle }] : []),
    { key: 'code', title: c.code, sort: 'code', width: 132, grow: 3, text: (f) => checkName(f.code, language) },
    { key: 'customer', title: c.customer, sort: 'customer', width: 100, grow: 2, text: (f) => f.accountName ?? f.customerId ?? '' },
    { key: 'manager', title: c.manager, sort: 'manager', width: 76, grow: 1, text: (f) => f.manager ?? '' },
    { key: 'tradeId', title: c.tradeId, sort: 'tradeId', width: 148, grow: 3, text: (f) => f.tradeId ?? f.recordId ?? f.productType ?? '' },
    amount('difference'),
    {
      key: 'age',
      title: c.age,
      sort: 'age',
      width: 50,
      number: true,
      text: (f) => t.findings.days(today ? daysBetween(f.firstSeen, today) : 0),
    },
    {
      key: 'due',
      title: c.due,
      sort: 'due',
      width: 84,
      text: (f) => f.due ?? '',
      cell: (f) => f.due !== undefined && <span className={f.due < today ? 'alarm' : ''}>{f.due}</span>,
    },
    {
      key: 'status',
      title: c.status,
      sort: 'status',
      width: language === 'zh' ? 56 : 70,
      text: (f) => (f.resolvedByData ? t.findings.resolvedByData : t.findings.status[f.status]),
    },
    // Only where somebody was named.
    ...(owned
      ? [{ key: 'owner', title: t.findings.owner, sort: 'owner', width: 60, grow: 1, text: (f: FindingRow) => f.owner ?? '' }]
      : []),
    amount('expected'),
    amount('stated'),
  ];
}

/** Opens the row the keys are on a moment after they rest, so that holding an arrow down does not ask for every row in between. */
const restMs = 90;

function sortBy(sorting: Sorting | undefined): void {
  const { cycle, filter } = findings.getState();
  const sort = findingSorts.find((s) => s === sorting?.by) ?? 'order';
  if (cycle !== undefined) look(cycle, { ...filter, sort, descending: sorting?.descending ?? false });
}

/** The findings of the month as a grid; the row with the cursor opens in the detail panel. */
export function FindingsGrid() {
  const t = useTexts();
  const language = useLanguage();
  const range = useFindings((s) => s.range);
  const total = useFindings((s) => s.total);
  const chunks = useFindings((s) => s.chunks);
  const follows = useFindings((s) => s.follows);
  const carried = useFindings((s) => s.filter.carried === true);
  const today = useFindings((s) => s.today);
  const sort = useFindings((s) => s.filter.sort ?? 'order');
  const descending = useFindings((s) => s.filter.descending === true);
  const filtered = useFindings((s) =>
    Object.entries(s.filter).some(([k, v]) => k !== 'sort' && k !== 'descending' && v !== undefined && v !== false),
  );
  const owned = useMemo(() => [...chunks.values()].some((rows) => rows.some((f) => f.owner !== undefined)), [chunks]);
  const columns = useMemo(() => columnsOf(t, language, { carried, owned, today }), [t, language, carried, owned, today]);
  const { message } = Messages.useApp();
  // oxlint-disable-next-line react/exhaustive-deps -- the rows change with the chunks
  const row = useCallback((index: number) => rowAt(findings.getState(), index), [chunks]);
  const current = row(range.cursor)?.key;

  useEffect(() => {
    if (!follows || current === undefined || current === findings.getState().openKey) return;
    const first = findings.getState().openKey === undefined;
    const timer = setTimeout(() => openFinding(current), first ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [current, follows]);

  const tell = (error: unknown) => jobs.setState({ error: asFailure(error) });
  const undo = () => {
    message.destroy('marked');
    undoMark().then((n) => n > 0 && void message.success(t.findings.unmarked(n)), tell);
  };
  const setStatus = (status: FindingStatus) => {
    const content = (n: number) => (
      <>
        {t.findings.marked(n)}
        <Button type="link" title="Ctrl+Z" onClick={undo}>
          {t.findings.undo}
        </Button>
      </>
    );
    markChosen(status).then((n) => void message.success({ content: content(n), key: 'marked', duration: 8 }), tell);
  };
  const onKey = (event: KeyboardEvent) => {
    const status = event.ctrlKey || event.altKey ? undefined : findingStatuses[Number(event.key) - 1];
    if (status) setStatus(status);
    else if (event.key === '/') document.getElementById('findings-search')?.focus();
    else if (event.ctrlKey && event.key.toLowerCase() === 'z') undo();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <LedgerGrid
        name="findings"
        label={t.findings.grid}
        first
        columns={columns}
        count={total ?? 0}
        row={row}
        range={range}
        onMove={moveTo}
        onOpen={() => document.getElementById('finding-detail')?.focus()}
        onView={ensure}
        readAll={readRange}
        onKey={onKey}
        sorting={sort === 'order' ? undefined : { by: sort, descending }}
        onSort={sortBy}
        empty={total === undefined ? undefined : <Nothing filtered={filtered} />}
      />
      <SelectionBar onMark={setStatus} />
    </>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const t = useTexts();
  if (!filtered) return <EmptyState title={t.findings.emptyTitle} hint={t.findings.emptyHint} />;
  const { cycle } = findings.getState();
  return (
    <EmptyState title={t.findings.filteredTitle}>
      <Button onClick={() => cycle !== undefined && look(cycle, {})}>{t.findings.clear}</Button>
    </EmptyState>
  );
}
