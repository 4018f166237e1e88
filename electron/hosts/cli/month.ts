import type { Output } from '../../contract.ts';
import { pairs } from '../../core/bridge.ts';
import { kindNames } from '../../core/kinds.ts';
import { endNames, pairName, stepName } from '../../core/wording/bridges.ts';
import { askedStep, groupLines, stepGroups } from './bridge-groups.ts';
import type { Command } from './command.ts';
import { choiceOption, cycleArgument, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';

type Statement = Output<'month.status'>['statements'][number];
type Bridge = Output<'month.bridges'>['bridges'][number];

const states: Record<Statement['state'], { zh: string; en: string }> = {
  present: { zh: '已有', en: 'present' },
  missing: { zh: '缺', en: 'missing' },
  stale: { zh: '过时', en: 'stale' },
  partial: { zh: '不全', en: 'partial' },
};

export const statusCommand: Command = {
  name: 'status',
  usage: 'CYCLE',
  text: { zh: '这个月的文件：已有、缺少、过时', en: 'which files of the month are here, missing, stale' },
  options: {},
  async run(session) {
    const status = await session.call('month.status', { billingCycle: cycleArgument(session) });
    session.print(status, () => {
      const rows = status.statements.map(({ kind, state, rows: count, total, note }) => [
        session.say(states[state]),
        session.say(kindNames[kind]),
        count > 0 ? String(count) : '',
        total === undefined ? '' : shownAmount(total),
        note ? session.say(note) : '',
      ]);
      const { closed } = status;
      const lock = closed
        ? session.say({
            zh: `  已结账：${closed.preparedBy} 制表，${closed.reviewedBy} 复核，${closed.at}`,
            en: `  closed: prepared by ${closed.preparedBy}, reviewed by ${closed.reviewedBy}, ${closed.at}`,
          })
        : '';
      return [status.billingCycle + lock, ...alignedLines(rows, [2, 3])];
    });
    return 0;
  },
};

export const bridgeCommand: Command = {
  name: 'bridge',
  usage: 'CYCLE [--pair NAME [--step STEP [--rows]]]',
  text: {
    zh: '两份报表之间逐步相加的差异；--step 列出这一步背后的每一组，--rows 再列出原始行',
    en: 'every bridge of the month; --step lists the groups behind a step, --rows their rows too',
  },
  options: { pair: { type: 'string' }, step: { type: 'string' }, rows: { type: 'boolean' } },
  async run(session) {
    const pair = choiceOption(session, 'pair', pairs);
    const asked = askedStep(session);
    const billingCycle = cycleArgument(session);
    const document = await session.call('month.bridges', { billingCycle, ...(pair && { pair }) });
    const behind = asked && (await stepGroups(session, billingCycle, asked.pair, asked.step));
    session.print({ ...documented(document), ...behind }, () => [
      ...document.bridges.flatMap((bridge) => bridgeLines(bridge, session)),
      ...(behind ? groupLines(behind, session) : []),
    ]);
    return 0;
  },
};

/** The document as it is promised: a finding is its key and amount, and a pair that was skipped the kinds it lacks. */
const documented = (document: Output<'month.bridges'>) => ({
  ...document,
  bridges: document.bridges.map((b) => ('skipped' in b ? { pair: b.pair, skipped: { missing: b.skipped.missing } } : documentedBridge(b))),
});

const documentedBridge = ({ found: _found, unexplainedFindings, ...bridge }: Extract<Bridge, { unexplained: string }>) => ({
  ...bridge,
  unexplainedFindings: unexplainedFindings.map(({ key, amount }) => ({ key, amount })),
});

function bridgeLines(bridge: Bridge, session: Session): string[] {
  const title = `${session.say(pairName(bridge.pair))} (${bridge.pair})`;
  if ('skipped' in bridge) {
    const { because } = bridge.skipped;
    if (because) return [`${title}  ${session.say(because)}`, ''];
    const missing = bridge.skipped.missing.map((kind) =>
      kind in kindNames ? session.say(kindNames[kind as keyof typeof kindNames]) : kind,
    );
    return [`${title}  ${session.say({ zh: '缺', en: 'missing' })} ${missing.join(', ')}`, ''];
  }
  const { left, right, steps, unexplained, unexplainedFindings } = bridge;
  const ends = endNames(bridge);
  const met = steps.filter(({ rows }) => rows > 0);
  const rows = [
    [session.say(ends.left), shownAmount(left.total), ''],
    ...met.map((step) => [`  ${session.say(stepName(step.step))}`, shownAmount(step.amount), String(step.rows)]),
    [`  ${session.say({ zh: '未解释', en: 'unexplained' })}`, shownAmount(unexplained), String(unexplainedFindings.length)],
    [session.say(ends.right), shownAmount(right.total), ''],
  ];
  return [title, ...alignedLines(rows, [1, 2]).map((line) => `  ${line}`), ''];
}
