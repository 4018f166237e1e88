import { App as Messages, Button } from 'antd';
import { useEffect } from 'react';
import { asFailure } from '../../api.ts';
import { TrialResult } from '../../components/TrialResult.tsx';
import { jobs, useJobs } from '../../stores/jobs.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { discardDrafts, forgetTrial, keepDrafts, previewDrafts, useDrafts } from '../../stores/setting-drafts.ts';

/** Edits that would change results: what they would do, then keep or discard. They wait while one looks at other pages. */
export function PendingSettings() {
  const t = useTexts();
  const { message } = Messages.useApp();
  const count = useDrafts((d) => Object.keys(d.values).length);
  const tried = useDrafts((d) => d.tried);
  const busy = useJobs((s) => s.running !== undefined);
  const cycle = useSession((s) => s.cycle);
  const month = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle));
  // The month may change meanwhile.
  useEffect(() => forgetTrial, []);
  if (count === 0) return null;
  const open = month !== undefined && month.closed === undefined;
  const keep = () =>
    keepDrafts(open ? cycle : undefined).then(
      () => void message.success(t.settings.saved),
      (error: unknown) => jobs.setState({ error: asFailure(error) }),
    );
  return (
    <section className="section pending-settings" aria-label={t.settings.pending(count)}>
      {tried && (
        <div className="scroll pad pending-result">
          <TrialResult tried={tried} />
        </div>
      )}
      <div className="pending-bar">
        <b>{t.settings.pending(count)}</b>
        <span className="quiet">{t.settings.pendingHint}</span>
        <span className="push" />
        {cycle !== undefined && month !== undefined && (
          <Button type={tried ? 'default' : 'primary'} disabled={busy} onClick={() => void previewDrafts(cycle)}>
            {t.settings.preview(cycle)}
          </Button>
        )}
        <Button type={tried ? 'primary' : 'default'} disabled={busy} onClick={() => void keep()}>
          {open ? t.settings.keep : t.settings.keepOnly}
        </Button>
        <Button disabled={busy} onClick={discardDrafts}>
          {t.settings.discard}
        </Button>
      </div>
    </section>
  );
}
