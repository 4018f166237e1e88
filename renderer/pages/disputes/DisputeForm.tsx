import { App as Messages, Button, Checkbox, Input } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { absolute, displayMoney } from '../../../electron/core/money.ts';
import { money } from '../../components/amounts.ts';
import { disputes, tellOf, type Dispute } from '../../stores/disputes.ts';
import { useTexts } from '../../stores/session.ts';
import type { Draft } from './dispute-draft.ts';
import { rememberSender } from './sender.ts';
import { useDisputeDraft } from './use-dispute-draft.ts';

interface Props {
  /** Absent: what is written down holds for all chosen ones; fields left empty stay as they are. */
  readonly dispute: Dispute | undefined;
  readonly today: string;
}

/** When and by whom it was given to the vendor, what was answered, what came back. Stored with the button or Ctrl+S, from any field with Enter. */
export function DisputeForm({ dispute, today }: Props) {
  const t = useTexts();
  const { message } = Messages.useApp();
  const form = useDisputeDraft(dispute, today);
  const { change } = form;
  const [error, setError] = useState<CallFailed>();
  const store = async () => {
    if (!change) return;
    try {
      const keys = dispute ? [dispute.key] : (await disputes.chosen()).map((d) => d.key);
      const changed = await tellOf({ keys, ...change });
      if (change.sentBy) rememberSender(change.sentBy);
      form.stored();
      setError(undefined);
      void message.success(t.disputes.stored(changed));
    } catch (refused) {
      setError(asFailure(refused));
    }
  };
  const onKeyDown = (e: KeyboardEvent) => {
    const enter = e.key === 'Enter' && !e.shiftKey && !(e.target instanceof HTMLTextAreaElement && !e.ctrlKey);
    if (!enter && !(e.key.toLowerCase() === 's' && (e.ctrlKey || e.metaKey))) return;
    // A button's own Enter presses it.
    if (enter && e.target instanceof HTMLButtonElement) return;
    e.preventDefault();
    e.stopPropagation();
    void store();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in any field stores, as in a form of the browser's own
    <form className="dispute-form" aria-label={t.disputes.form} onKeyDown={onKeyDown} onSubmit={(e) => e.preventDefault()}>
      <SentFields form={form} dispute={dispute} today={today} />
      <AnswerFields form={form} dispute={dispute} today={today} />
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

interface Fields extends Props {
  readonly form: ReturnType<typeof useDisputeDraft>;
}

function Field({
  form,
  name,
  ...more
}: Pick<Fields, 'form'> & { name: keyof Draft; id?: string; placeholder?: string; maxLength: number }) {
  const label = useTexts().disputes.columns[name];
  return <Input aria-label={label} value={form.draft[name]} onChange={(e) => form.set({ [name]: e.target.value })} {...more} />;
}

function SentFields({ form, dispute, today }: Fields) {
  const t = useTexts();
  const { before, mayBeAgain, again } = form;
  return (
    <>
      <label htmlFor="dispute-sent-on">{t.disputes.columns.sentOn}</label>
      <span className="dispute-pair">
        <Field form={form} name="sentOn" id="dispute-sent-on" placeholder={today} maxLength={10} />
        <Field form={form} name="sentBy" placeholder={t.disputes.columns.sentBy} maxLength={100} />
        {before.sentOn === '' ? (
          <Button onClick={form.sendToday}>{t.disputes.today}</Button>
        ) : (
          <Button title={t.disputes.againHint} onClick={form.sendAgain}>
            {t.disputes.again}
          </Button>
        )}
      </span>
      {mayBeAgain && (
        <Checkbox className="dispute-again" checked={again} onChange={(e) => form.sayAgain(e.target.checked)}>
          {dispute ? t.disputes.isAgain(before.sentOn) : t.disputes.areAgain}
        </Checkbox>
      )}
    </>
  );
}

function AnswerFields({ form, dispute, today }: Fields) {
  const t = useTexts();
  const c = t.disputes.columns;
  const { draft, set } = form;
  return (
    <>
      <label htmlFor="dispute-answered-on">{c.answeredOn}</label>
      <span className="dispute-pair">
        <Field form={form} name="answeredOn" id="dispute-answered-on" placeholder={today} maxLength={10} />
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
            <Field form={form} name="recovered" id="dispute-recovered" placeholder="0.00" maxLength={30} />
            <Button onClick={() => set({ recovered: displayMoney(absolute(money(dispute.difference))) })}>
              {t.disputes.wholeDifference}
            </Button>
          </span>
        </>
      )}
    </>
  );
}
