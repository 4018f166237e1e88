import { concerns, subjectName, type Deadline } from '../deadline.ts';
import type { FindingDraft } from '../finding.ts';
import { absolute, displayMoney, type Money } from '../money.ts';
import { addDays, daysBetween } from '../month.ts';
import { counted } from '../display-count.ts';

/** A finding of severity dispute that nobody has sent, answered or accepted yet; its difference in 1e-8 yuan. */
export interface OpenDispute {
  readonly code: string;
  readonly difference: Money;
}
/** What the typed dates say on one day, and until when that is so. */
export interface DeadlineVerdict {
  readonly findings: readonly FindingDraft[];
  /** The last day on which these findings read as they do; undefined where no day changes them. */
  readonly standsUntil: string | undefined;
}

/** The one check that follows the days and what was marked. */
export const deadlineCode = 'incentive.deadline';

/**
 * Holds typed dates against what is still to be sent. Invariant: a date is called from `days` days before it, for as long as something of its
 * group is open; where nothing is, or the date has passed, the passing of days changes nothing.
 */
export function judgeDeadlines(
  deadlines: readonly Deadline[],
  today: string,
  days: number,
  disputes: readonly OpenDispute[],
): DeadlineVerdict {
  const findings: FindingDraft[] = [];
  const ends: string[] = [];
  for (const { subject, date } of deadlines) {
    const open = disputes.filter((f) => concerns(subject, f.code));
    if (open.length === 0) continue;
    const left = daysBetween(today, date);
    // Until it is called nothing is said; then the days are counted; once it has passed, that stays so.
    if (left > days) ends.push(addDays(date, -days - 1));
    else if (left >= 0) ends.push(today);
    if (left <= days) findings.push(draft(subject, date, left, open));
  }
  return { findings, standsUntil: ends.sort()[0] };
}

function draft(subject: string, date: string, left: number, open: readonly OpenDispute[]): FindingDraft {
  const name = subjectName(subject);
  const sum = displayMoney(open.reduce((n, f) => n + absolute(f.difference), 0n));
  const n = open.length;
  const findings = counted(n, 'finding is', 'findings are');
  const reason =
    left < 0
      ? {
          zh: `“${name.zh}”已于 ${date} 到期失效，仍有 ${n} 条差异没有反馈，差额合计 ${sum}。`,
          en: `"${name.en}" has lapsed: it ended on ${date}, and ${findings} still not sent, ${sum} in all.`,
        }
      : {
          zh: `“${name.zh}”到 ${date} 为止（${left === 0 ? '就是今天' : `还有 ${left} 天`}），有 ${n} 条差异没有反馈，差额合计 ${sum}。`,
          en: `"${name.en}" ends on ${date} (${left === 0 ? 'today' : `${counted(left, 'day')} left`}); ${findings} not sent, ${sum} in all.`,
        };
  return {
    code: deadlineCode,
    businessKey: [subject],
    recordId: subject,
    expected: 0n,
    stated: 0n,
    reason,
    candidates: [],
    left: [],
    right: [],
  };
}
