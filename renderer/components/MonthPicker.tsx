import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { addMonths } from '../../electron/core/month.ts';
import { readTypedCycle } from '../routes.ts';
import { cycleAhead, goToMonth, useSession, useTexts } from '../stores/session.ts';
import { StateTag } from './StateTag.tsx';

const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role=grid], [role=dialog], [role=combobox], iframe') !== null;

/** Counted from the month gone to last: two keys in a row move two months, whatever of it is drawn by then. */
function move(by: 1 | -1): void {
  const cycle = cycleAhead();
  if (cycle !== undefined) goToMonth(addMonths(cycle, by));
}

/** The month in view: chosen from the list, typed ("202510" opens a new one), or moved with ← → where nothing else takes them. */
export function MonthPicker() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const months = useSession((s) => s.months);
  const [typed, setTyped] = useState('');
  const list = months.value ?? [];
  const known = list.find((m) => m.billingCycle === cycle);
  const asked = readTypedCycle(typed);

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.altKey || e.metaKey || e.shiftKey || takesKeys(e.target)) return;
      if (e.key === 'ArrowLeft') move(-1);
      else if (e.key === 'ArrowRight') move(1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const options = list.map((m) => ({ value: m.billingCycle, label: m.billingCycle, month: m }));
  const extra = [asked, cycle].filter((c) => c !== undefined && !list.some((m) => m.billingCycle === c));
  const fresh = [...new Set(extra)].map((c) => ({ value: c!, label: c!, month: undefined }));
  return (
    <div className="month-picker" role="group" aria-label={t.cycle.label}>
      <Button
        type="text"
        icon={<LeftOutlined />}
        aria-label={t.cycle.previous}
        title={`${t.cycle.previous} ←`}
        disabled={cycle === undefined}
        onClick={() => move(-1)}
      />
      <Select
        className="month-select"
        aria-label={t.cycle.label}
        value={cycle ?? null}
        placeholder={t.cycle.placeholder}
        showSearch={{
          onSearch: setTyped,
          filterOption: (input, option) =>
            (readTypedCycle(input) ?? input) === option?.value || (option?.value ?? '').includes(input.trim()),
        }}
        options={[...fresh, ...options]}
        notFoundContent={t.cycle.notACycle}
        popupMatchSelectWidth={260}
        optionRender={({ data }) => (
          <span className="month-option">
            <b>{data.value}</b>
            {data.month === undefined ? (
              <span>{t.cycle.openNew(data.value)}</span>
            ) : (
              <>
                <span>{data.month.closed ? t.closing.closedTag : t.cycle.reconciled[data.month.reconciled]}</span>
                {data.month.open > 0 && <span>{t.cycle.open(data.month.open)}</span>}
              </>
            )}
          </span>
        )}
        onChange={(to: string) => {
          setTyped('');
          goToMonth(to);
        }}
      />
      <Button
        type="text"
        icon={<RightOutlined />}
        aria-label={t.cycle.next}
        title={`${t.cycle.next} →`}
        disabled={cycle === undefined}
        onClick={() => move(1)}
      />
      {known && (
        <StateTag tone={known.reconciled === 'yes' ? 'good' : known.reconciled === 'stale' ? 'attention' : 'quiet'}>
          {known.closed ? t.closing.closedTag : t.cycle.reconciled[known.reconciled]}
        </StateTag>
      )}
    </div>
  );
}
