import { App as Messages, Form, Input, Modal, type InputRef } from 'antd';
import { useRef, useState, type Ref } from 'react';
import { asFailure, call, type CallFailed } from '../../api.ts';
import { closersProblem } from '../../../electron/core/closing.ts';
import type { Output } from '../../../electron/contract.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

type Month = Output<'months.list'>['months'][number];

/** Asks for the two names that close an open month, or for the reason that reopens a closed one, and does it. */
export function ClosingForm({ month, onDone }: { readonly month: Month; readonly onDone: () => void }) {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const first = useRef<InputRef>(null);
  const [preparedBy, setPreparedBy] = useState('');
  const [reviewedBy, setReviewedBy] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<CallFailed | undefined>();
  const { billingCycle, closed, open } = month;
  const same = closed ? undefined : closersProblem(preparedBy, reviewedBy);
  const ready = closed ? reason.trim() !== '' : same === undefined;
  const submit = async () => {
    setBusy(true);
    try {
      if (closed) await call('month.reopen', { billingCycle, reason });
      else await call('month.close', { billingCycle, preparedBy, reviewedBy });
      void message.success(closed ? t.closing.reopened(billingCycle) : t.closing.closed(billingCycle));
      onDone();
    } catch (error) {
      setRefused(asFailure(error));
      setBusy(false);
    }
  };
  const help = refused?.text[language] ?? (same?.code === 'close.same-person' ? same.text[language] : undefined);
  return (
    <Modal
      open
      title={closed ? t.closing.reopenTitle(billingCycle) : t.closing.closeTitle(billingCycle)}
      okText={closed ? t.closing.doReopen : t.closing.doClose}
      cancelText={t.common.cancel}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void submit()}
      onCancel={onDone}
      afterOpenChange={(shown) => shown && first.current?.focus()}
    >
      <p>{closed ? t.closing.reopenWhat : t.closing.closeWhat}</p>
      {!closed && open > 0 && <p>{t.closing.openLeft(open)}</p>}
      <Form layout="vertical" size="middle" onFinish={() => ready && void submit()}>
        {closed ? (
          <Field label={t.closing.reason} value={reason} onChange={setReason} field={first} />
        ) : (
          <>
            <Field label={t.closing.preparedBy} value={preparedBy} onChange={setPreparedBy} field={first} />
            <Field label={t.closing.reviewedBy} value={reviewedBy} onChange={setReviewedBy} />
          </>
        )}
        {/* The dialog's own buttons stand outside of the form: without one in it Enter would do nothing. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} disabled={!ready || busy} />
      </Form>
      {help !== undefined && (
        <p role="alert" className="form-alert">
          {help}
        </p>
      )}
    </Modal>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly field?: Ref<InputRef>;
}

function Field({ label, value, onChange, field }: FieldProps) {
  return (
    <Form.Item label={label}>
      <Input {...(field && { ref: field })} aria-label={label} value={value} maxLength={200} onChange={(e) => onChange(e.target.value)} />
    </Form.Item>
  );
}
