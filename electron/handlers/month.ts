import { closedMonth } from '../../db/closings.ts';
import { KeptList } from '../../db/finding-pages.ts';
import { bridgeFindings, findingKeys, findingRows, getFinding, openByCode } from '../../db/findings.ts';
import type { FindingFilter } from '../../db/finding-filter.ts';
import { loadChanges } from '../../db/run-changes.ts';
import { listMonths, loadRun, reconciledState, type Run } from '../../db/runs.ts';
import { scopesOf } from '../../db/scope-marks.ts';
import { kindStates, type KindState } from '../../db/status.ts';
import { answerQuestions } from '../core/answers.ts';
import { formatMoney } from '../core/money.ts';
import { readiness } from '../core/readiness.ts';
import { scopeNote } from '../core/wording/scope.ts';
import type { Handlers, Output } from '../contract.ts';
import { NotReconciled } from '../errors.ts';
import { openCount, wireClosed } from './closing.ts';
import type { AppContext } from './context.ts';
import { wireChanges } from './trial-wire.ts';
import { wireBridge, wireChecks, wireFinding } from './wire.ts';

/** The month's run as it stands; refuses where it was never reconciled or its inputs changed since. */
export function currentRun(context: AppContext, cycle: string): Run {
  const run = loadRun(context.db, cycle, context.now().slice(0, 10));
  if (!run) throw new NotReconciled(cycle, 'never');
  if (run.stale) throw new NotReconciled(cycle, 'changed');
  return run;
}

/** Whether a statement can be relied on, and what the person said that it covers. */
export function statementState({ db }: Pick<AppContext, 'db'>, have: KindState, cycle: string): ReturnType<typeof readiness> {
  const ready = readiness(have.kind, have, cycle);
  const scopes = scopesOf(db, have.kind, cycle);
  if (!scopes) return ready;
  const [said, note] = [scopeNote(scopes), ready.note];
  return { ...ready, note: note ? { zh: `${note.zh}${said.zh}`, en: `${note.en} ${said.en}` } : said };
}

/** So many findings of the documented order, from the one at `from` (0 = the first) on. */
interface FindingPart {
  readonly from: number;
  readonly most: number;
}

/** The reconciliation as the command line prints it: with all of its findings, or a part of them. `kept`: for who asks for one part after the other. */
export function wholeRun(
  context: AppContext,
  cycle: string,
  filter: FindingFilter = {},
  part: FindingPart = { from: 0, most: Infinity },
  kept = new KeptList<undefined>(),
): Output<'findings.list'> {
  const { db } = context;
  const question = JSON.stringify([cycle, filter]);
  const read = (): Output<'findings.list'> => {
    const run = currentRun(context, cycle);
    const { keys } = kept.of(db, question, () => ({ keys: findingKeys(db, cycle, filter), sums: undefined }));
    return {
      billingCycle: cycle,
      runId: run.runId,
      inputs: run.inputs.map((i) => ({ importId: i.importId, kind: i.kind })),
      checks: wireChecks(run.checks),
      findings: keys.slice(part.from, part.from + part.most).map((key) => wireFinding(getFinding(db, key)!, findingRows(db, key))),
      ...(part.most < Infinity && { total: keys.length }),
    };
  };
  // All of it from one state, whatever another window or command writes meanwhile.
  return db.transaction(read)();
}

function closedOf(context: AppContext, cycle: string): Pick<Output<'month.status'>, 'closed'> {
  const closed = closedMonth(context.db, cycle);
  return closed ? { closed: wireClosed(closed) } : {};
}

type MonthMethods =
  'months.list' | 'month.status' | 'month.answers' | 'month.reconcile' | 'month.changes' | 'month.checks' | 'month.bridges';

export const monthHandlers = (context: AppContext): Pick<Handlers, MonthMethods> => ({
  'months.list': () => ({
    months: listMonths(context.db).map((billingCycle) => ({
      billingCycle,
      reconciled: reconciledState(context.db, billingCycle, context.now().slice(0, 10)),
      open: openCount(context.db, billingCycle),
      ...closedOf(context, billingCycle),
    })),
  }),
  'month.status': ({ billingCycle }) => ({
    billingCycle,
    statements: kindStates(context.db, billingCycle).map((have) => ({
      kind: have.kind,
      ...statementState(context, have, billingCycle),
      imports: [...have.imports],
      rows: have.rows,
      ...(have.total !== undefined && { total: formatMoney(have.total) }),
      ...(have.exportedAt !== undefined && { exportedAt: have.exportedAt }),
    })),
    ...closedOf(context, billingCycle),
  }),
  'month.answers': ({ billingCycle }) => {
    const run = loadRun(context.db, billingCycle, context.now().slice(0, 10));
    const answers = answerQuestions(run?.bridges ?? [], run ? openByCode(context.db, billingCycle) : new Map());
    return {
      billingCycle,
      reconciled: run ? (run.stale ? 'stale' : 'yes') : 'no',
      ...(run && { at: run.at }),
      answers: answers.map(({ amount, against, openAmount, ...rest }) => ({
        ...rest,
        ...(amount !== undefined && { amount: formatMoney(amount) }),
        ...(against !== undefined && { against: formatMoney(against) }),
        openAmount: formatMoney(openAmount),
      })),
    };
  },
  'month.reconcile': async ({ billingCycle, most }) => {
    await context.jobs.run({ name: 'reconcile', cycle: billingCycle });
    context.emit('changed', { areas: ['months', 'findings'] });
    return wholeRun(context, billingCycle, {}, most === undefined ? undefined : { from: 0, most });
  },
  'month.changes': ({ billingCycle }) => {
    const last = loadChanges(context.db, billingCycle);
    return { billingCycle, ...(last && { since: last.since, changes: wireChanges(last.changes) }) };
  },
  'month.checks': ({ billingCycle }) => ({ billingCycle, checks: wireChecks(currentRun(context, billingCycle).checks) }),
  'month.bridges': ({ billingCycle, pair, most }) => {
    const run = currentRun(context, billingCycle);
    const wanted = run.bridges.filter((b) => pair === undefined || b.pair === pair);
    return { billingCycle, bridges: wanted.map((b) => wireBridge(b, (of) => bridgeFindings(context.db, billingCycle, of, most))) };
  },
});
