import { Segmented, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { NotReconciled } from '../../components/NotReconciled.tsx';
import { NoMonth } from '../../components/NoMonth.tsx';
import { openMonth, useMonth } from '../../stores/month.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { BridgeDetail } from './BridgeDetail.tsx';
import { ChecksTable } from './ChecksTable.tsx';
import { MatchTable } from './MatchTable.tsx';
import { DrillView } from './DrillView.tsx';
import { drillOf } from './drill-route.ts';
import { PairList } from './PairList.tsx';
import { RepaymentList } from './RepaymentList.tsx';

/** 对账: every bridge to the last decimal, the findings behind what is unexplained, and every check that ran or did not. */
export function ReconcilePage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const params = useSession((s) => s.route.params);
  const pair = params['pair'];
  const bridges = useMonth((s) => s.bridges);
  const checks = useMonth((s) => s.checks);
  const [view, setView] = useState<'bridges' | 'checks' | 'matches'>('bridges');
  useEffect(() => {
    if (cycle !== undefined) openMonth(cycle);
  }, [cycle]);
  if (cycle === undefined) return <NoMonth />;
  const error = bridges.error ?? checks.error;
  if (error?.code === 'not-reconciled') {
    return (
      <>
        <NotReconciled />
        {/* One tick makes the result stale; the next entry can be ticked before it is run again. */}
        {pair === 'bill-account' && <RepaymentList />}
      </>
    );
  }
  if (error) return <ErrorNotice error={error} onRetry={() => openMonth(cycle)} />;
  const into = drillOf(params);
  if (into) return <DrillView cycle={cycle} pair={into.pair} target={into.target} />;
  if (!bridges.value || !checks.value) return <Skeleton active paragraph={{ rows: 12 }} />;
  return (
    <>
      <Segmented
        className="view-switch"
        aria-label={t.reconcile.views}
        value={view}
        onChange={setView}
        options={[
          { value: 'bridges', label: t.reconcile.bridges },
          { value: 'checks', label: t.reconcile.checks },
          { value: 'matches', label: t.reconcile.matches },
        ]}
      />
      {view === 'matches' ? (
        <MatchTable cycle={cycle} />
      ) : view === 'checks' ? (
        <ChecksTable checks={checks.value} />
      ) : (
        <div className="reconcile-columns">
          <PairList bridges={bridges.value} />
          <BridgeDetail bridges={bridges.value} />
        </div>
      )}
    </>
  );
}
