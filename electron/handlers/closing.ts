import { closedMonth, closeMonth, reopenMonth, type ClosedMonth } from '../../db/closings.ts';
import { openByCode } from '../../db/findings.ts';
import type { ReadDb } from '../../db/open.ts';
import { reconciledState } from '../../db/runs.ts';
import type { Handlers, Output } from '../contract.ts';
import { closersProblem, personName } from '../core/closing.ts';
import { AppError, MonthClosed, NotReconciled } from '../errors.ts';
import type { AppContext } from './context.ts';

type WireClosed = Output<'month.close'>['closed'];

/** A month is closed by a second person, and opened again with a reason; both stand in the journal. */
export const closingHandlers = (context: AppContext): Pick<Handlers, 'month.close' | 'month.reopen'> => ({
  'month.close': async ({ billingCycle, preparedBy, reviewedBy }) => {
    const problem = closersProblem(preparedBy, reviewedBy);
    if (problem) throw new AppError(problem.code, problem.text, { preparedBy, reviewedBy });
    const closing = { cycle: billingCycle, at: context.now(), preparedBy: personName(preparedBy), reviewedBy: personName(reviewedBy) };
    await context.write((db) =>
      db
        .transaction(() => {
          assertClosable(db, billingCycle, closing.at.slice(0, 10));
          closeMonth(db, closing);
        })
        .immediate(),
    );
    context.emit('changed', { areas: ['months'] });
    return { billingCycle, closed: wireClosed(closing), open: openCount(context.db, billingCycle) };
  },
  'month.reopen': async ({ billingCycle, reason }) => {
    if (reason.trim() === '') {
      throw new AppError('reopen.reason', { zh: '重新打开要写明原因', en: 'Reopening a month takes a reason' });
    }
    const reopenedAt = context.now();
    const done = await context.write((db) => db.transaction(() => reopenMonth(db, billingCycle, reason.trim(), reopenedAt)).immediate());
    if (!done) {
      const text = { zh: `${billingCycle} 没有结账，不用重新打开`, en: `${billingCycle} is not closed: there is nothing to reopen` };
      throw new AppError('month.not-closed', text, { billingCycle });
    }
    context.emit('changed', { areas: ['months'] });
    return { billingCycle, reopenedAt };
  },
});

function assertClosable(db: ReadDb, cycle: string, today: string): void {
  const before = closedMonth(db, cycle);
  if (before) {
    throw new MonthClosed([cycle], {
      zh: `由 ${before.preparedBy} 制表、${before.reviewedBy} 复核于 ${before.at}`,
      en: `prepared by ${before.preparedBy} and reviewed by ${before.reviewedBy} at ${before.at}`,
    });
  }
  const state = reconciledState(db, cycle, today);
  if (state !== 'yes') throw new NotReconciled(cycle, state === 'no' ? 'never' : 'changed');
}

/** How many findings of the month are still open, of whatever severity. */
export const openCount = (db: ReadDb, cycle: string): number =>
  [...openByCode(db, cycle).values()].reduce((n, found) => n + found.count, 0);

export const wireClosed = ({ at, preparedBy, reviewedBy }: ClosedMonth): WireClosed => ({ at, preparedBy, reviewedBy });
