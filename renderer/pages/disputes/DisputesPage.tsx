import { useEffect } from 'react';
import { disputeViews } from '../../../electron/core/dispute.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { NoMonth } from '../../components/NoMonth.tsx';
import { disputes, useDisputes, type Question } from '../../stores/disputes.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { DisputeBar } from './DisputeBar.tsx';
import { DisputeDetail } from './DisputeDetail.tsx';
import { DisputeGrid } from './DisputeGrid.tsx';
import { ViewStrip } from './ViewStrip.tsx';

/** What the route asks to see first; without anything, all of the month's. */
function questionOf(cycle: string, params: Readonly<Record<string, string>>): Question {
  const view = disputeViews.find((v) => v === params['view']);
  const key = params['key'];
  return {
    ...(params['months'] !== 'all' && { billingCycle: cycle }),
    ...(view !== undefined && { view }),
    ...(key !== undefined && { find: key }),
  };
}

/** 反馈: what was given to the vendor, by whom and when, what it answered and what came back. */
export function DisputesPage() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const params = useSession((s) => s.route.params);
  const error = useDisputes((s) => s.error);
  useEffect(() => {
    if (cycle === undefined) return;
    const { question } = disputes.store.getState();
    // The navigation asks for nothing: what was looked at stays as it was left.
    const left = question !== undefined && (question.billingCycle ?? cycle) === cycle;
    if (Object.keys(params).length === 0 && left) disputes.again();
    else disputes.ask(questionOf(cycle, params));
  }, [cycle, params]);
  if (cycle === undefined) return <NoMonth />;
  if (error) return <ErrorNotice error={error} onRetry={disputes.again} />;
  return (
    <>
      <ViewStrip />
      <div className="findings-columns">
        <section className="section findings-list" aria-label={t.disputes.grid}>
          <DisputeBar cycle={cycle} />
          <DisputeGrid />
        </section>
        <Section title={t.disputes.detail} className="finding-detail">
          <DisputeDetail />
        </Section>
      </div>
    </>
  );
}
