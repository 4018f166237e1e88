import { App as Messages, Button } from 'antd';
import { useRef, useState } from 'react';
import { asFailure } from '../../api.ts';
import { Money } from '../../components/Money.tsx';
import { Section } from '../../components/Section.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { removeInvoice, type Invoice, type PaymentRequest } from '../../stores/invoices.ts';
import { jobs } from '../../stores/jobs.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { checkName } from '../../texts/names.ts';
import { InvoiceForm } from './InvoiceForm.tsx';
import { RequestBasis } from './RequestBasis.tsx';
import { RequestProblems } from './RequestProblems.tsx';

/** The invoices of one request, and what keeps it from being printed. */
export function InvoiceTable({ request }: { readonly request: PaymentRequest }) {
  const t = useTexts();
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  // The keys go back to where the form was opened: the next invoice is one Enter away.
  const close = () => {
    setAdding(false);
    // After the dialog has gone: until then it holds the keys.
    setTimeout(() => add.current?.focus());
  };
  const c = t.invoices.invoiceColumns;
  return (
    <Section
      title={t.invoices.invoicesOf(request.requestId)}
      extra={
        <Button ref={add} type="primary" ghost onClick={() => setAdding(true)}>
          {t.invoices.addInvoice}
        </Button>
      }
      className="invoices"
    >
      <RequestBasis requestId={request.requestId} />
      <RequestProblems problems={request.problems} />
      {request.invoices.length === 0 ? (
        <p className="pad quiet">{t.invoices.invoicesEmpty}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th>{c.number}</th>
              <th>{c.code}</th>
              <th>{c.kind}</th>
              <th>{c.date}</th>
              <th className="number">{c.net}</th>
              <th className="number">{c.tax}</th>
              <th className="number">{c.total}</th>
              <th>{c.findings}</th>
              <th>{c.action}</th>
            </tr>
          </thead>
          <tbody>
            {request.invoices.map((i) => (
              <Row key={`${i.code} ${i.number}`} invoice={i} />
            ))}
          </tbody>
        </table>
      )}
      {adding && <InvoiceForm request={request} onClose={close} />}
    </Section>
  );
}

function Row({ invoice: i }: { readonly invoice: Invoice }) {
  const t = useTexts();
  const language = useLanguage();
  const { modal, message } = Messages.useApp();
  const ask = () =>
    void modal.confirm({
      title: t.invoices.removeTitle,
      content: t.invoices.removeText(i.number),
      okText: t.invoices.remove,
      cancelText: t.common.cancel,
      onOk: () =>
        removeInvoice(i).then(
          () => void message.success(t.invoices.invoiceRemoved),
          (error: unknown) => jobs.setState({ error: asFailure(error) }),
        ),
    });
  return (
    <tr>
      <td className="number-left">{i.number}</td>
      <td className="number-left">{i.code}</td>
      <td>{t.invoices.kind[i.kind]}</td>
      <td className="nowrap">{i.date}</td>
      {([i.net, i.tax, i.total] as const).map((amount, k) => (
        <td key={k} className="number">
          <Money amount={amount} />
        </td>
      ))}
      <td>
        {i.findings.map((code, k) => (
          <span key={code} title={i.notes[k]?.[language]}>
            <StateTag tone="attention">{checkName(code, language)}</StateTag>
          </span>
        ))}
      </td>
      <td>
        <Button type="link" className="in-row" onClick={ask}>
          {t.invoices.remove}
        </Button>
      </td>
    </tr>
  );
}
