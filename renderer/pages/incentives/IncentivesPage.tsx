import { useEffect } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Looking } from '../../components/Looking.tsx';
import { NotReconciled } from '../../components/NotReconciled.tsx';
import { NoMonth } from '../../components/NoMonth.tsx';
import { openIncentives, useIncentives } from '../../stores/incentives.ts';
import { go, useSession, useTexts } from '../../stores/session.ts';
import { CustomerGrid } from './CustomerGrid.tsx';
import { Frozen } from './Frozen.tsx';
import { PlanProgress } from './PlanProgress.tsx';
import { PlanTable } from './PlanTable.tsx';
import { TaxTable } from './TaxTable.tsx';

/** 激励: what every plan should pay beside what it states, the indicators of tier plans, what is frozen, and what each customer earned. */
export function IncentivesPage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const { value, error, loading } = useIncentives((s) => s.plans);
  const bases = useIncentives((s) => s.bases);
  useEffect(() => {
    if (cycle !== undefined) openIncentives(cycle);
  }, [cycle]);
  if (cycle === undefined) return <NoMonth />;
  if (error && !loading) {
    return error.code === 'not-reconciled' ? <NotReconciled /> : <ErrorNotice error={error} onRetry={() => openIncentives(cycle)} />;
  }
  if (value?.billingCycle !== cycle) return <Looking stage="shares" label={t.incentives.looking} />;
  if (value.shares.length === 0 && value.frozen.length === 0 && value.plans.length === 0) {
    return (
      <EmptyState title={t.incentives.emptyTitle} hint={t.incentives.emptyHint}>
        <button type="button" className="linkish" onClick={() => go('reconcile', { params: { pair: 'performance-incentive' } })}>
          {t.incentives.toBridge}
        </button>
      </EmptyState>
    );
  }
  return (
    <div className="incentives">
      <PlanTable shares={value.shares} />
      <div className="incentive-side scroll">
        <PlanProgress plans={value.plans} />
        <Frozen frozen={value.frozen} />
        {bases.error ? <ErrorNotice error={bases.error} onRetry={() => openIncentives(cycle)} /> : <TaxTable bases={bases.value ?? []} />}
      </div>
      <CustomerGrid />
    </div>
  );
}
