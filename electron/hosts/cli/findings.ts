import type { Input, Output } from '../../contract.ts';
import { checkCodes, checks, findingStatuses, severities, type Severity } from '../../core/checks.ts';
import { AppError } from '../../errors.ts';
import type { Command } from './command.ts';
import { choiceOption, cycleArgument, type Session } from './session.ts';
import { alignedLines, shownAmount } from './table.ts';
import { changeLines, countsLine, type Changes } from './tried-lines.ts';
import { counted } from '../../core/display-count.ts';

type Reconciliation = Output<'month.reconcile'>;
type Filter = Omit<Input<'findings.list'>, 'billingCycle' | 'from' | 'most'>;
type ListedFinding = Pick<Output<'findings.list'>['findings'][number], 'code' | 'severity' | 'difference' | 'reason'>;

/** How many findings are asked for at once. */
const pageSize = 250;
/** How many findings the terminal words; `--json` has all of them. */
const shownFindings = 50;

const severityNames: Record<Severity, { zh: string; en: string }> = {
  dispute: { zh: '可反馈', en: 'dispute' },
  review: { zh: '待核对', en: 'review' },
  fix: { zh: '待更正', en: 'fix' },
  info: { zh: '说明', en: 'info' },
};

export const reconcileCommand: Command = {
  name: 'reconcile',
  usage: 'CYCLE [--fail-on dispute|review|fix|info]',
  text: {
    zh: '对这个月做全部检查；--fail-on 有同级或更重的未结差异时以 3 退出',
    en: 'run every check of the month; --fail-on exits 3 when a finding of that severity or a graver one is open',
  },
  options: { 'fail-on': { type: 'string' } },
  async run(session) {
    const limit = choiceOption(session, 'fail-on', severities);
    const result = await session.call('month.reconcile', { billingCycle: cycleArgument(session), most: pageSize });
    const { billingCycle } = result;
    const { since, changes } = await session.call('month.changes', { billingCycle });
    const { carried } = await session.call('findings.page', { billingCycle, limit: 1 });
    await printRun(result, {}, session, () => [
      ...summaryLines(result, session),
      ...(since !== undefined && changes ? sinceLines(since, changes, session) : []),
      ...findingLines(result.findings, session, countOf(result)),
      ...carriedLines(carried, session),
    ]);
    if (limit === undefined) return 0;
    const { counts } = await session.call('findings.page', { billingCycle, status: 'open', limit: 1 });
    return counts.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(limit)) ? 3 : 0;
  },
};

export const findingsCommand: Command = {
  name: 'findings',
  usage: 'CYCLE [--code C] [--severity S] [--status S] [--carried]',
  text: {
    zh: '这个月的差异；--carried 以前月份还没了结的',
    en: 'the findings of the month; --carried those of earlier months that are still open',
  },
  options: { code: { type: 'string' }, severity: { type: 'string' }, status: { type: 'string' }, carried: { type: 'boolean' } },
  async run(session) {
    const severity = choiceOption(session, 'severity', severities);
    const status = choiceOption(session, 'status', findingStatuses);
    const code = choiceOption(session, 'code', checkCodes);
    const filter = { ...(severity && { severity }), ...(status && { status }), ...(code && { code }) };
    if (session.values['carried'] === true) return carriedOver(session, filter);
    const result = await session.call('findings.list', { billingCycle: cycleArgument(session), ...filter, most: pageSize });
    await printRun(result, filter, session, () => findingLines(result.findings, session, countOf(result)));
    return 0;
  },
};

/** Open findings of earlier months; they stand in their own months' bridges and in no other. */
async function carriedOver(session: Session, filter: Omit<Input<'findings.list'>, 'billingCycle'>): Promise<number> {
  const billingCycle = cycleArgument(session);
  const findings: Output<'findings.page'>['findings'] = [];
  for (let total = 1; findings.length < total;) {
    const page = await session.call('findings.page', { billingCycle, ...filter, carried: true, offset: findings.length, limit: 500 });
    findings.push(...page.findings);
    total = page.findings.length === 0 ? 0 : page.total;
  }
  session.print({ billingCycle, findings }, () => findingLines(findings, session));
  return 0;
}

