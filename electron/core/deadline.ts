import type { Text } from './finding.ts';
import { addDays } from './month.ts';

/** The two notices of every month; any other subject is the person's own words for a date on which something lapses. */
export const noticeSubjects = ['performance-notice', 'incentive-notice'] as const;

const names: Readonly<Record<string, Text>> = {
  'performance-notice': { zh: '业绩公示期', en: 'Performance notice' },
  'incentive-notice': { zh: '激励公示期', en: 'Incentive notice' },
};

/** A date typed from the mail (rules §5: never computed): "YYYY-MM-DD", the last day on which something can be done. */
export interface Deadline {
  readonly subject: string;
  readonly date: string;
}

/** What the subject is called; the person's own words stand for themselves. */
export const subjectName = (subject: string): Text => names[subject] ?? { zh: subject, en: subject };

/** Does a finding of this code have to be sent before the date: those of the notice, or all of the month? */
export function concerns(subject: string, code: string): boolean {
  if (subject === 'performance-notice') return code.startsWith('performance.');
  if (subject === 'incentive-notice') return code.startsWith('incentive.');
  return true;
}

/** The subject as it is stored; undefined where it is none. A bar would break the finding's key. */
export function readSubject(text: string): string | undefined {
  const subject = text.trim().replace(/\s+/g, ' ');
  return subject === '' || subject.length > 40 || subject.includes('|') ? undefined : subject;
}

/** A day of the calendar written "2025-10-09", "2025/10/9" or "20251009"; undefined where there is no such day. */
export function readDate(text: string): string | undefined {
  const m = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/.exec(text.trim());
  if (!m || (m[2] === '' && text.trim().length !== 8)) return undefined;
  const date = `${m[1]}-${m[3]!.padStart(2, '0')}-${m[4]!.padStart(2, '0')}`;
  // A day that is not in the calendar comes out as another one.
  return /^\d{4}-(0[1-9]|1[0-2])-/.test(date) && addDays(date, 0) === date ? date : undefined;
}
