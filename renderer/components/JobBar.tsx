import { Button, Progress } from 'antd';
import type { EventPayload } from '../../electron/contract.ts';
import { stop, useJobs } from '../stores/jobs.ts';
import { useLanguage, useTexts } from '../stores/session.ts';
import { fileName, pairName, type Language } from '../texts/names.ts';
import type { Texts } from '../texts/zh.ts';

/** The long job going on, at the foot of the window: always in the same place, so that nothing moves when it starts or ends. */
export function JobBar() {
  const t = useTexts();
  const language = useLanguage();
  const { running, progress, left, stopping } = useJobs((s) => s);
  if (running === undefined) return null;
  const percent = progress?.total ? Math.min(100, Math.floor((progress.done / progress.total) * 100)) : undefined;
  return (
    <div className="job-bar" role="status" aria-live="polite">
      <b>{t.jobs[running]}</b>
      <span className="job-what">{whatOf(progress, t, language)}</span>
      {progress?.rows !== undefined && <span className="job-rows">{t.jobs.rows(progress.rows)}</span>}
      {left !== undefined && <span className="job-rows">{t.jobs.left(left)}</span>}
      <Progress
        percent={percent ?? 100}
        status="active"
        showInfo={percent !== undefined}
        size="small"
        className={percent === undefined ? 'unknown' : ''}
      />
      <Button onClick={() => void stop()} disabled={stopping}>
        {stopping ? t.jobs.stopping : t.jobs.stop}
      </Button>
    </div>
  );
}

/** The file at hand; where there is none, the stage, which in a reconciliation mostly is a pair. */
function whatOf(progress: EventPayload<'progress'> | undefined, t: Texts, language: Language): string {
  if (!progress) return '';
  const { file, stage } = progress;
  return file === undefined ? (t.jobs.stages[stage] ?? pairName(stage, language)) : fileName(file);
}
