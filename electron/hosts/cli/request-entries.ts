import type { Input } from '../../contract.ts';
import type { Form } from './command.ts';
import { progressDocument, progressLines } from './request-lines.ts';
import { textOption, usageError, type Session } from './session.ts';

type Entry = Omit<Input<'requests.enter'>, 'requestId'>;
type Verb = 'mail' | 'send' | 'receive' | 'review' | 'pay' | 'withdraw' | 'recall';

/** Which options a verb takes beside --on and --note. */
const takes: Readonly<Record<Verb, readonly string[]>> = {
  mail: ['courier', 'tracking'],
  send: [],
  receive: [],
  review: ['passed', 'rejected', 'corrected'],
  pay: ['amount', 'complete'],
  withdraw: ['amount'],
  recall: [],
};
export const entryForms: readonly Form[] = Object.entries(takes).map(([verb, own]) => ({ words: [verb], options: ['on', 'note', ...own] }));
const kinds: Readonly<Record<Exclude<Verb, 'review'>, Entry['kind']>> = {
  mail: 'mailed',
  send: 'sent',
  receive: 'received',
  pay: 'payment',
  withdraw: 'withdrawal',
  recall: 'recalled',
};

/** Enters one thing that happened to a request. */
export async function enterEntry(session: Session, verb: Verb): Promise<number> {
  const requestId = argument(session, 0, '申付单号', 'the payment request', 1);
  const on = textOption(session, 'on');
  if (on === undefined) throw usageError('缺少 --on YYYY-MM-DD：哪一天', 'Missing: --on YYYY-MM-DD, the day');
  const amount = textOption(session, 'amount');
  if (takes[verb].includes('amount') && amount === undefined) throw usageError('缺少 --amount', 'Missing: --amount');
  const what = verb === 'review' ? reviewed(session) : { kind: kinds[verb], ...texts(session, ['note']) };
  const { progress } = await session.call('requests.enter', {
    requestId,
    on,
    ...what,
    ...texts(session, ['courier', 'tracking', 'amount']),
    ...(session.values['complete'] === true && { complete: true }),
  });
  return printed(session, progress);
}

/** Exactly one of --passed, --rejected and --corrected. */
function reviewed(session: Session): Pick<Entry, 'kind' | 'note'> {
  const [rejected, corrected, note] = ['rejected', 'corrected', 'note'].map((name) => textOption(session, name));
  const passed = session.values['passed'] === true;
  if ([passed, rejected !== undefined, corrected !== undefined].filter(Boolean).length !== 1) {
    throw usageError(
      '审核结果写其中之一：--passed、--rejected 原因、--corrected 更正了什么',
      'Give one result: --passed, --rejected REASON or --corrected TEXT',
    );
  }
  if (passed) return { kind: 'passed', ...(note !== undefined && { note }) };
  const told = [rejected ?? corrected, note].filter(Boolean).join('；');
  return { kind: rejected === undefined ? 'corrected' : 'rejected', note: told };
}

/** Puts a corrected entry in the place of a wrong one: what is not given stays as it was. */
export async function correctEntry(session: Session): Promise<number> {
  const requestId = argument(session, 0, '申付单号', 'the payment request', 2);
  const id = entryId(argument(session, 1, '记录编号', 'the entry', 2));
  const before = (await session.call('requests.progress', { requestId })).progress.entries.find((one) => one.id === id);
  if (!before) {
    throw usageError(
      `申付单 ${requestId} 没有编号为 ${id} 的记录，请用 request show ${requestId} 查看`,
      `Request ${requestId} has no entry ${id}: see request show ${requestId}`,
    );
  }
  const { kind, on, courier, tracking, amount, complete, note } = before;
  const old = {
    on,
    ...(courier !== undefined && { courier }),
    ...(tracking !== undefined && { tracking }),
    ...(amount !== undefined && { amount }),
  };
  const { progress } = await session.call('requests.correct', {
    id,
    kind,
    ...old,
    ...(note !== undefined && { note }),
    ...((complete === true || session.values['complete'] === true) && { complete: true }),
    ...texts(session, ['courier', 'tracking', 'amount', 'note', 'reason']),
    ...(textOption(session, 'on') !== undefined && { on: textOption(session, 'on')! }),
  });
  return printed(session, progress);
}

/** Removes a wrong entry. */
export async function strikeEntry(session: Session): Promise<number> {
  const id = entryId(argument(session, 0, '记录编号', 'the entry', 1));
  const { progress } = await session.call('requests.strike', { id, ...texts(session, ['reason']) });
  return printed(session, progress);
}

function printed(session: Session, progress: Parameters<typeof progressDocument>[0]): number {
  session.print({ request: progressDocument(progress, session) }, () => progressLines(progress, session));
  return 0;
}

function argument(session: Session, index: number, zh: string, en: string, count: number): string {
  const value = session.args[index];
  if (value === undefined) throw usageError(`缺少${zh}`, `Missing: ${en}`);
  const extra = session.args[count];
  if (extra !== undefined) throw usageError(`多出的参数“${extra}”`, `Unexpected argument "${extra}"`);
  return value;
}

function entryId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageError(`记录编号“${text}”应是 request show 列出的数字`, `The entry "${text}" must be a number that request show lists`);
}

function texts<const K extends string>(session: Session, names: readonly K[]): { [P in K]?: string } {
  const given = names.flatMap((name) => {
    const value = textOption(session, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given) as { [P in K]?: string };
}
