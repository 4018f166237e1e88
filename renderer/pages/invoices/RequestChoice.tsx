import { Button, Select } from 'antd';
import { useInvoices } from '../../stores/invoices.ts';
import type { ReadFile } from '../../stores/read-invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

interface Props {
  readonly suggestions: ReadFile['suggestions'];
  readonly value: string | undefined;
  readonly onChange: (requestId: string | undefined) => void;
}

/** Which payment request an invoice belongs to: suggestions say why, and nothing is chosen before the person does. */
export function RequestChoice({ suggestions, value, onChange }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const requests = useInvoices((s) => s.requests.value) ?? [];
  return (
    <div className="request-choice">
      <span className="read-label">{t.invoices.reading.tieTo}</span>
      <Select
        aria-label={t.invoices.reading.tieTo}
        className="request-select"
        allowClear
        showSearch
        placeholder={t.invoices.reading.untied}
        value={value ?? null}
        options={requests.map(({ requestId, billingCycle }) => ({ value: requestId, label: `${requestId} · ${billingCycle}` }))}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
      />
      {suggestions
        .filter(({ requestId }) => requestId !== value)
        .map(({ requestId, by, text }) => (
          <Button key={`${by} ${requestId}`} type="link" className="in-row" onClick={() => onChange(requestId)}>
            {t.invoices.reading.suggested(requestId, text[language])}
          </Button>
        ))}
    </div>
  );
}