/** What the run found otherwise than the one before. */
const sinceLines = (since: string, changes: Changes, session: Session): string[] => [
  session.say({ zh: `与上次对账（${since}）相比，`, en: `Since the run of ${since}, ` }) + countsLine(changes, session),
  ...changeLines(changes, session),
];

const carriedLines = (carried: number, session: Session): string[] =>
  carried === 0
    ? []
    : [
        session.say({
          zh: `以前月份另有 ${carried} 条差异没有了结，用 findings --carried 查看`,
          en: `${counted(carried, 'finding of an earlier month is', 'findings of earlier months are')} still open: see findings --carried`,
        }),
      ];

function summaryLines(result: Reconciliation, session: Session): string[] {
  const run = result.checks.filter((check) => check.skipped === undefined);
  const skipped = result.checks.filter((check) => check.skipped !== undefined);
  const lines = [
    session.say({
      zh: `${result.billingCycle}：做了 ${run.length} 项检查，${skipped.length} 项缺文件没有做；差异 ${countOf(result)} 条`,
      en: `${result.billingCycle}: ${counted(run.length, 'check')} run, ${skipped.length} without their files; ${counted(countOf(result), 'finding')}`,
    }),
  ];
  const rows = skipped.map((check) => [
    `  ${session.say({ zh: '未做', en: 'not run' })}`,
    codeName(check.code, session),
    check.skipped ? session.say(check.skipped) : '',
  ]);
  return [...lines, ...alignedLines(rows)];
}

function findingLines(findings: readonly ListedFinding[], session: Session, total = findings.length): string[] {
  if (findings.length === 0) return [session.say({ zh: '没有差异。', en: 'No findings.' })];
  const rows = findings
    .slice(0, shownFindings)
    .map((finding) => [
      session.say(severityNames[finding.severity]),
      codeName(finding.code, session),
      shownAmount(finding.difference),
      session.say(finding.reason),
    ]);
  const more = total - rows.length;
  const rest = session.say({ zh: `还有 ${more} 条，用 --json 或 --code 查看`, en: `${more} more: see them with --json or --code` });
  return [...alignedLines(rows, [2]), ...(more > 0 ? [rest] : [])];
}

/** Prints a run whose findings came in part: with `--json` all of them, part after part. */
async function printRun(result: Reconciliation, filter: Filter, session: Session, lines: () => readonly string[]): Promise<void> {
  const { findings, total: _total, ...head } = result;
  const total = countOf(result);
  async function* parts(): AsyncIterable<readonly unknown[]> {
    yield findings;
    for (let from = findings.length; from < total; from += pageSize) {
      const part = await session.call('findings.list', { billingCycle: result.billingCycle, ...filter, from, most: pageSize });
      if (part.runId !== result.runId || countOf(part) !== total) throw changedMeanwhile(result.billingCycle);
      yield part.findings;
    }
  }
  await session.printList(documented(head, session), 'findings', parts, lines);
}

const countOf = ({ findings, total }: Reconciliation): number => total ?? findings.length;

const changedMeanwhile = (cycle: string): AppError =>
  new AppError('not-reconciled', {
    zh: `${cycle} 在列出差异时被另一个窗口或命令改动：请再执行一次`,
    en: `${cycle} was changed by another window or command while its findings were listed: run this again`,
  });

/** The document as it is promised: the reason of a check that did not run is one sentence, in the language of the command. */
const documented = (result: Omit<Reconciliation, 'findings' | 'total'>, session: Session) => ({
  ...result,
  checks: result.checks.map(({ skipped, ...check }) => ({ ...check, ...(skipped && { skipped: session.say(skipped) }) })),
});

const codeName = (code: string, session: Session): string => (code in checks ? session.say(checks[code as keyof typeof checks]) : code);
