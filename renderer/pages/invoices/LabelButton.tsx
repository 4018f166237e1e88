import { App as Messages, Button, Segmented } from 'antd';
import { useState } from 'react';
import { fileFailure } from '../../api.ts';
import {
  lacksCompany,
  makeLabels,
  readCompany,
  requestsToPrint,
  type Company,
  type LabelSize,
  type Purpose,
} from '../../stores/printing.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { CompanyForm } from './CompanyForm.tsx';
import { handOver, PreviewDrawer, type Preview } from './PreviewDrawer.tsx';

const sizes: readonly LabelSize[] = ['a4', '100x150'];

/** Address labels of the ticked requests (of the one in view where none is ticked): seen first, then printed or saved in the size chosen. */
export function LabelButton() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const [size, setSize] = useState<LabelSize>('a4');
  const [preview, setPreview] = useState<Preview>();
  const [asked, setAsked] = useState<{ readonly company: Company; readonly purpose: Purpose; readonly of: LabelSize }>();
  const [busy, setBusy] = useState(false);

  const make = async (purpose: Purpose, of: LabelSize) => {
    const requestIds = requestsToPrint();
    if (requestIds.length === 0) return void message.info(t.invoices.selectFirst);
    setBusy(true);
    try {
      const company = await readCompany();
      if (lacksCompany(company)) return setAsked({ company, purpose, of });
      const made = await makeLabels(requestIds, { language, size: of }, purpose);
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
  const choose = (of: LabelSize) => {
    setSize(of);
    void make('preview', of);
  };
  return (
    <>
      <Button disabled={busy} onClick={() => void make('preview', size)}>
        {t.invoices.labels.button}
      </Button>
      {preview && (
        <PreviewDrawer
          preview={preview}
          whole
          onClose={() => setPreview(undefined)}
          actions={
            <>
              <Segmented
                aria-label={t.invoices.labels.size}
                value={size}
                options={sizes.map((value) => ({ value, label: t.invoices.labels.sizes[value] }))}
                onChange={choose}
              />
              <Button disabled={busy} onClick={() => void make('save', size)}>
                {t.invoices.savePdf}
              </Button>
              <Button type="primary" disabled={busy} onClick={() => void make('print', size)}>
                {t.invoices.print}
              </Button>
            </>
          }
        />
      )}
      {asked && (
        <CompanyForm
          company={asked.company}
          onClose={() => setAsked(undefined)}
          onSaved={() => {
            setAsked(undefined);
            void make(asked.purpose, asked.of);
          }}
        />
      )}
    </>
  );
}
