import { App as Messages, Button } from 'antd';
import { useState } from 'react';
import { call, fileFailure } from '../../api.ts';
import { reread, useFindings } from '../../stores/findings.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';

/** Saves the dispute pack (workbook, then text) and offers to mark its findings as sent. */
export function DisputeButton() {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const cycle = useFindings((s) => s.cycle);
  const [busy, setBusy] = useState(false);
  const refuse = (error: unknown) =>
    void modal.warning({ title: t.common.errorTitle, content: fileFailure(error).text[language], okText: t.common.close });
  const mark = (keys: string[]) =>
    call('findings.mark', { keys, status: 'disputed' }).then(() => {
      reread();
      void message.success(t.findings.packMarked(keys.length));
    }, refuse);
  const make = async (billingCycle: string) => {
    setBusy(true);
    try {
      const { files, keys } = await call('month.dispute', { billingCycle });
      if (keys.length === 0) return void message.info(t.findings.packEmpty);
      for (const { token, name } of files) if (!(await window.hezhang.files.save(token, name))) return;
      modal.confirm({
        title: t.findings.packSaved(keys.length),
        content: t.findings.packMark,
        okText: t.findings.packDoMark,
        cancelText: t.findings.packLater,
        onOk: () => mark(keys),
      });
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} disabled={cycle === undefined} title={t.findings.packHint} onClick={() => cycle && void make(cycle)}>
      {t.findings.pack}
    </Button>
  );
}
