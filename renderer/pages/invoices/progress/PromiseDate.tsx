import { daysBetween } from '../../../../electron/core/month.ts';
import { StateTag } from '../../../components/StateTag.tsx';
import { useTexts } from '../../../stores/session.ts';

interface Props {
  readonly promise: string;
  readonly overdue: boolean;
  /** Nothing more is to come: the date stands without days. */
  readonly isSettled: boolean;
  readonly today: string;
}

/** The day by which the vendor promised to pay, with the days that are left or over. */
export function PromiseDate({ promise, overdue, isSettled, today }: Props) {
  const t = useTexts();
  const left = daysBetween(today, promise);
  return (
    <span className="nowrap">
      {promise}{' '}
      {overdue ? (
        <StateTag tone="alarm">{t.afterMailing.daysLate(-left)}</StateTag>
      ) : (
        !isSettled && left >= 0 && <StateTag tone={left <= 3 ? 'attention' : 'quiet'}>{t.afterMailing.daysLeft(left)}</StateTag>
      )}
    </span>
  );
}
