import { Button } from 'antd';
import { findingStatuses, type FindingStatus } from '../../../electron/core/checks.ts';
import { useTexts } from '../../stores/session.ts';

interface Props {
  readonly chosen: number;
  readonly disabled: boolean;
  readonly onMark: (status: FindingStatus) => void;
}

/** How many rows are chosen, and the five statuses for them (keys 1–5). */
export function StatusButtons({ chosen, disabled, onMark }: Props) {
  const t = useTexts();
  return (
    <>
      <span className="quiet">{chosen > 0 ? t.findings.selected(chosen) : ''}</span>
      <span className="quiet">{t.findings.markAs}</span>
      {findingStatuses.map((s, i) => (
        <Button key={s} disabled={disabled} title={String(i + 1)} aria-keyshortcuts={String(i + 1)} onClick={() => onMark(s)}>
          {t.findings.status[s]}
        </Button>
      ))}
    </>
  );
}
