import type { Command } from './command.ts';
import { correctEntry, enterEntry, entryForms, strikeEntry } from './request-entries.ts';
import { typeOptions, typeRequest } from './request-fields.ts';
import { basisDocument, basisLine, boardDocument, boardLines, progressDocument, progressLines, requestDocument } from './request-lines.ts';
import { takeNotice } from './request-notice.ts';
import { checkedCycle, usageError, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';

const verbs = 'list, show, board, type, notice, mail, send, receive, review, pay, withdraw, recall, correct, strike';

export const requestCommand: Command = {
  name: 'request',
  usage:
    'list [YYYY-MM] | show ID | board | type ID [--cycle YYYY-MM] [--amount A] [--tax-rate 6%] [--product-tax-rate 6%] [--bills ID;ID] [--buyer NAME] [--buyer-tax-number T] [--address TEXT] [--recipient NAME] [--phone NUMBER] [--mailbox MAIL] [--payout MODE] [--status S] [--applied DATE] [--currency CNY] | notice ID --text FILE|- [--save [--only FIELD,…]] | mail ID --on DATE [--courier NAME] [--tracking NUMBER] | send ID --on DATE | receive ID --on DATE | review ID --on DATE --passed|--rejected REASON|--corrected TEXT | pay ID --amount A --on DATE [--complete] | withdraw ID --amount A --on DATE | recall ID --on DATE | correct ID ENTRY [--on DATE] [--amount A] [--courier NAME] [--tracking NUMBER] [--note TEXT] [--reason TEXT] | strike ENTRY [--reason TEXT]',
  text: {
    zh: '申付单：列表、进度看板；录入或改写申付单(type)；识别开票通知(notice)，加 --save 才写入；录入寄出(mail)、发送到邮箱(send)、签收(receive)、审核(review)、到账(pay)、提现(withdraw)、撤回(recall)；更正(correct)或移除(strike)录错的记录；都可加 --note',
    en: "payment requests: list, progress, board; type one in or over (type); read the vendor's notice (notice), written only with --save; enter mailing, sending, receipt, review, payments, withdrawals, taking back; correct or strike a wrong entry; --note with any",
  },
  options: {
    ...typeOptions,
    text: { type: 'string' },
    only: { type: 'string' },
    save: { type: 'boolean' },
    ...Object.fromEntries(
      ['on', 'courier', 'tracking', 'rejected', 'corrected', 'amount', 'note', 'reason'].map((name) => [name, { type: 'string' as const }]),
    ),
    passed: { type: 'boolean' },
    complete: { type: 'boolean' },
  },
  forms: [
    { words: ['list'], options: [] },
    { words: ['show'], options: [] },
    { words: ['board'], options: [] },
    { words: ['type'], options: Object.keys(typeOptions) },
    { words: ['notice'], options: ['text', 'save', 'only'] },
    ...entryForms,
    { words: ['correct'], options: ['on', 'note', 'courier', 'tracking', 'amount', 'complete', 'reason'] },
    { words: ['strike'], options: ['reason'] },
  ],
  async run(session) {
    const [verb = '', ...args] = session.args;
    const rest: Session = { ...session, args };
    switch (verb) {
      case 'list':
        return list(rest);
      case 'show':
        return show(rest);
      case 'board':
        return board(rest);
      case 'type':
        return typeRequest(rest);
      case 'notice':
        return takeNotice(rest);
      case 'mail':
      case 'send':
      case 'receive':
      case 'review':
      case 'pay':
      case 'withdraw':
      case 'recall':
        return enterEntry(rest, verb);
      case 'correct':
        return correctEntry(rest);
      case 'strike':
        return strikeEntry(rest);
      default:
        throw usageError(`request 后面要写其中之一：${verbs}`, `Write one of these after request: ${verbs}`);
    }
  },
};

async function list(session: Session): Promise<number> {
  const [cycle, extra] = session.args;
  if (extra !== undefined) throw usageError(`多出的参数“${extra}”`, `Unexpected argument "${extra}"`);
  const { requests } = await session.call('requests.list', cycle === undefined ? {} : { billingCycle: checkedCycle(cycle) });
  session.print({ requests: requests.map((request) => requestDocument(request, session)) }, () => {
    if (requests.length === 0) return [session.say({ zh: '没有申付单。', en: 'There are no payment requests.' })];
    const rows = requests.map((request) => [
      request.requestId,
      request.billingCycle,
      request.status,
      shownAmount(request.amount),
      shownAmount(request.invoiced),
      request.problems.map(session.say).join('；'),
    ]);
    return alignedLines(rows, [3, 4]);
  });
  return 0;
}

async function show(session: Session): Promise<number> {
  const [requestId, extra] = session.args;
  if (requestId === undefined) throw usageError('缺少申付单号', 'Missing: the payment request');
  if (extra !== undefined) throw usageError(`多出的参数“${extra}”`, `Unexpected argument "${extra}"`);
  const { progress } = await session.call('requests.progress', { requestId });
  const { basis } = await session.call('requests.basis', { requestId });
  session.print({ request: { ...progressDocument(progress, session), basis: basisDocument(basis) } }, () => {
    const [head = '', ...lines] = progressLines(progress, session);
    return [head, `  ${basisLine(basis, session)}`, ...lines];
  });
  return 0;
}

async function board(session: Session): Promise<number> {
  if (session.args.length > 0) throw usageError(`多出的参数“${session.args[0]}”`, `Unexpected argument "${session.args[0]}"`);
  const shown = await session.call('requests.board', {});
  session.print(boardDocument(shown, session), () => boardLines(shown, session));
  return 0;
}
