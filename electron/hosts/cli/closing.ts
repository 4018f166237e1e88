import type { Command } from './command.ts';
import { cycleArgument, textOption, usageError, type Session } from './session.ts';
import { counted } from '../../core/display-count.ts';

export const closeCommand: Command = {
  name: 'close',
  usage: 'CYCLE --prepared-by NAME --reviewed-by NAME',
  text: { zh: '结账：由另一个人复核后锁定这个月', en: 'close the month: a second person reviews it and it is locked' },
  options: { 'prepared-by': { type: 'string' }, 'reviewed-by': { type: 'string' } },
  async run(session) {
    const billingCycle = cycleArgument(session);
    const [preparedBy, reviewedBy] = [needed(session, 'prepared-by'), needed(session, 'reviewed-by')];
    const result = await session.call('month.close', { billingCycle, preparedBy, reviewedBy });
    session.print(result, () => [
      session.say({
        zh: `${billingCycle} 已结账：${result.closed.preparedBy} 制表，${result.closed.reviewedBy} 复核；未处理差异 ${result.open} 条`,
        en: `${billingCycle} is closed: prepared by ${result.closed.preparedBy}, reviewed by ${result.closed.reviewedBy}; ${counted(result.open, 'finding is', 'findings are')} open`,
      }),
    ]);
    return 0;
  },
};

export const reopenCommand: Command = {
  name: 'reopen',
  usage: 'CYCLE --reason TEXT',
  text: { zh: '重新打开已结账的月份', en: 'open a closed month again' },
  options: { reason: { type: 'string' } },
  async run(session) {
    const billingCycle = cycleArgument(session);
    const result = await session.call('month.reopen', { billingCycle, reason: needed(session, 'reason') });
    session.print(result, () => [session.say({ zh: `${billingCycle} 已重新打开`, en: `${billingCycle} is open again` })]);
    return 0;
  },
};

function needed(session: Session, name: string): string {
  const text = textOption(session, name);
  if (text === undefined) throw usageError(`缺少 --${name}`, `Missing: --${name}`);
  return text;
}
