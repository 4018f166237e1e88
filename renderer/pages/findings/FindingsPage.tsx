import { useEffect } from 'react';
import { findingStatuses, severities } from '../../../electron/core/checks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ReconcileButton } from '../../components/ReconcileButton.tsx';
import { Section } from '../../components/Section.tsx';
import { look, reread, useFindings, type Filter } from '../../stores/findings.ts';
import { openMonth } from '../../stores/month.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { FilterBar } from './FilterBar.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingsGrid } from './FindingsGrid.tsx';

/** What the route asks to see first. */
function filterOf(params: Readonly<Record<string, string>>): Filter {
  const severity = severities.find((s) => s === params['severity']);
  const status = findingStatuses.find((s) => s === params['status']);
  return { code: params['code'], severity, status, search: params['search'] };
}

/** 差异: the grid, and beside it one finding with its reason, the rows of both sides and the text to send. */
export function FindingsPage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const params = useSession((s) => s.route.params);
  const error = useFindings((s) => s.error);
  useEffect(() => {
    if (cycle === undefined) return;
    look(cycle, filterOf(params), params['key']);
    openMonth(cycle);
  }, [cycle, params]);
  if (cycle === undefined) return <EmptyState title={t.month.empty} hint={t.month.emptyHint} />;
  if (error?.code === 'not-reconciled') {
    return (
      <EmptyState title={t.month.notReconciled} hint={t.month.notReconciledHint}>
        <ReconcileButton />
      </EmptyState>
    );
  }
  if (error) return <ErrorNotice error={error} onRetry={reread} />;
  return (
    <div className="findings-columns">
      <section className="section findings-list" aria-label={t.findings.grid}>
        <FilterBar />
        <FindingsGrid />
      </section>
      <Section title={t.findings.detail} className="finding-detail">
        <FindingDetail />
      </Section>
    </div>
  );
}
