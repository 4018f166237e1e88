import { useCallback, useEffect, useMemo, type KeyboardEvent } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LedgerGrid } from '../../components/LedgerGrid.tsx';
import { Money } from '../../components/Money.tsx';
import { shown } from '../../components/amounts.ts';
import type { Column } from '../../components/grid-column.ts';
import { drill, opened, openGroup, useDrill, type Group } from '../../stores/drill.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { levelName, stepName, type Language } from '../../texts/names.ts';
import type { Texts } from '../../texts/zh.ts';

export const customerOf = (g: Group): string => g.customerName ?? g.customerId ?? '';

function columnsOf(t: Texts, language: Language, showStep: boolean): Column<Group>[] {
  const c = t.reconcile.drill.columns;
  const amount = (key: 'left' | 'right' | 'amount'): Column<Group> => ({
    key,
    title: c[key],
    width: 104,
    number: true,
    tailed: true,
    text: (g) => (g[key] === undefined ? '' : shown(g[key]).replaceAll(',', '')),
    cell: (g) => g[key] !== undefined && <Money amount={g[key]} as="aligned" />,
  });
  return [
    { key: 'customer', title: c.customer, width: 100, grow: 1, text: customerOf },
    { key: 'order', title: c.order, width: 150, grow: 4, text: (g) => g.tradeId ?? g.key.join(' · ') },
    { key: 'product', title: c.product, width: 80, grow: 1, text: (g) => g.productType ?? '' },
    ...(showStep ? [{ key: 'step', title: c.step, width: 78, grow: 1, text: (g: Group) => stepName(g.step, language) }] : []),
    amount('left'),
    amount('right'),
    amount('amount'),
    { key: 'rows', title: c.rows, width: 64, number: true, text: (g) => `${g.leftRows} / ${g.rightRows}` },
    { key: 'level', title: c.level, width: language === 'zh' ? 72 : 84, text: (g) => levelName(g.level, language) },
  ];
}

/** Opens the group the keys are on a moment after they rest, so that holding an arrow down does not ask for every group in between. */
const restMs = 90;

/** The groups as a grid; the one with the cursor opens beside it, Enter leads into its rows. */
export function GroupGrid({ showStep }: { readonly showStep: boolean }) {
  const t = useTexts();
  const language = useLanguage();
  const range = useDrill((s) => s.range);
  const total = useDrill((s) => s.answer?.total ?? 0);
  const chunks = useDrill((s) => s.chunks);
  const searched = useDrill((s) => s.question?.search !== undefined);
  const columns = useMemo(() => columnsOf(t, language, showStep), [t, language, showStep]);
  // oxlint-disable-next-line react/exhaustive-deps -- the groups change with the chunks
  const row = useCallback((index: number) => drill.rowAt(drill.store.getState(), index), [chunks]);
  const current = row(range.cursor)?.id;
  useEffect(() => {
    const { openId } = opened.getState();
    if (current === undefined || current === openId) return;
    const timer = setTimeout(() => openGroup(current), openId === undefined ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [current]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '/') return;
    event.preventDefault();
    document.getElementById('drill-search')?.focus();
  };
  return (
    <LedgerGrid
      name="groups"
      label={t.reconcile.drill.groups}
      first
      columns={columns}
      count={total}
      row={row}
      range={range}
      onMove={drill.move}
      onOpen={() => {
        // Before its rest is over: else the rows of the group before stand there until they are replaced under the reader's hands.
        if (current !== undefined && current !== opened.getState().openId) openGroup(current);
        document.getElementById('group-detail')?.focus();
      }}
      onView={drill.ensure}
      readAll={drill.readRange}
      onKey={onKey}
      empty={chunks.size === 0 ? undefined : <EmptyState title={searched ? t.reconcile.drill.emptyFiltered : t.reconcile.drill.empty} />}
    />
  );
}
