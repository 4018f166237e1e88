import { Button } from 'antd';
import { useState } from 'react';
import { ChangedFindings } from '../../components/TrialResult.tsx';
import { useMonth } from '../../stores/month.ts';
import { go, useTexts } from '../../stores/session.ts';

/** What the newest run found otherwise than the one before it. */
export function SinceLast() {
  const t = useTexts();
  const [shown, setShown] = useState(false);
  const found = useMonth((s) => s.changes.value);
  if (found?.since === undefined || !found.changes) return null;
  const { changes, since } = found;
  const none = changes.new + changes.gone + changes.changed === 0;
  return (
    <section className="since-last" aria-label={t.trial.sinceTitle}>
      <span className="quiet">{t.trial.since(since)}</span>{' '}
      {none ? t.trial.sinceNone : t.trial.counts(changes.new, changes.gone, changes.changed)}
      {!none && (
        <Button type="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? t.trial.hide : t.trial.show}
        </Button>
      )}
      {shown && <ChangedFindings changes={changes} onOpen={(key) => go('findings', { params: { key } })} />}
    </section>
  );
}
