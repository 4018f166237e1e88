import { Button } from 'antd';
import { reconcile, useJobs } from '../stores/jobs.ts';
import { useSession, useTexts } from '../stores/session.ts';

/** The one button; it is the accent of the window while the month has to be reconciled, and calm when it is done. */
export function ReconcileButton() {
  const t = useTexts();
  const cycle = useSession((s) => s.cycle);
  const busy = useJobs((s) => s.running);
  const known = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle));
  // A month that the list does not know has no file at all.
  const nothing = useSession((s) => s.months.value !== undefined && !s.months.value.some((m) => m.billingCycle === s.cycle));
  const state = known?.reconciled;
  if (cycle === undefined) return null;
  return (
    <Button
      type={state === 'yes' || nothing ? 'default' : 'primary'}
      loading={busy === 'reconcile'}
      disabled={(busy !== undefined && busy !== 'reconcile') || known?.closed !== undefined || nothing}
      title={known?.closed ? t.closing.closedTag : nothing ? t.month.nextFileMonth : t.month.reconcileHint}
      aria-keyshortcuts="F5 Control+Enter"
      onClick={() => void reconcile(cycle)}
    >
      {state === 'yes' || state === 'stale' ? t.month.again : t.month.reconcile}
    </Button>
  );
}
