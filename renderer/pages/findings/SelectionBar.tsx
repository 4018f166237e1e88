import { Button } from 'antd';
import type { FindingStatus } from '../../../electron/core/checks.ts';
import { Money } from '../../components/Money.tsx';
import { chosenRows, findings, useFindings } from '../../stores/findings.ts';
import { collect, useMatching } from '../../stores/matching.ts';
import { useTexts } from '../../stores/session.ts';
import { StatusButtons } from './StatusButtons.tsx';

/** Always there (nothing jumps when several rows are chosen): how many are chosen, the five statuses, count and sum of the list. */
export function SelectionBar({ onMark }: { readonly onMark: (status: FindingStatus) => void }) {
  const t = useTexts();
  const total = useFindings((s) => s.total);
  const totalDifference = useFindings((s) => s.totalDifference);
  const chosen = useFindings((s) => Math.abs(s.range.cursor - s.range.anchor) + 1);
  const collected = useMatching((s) => (s.draft?.action === 'join' ? s.draft.parts.length : 0));
  return (
    <div className="selection-bar">
      <StatusButtons chosen={total ? chosen : 0} disabled={!total} onMark={onMark} />
      <Button
        disabled={!total || (chosen < 2 && collected === 0)}
        title={t.match.what.join}
        onClick={() => collect(chosenRows(findings.getState()))}
      >
        {t.match.join}
        {collected > 0 && ` (${collected})`}
      </Button>
      <span className="filter-total" aria-live="polite">
        {total !== undefined && (
          <>
            {t.findings.total(total)}　{t.findings.totalDifference} <Money amount={totalDifference} />
          </>
        )}
      </span>
    </div>
  );
}
