import type { Output } from '../../contract.ts';
import { checks } from '../../core/checks.ts';
import { keyText, matchPairs, readKey, type MatchKey } from '../../core/manual-match.ts';
import { pairName } from '../../core/wording/bridges.ts';
import type { Command } from './command.ts';
import { checkedCycle, choiceOption, textOption, usageError, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';
import { triedLines } from './tried-lines.ts';

type Match = Output<'match.join'>['match'];
const verbs = ['join', 'split', 'list', 'undo', 'suggest'] as const;

export const matchCommand: Command = {
  name: 'match',
  usage: `join|split CYCLE KEY… --reason TEXT [--pair ${matchPairs.join('|')}] [--by NAME] [--preview] | list [CYCLE] | undo ID [--by NAME] [--preview] | suggest FINDING`,
  text: {
    zh: '人工核对：把几组合并成一组，或把一组单独核对；KEY 写作 客户ID|订单号、客户ID|产品|计费模式|账单类型、业绩ID（仅业绩与激励）、流水号（仅收支明细），或差异的编号；--preview 只看影响',
    en: 'match by hand: several groups as one, or one on its own; KEY is customer|trade id, customer|product|mode|class, a 业绩ID (of performance and incentive), a flow id (of accounts), or the key of a finding; --preview saves nothing',
  },
  options: { reason: { type: 'string' }, pair: { type: 'string' }, by: { type: 'string' }, preview: { type: 'boolean' } },
  forms: [
    { words: ['join'], options: ['reason', 'pair', 'by', 'preview'] },
    { words: ['split'], options: ['reason', 'pair', 'by', 'preview'] },
    { words: ['list'], options: [] },
    { words: ['undo'], options: ['by', 'preview'] },
    { words: ['suggest'], options: [] },
  ],
  async run(session) {
    const [verb, ...rest] = session.args;
    switch (verbs.find((v) => v === verb)) {
      case 'join':
      case 'split':
        return say(session, verb as 'join' | 'split', rest);
      case 'list':
        return list(session, rest);
      case 'undo':
        return undo(session, rest);
      case 'suggest':
        return suggest(session, rest);
      case undefined:
        throw usageError(`请写 match ${verbs.join('|')}`, `Write match ${verbs.join('|')}`);
    }
  },
};

async function say(session: Session, action: 'join' | 'split', [cycle, ...texts]: readonly string[]): Promise<number> {
  if (cycle === undefined || texts.length === 0) throw usageError(`请写 match ${action} CYCLE KEY…`, `Write match ${action} CYCLE KEY…`);
  const pair = choiceOption(session, 'pair', matchPairs);
  const findings = texts.filter(isFinding);
  const keys = texts.filter((text) => !isFinding(text)).map(keyOf);
  const said = { billingCycle: checkedCycle(cycle), ...(pair && { pair }), keys, findings };
  if (session.values['preview'] === true) return preview(session, { action, ...said });
  const reason = textOption(session, 'reason');
  if (reason === undefined) throw usageError('请用 --reason 写明理由', 'Give the reason with --reason');
  const by = textOption(session, 'by');
  const result = await session.call(`match.${action}`, { ...said, reason, ...(by !== undefined && { by }) });
  session.print(result, () => [...matchLines([result.match], session), again(session, result.match.billingCycle)]);
  return 0;
}

async function preview(session: Session, trial: Parameters<typeof session.call<'match.preview'>>[1]): Promise<number> {
  const { note, ...tried } = await session.call('match.preview', trial);
  const told = note && session.say(note);
  session.print({ ...tried, ...(told !== undefined && { note: told }) }, () => [
    ...triedLines(tried.months, session),
    ...(told ? [told] : []),
    session.say({ zh: '仅预览，没有保存。', en: 'A preview: nothing was saved.' }),
  ]);
  return 0;
}

async function list(session: Session, [cycle, ...extra]: readonly string[]): Promise<number> {
  if (extra.length > 0) throw usageError(`多出的参数“${extra[0]}”`, `Unexpected argument "${extra[0]}"`);
  const result = await session.call('match.list', cycle === undefined ? {} : { billingCycle: checkedCycle(cycle) });
  session.print(result, () =>
    result.matches.length > 0
      ? matchLines(result.matches, session)
      : [session.say({ zh: '没有人工核对。', en: 'Nothing was matched by hand.' })],
  );
  return 0;
}

async function undo(session: Session, [text, ...extra]: readonly string[]): Promise<number> {
  if (text === undefined || extra.length > 0 || !/^\d{1,9}$/.test(text)) throw usageError('请写 match undo ID', 'Write match undo ID');
  if (session.values['preview'] === true) return preview(session, { undo: Number(text) });
  const by = textOption(session, 'by');
  const result = await session.call('match.undo', { id: Number(text), ...(by !== undefined && { by }) });
  session.print(result, () => [...matchLines([result.match], session), again(session, result.match.billingCycle)]);
  return 0;
}

async function suggest(session: Session, [key, ...extra]: readonly string[]): Promise<number> {
  if (key === undefined || extra.length > 0) throw usageError('请写 match suggest 差异编号', 'Write match suggest FINDING');
  const result = await session.call('match.suggest', { key });
  session.print(result, () => [
    session.say(suggested[result.state](result)),
    ...alignedLines(
      result.findings.map((f) => [`  ${f.key}`, shownAmount(f.difference)]),
      [1],
    ),
  ]);
  return 0;
}

type Suggestion = Output<'match.suggest'>;
const suggested: Record<Suggestion['state'], (s: Suggestion) => { zh: string; en: string }> = {
  found: () => ({ zh: '另一边只有这一组恰好相加相等：', en: 'Only these of the other side come to exactly its amount:' }),
  none: (s) => ({
    zh: `另一边的 ${s.candidates} 条都凑不成这个金额。`,
    en: `None of the ${s.candidates} of the other side come to its amount.`,
  }),
  ambiguous: () => ({ zh: '另一边有不止一种组合相等，不作建议。', en: 'More than one set of the other side fits: no suggestion.' }),
  'too-many': (s) => ({
    zh: `另一边有 ${s.candidates} 条，超过 ${s.most} 条，不逐一组合。`,
    en: `There are ${s.candidates} on the other side, more than ${s.most}: they are not combined.`,
  }),
  'not-one-sided': () => ({
    zh: '这条差异两边都有行，没有可建议的。',
    en: 'This finding has rows on both sides: there is nothing to suggest.',
  }),
};

/** A finding's key begins with the code of its check. */
const isFinding = (text: string): boolean => Object.hasOwn(checks, text.split('|')[0] ?? '');

function keyOf(text: string): MatchKey {
  const key = readKey(text);
  if (key) return key;
  throw usageError(
    `“${text}”应写成 客户ID|订单号、客户ID|产品|计费模式|账单类型、业绩ID 或 流水号`,
    `"${text}" must be written customer|trade id, customer|product|mode|class, a 业绩ID or a flow id`,
  );
}

const states = {
  active: { zh: '生效', en: 'active' },
  idle: { zh: '未生效（数据中没有）', en: 'idle (not in the data)' },
  undone: { zh: '已撤销', en: 'undone' },
} as const;
const actions = { join: { zh: '合并', en: 'join' }, split: { zh: '拆开', en: 'split' } } as const;

const matchLines = (matches: readonly Match[], session: Session): string[] =>
  alignedLines(
    matches.map((m) => [
      `#${m.id}`,
      m.billingCycle,
      session.say(pairName(m.pair)),
      session.say(actions[m.action]),
      session.say(states[m.state]),
      m.keys.map(keyText).join(' + '),
      m.reason,
      [m.by, m.at].filter(Boolean).join(' '),
    ]),
  );
const again = (session: Session, cycle: string): string =>
  session.say({ zh: `重新对账后生效：hezhang reconcile ${cycle}`, en: `It takes effect with the next run: hezhang reconcile ${cycle}` });
