import { App as Messages, Button, Checkbox, Input, Select, type RefSelectProps } from 'antd';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { entryKinds, entryNames, type EntryKind } from '../../../../electron/core/request-entry.ts';
import { asFailure, type CallFailed } from '../../../api.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { isZero, shown } from '../../../components/amounts.ts';
import { correct, enter, type Entry, type Progress } from '../../../stores/progress.ts';
import { useLanguage, useTexts } from '../../../stores/session.ts';
import { today } from '../invoice-fields.ts';
import { blankDraft, draftOf, draftProblems, fieldsOf, inputOf, nextKind, type Draft, type DraftField } from './entry-draft.ts';

interface Props {
  readonly progress: Progress;
  /** The entry that is corrected; undefined: a new one. */
  readonly entry: Entry | undefined;
  /** Has the keys from the start. */
  readonly takesKeys: boolean;
  readonly onDone: () => void;
}

const couriers = ['顺丰速运', 'EMS', '京东快递', '中通快递', '圆通速递', '申通快递', '韵达快递', '德邦快递'];

/** One line that enters what happened, or corrects an entry; checked as one types, stored with Enter. */
export function EntryForm({ progress, entry, takesKeys, onDone }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const [draft, setDraft] = useState<Draft>(() => (entry ? draftOf(entry) : blankDraft(nextKind(progress), today())));
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<CallFailed>();
  const [busy, setBusy] = useState(false);
  const kind = useRef<RefSelectProps>(null);
  useEffect(() => {
    if (takesKeys) kind.current?.focus();
  }, [takesKeys]);
  const problems = draftProblems(draft, today(), language);
  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));

  const save = async () => {
    setTried(true);
    if (problems.size > 0 || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      if (entry) await correct({ id: entry.id, reason: draft.reason, ...inputOf(draft) });
      else await enter({ requestId: progress.requestId, ...inputOf(draft) });
      void message.success(entry ? t.afterMailing.corrected : t.afterMailing.entered(entryNames[draft.kind][language]));
      onDone();
    } catch (e) {
      setError(asFailure(e));
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  useEscape(entry && onDone);
  // A field that is still empty shows nothing before the person has tried to store it.
  const told = [...problems].filter(([field]) => tried || draft[field as DraftField] !== '');
  return (
    <form
      className="entry-form"
      aria-label={entry ? t.afterMailing.correcting(entryNames[entry.kind][language], entry.on) : t.afterMailing.add}
      onSubmit={onSubmit}
    >
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
      <div className="entry-fields">
        <Labelled words={t.afterMailing.fields.kind} className="entry-kind">
          <Select
            id="entry-kind"
            ref={kind}
            listHeight={320}
            popupMatchSelectWidth={false}
            aria-label={t.afterMailing.fields.kind}
            value={draft.kind}
            options={entryKinds.map((kind) => ({ value: kind, label: entryNames[kind][language] }))}
            onChange={(kind: EntryKind) => change({ kind })}
          />
        </Labelled>
        {fieldsOf(draft.kind).map((field) => (
          <EntryField key={field} field={field} draft={draft} problem={told.some(([f]) => f === field)} onChange={change} />
        ))}
        {entry && (
          <Labelled words={t.afterMailing.fields.reason} className="entry-reason">
            <Input
              aria-label={t.afterMailing.fields.reason}
              placeholder={t.afterMailing.optional}
              value={draft.reason}
              onChange={(e) => change({ reason: e.target.value })}
            />
          </Labelled>
        )}
        <div className="entry-actions">
          <Button type="primary" htmlType="submit" loading={busy} disabled={problems.size > 0 && tried}>
            {entry ? t.afterMailing.keep : t.afterMailing.add}
          </Button>
          {entry && <Button onClick={onDone}>{t.common.cancel}</Button>}
        </div>
      </div>
      {draft.kind === 'payment' && (
        <div className="entry-more">
          <Checkbox checked={draft.complete} onChange={(e) => change({ complete: e.target.checked })}>
            {t.afterMailing.complete}
          </Checkbox>
          {!entry && !isZero(progress.outstanding) && (
            <Button type="link" className="in-row" onClick={() => change({ amount: shown(progress.outstanding) })}>
              {t.afterMailing.fill(shown(progress.outstanding))}
            </Button>
          )}
        </div>
      )}
      {told.map(([field, text]) => (
        <p key={field} className="row-doubt" role="alert">
          {text}
        </p>
      ))}
    </form>
  );
}

/** Escape leaves a correction; without one it does nothing. */
function useEscape(leave: (() => void) | undefined) {
  useEffect(() => {
    if (!leave) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [leave]);
}

function Labelled({ words, className, children }: { readonly words: string; readonly className: string; readonly children: ReactNode }) {
  return (
    <div className={className}>
      <div className="read-label">{words}</div>
      {children}
    </div>
  );
}

interface FieldProps {
  readonly field: DraftField;
  readonly draft: Draft;
  readonly problem: boolean;
  readonly onChange: (part: Partial<Draft>) => void;
}

function EntryField({ field, draft, problem, onChange }: FieldProps) {
  const t = useTexts();
  const { fields, optional } = t.afterMailing;
  const words = field === 'note' && draft.kind === 'rejected' ? fields.rejected : fields[field];
  const needed = field === 'on' || field === 'amount' || (field === 'note' && draft.kind === 'rejected');
  const common = { 'aria-label': words, value: draft[field], ...(problem ? { status: 'error' as const } : {}) };
  return (
    <Labelled words={words} className={`entry-${field}`}>
      <Input
        {...common}
        inputMode={field === 'amount' ? 'decimal' : 'text'}
        placeholder={field === 'on' ? '2025-09-30' : needed ? '' : optional}
        {...(field === 'courier' ? { list: 'couriers' } : {})}
        onChange={(e) => onChange({ [field]: e.target.value })}
      />
      {field === 'courier' && (
        <datalist id="couriers">
          {couriers.map((name) => (
            <option key={name} value={name} aria-label={name} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}
