import { App as Messages, Button } from 'antd';
import { useState } from 'react';
import { call, fileFailure } from '../../api.ts';
import { StateTag } from '../../components/StateTag.tsx';
import { useJobs } from '../../stores/jobs.ts';
import { useLanguage, useSession, useTexts } from '../../stores/session.ts';
import { ClosingForm } from './ClosingForm.tsx';

/** What is done with a reconciled month: its workbook, closing it, opening it again. */
export function MonthActions() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const known = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle));
  const idle = useJobs((s) => s.running === undefined);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  if (known?.reconciled !== 'yes') return null;
  const { billingCycle, closed } = known;
  const saveReport = async () => {
    setBusy(true);
    try {
      const { token, name } = await call('month.report', { billingCycle, language });
      if (await window.hezhang.files.save(token, name)) void message.success(t.closing.saved(name));
    } catch (error) {
      void modal.warning({ title: t.common.errorTitle, content: fileFailure(error).text[language], okText: t.common.close });
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="month-actions">
      {closed && (
        <span title={t.closing.closedBy(closed.preparedBy, closed.reviewedBy, closed.at)}>
          <StateTag tone="good">{t.closing.closedTag}</StateTag>
        </span>
      )}
      <Button loading={busy} title={t.closing.reportHint} onClick={() => void saveReport()}>
        {t.closing.report}
      </Button>
      <Button disabled={!idle} title={closed ? t.closing.reopenWhat : t.closing.closeHint} onClick={() => setAsking(true)}>
        {closed ? t.closing.reopen : t.closing.close}
      </Button>
      {asking && <ClosingForm month={known} onDone={() => setAsking(false)} />}
    </span>
  );
}
