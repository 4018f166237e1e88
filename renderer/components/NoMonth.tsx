import { Button, Skeleton } from 'antd';
import { go, loadMonths, useSession, useTexts } from '../stores/session.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';

/** What a page about a month shows where there is none: nothing was imported yet, or the months could not be read. */
export function NoMonth() {
  const t = useTexts();
  const months = useSession((s) => s.months);
  if (months.error) return <ErrorNotice error={months.error} onRetry={() => void loadMonths()} />;
  if (!months.value) return <Skeleton active />;
  return (
    <EmptyState title={t.month.empty} hint={t.month.emptyHint}>
      <Button type="primary" onClick={() => go('import')}>
        {t.month.toImport}
      </Button>
    </EmptyState>
  );
}
