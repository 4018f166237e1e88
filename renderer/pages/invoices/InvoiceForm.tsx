import { App as Messages, Form, Input, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import { displayMoney, displayRate } from '../../../electron/core/money.ts';
import { readCents, readTaxRate } from '../../../electron/core/typed-amount.ts';
import { readTypedInvoice, type TypedInvoice } from '../../../electron/core/typed-invoice.ts';
import { multiplyRateToCent } from '../../../electron/core/money.ts';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { addInvoice, type PaymentRequest } from '../../stores/invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { problemsOf, today, type Field } from './invoice-fields.ts';

const order = ['number', 'code', 'kind', 'date', 'net', 'rate', 'tax', 'buyer', 'buyerTaxNumber'] as const;
type Typed = { [F in (typeof order)[number]]: Exclude<TypedInvoice[F], undefined> };

interface Props {
  readonly request: PaymentRequest;
  readonly onClose: () => void;
}

/** Types one invoice in; every field is checked as one types, by the same rules as the app's own. */
export function InvoiceForm({ request, onClose }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const { message } = Messages.useApp();
  const [form] = Form.useForm<Typed>();
  const typed = Form.useWatch([], form) as Typed | undefined;
  const [error, setError] = useState<CallFailed | undefined>();
  const [busy, setBusy] = useState(false);
  const taxTyped = useRef(false);
  const problems = typed ? problemsOf(typed, language, t.invoices.checks) : new Map<Field, string>();
  const invoice = typed && problems.size === 0 ? readTypedInvoice({ ...typed }, today()) : undefined;

  const save = async (value: Typed) => {
    setBusy(true);
    try {
      await addInvoice({ ...value, requestId: request.requestId });
      void message.success(t.invoices.invoiceAdded(value.number));
      onClose();
    } catch (e) {
      setError(asFailure(e));
      setBusy(false);
    }
  };
  // Tax follows net × rate until the person types it.
  const follow = (changed: Partial<Typed>, all: Typed) => {
    if (changed.tax !== undefined) taxTyped.current = changed.tax !== '';
    else if ((changed.net !== undefined || changed.rate !== undefined) && !taxTyped.current) {
      const net = readCents(all.net);
      const rate = readTaxRate(all.rate);
      if (net !== undefined && rate !== undefined) form.setFieldValue('tax', displayMoney(multiplyRateToCent(net, rate)));
    }
  };
  const ready = invoice !== undefined && !('problems' in invoice);
  return (
    <Modal
      open
      title={`${t.invoices.addInvoice} · ${request.requestId}`}
      okText={t.common.save}
      cancelText={t.common.cancel}
      width={640}
      confirmLoading={busy}
      okButtonProps={{ disabled: !ready }}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(opened) => opened && form.focusField('number')}
    >
      {error && <ErrorNotice error={error} />}
      <Form
        form={form}
        layout="vertical"
        className="two-columns"
        initialValues={blank(request)}
        onValuesChange={follow}
        onFinish={(v) => void save(v)}
      >
        {order.map((f) => (
          <Form.Item key={f} name={f} label={t.invoices.invoiceForm[f]} {...help(problems.get(f), typed?.[f])}>
            {f === 'kind' ? (
              <Select options={(['special', 'ordinary'] as const).map((k) => ({ value: k, label: t.invoices.kind[k] }))} />
            ) : (
              <Input
                inputMode={f === 'net' || f === 'tax' ? 'decimal' : 'text'}
                placeholder={f === 'date' ? '2025-09-30' : ''}
                onPressEnter={() => ready && form.submit()}
              />
            )}
          </Form.Item>
        ))}
        <p className="form-total">
          {t.invoices.invoiceForm.total} <b>{ready ? displayMoney(invoice.total) : '—'}</b>
        </p>
      </Form>
    </Modal>
  );
}

const blank = (r: PaymentRequest): Typed => ({
  number: '',
  code: '',
  kind: 'special',
  date: today(),
  net: '',
  rate: rateOf(r.taxRate),
  tax: '',
  buyer: r.buyerName,
  buyerTaxNumber: r.buyerTaxNumber,
});
const rateOf = (text: string): string => {
  const rate = readTaxRate(text);
  return rate === undefined || text.trim() === '' ? '6%' : displayRate(rate);
};

/** A field still empty shows no error: nobody likes a form that is red before the first key. */
const help = (problem: string | undefined, value: string | undefined) =>
  problem === undefined || !value ? { help: '' } : { help: problem, validateStatus: 'error' as const };
