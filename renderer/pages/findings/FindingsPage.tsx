import { useEffect } from 'react';
import { findingStatuses, severities } from '../../../electron/core/checks.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { NotReconciled } from '../../components/NotReconciled.tsx';
import { Section } from '../../components/Section.tsx';
import { NoMonth } from '../../components/NoMonth.tsx';
import { look, lookOn, reread, useFindings, type Filter } from '../../stores/findings.ts';
import { openMonth } from '../../stores/month.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { Carried } from './Carried.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FindingDetail } from './FindingDetail.tsx';
import { FindingsGrid } from './FindingsGrid.tsx';

/** What the route asks to see first. */
function filterOf(params: Readonly<Record<string, string>>): Filter {
  const severity = severities.find((s) => s === params['severity']);
  const status = findingStatuses.find((s) => s === params['status']);
  return { code: params['code'], severity, status, search: params['search'], carried: params['carried'] === 'yes' };
}

/** 差异: the grid, and beside it one finding with its reason, the rows of both sides and the text to send. */
export function FindingsPage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const params = useSession((s) => s.route.params);
  const error = useFindings((s) => s.error);
  const total = useFindings((s) => s.total);
  const carried = useFindings((s) => s.carried);
  const months = useSession((s) => s.months.value);
  const state = months && (months.find((m) => m.billingCycle === cycle)?.reconciled ?? 'no');
  useEffect(() => {
    if (cycle === undefined) return;
    // The navigation asks for nothing: what was looked at stays as it was left.
    if (Object.keys(params).length > 0 || !lookOn(cycle)) look(cycle, filterOf(params), params['key']);
    openMonth(cycle);
  }, [cycle, params]);
  if (cycle === undefined) return <NoMonth />;
  // A month that was never reconciled has no findings either: that must not look like a clean one. Carried-over ones are shown.
  if (error?.code === 'not-reconciled' || (state === 'no' && !total && carried === 0)) {
    return <NotReconciled />;
  }
  if (error) return <ErrorNotice error={error} onRetry={reread} />;
  return (
    <div className="findings-columns">
      <section className="section findings-list" aria-label={t.findings.grid}>
        <FilterBar />
        {state === 'stale' && (
          <div className="notice stale">
            {t.month.stale}
            {t.common.colon}
            {t.month.staleHint}
          </div>
        )}
        <Carried />
        <FindingsGrid />
      </section>
      <Section title={t.findings.detail} className="finding-detail">
        <FindingDetail />
      </Section>
    </div>
  );
}
