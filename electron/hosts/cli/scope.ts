import type { Input, Output } from '../../contract.ts';
import { kindNames } from '../../core/kinds.ts';
import { scopeKinds } from '../../core/scope.ts';
import { scopeText } from '../../core/wording/scope.ts';
import { choiceOption, textOption, usageError, type Session } from './session.ts';
import { alignedLines } from './table.ts';
import { triedLines } from './tried-lines.ts';

type Mark = Output<'scopes.mark'>['mark'];

/** `imports scope`: what imported files cover, as a person says it. Without an id it lists the marks. */
export async function scopeCommand(session: Session): Promise<number> {
  const [first, second, ...extra] = session.args;
  if (first === undefined && ['manager', 'customer', 'kind', 'by', 'preview'].some((option) => session.values[option] !== undefined))
    throw usageError(
      '请写明是哪份文件：imports scope ID …（编号见 imports）',
      'Say of which file: imports scope ID … (imports lists the ids)',
    );
  if (first === undefined) return list(session);
  if (first === 'undo') return undo(session, second, extra);
  if (second !== undefined) throw usageError(`多出的参数“${second}”`, `Unexpected argument "${second}"`);
  const managers = namesOption(session, 'manager');
  const customers = namesOption(session, 'customer');
  if (managers.length + customers.length === 0)
    throw usageError(
      '请用 --manager 或 --customer 写明范围（多个用 ; 隔开）',
      'Say what it covers with --manager or --customer (several separated by ;)',
    );
  const kind = choiceOption(session, 'kind', scopeKinds);
  const said = { importId: await importIdOf(session, first), ...(kind && { kind }), managers, customers };
  if (session.values['preview'] === true) return preview(session, said);
  const by = textOption(session, 'by');
  const result = await session.call('scopes.mark', { ...said, ...(by !== undefined && { by }) });
  session.print(result, () => [...markLines([result.mark], session), ...again(session, result.mark)]);
  return 0;
}

const namesOption = (session: Session, name: string): string[] =>
  (textOption(session, name) ?? '').split(/[;；]/).filter((one) => one.trim() !== '');

async function list(session: Session): Promise<number> {
  const result = await session.call('scopes.list', {});
  session.print(result, () =>
    result.marks.length > 0
      ? markLines(result.marks, session)
      : [
          session.say({
            zh: '没有标注过导出范围：每份文件都按覆盖全部核对。',
            en: 'No scope was marked: every file is taken to cover everything.',
          }),
        ],
  );
  return 0;
}

async function undo(session: Session, text: string | undefined, extra: readonly string[]): Promise<number> {
  if (text === undefined || extra.length > 0 || !/^\d{1,9}$/.test(text))
    throw usageError('请写 imports scope undo ID', 'Write imports scope undo ID');
  if (session.values['preview'] === true) return preview(session, { undo: Number(text) });
  const by = textOption(session, 'by');
  const result = await session.call('scopes.undo', { id: Number(text), ...(by !== undefined && { by }) });
  session.print(result, () => [...markLines([result.mark], session), ...again(session, result.mark)]);
  return 0;
}

async function preview(session: Session, trial: Input<'scopes.preview'>): Promise<number> {
  const { note, ...tried } = await session.call('scopes.preview', trial);
  const told = note && session.say(note);
  session.print({ ...tried, ...(told !== undefined && { note: told }) }, () => [
    ...triedLines(tried.months, session),
    ...(told ? [told] : []),
    session.say({ zh: '仅预览，没有保存。', en: 'A preview: nothing was saved.' }),
  ]);
  return 0;
}

/** The listing shows the first 12 characters of an id: enough where they name one import. */
async function importIdOf(session: Session, given: string): Promise<string> {
  const { imports } = await session.call('imports.list', {});
  const matching = imports.filter(({ importId }) => importId.startsWith(given));
  return given.length >= 12 && matching.length === 1 ? matching[0]!.importId : given;
}

const states = {
  active: { zh: '生效', en: 'active' },
  idle: { zh: '未生效（文件已撤销或被替代）', en: 'idle (its file was undone or replaced)' },
  undone: { zh: '已撤销', en: 'undone' },
} as const;

const markLines = (marks: readonly Mark[], session: Session): string[] =>
  alignedLines(
    marks.map((m) => [
      `#${m.id}`,
      m.importId.slice(0, 12),
      kindNames[m.kind][session.language],
      m.billingCycles.join(' '),
      session.say(states[m.state]),
      session.say({ zh: '只覆盖 ', en: 'only ' }) + session.say(scopeText(m)),
      [m.by, m.at].filter(Boolean).join(' '),
    ]),
  );
const again = (session: Session, { billingCycles }: Mark): string[] =>
  billingCycles
    .filter((cycle) => cycle !== '')
    .map((cycle) =>
      session.say({
        zh: `重新对账后生效：hezhang reconcile ${cycle}`,
        en: `It takes effect with the next run: hezhang reconcile ${cycle}`,
      }),
    );
