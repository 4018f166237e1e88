import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { chooseInvoices, readInvoices, readQrText, tieInvoice, useReadInvoices, watchUntied } from '../../stores/read-invoices.ts';
import { useTexts } from '../../stores/session.ts';
import { ReadInvoiceCard } from './ReadInvoiceCard.tsx';
import { RequestChoice } from './RequestChoice.tsx';
import { SaveWithoutDoubt } from './SaveWithoutDoubt.tsx';

/** E-invoice files and QR text: chosen, dropped on the window or pasted; what was read waits here to be confirmed. */
export function ReadInvoices() {
  const t = useTexts();
  const { reading, waiting, saving, error } = useReadInvoices((s) => s);
  const [qr, setQr] = useState('');
  const readQr = () => {
    void readQrText(qr);
    setQr('');
  };
  useEffect(watchUntied, []);
  return (
    <Section
      title={t.invoices.reading.title}
      hint={t.invoices.reading.hint}
      className="read-invoices"
      extra={
        <>
          <Input
            aria-label={t.invoices.reading.qr}
            placeholder={t.invoices.reading.qr}
            className="qr-text"
            value={qr}
            onChange={(e) => setQr(e.target.value)}
            onPressEnter={() => qr.trim() !== '' && readQr()}
          />
          <Button disabled={qr.trim() === '' || reading} onClick={readQr}>
            {t.invoices.reading.readQr}
          </Button>
          <Button loading={reading} onClick={() => void chooseInvoices(false)}>
            {t.invoices.reading.choose}
          </Button>
          <Button disabled={reading} onClick={() => void chooseInvoices(true)}>
            {t.invoices.reading.chooseFolder}
          </Button>
        </>
      }
    >
      {error && <ErrorNotice error={error} onClose={() => readInvoices.setState({ error: undefined })} />}
      <SaveWithoutDoubt />
      {waiting.map((one) => saving?.ids.has(one.id) || <ReadInvoiceCard key={one.id} waiting={one} />)}
      <Untied />
    </Section>
  );
}

/** Invoices that are stored and belong to no request yet. */
function Untied() {
  const t = useTexts();
  const untied = useReadInvoices((s) => s.untied);
  if (untied.length === 0) return null;
  return (
    <div className="untied">
      <h3>
        {t.invoices.reading.untiedTitle} <span className="quiet">{t.invoices.reading.untiedCount(untied.length)}</span>
      </h3>
      <ul aria-label={t.invoices.reading.untiedTitle}>
        {untied.map((invoice) => (
          <li key={`${invoice.code} ${invoice.number}`}>
            <span className="number-left">
              {invoice.code} {invoice.number}
            </span>
            <Money amount={invoice.total} />
            <RequestChoice suggestions={[]} value={undefined} onChange={(id) => id !== undefined && void tieInvoice(invoice, id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
