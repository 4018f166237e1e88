import { useEffect } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { shown } from '../../components/amounts.ts';
import { data, searchAgain, searchFor, useData } from '../../stores/data.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { FoundGrid } from './FoundGrid.tsx';
import { RowDetail } from './RowDetail.tsx';
import { SearchBar } from './SearchBar.tsx';

/** 数据: one order, customer, number or figure in every statement of all months; each row leads to its cells and to the findings that rest on it. */
export function DataPage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const asked = useSession((s) => s.route.params['q']);
  useEffect(() => {
    if (asked !== undefined) searchFor(asked, false, undefined);
  }, [asked]);
  useEffect(() => {
    const { text, oneMonth } = data.getState();
    if (oneMonth) searchFor(text, true, cycle);
  }, [cycle]);
  return (
    <div className="findings-columns">
      <section className="section data-list" aria-label={t.data.grid}>
        <SearchBar />
        <Result />
      </section>
      <Section title={t.data.detail} className="finding-detail">
        <RowDetail />
      </Section>
    </div>
  );
}

function Result() {
  const t = useTexts();
  const noMonth = useSession((s) => s.months.value?.length === 0);
  const { text, question, found } = useData((s) => s);
  if (found.error) return <ErrorNotice error={found.error} onRetry={searchAgain} />;
  if (!question) {
    const hint = noMonth ? t.data.startEmpty : text.trim() === '' ? t.data.startHint : t.data.short;
    return <EmptyState title={t.data.start} hint={hint} />;
  }
  if (!found.value) return <EmptyState title={t.data.searching} />;
  const { rows, figure } = found.value;
  if (rows.length > 0) return <FoundGrid rows={rows} />;
  return <EmptyState title={t.data.nothing} hint={figure === undefined ? t.data.nothingText : t.data.nothingFigure(shown(figure))} />;
}
