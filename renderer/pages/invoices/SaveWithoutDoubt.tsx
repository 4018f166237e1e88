import { App as Messages, Button, Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { formatMoney } from '../../../electron/core/money.ts';
import { Money } from '../../components/Money.tsx';
import { saveAllRead, useReadInvoices } from '../../stores/read-invoices.ts';
import { useTexts } from '../../stores/session.ts';
import { withoutDoubt } from './read-invoice-body.ts';

/** All that was read without any doubt and left as it is, stored by one click; their requests by remark only where the person ticks that. */
export function SaveWithoutDoubt() {
  const t = useTexts();
  const { message } = Messages.useApp();
  const { waiting, saving } = useReadInvoices((s) => s);
  const [byRemark, setByRemark] = useState(false);
  const clear = useMemo(
    () =>
      new Map(
        waiting.flatMap(({ id, read, changed }) => {
          const one = changed ? undefined : withoutDoubt(read, byRemark);
          return one ? [[id, one] as const] : [];
        }),
      ),
    [waiting, byRemark],
  );
  if (clear.size < 2) return null;
  const total = [...clear.values()].reduce((sum, one) => sum + one.total, 0n);
  const save = async () => {
    const stored = await saveAllRead(new Map([...clear].map(([id, { body }]) => [id, body])));
    void message.success(t.invoices.reading.allSaved(stored));
  };
  return (
    <div className="save-all" role="group" aria-label={t.invoices.reading.withoutDoubt(clear.size)}>
      <span>{t.invoices.reading.withoutDoubt(clear.size)}</span>
      <Money amount={formatMoney(total)} />
      <Checkbox checked={byRemark} disabled={saving !== undefined} onChange={(e) => setByRemark(e.target.checked)}>
        {t.invoices.reading.byRemark}
      </Checkbox>
      <Button type="primary" loading={saving !== undefined} onClick={() => void save()}>
        {saving ? t.invoices.reading.saving(saving.done, saving.ids.size) : t.invoices.reading.saveAll(clear.size)}
      </Button>
    </div>
  );
}
