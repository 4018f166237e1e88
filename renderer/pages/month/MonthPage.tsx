import { Button, Skeleton } from 'antd';
import { useEffect } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { chooseFiles, loadHistory } from '../../stores/imports.ts';
import { importSample, useJobs } from '../../stores/jobs.ts';
import { openMonth, useMonth } from '../../stores/month.ts';
import { loadMonths, useSession, useTexts } from '../../stores/session.ts';
import { Answers } from './Answers.tsx';
import { BridgeCards } from './BridgeCards.tsx';
import { Deadlines } from './Deadlines.tsx';
import { FileChecklist } from './FileChecklist.tsx';
import { NextAction } from './NextAction.tsx';
import { SinceLast } from './SinceLast.tsx';
import { SkippedChecks } from './SkippedChecks.tsx';

/** 月度工作台: what is here, the four answers, every difference as a bridge, and what to do next. */
export function MonthPage() {
  const cycle = useSession((s) => s.cycle);
  const months = useSession((s) => s.months);
  useEffect(() => {
    if (cycle === undefined) return;
    openMonth(cycle);
    void loadHistory();
  }, [cycle]);
  if (months.error) return <ErrorNotice error={months.error} onRetry={() => void loadMonths()} />;
  if (cycle === undefined) return months.value ? <FirstStart /> : <Skeleton active />;
  return <Home cycle={cycle} />;
}

function Home({ cycle }: { readonly cycle: string }) {
  const status = useMonth((s) => s.status);
  const answers = useMonth((s) => s.answers);
  const error = status.error ?? answers.error;
  if (error) return <ErrorNotice error={error} onRetry={() => openMonth(cycle)} />;
  return (
    <>
      <NextAction />
      <Answers />
      <SinceLast />
      <div className="month-columns">
        <div className="month-left">
          <Deadlines cycle={cycle} />
          <FileChecklist />
        </div>
        <div className="month-right">
          <BridgeCards />
          <SkippedChecks />
        </div>
      </div>
    </>
  );
}

function FirstStart() {
  const t = useTexts();
  const busy = useJobs((s) => s.running !== undefined);
  return (
    <div className="first-start">
      <EmptyState title={t.month.empty} hint={t.month.emptyHint}>
        <Button type="primary" size="middle" disabled={busy} onClick={() => void chooseFiles(false)}>
          {t.month.chooseFiles}
        </Button>
        <Button size="middle" disabled={busy} onClick={() => void chooseFiles(true)}>
          {t.imports.chooseFolder}
        </Button>
        <Button size="middle" disabled={busy} onClick={() => void importSample()}>
          {t.month.loadSample}
        </Button>
      </EmptyState>
      <p className="quiet">{t.month.sampleHint}</p>
    </div>
  );
}
