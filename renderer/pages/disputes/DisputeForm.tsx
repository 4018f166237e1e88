import { App as Messages, Button, Input } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { absolute, displayMoney } from '../../../electron/core/money.ts';
import { money } from '../../components/amounts.ts';
import { disputes, tellOf, type Dispute } from '../../stores/disputes.ts';
import { useTexts } from '../../stores/session.ts';
import { changeOf, draftOf, type Draft } from './dispute-draft.ts';
import { rememberedSender, rememberSender } from './sender.ts';

interface Props {
  /** Absent: what is written down holds for all chosen ones; fields left empty stay as they are. */
  readonly dispute: Dispute | undefined;
  readonly today: string;
}

/** When and by whom it was given to the vendor, what was answered, what came back. Stored with the button or Ctrl+S, from any field with Enter. */
export function DisputeForm({ dispute, today }: Props) {
  const t = useTexts();
  const c = t.disputes.columns;
  const { message } = Messages.useApp();
  const before = draftOf(dispute);
  const [draft, setDraft] = useState<Draft>(before);
  const [seen, setSeen] = useState(JSON.stringify(before));
  const [error, setError] = useState<CallFailed>();
  // What is stored can change beside the form (keys 1–5, a pack): the form follows.
  if (seen !== JSON.stringify(before)) {
    setSeen(JSON.stringify(before));
    setDraft(before);
  }
  const change = changeOf(before, draft, dispute?.status);
  const store = async () => {
    if (!change) return;
    try {
      const keys = dispute ? [dispute.key] : (await disputes.chosen()).map((d) => d.key);
      const changed = await tellOf({ keys, ...change });
      if (change.sentBy) rememberSender(change.sentBy);
      if (!dispute) setDraft(before);
      setError(undefined);
      void message.success(t.disputes.stored(changed));
    } catch (refused) {
      setError(asFailure(refused));
    }
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const enter = e.key === 'Enter' && !e.shiftKey && !(e.target instanceof HTMLTextAreaElement && !e.ctrlKey);
    if (!enter && !(e.key.toLowerCase() === 's' && (e.ctrlKey || e.metaKey))) return;
    e.preventDefault();
    e.stopPropagation();
    void store();
  };
  const set = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const field = (name: keyof Draft, more: { id?: string; placeholder?: string; maxLength: number }) => (
    <Input aria-label={c[name]} value={draft[name]} onChange={(e) => set({ [name]: e.target.value })} {...more} />
  );
  const sent = () => set({ sentOn: draft.sentOn || today, sentBy: draft.sentBy || rememberedSender() });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in any field stores, as in a form of the browser's own
    <form className="dispute-form" aria-label={t.disputes.form} onKeyDown={onKeyDown} onSubmit={(e) => e.preventDefault()}>
      <label htmlFor="dispute-sent-on">{c.sentOn}</label>
      <span className="dispute-pair">
        {field('sentOn', { id: 'dispute-sent-on', placeholder: today, maxLength: 10 })}
        {field('sentBy', { placeholder: c.sentBy, maxLength: 100 })}
        <Button onClick={sent}>{t.disputes.today}</Button>
      </span>
      <label htmlFor="dispute-answered-on">{c.answeredOn}</label>
      <span className="dispute-pair">
        {field('answeredOn', { id: 'dispute-answered-on', placeholder: today, maxLength: 10 })}
        <Button onClick={() => set({ answeredOn: draft.answeredOn || today })}>{t.disputes.today}</Button>
      </span>
      <label htmlFor="dispute-answer">{c.answer}</label>
      <Input.TextArea
        id="dispute-answer"
        placeholder={t.disputes.answerPlaceholder}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={4000}
        value={draft.answer}
        onChange={(e) => set({ answer: e.target.value })}
      />
      {dispute && (
        <>
          <label htmlFor="dispute-recovered">{c.recovered}</label>
          <span className="dispute-pair">
            {field('recovered', { id: 'dispute-recovered', placeholder: '0.00', maxLength: 30 })}
            <Button onClick={() => set({ recovered: displayMoney(absolute(money(dispute.difference))) })}>
              {t.disputes.wholeDifference}
            </Button>
          </span>
        </>
      )}
      <span />
      <span className="dispute-pair">
        <Button type="primary" disabled={!change} onClick={() => void store()}>
          {t.common.save}
        </Button>
        {!dispute && <span className="quiet">{t.disputes.manyHint}</span>}
      </span>
      {error && <ErrorNotice error={error} onClose={() => setError(undefined)} />}
    </form>
  );
}
