import { App as Messages, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { call, fileFailure, type CallFailed } from '../../api.ts';
import { invoices, loadRequests, useInvoices } from '../../stores/invoices.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

/** Preview, print and save of the list of the ticked requests (of the one in view where none is ticked). */
export function PrintBar() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const [emptyNumbers, setEmptyNumbers] = useState(false);
  const [accompaniesVendorList, setAccompanies] = useState(false);
  const [busy, setBusy] = useState(false);
  const ticked = useInvoices((s) => s.ticked.size);
  const refuse = (error: CallFailed) =>
    void modal.warning({ title: t.invoices.refusedTitle, content: error.text[language], okText: t.common.close });

  /** Makes the PDF and hands its token on; what refuses it is shown as what is to be mended. */
  const make = async (preview: boolean, then: (token: string, name: string) => Promise<unknown>) => {
    const s = invoices.getState();
    const inOrder = s.requests.value?.map((r) => r.requestId).filter((id) => s.ticked.has(id)) ?? [];
    const requestIds = inOrder.length > 0 ? inOrder : s.openId === undefined ? [] : [s.openId];
    if (requestIds.length === 0) return void message.info(t.invoices.selectFirst);
    setBusy(true);
    try {
      const { token, name } = await call('invoices.print', { requestIds, language, emptyNumbers, accompaniesVendorList, preview });
      await then(token, name);
    } catch (error) {
      refuse(fileFailure(error));
    } finally {
      setBusy(false);
      if (!preview) void loadRequests();
    }
  };
  const { files } = window.hezhang;
  return (
    <>
      <Checkbox checked={emptyNumbers} onChange={(e) => setEmptyNumbers(e.target.checked)}>
        {t.invoices.emptyNumbers}
      </Checkbox>
      <Checkbox checked={accompaniesVendorList} onChange={(e) => setAccompanies(e.target.checked)} title={t.invoices.accompaniesHint}>
        {t.invoices.accompanies}
      </Checkbox>
      <Button disabled={busy} onClick={() => void make(true, (token) => files.open(token))}>
        {t.invoices.preview}
      </Button>
      <Button
        disabled={busy}
        onClick={() =>
          void make(false, async (token, name) => (await files.save(token, name)) && message.success(t.invoices.fileSaved(name)))
        }
      >
        {t.invoices.savePdf}
      </Button>
      <Button type="primary" disabled={busy} onClick={() => void make(false, (token) => files.print(token))}>
        {t.invoices.print}
        {ticked > 1 && ` (${ticked})`}
      </Button>
    </>
  );
}
