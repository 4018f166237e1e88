import { useSession, useTexts } from '../stores/session.ts';
import { EmptyState } from './EmptyState.tsx';
import { ReconcileButton } from './ReconcileButton.tsx';

/** What a page shows of a month whose bridges and findings do not hold: never reconciled, or its inputs changed since. */
export function NotReconciled() {
  const t = useTexts();
  const stale = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle)?.reconciled === 'stale');
  return (
    <EmptyState title={stale ? t.month.stale : t.month.notReconciled} hint={stale ? t.month.staleHint : t.month.notReconciledHint}>
      <ReconcileButton />
    </EmptyState>
  );
}
