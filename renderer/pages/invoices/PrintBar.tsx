import { App as Messages, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { fileFailure } from '../../api.ts';
import { useInvoices } from '../../stores/invoices.ts';
import { lacksCompany, makeList, readCompany, requestsToPrint, type Company, type Purpose } from '../../stores/printing.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { CompanyForm } from './CompanyForm.tsx';
import { LabelButton } from './LabelButton.tsx';
import { handOver, PreviewDrawer, type Preview } from './PreviewDrawer.tsx';

/** Preview, print and save of the list of the ticked requests (of the one in view where none is ticked). */
export function PrintBar() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const [emptyNumbers, setEmptyNumbers] = useState(false);
  const [accompaniesVendorList, setAccompanies] = useState(false);
  const [busy, setBusy] = useState(false);
  const [preview, setPreview] = useState<Preview | undefined>();
  const [asked, setAsked] = useState<{ company: Company; purpose: Purpose } | undefined>();
  const ticked = useInvoices((s) => s.ticked.size);

  /** Makes the PDF and hands it on; what refuses it is shown as what is to be mended. */
  const make = async (purpose: Purpose) => {
    const requestIds = requestsToPrint();
    if (requestIds.length === 0) return void message.info(t.invoices.selectFirst);
    setBusy(true);
    try {
      const company = await readCompany();
      if (purpose !== 'preview' && lacksCompany(company)) return setAsked({ company, purpose });
      const made = await makeList(requestIds, { language, emptyNumbers, accompaniesVendorList }, purpose);
      await handOver(purpose, made, {
        onPreview: setPreview,
        onSaved: (name) => void message.success(t.invoices.fileSaved(name)),
        onViewer: () => void message.info(t.invoices.openedToPrint),
      });
    } catch (error) {
      void modal.warning({ title: t.invoices.refusedTitle, content: fileFailure(error).text[language], okText: t.common.close });
    } finally {
      setBusy(false);
    }
  };
  const button = (purpose: Purpose, words: string, main = false) => (
    <Button {...(main ? { type: 'primary' } : {})} disabled={busy} onClick={() => void make(purpose)}>
      {words}
    </Button>
  );
  const actions = (
    <>
      {button('save', t.invoices.savePdf)}
      {button('print', ticked > 1 ? `${t.invoices.print} (${ticked})` : t.invoices.print, true)}
    </>
  );
  return (
    <>
      <Checkbox checked={emptyNumbers} onChange={(e) => setEmptyNumbers(e.target.checked)}>
        {t.invoices.emptyNumbers}
      </Checkbox>
      <Checkbox checked={accompaniesVendorList} onChange={(e) => setAccompanies(e.target.checked)} title={t.invoices.accompaniesHint}>
        {t.invoices.accompanies}
      </Checkbox>
      <LabelButton />
      {button('preview', t.invoices.preview)}
      {actions}
      {preview && <PreviewDrawer preview={preview} whole={false} actions={actions} onClose={() => setPreview(undefined)} />}
      {asked && (
        <CompanyForm
          company={asked.company}
          onClose={() => setAsked(undefined)}
          onSaved={() => {
            setAsked(undefined);
            void make(asked.purpose);
          }}
        />
      )}
    </>
  );
}
