import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Money } from '../../../components/Money.tsx';
import { Section } from '../../../components/Section.tsx';
import { StateTag } from '../../../components/StateTag.tsx';
import { loadProgress, useAfterMailing, watchAfterMailing, type Entry, type Progress } from '../../../stores/progress.ts';
import { useLanguage, useTexts } from '../../../stores/session.ts';
import { today } from '../invoice-fields.ts';
import { EntryForm } from './EntryForm.tsx';
import { EntryTable } from './EntryTable.tsx';
import { PromiseDate } from './PromiseDate.tsx';
import { stageTones } from './stage-tone.ts';

/** Where one request stands after its invoices were sent, and everything that was entered of it. */
export function ProgressSection({ requestId }: { readonly requestId: string }) {
  const t = useTexts();
  const { value, error } = useAfterMailing((s) => s.progress);
  useEffect(() => watchAfterMailing(() => loadProgress(requestId)), [requestId]);
  const progress = value?.requestId === requestId ? value : undefined;
  return (
    <Section title={t.afterMailing.title(requestId)} className="progress">
      {error && <ErrorNotice error={error} onRetry={() => void loadProgress(requestId)} />}
      {!progress && !error && <Skeleton active className="pad" paragraph={{ rows: 3 }} />}
      {progress && (
        <>
          <Standing progress={progress} />
          <Entries key={requestId} progress={progress} />
        </>
      )}
    </Section>
  );
}

/** The entries with the one form for new ones and for corrections; once it was used it keeps the keys. */
function Entries({ progress }: { readonly progress: Progress }) {
  const [correcting, setCorrecting] = useState<Entry | undefined>();
  const [used, setUsed] = useState(0);
  const editing = progress.entries.find(({ id }) => id === correcting?.id);
  const turn = (entry: Entry | undefined) => {
    setCorrecting(entry);
    setUsed((n) => n + 1);
  };
  return (
    <>
      <EntryTable progress={progress} onCorrect={turn} />
      <EntryForm key={used} progress={progress} entry={editing} takesKeys={used > 0} onDone={() => turn(undefined)} />
    </>
  );
}

/** Stage, promise and money in one row. */
function Standing({ progress: p }: { readonly progress: Progress }) {
  const t = useTexts();
  const language = useLanguage();
  const w = t.afterMailing;
  const isSettled = p.stage === 'paid' || p.stage === 'ended';
  return (
    <>
      <dl className="standing">
        <div>
          <dt>{w.stage}</dt>
          <dd>
            <StateTag tone={stageTones[p.stage]}>{p.stageName[language]}</StateTag>{' '}
            <span className="quiet">{w.decidedBy[p.decidedBy]}</span>
            {p.since !== undefined && p.ageDays !== undefined && <div className="quiet">{w.since(p.since, p.ageDays)}</div>}
          </dd>
        </div>
        <div>
          <dt>{w.promise}</dt>
          <dd>
            {p.promise === undefined ? (
              <span className="quiet">{isSettled ? '—' : w.promiseUnknown}</span>
            ) : (
              <PromiseDate promise={p.promise} overdue={p.overdue} isSettled={isSettled} today={today()} />
            )}
          </dd>
        </div>
        <div>
          <dt>{w.parcel}</dt>
          <dd>{p.sentOn === undefined ? '—' : [p.courier, p.tracking].filter(Boolean).join(' ') || w.mailbox}</dd>
        </div>
        {(['amount', 'received', 'outstanding'] as const).map((field) => (
          <div key={field} className="standing-money">
            <dt>{w[field]}</dt>
            <dd>
              {p.currency !== 'CNY' && `${p.currency} `}
              <Money amount={p[field]} />
            </dd>
          </div>
        ))}
      </dl>
      {p.notes.length > 0 && (
        <ul className="notes standing-notes">
          {p.notes.map((note) => (
            <li key={note.zh} className="row-doubt">
              {note[language]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
