import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { normaliseTaxNumber, taxNumberProblem } from '../../../electron/core/tax-number.ts';
import { asFailure, type CallFailed } from '../../api.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import type { Company } from '../../stores/printing.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { saveSetting } from '../../stores/settings.ts';

interface Props {
  readonly company: Company;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}
const fields = ['sellerName', 'sellerTaxNumber', 'financeContact', 'financePhone'] as const satisfies readonly (keyof Company)[];

/** The company profile, asked for before the first list is printed: without its seller a list comes back. */
export function CompanyForm({ company, onSaved, onClose }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const [form] = Form.useForm<Company>();
  const taxNumber = Form.useWatch('sellerTaxNumber', form) ?? '';
  const [error, setError] = useState<CallFailed | undefined>();
  const [busy, setBusy] = useState(false);
  const save = async (typed: Company) => {
    setBusy(true);
    try {
      const values = { ...typed, sellerTaxNumber: normaliseTaxNumber(typed.sellerTaxNumber) };
      for (const key of fields) if (values[key].trim() !== company[key]) await saveSetting(key, values[key].trim());
      onSaved();
    } catch (e) {
      setError(asFailure(e));
      setBusy(false);
    }
  };
  const doubt = taxNumber.trim() === '' ? undefined : taxNumberProblem(normaliseTaxNumber(taxNumber));
  return (
    <Modal
      open
      title={t.invoices.companyTitle}
      okText={t.common.save}
      cancelText={t.common.cancel}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(opened) => opened && form.focusField('sellerName')}
    >
      <p className="quiet">{t.invoices.companyHint}</p>
      {error && <ErrorNotice error={error} />}
      <Form form={form} layout="vertical" className="company-form" initialValues={company} onFinish={(typed) => void save(typed)}>
        {fields.map((f, i) => (
          <Form.Item
            key={f}
            name={f}
            label={t.settings.names[f]}
            rules={i < 2 ? [{ required: true, whitespace: true, message: t.invoices.checks.required }] : []}
            {...(f === 'sellerTaxNumber' && doubt ? { extra: <span className="row-doubt">{doubt[language]}</span> } : {})}
          >
            <Input onPressEnter={() => form.submit()} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  );
}
