import { Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Section } from '../../components/Section.tsx';
import { invoices, loadRequests, useInvoices, type PaymentRequest } from '../../stores/invoices.ts';
import { useTexts } from '../../stores/session.ts';
import { MoneyBoard } from './board/MoneyBoard.tsx';
import { InvoiceTable } from './InvoiceTable.tsx';
import { PrintBar } from './PrintBar.tsx';
import { ProgressSection } from './progress/ProgressSection.tsx';
import { ReadInvoices } from './ReadInvoices.tsx';
import { RequestForm } from './RequestForm.tsx';
import { RequestTable } from './RequestTable.tsx';
import { useView, ViewSwitch } from './ViewSwitch.tsx';

/** 开票: payment requests, the invoices and the progress of the one in view, and the printed list; or the money of all of them. */
export function InvoicesPage() {
  const view = useView();
  return (
    <>
      <ViewSwitch />
      {view === 'board' ? <MoneyBoard /> : <RequestsView />}
    </>
  );
}

function RequestsView() {
  const t = useTexts();
  const requests = useInvoices((s) => s.requests);
  const openId = useInvoices((s) => s.openId);
  const [editing, setEditing] = useState<PaymentRequest | 'new' | undefined>();
  useEffect(() => void loadRequests(), []);
  if (requests.error) return <ErrorNotice error={requests.error} onRetry={() => void loadRequests()} />;
  if (!requests.value) return <Skeleton active paragraph={{ rows: 8 }} />;
  const open = requests.value.find((r) => r.requestId === openId);
  return (
    <>
      <Section
        title={t.invoices.requests}
        {...(requests.value.length > 1 && { hint: t.invoices.requestKeys })}
        extra={
          <>
            {requests.value.length > 0 && <PrintBar />}
            <Button onClick={() => setEditing('new')}>{t.invoices.add}</Button>
          </>
        }
        className="requests"
      >
        {requests.value.length === 0 ? (
          <EmptyState title={t.invoices.requestsEmpty} hint={t.invoices.requestsEmptyHint} />
        ) : (
          <RequestTable requests={requests.value} openId={openId} onOpen={(id) => invoices.setState({ openId: id })} onEdit={setEditing} />
        )}
      </Section>
      <ReadInvoices />
      {open && <InvoiceTable request={open} />}
      {open && <ProgressSection requestId={open.requestId} />}
      {editing !== undefined && <RequestForm request={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}
