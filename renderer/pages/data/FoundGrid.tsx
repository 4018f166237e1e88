import { useEffect, useMemo, type KeyboardEvent } from 'react';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { shown } from '../../components/amounts.ts';
import type { Column } from '../../components/grid-column.ts';
import { data, moveToRow, openRow, useData, type FoundRow } from '../../stores/data.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { kindName, type Language } from '../../texts/names.ts';
import type { Texts } from '../../texts/zh.ts';

function columnsOf(t: Texts, language: Language): Column<FoundRow>[] {
  const c = t.data.columns;
  return [
    { key: 'cycle', title: c.cycle, width: 66, text: (r) => r.billingCycle ?? '' },
    { key: 'kind', title: c.kind, width: language === 'zh' ? 92 : 130, text: (r) => kindName(r.kind, language) },
    { key: 'customer', title: c.customer, width: 96, grow: 1, text: (r) => r.customer ?? '' },
    { key: 'number', title: c.number, width: 150, grow: 3, text: (r) => r.number ?? '' },
    { key: 'what', title: c.what, width: 90, grow: 1, text: (r) => r.what ?? '' },
    {
      key: 'amount',
      title: c.amount,
      width: 118,
      number: true,
      tailed: true,
      text: (r) => (r.amount === undefined ? '' : shown(r.amount).replaceAll(',', '')),
      cell: (r) => r.amount !== undefined && <Money amount={r.amount} as="aligned" />,
    },
    { key: 'file', title: c.file, width: 110, grow: 2, text: (r) => r.file },
    { key: 'row', title: c.row, width: 50, number: true, text: (r) => String(r.at) },
  ];
}

/** Opens the row the keys are on a moment after they rest. */
const restMs = 90;

/** The rows found; the one with the cursor opens beside the list, Enter leads into its cells. */
export function FoundGrid({ rows }: { readonly rows: readonly FoundRow[] }) {
  const t = useTexts();
  const language = useLanguage();
  const range = useData((s) => s.range);
  const columns = useMemo(() => columnsOf(t, language), [t, language]);
  const end = rows.length - 1;
  const held = { anchor: Math.min(range.anchor, end), cursor: Math.min(range.cursor, end) };
  const current = rows[held.cursor]?.row;
  useEffect(() => {
    const { openRow: open } = data.getState();
    if (current === undefined || current === open) return;
    const timer = setTimeout(() => openRow(current), open === undefined ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [current]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '/') return;
    event.preventDefault();
    document.getElementById('data-search')?.focus();
  };
  return (
    <LedgerGrid
      name="data"
      label={t.data.grid}
      first
      columns={columns}
      count={rows.length}
      row={(index) => rows[index]}
      range={held}
      onMove={moveToRow}
      onOpen={() => document.getElementById('row-detail')?.focus()}
      onKey={onKey}
    />
  );
}
