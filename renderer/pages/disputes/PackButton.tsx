import { App as Messages, Button } from 'antd';
import { useState } from 'react';
import { call, fileFailure } from '../../api.ts';
import { tellOf } from '../../stores/disputes.ts';
import { useLanguage, useTexts } from '../../stores/session.ts';
import { rememberedSender } from './sender.ts';

interface Props {
  readonly cycle: string;
  /** The chosen disputes in the place of all open ones of the month; asked when the button is pressed. */
  readonly chosen?: () => Promise<readonly string[]>;
  readonly disabled?: boolean;
  readonly hint: string;
  readonly children: string;
}

/** Saves a dispute pack (workbook, then text) and offers to mark its findings as sent. */
export function PackButton({ cycle, chosen, disabled = false, hint, children }: Props) {
  const t = useTexts();
  const language = useLanguage();
  const { message, modal } = Messages.useApp();
  const [busy, setBusy] = useState(false);
  const refuse = (error: unknown) =>
    void modal.warning({ title: t.common.errorTitle, content: fileFailure(error).text[language], okText: t.common.close });
  const mark = (keys: string[]) => {
    const sentBy = rememberedSender();
    return tellOf({ keys, status: 'disputed', again: true, ...(sentBy !== '' && { sentBy }) }).then(
      (n) => void message.success(t.findings.packMarked(n)),
      refuse,
    );
  };
  const make = async () => {
    setBusy(true);
    try {
      const wanted = await chosen?.();
      const { files, keys } = await call('month.dispute', { billingCycle: cycle, ...(wanted && { keys: [...wanted] }) });
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
    <Button loading={busy} disabled={disabled} title={hint} onClick={() => void make()}>
      {children}
    </Button>
  );
}
