import { Button } from 'antd';
import { go, useSession, useTexts } from '../stores/session.ts';
import { EmptyState } from './EmptyState.tsx';
import { ReconcileButton } from './ReconcileButton.tsx';

/** What a page shows of a month whose bridges and findings do not hold: without any file, never reconciled, or its inputs changed since. */
export function NotReconciled() {
  const t = useTexts();
  const months = useSession((s) => s.months.value);
  const known = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle));
  if (months && !known) {
    return (
      <EmptyState title={t.month.noFiles} hint={t.month.noFilesHint}>
        <Button type="primary" onClick={() => go('import')}>
          {t.month.toImport}
        </Button>
      </EmptyState>
    );
  }
  const stale = known?.reconciled === 'stale';
  return (
    <EmptyState title={stale ? t.month.stale : t.month.notReconciled} hint={stale ? t.month.staleHint : t.month.notReconciledHint}>
      <ReconcileButton />
    </EmptyState>
  );
}
