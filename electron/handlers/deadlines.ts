import { listDeadlines, removeDeadline, setDeadline } from '../../db/deadlines.ts';
import { openDisputes } from '../../db/findings.ts';
import { recordInJournal } from '../../db/journal.ts';
import type { Handlers, Output } from '../contract.ts';
import { concerns, noticeSubjects, readDate, readSubject, subjectName } from '../core/deadline.ts';
import { absolute, formatMoney } from '../core/money.ts';
import { daysBetween } from '../core/month.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

type DeadlineMethods = 'deadlines.list' | 'deadlines.set' | 'deadlines.remove';

/** Dates on which a notice ends or something lapses: typed from the mail, never computed. */
export const deadlineHandlers = (context: AppContext): Pick<Handlers, DeadlineMethods> => ({
  'deadlines.list': ({ billingCycle }) => listed(context, billingCycle),
  'deadlines.set': async ({ billingCycle, subject, date }) => {
    const typed = { subject: knownSubject(subject), date: knownDate(date) };
    await context.write((db) =>
      db
        .transaction(() => {
          setDeadline(db, billingCycle, typed, context.now());
          recordInJournal(db, context.now(), 'deadline.set', { cycle: billingCycle, ...typed });
        })
        .immediate(),
    );
    context.emit('changed', { areas: ['months'] });
    return listed(context, billingCycle);
  },
  'deadlines.remove': async ({ billingCycle, subject }) => {
    const name = knownSubject(subject);
    const removed = await context.write((db) =>
      db
        .transaction(() => {
          if (!removeDeadline(db, billingCycle, name)) return false;
          recordInJournal(db, context.now(), 'deadline.remove', { cycle: billingCycle, subject: name });
          return true;
        })
        .immediate(),
    );
    if (!removed) {
      throw new AppError('deadline.unknown', {
        zh: `${billingCycle} 没有“${subjectName(name).zh}”的期限，不用删除`,
        en: `${billingCycle} has no date for "${subjectName(name).en}": there is nothing to remove`,
      });
    }
    context.emit('changed', { areas: ['months'] });
    return listed(context, billingCycle);
  },
});

function listed(context: AppContext, billingCycle: string): Output<'deadlines.list'> {
  const today = context.now().slice(0, 10);
  const disputes = openDisputes(context.db, billingCycle);
  const deadlines = listDeadlines(context.db, billingCycle).map(({ subject, date }) => {
    const open = disputes.filter((f) => concerns(subject, f.code));
    return {
      subject,
      name: subjectName(subject),
      date,
      daysLeft: daysBetween(today, date),
      open: open.length,
      openAmount: formatMoney(open.reduce((sum, f) => sum + absolute(f.difference), 0n)),
    };
  });
  return { billingCycle, today, deadlines };
}

function knownSubject(text: string): string {
  const subject = readSubject(text);
  if (subject !== undefined) return subject;
  throw new AppError('deadline.subject', {
    zh: `期限事项“${text}”不能用：请写 ${noticeSubjects.join('、')}，或自己的名称（至多 40 字，不含 |）`,
    en: `The subject "${text}" cannot be used: write ${noticeSubjects.join(', ')}, or words of your own (at most 40 characters, without |)`,
  });
}

function knownDate(text: string): string {
  const date = readDate(text);
  if (date !== undefined) return date;
  throw new AppError('deadline.date', {
    zh: `“${text}”不是日期：请照邮件写成 2025-10-09 这样`,
    en: `"${text}" is no date: write it as in the mail, like 2025-10-09`,
  });
}
