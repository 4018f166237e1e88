import { recordInJournal } from '../../db/journal.ts';
import { allotRepayment, listRepayments } from '../../db/repayments.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Handlers, Output } from '../contract.ts';
import { dueDate } from '../core/due-date.ts';
import { formatMoney } from '../core/money.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** Which entries of the accounts repay which month's bill: the statements do not say, so the person does (handbook: bridges). */
export const repaymentHandlers = (context: AppContext): Pick<Handlers, 'repayments.list' | 'repayments.allot'> => ({
  'repayments.list': ({ billingCycle }) => listed(context, billingCycle),
  'repayments.allot': async ({ billingCycle, account, flow, allotted }) => {
    const offered = listRepayments(context.db, billingCycle).some((r) => r.account === account && r.flow === flow);
    if (!offered) {
      throw new AppError('repayment.unknown', {
        zh: `${billingCycle} 之后 6 个月的收支明细里没有可作还款的流水 ${flow}（${account}），或它已分配到别的月份`,
        en: `The account statements of the 6 months after ${billingCycle} have no entry ${flow} (${account}) that may be a repayment, or it is allotted to another month`,
      });
    }
    await context.write((db) =>
      db
        .transaction(() => {
          allotRepayment(db, account, flow, allotted ? billingCycle : null, context.now());
          recordInJournal(db, context.now(), 'repayment.allot', { account, flow, cycle: allotted ? billingCycle : null });
        })
        .immediate(),
    );
    context.emit('changed', { areas: ['months'] });
    return listed(context, billingCycle);
  },
});

function listed(context: AppContext, billingCycle: string): Output<'repayments.list'> {
  const { billDueDate } = loadSettings(context.db);
  return {
    billingCycle,
    ...(billDueDate && { due: dueDate(billingCycle, billDueDate) }),
    repayments: listRepayments(context.db, billingCycle).map(({ amount, allotted, detail, ...entry }) => ({
      ...entry,
      detail: detail ?? '',
      amount: formatMoney(amount),
      allotted: allotted !== null,
    })),
  };
}
