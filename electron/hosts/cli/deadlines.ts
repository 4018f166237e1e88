import type { Output } from '../../contract.ts';
import type { Command } from './command.ts';
import { checkedCycle, usageError, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';
import { counted } from '../../core/display-count.ts';

export const deadlinesCommand: Command = {
  name: 'deadlines',
  usage: 'CYCLE [set SUBJECT DATE | remove SUBJECT]',
  text: {
    zh: '这个月的期限，照邮件填写，如 deadlines 2025-09 set performance-notice 2025-10-12；SUBJECT 是 performance-notice（业绩公示期）、incentive-notice（激励公示期），或自己的名称',
    en: "the month's deadlines as the mail says them, e.g. deadlines 2025-09 set performance-notice 2025-10-12; SUBJECT is performance-notice, incentive-notice, or words of your own",
  },
  options: {},
  async run(session) {
    const [cycle, verb, subject, date, ...extra] = session.args;
    if (cycle === undefined) throw usageError('缺少账期，如 2025-09', 'Missing: the month, e.g. 2025-09');
    const billingCycle = checkedCycle(cycle);
    const fits = verb === undefined || (verb === 'set' && date !== undefined) || (verb === 'remove' && subject !== undefined && !date);
    if (!fits || extra.length > 0) {
      const usage = 'deadlines CYCLE [set SUBJECT DATE | remove SUBJECT]';
      throw usageError(`请写 ${usage}；有空格的名称请加引号`, `Write ${usage}; quote a name with blanks`);
    }
    const result =
      verb === 'set'
        ? await session.call('deadlines.set', { billingCycle, subject: subject!, date: date! })
        : verb === 'remove'
          ? await session.call('deadlines.remove', { billingCycle, subject: subject! })
          : await session.call('deadlines.list', { billingCycle });
    session.print(result, () => linesOf(result, session));
    return 0;
  },
};

function linesOf({ billingCycle, deadlines }: Output<'deadlines.list'>, session: Session): string[] {
  if (deadlines.length === 0)
    return [session.say({ zh: `${billingCycle} 还没有填写期限。`, en: `No deadline of ${billingCycle} was typed yet.` })];
  const rows = deadlines.map((d) => [
    session.say(d.name),
    d.date,
    d.daysLeft < 0
      ? session.say({ zh: `已过 ${-d.daysLeft} 天`, en: `${counted(-d.daysLeft, 'day')} ago` })
      : session.say({ zh: `还有 ${d.daysLeft} 天`, en: `${counted(d.daysLeft, 'day')} left` }),
    session.say({ zh: `待反馈 ${d.open} 条`, en: `${d.open} open` }),
    shownAmount(d.openAmount),
  ]);
  return alignedLines(rows, [4]);
}

export const repaymentsCommand: Command = {
  name: 'repayments',
  usage: 'CYCLE [allot ACCOUNT FLOW | take-back ACCOUNT FLOW]',
  text: {
    zh: '可能归还这个月账单的流水；allot 说明某笔流水还的是这个月的账单，take-back 撤回',
    en: "entries that may repay the month's bill; allot says that one does, take-back undoes that",
  },
  options: {},
  async run(session) {
    const [cycle, verb, account, flow, ...extra] = session.args;
    if (cycle === undefined) throw usageError('缺少账期，如 2025-09', 'Missing: the month, e.g. 2025-09');
    const billingCycle = checkedCycle(cycle);
    const fits = verb === undefined || ((verb === 'allot' || verb === 'take-back') && account !== undefined && flow !== undefined);
    if (!fits || extra.length > 0) {
      const usage = 'repayments CYCLE [allot ACCOUNT FLOW | take-back ACCOUNT FLOW]';
      throw usageError(`请写 ${usage}`, `Write ${usage}`);
    }
    const result =
      verb === undefined
        ? await session.call('repayments.list', { billingCycle })
        : await session.call('repayments.allot', { billingCycle, account: account!, flow: flow!, allotted: verb === 'allot' });
    session.print(result, () => {
      if (result.repayments.length === 0) return [session.say({ zh: '没有可能的还款流水。', en: 'No entry may be a repayment.' })];
      const rows = result.repayments.map((r) => [
        r.account,
        r.flow,
        r.at,
        r.detail,
        shownAmount(r.amount),
        r.allotted ? session.say({ zh: '还这个月', en: 'repays it' }) : '',
      ]);
      return alignedLines(rows, [4]);
    });
    return 0;
  },
};
