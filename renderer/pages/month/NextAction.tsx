import { Button } from 'antd';
import { reconcile } from '../../stores/jobs.ts';
import { useMonth } from '../../stores/month.ts';
import { go, useLanguage, useSession, useTexts } from '../../stores/session.ts';
import { kindList } from '../../texts/names.ts';
import { MonthActions } from './MonthActions.tsx';
import { nextStep, type NextStep } from './next-step.ts';

/** One line: what to do next, and the button that does it. */
export function NextAction() {
  const t = useTexts();
  const language = useLanguage();
  const cycle = useSession((s) => s.cycle);
  const open = useSession((s) => s.months.value?.find((m) => m.billingCycle === s.cycle)?.open ?? 0);
  const status = useMonth((s) => s.status.value);
  const answers = useMonth((s) => s.answers.value);
  const step = status && answers ? nextStep(status.statements, answers, open) : undefined;
  const words = step && wordsOf(step, t, (kinds) => kindList(kinds, language));
  return (
    <div className="next-action">
      <span className="quiet">{t.month.next}</span>
      {step && words ? (
        <Button type="link" onClick={() => act(step, cycle)}>
          {words}
        </Button>
      ) : (
        <span className="placeholder" style={{ width: 160 }} />
      )}
      <span className="next-at">{answers?.at !== undefined && t.month.at(answers.at)}</span>
      <MonthActions />
    </div>
  );
}

function wordsOf(step: NextStep, t: ReturnType<typeof useTexts>, names: (kinds: readonly string[]) => string): string {
  switch (step.do) {
    case 'first-files':
      return t.month.nextFileMonth;
    case 'import':
      return t.month.nextImport(names(step.kinds));
    case 'reconcile':
      return step.again ? t.month.nextReconcileStale : t.month.nextReconcile;
    case 'findings':
      return t.month.nextFindings(step.open);
    case 'print':
      return t.month.nextPrint;
  }
}

function act(step: NextStep, cycle: string | undefined): void {
  if (step.do === 'first-files' || step.do === 'import') go('import');
  else if (step.do === 'reconcile') {
    if (cycle !== undefined) void reconcile(cycle);
  } else if (step.do === 'findings') go('findings', { params: { status: 'open' } });
  else go('invoices');
}
