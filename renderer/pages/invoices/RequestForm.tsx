import { AutoComplete, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { isDay } from '../../../electron/core/month.ts';
import { stageOfStatus, vendorStatuses } from '../../../electron/core/request-status.ts';
import { readCents, readTaxRate } from '../../../electron/core/typed-amount.ts';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { shown } from '../../components/amounts.ts';
import { readTypedCycle } from '../../routes.ts';
import { saveRequest, type PaymentRequest } from '../../stores/invoices.ts';
import { useSession, useTexts } from '../../stores/session.ts';
import { NoticeReader } from './NoticeReader.tsx';

const fields = [
  'requestId',
  'billingCycle',
  'amount',
  'taxRate',
  'buyerName',
  'buyerTaxNumber',
  'mailingAddress',
  'recipient',
  'recipientPhone',
  'mailbox',
  'incentiveBillIds',
  'payoutMode',
  'appliedAt',
  'productTaxRate',
  'status',
  'currency',
] as const;
type Typed = Record<(typeof fields)[number], string>;

const empty = Object.fromEntries(fields.map((f) => [f, ''])) as Typed;
const typedOf = (r: PaymentRequest): Typed => ({
  ...empty,
  ...Object.fromEntries(fields.filter((f) => f !== 'incentiveBillIds' && f !== 'amount').map((f) => [f, r[f]])),
  amount: shown(r.amount),
  incentiveBillIds: r.incentiveBillIds.join(';'),
});

interface Props {
  /** undefined: a new one. */
  readonly request: PaymentRequest | undefined;
  readonly onClose: () => void;
}

/** A payment request as typed in: buyer, address and mailbox are the user's data of each request. */
export function RequestForm({ request, onClose }: Props) {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const [form] = Form.useForm<Typed>();
  const current = Form.useWatch([], form) as Typed | undefined;
  const [error, setError] = useState<CallFailed | undefined>();
  const [busy, setBusy] = useState(false);
  const save = async (typed: Typed) => {
    setBusy(true);
    try {
      const ids = typed.incentiveBillIds.split(/[;；,，\s]+/).filter(Boolean);
      await saveRequest({
        ...typed,
        requestId: typed.requestId.trim(),
        billingCycle: readTypedCycle(typed.billingCycle) ?? typed.billingCycle,
        incentiveBillIds: ids,
      });
      onClose();
    } catch (e) {
      setError(asFailure(e));
      setBusy(false);
    }
  };
  const checks: Partial<Record<keyof Typed, (v: string) => string | undefined>> = {
    requestId: (v) => (v.trim() === '' ? t.invoices.checks.required : undefined),
    billingCycle: (v) => (readTypedCycle(v) ? undefined : t.invoices.checks.cycle),
    amount: (v) => (readCents(v) === undefined ? t.invoices.checks.amount : undefined),
    taxRate: (v) => (v.trim() !== '' && readTaxRate(v) === undefined ? t.invoices.checks.rate : undefined),
    appliedAt: (v) => (v.trim() === '' || v === request?.appliedAt || isDay(v.trim()) ? undefined : t.invoices.checks.date),
    status: (v) =>
      v.trim() === '' || v === request?.status || stageOfStatus(v) !== undefined ? undefined : t.invoices.checks.status(vendorStatuses),
    productTaxRate: (v) => (v.trim() !== '' && readTaxRate(v) === undefined ? t.invoices.checks.rate : undefined),
  };
  return (
    <Modal
      open
      title={request ? `${t.invoices.edit} ${request.requestId}` : t.invoices.add}
      okText={t.common.save}
      cancelText={t.common.cancel}
      width={960}
      className="tall-dialog"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(opened) => opened && form.focusField(request === undefined ? 'requestId' : 'amount')}
    >
      {error && <ErrorNotice error={error} />}
      <NoticeReader current={current ?? {}} onTake={(values) => form.setFieldsValue(values)} />
      <Form
        form={form}
        layout="vertical"
        className="three-columns"
        initialValues={
          request
            ? typedOf(request)
            : { ...empty, billingCycle: cycle ?? '', taxRate: '6%', payoutMode: t.invoices.payoutModes[0], currency: 'CNY' }
        }
        onFinish={(typed) => void save(typed)}
      >
        {fields.map((f) => (
          <Form.Item
            key={f}
            name={f}
            label={t.invoices.requestForm[f]}
            rules={[
              {
                validator: (_, v: string) => (checks[f]?.(v) === undefined ? Promise.resolve() : Promise.reject(new Error(checks[f]?.(v)))),
              },
            ]}
          >
            {f === 'payoutMode' || f === 'status' ? (
              <AutoComplete options={(f === 'status' ? vendorStatuses : t.invoices.payoutModes).map((value) => ({ value }))} />
            ) : (
              <Input disabled={f === 'requestId' && request !== undefined} onPressEnter={() => form.submit()} />
            )}
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
