import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { maxRows, type Candidate, type FindingDraft, type Text } from '../../electron/core/finding.ts';
import { judgeStatementTotals, type StatementGroup, type StatementSide } from '../../electron/core/judging/statement-totals.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { absolute, displayMoney } from '../../electron/core/money.ts';
import { counted, displayCount } from '../../electron/core/display-count.ts';
import { portalWord } from '../../electron/core/portal-words.ts';
import { partOnly } from '../../electron/core/wording/scope.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { Outcome, RunContext } from './context.ts';
import { firstRowsOf, monthRows, rowsOf } from './rows-of.ts';
import { partOf } from './scope.ts';
import { inSheets } from './sheet-steps.ts';

/** What tells the performance pair from the incentive pair. */
export interface StatementPair {
  readonly pair: 'performance-summary' | 'incentive-summary';
  readonly code: 'performance.summary' | 'incentive.summary';
  readonly summary: {
    readonly kind: 'performance-summary' | 'incentive-summary';
    readonly table: string;
    readonly amount: string;
    readonly name: string;
  };
  readonly detail: { readonly kind: 'performance' | 'incentive'; readonly table: string; readonly name: string };
  readonly id: 'statement_id' | 'incentive_bill_id';
  /** What the id is called, for the reason. */
  readonly idName: { readonly zh: string; readonly en: string };
}

/** Compares every statement's stated total with the sum of the rows that name it. */
export function runStatementTotals(context: RunContext, pair: StatementPair): Outcome {
  const { db, cycle } = context;
  const missing = [pair.summary.kind, pair.detail.kind].filter((kind) => !context.has(kind, cycle));
  if (missing.length > 0) {
    const skipped = missingFiles(missing.map((kind) => ({ kind, cycle })));
    return { bridge: { pair: pair.pair, missing }, findings: [], checks: [{ code: pair.code, compared: 0, skipped }] };
  }
  const part = partOf(context, [pair.detail.kind]);
  if (part) {
    const skipped = partOnly(part, cycle);
    return {
      bridge: { pair: pair.pair, missing: [part], because: skipped },
      findings: [],
      checks: [{ code: pair.code, compared: 0, skipped }],
    };
  }
  const bridge = new BridgeBuilder(pair.pair, pair.summary.name, pair.detail.name, context.sink);
  const summaries = sides(context, pair, pair.summary.kind, pair.summary.amount);
  const details = sides(context, pair, pair.detail.kind, 'amount');
  bridge.left(total(summaries));
  bridge.right(total(details));
  const verdict = judgeStatementTotals(summaries, details);
  const originOf = origins(context, pair);
  const states = otherStates(context, pair);
  for (const s of verdict.steps) bridge.step(s.step, s.amount, s.rows, () => originOf(s.of));
  const findings = verdict.faults.map((fault): FindingDraft => {
    const { expected, stated } = fault;
    bridge.unexplained(expected - stated);
    const count = fault.details.reduce((n, d) => n + d.rows, 0);
    const right = firstRowsOf(db, pair.detail.kind, cycle, [pair.id, fault.details.map((d) => d.id)], maxRows);
    const size = displayMoney(absolute(stated - expected));
    const less = stated < expected;
    return {
      code: pair.code,
      ...(less && !states ? {} : { severity: 'review' }),
      businessKey: [fault.id ?? ''],
      recordId: fault.id ?? undefined,
      expected,
      stated,
      reason: {
        zh: `${pair.idName.zh}${fault.id ? ` ${fault.id}` : ''} 汇总 ${displayMoney(stated)}，明细 ${displayCount(count)} 行合计 ${displayMoney(expected)}，汇总${less ? '少' : '多'} ${size}。`,
        en: `${pair.idName.en}${fault.id ? ` ${fault.id}` : ''} states ${displayMoney(stated)}, its ${counted(count, 'row adds', 'rows add')} up to ${displayMoney(expected)}: ${size} too ${less ? 'little' : 'much'}.`,
      },
      candidates: [
        ...(states ? [states] : []),
        {
          code: 'filtered-export',
          zh: '明细导出时做了筛选或尚未更新',
          en: 'The details were exported with a filter, or before they were complete',
        },
      ],
      left: rowsOf(db, pair.summary.table, cycle, { [pair.id]: fault.id }),
      right,
      omitted: count - right.length,
      bridge: { pair: pair.pair, amount: expected - stated },
    };
  });
  return {
    bridge: bridge.close(),
    findings,
    checks: [
      verdict.compared > 0
        ? { code: pair.code, compared: verdict.compared }
        : { code: pair.code, compared: 0, skipped: noneOnBothSides(cycle, pair) },
    ],
  };
}

/** Confirmed incentives keep their amounts from state to state. */
const confirmed = ['awaitingConfirmation', 'issuing', 'issued'];

/** Where totals and rows were exported in two states, amounts may have changed between them. */
function otherStates({ db, cycle }: RunContext, { summary, detail }: StatementPair): Candidate | undefined {
  const statesOf = db
    .prepare<[Kind, string], string | null>(
      `SELECT DISTINCT coalesce(c.status, s.status) FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = ? AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL ORDER BY 1`,
    )
    .pluck();
  const [totals, rows] = [summary.kind, detail.kind].map((kind) => statesOf.all(kind, cycle).filter((state) => state !== null)) as [
    string[],
    string[],
  ];
  const [total] = totals;
  if (total === undefined || totals.length > 1 || rows.every((row) => row === total)) return undefined;
  if ([total, ...rows].every((state) => confirmed.includes(state))) return undefined;
  const said = (states: readonly string[]): Text => {
    const words = states.map((state) => portalWord('status', state) ?? { zh: state, en: state });
    return { zh: words.map(({ zh }) => `“${zh}”`).join('、'), en: words.map(({ en }) => `"${en}"`).join(', ') };
  };
  const [a, b] = [said([total]), said(rows)];
  return {
    code: 'another-state',
    zh: `汇总是${a.zh}时导出的，明细是${b.zh}时导出的：请导入同一状态的再比`,
    en: `The totals were exported in the state ${a.en}, the details in ${b.en}: import both in the same state`,
  };
}

const noneOnBothSides = (cycle: string, { idName }: StatementPair): string =>
  `${cycle} 没有一个${idName.zh}同时有汇总和明细 / no ${idName.en.toLowerCase()} of ${cycle} has both a total and rows`;

/** Tells a statement's group; no index names rows by statement, so all detail rows are read once where one is asked for. */
function origins({ db, cycle }: RunContext, pair: StatementPair): (group: StatementGroup) => BridgeOrigin {
  let detailRows: Map<string | null, bigint[]> | undefined;
  return ({ id, summary, details }) => {
    detailRows ??= rowsByStatement({ db, cycle }, pair);
    return {
      key: [id],
      level: 'statement',
      left: summary?.amount ?? 0n,
      right: details.reduce((sum, d) => sum + d.amount, 0n),
      leftRows: summary?.rows ?? 0,
      rightRows: details.reduce((n, d) => n + d.rows, 0),
      evidence: [
        { side: 'left', ids: summary ? rowsOf(db, pair.summary.table, cycle, { [pair.id]: summary.id }) : [] },
        { side: 'right', ids: details.flatMap((d) => detailRows!.get(d.id) ?? []).sort(byId) },
      ],
    };
  };
}

function rowsByStatement({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>, { detail, id }: StatementPair): Map<string | null, bigint[]> {
  const rows = new Map<string | null, bigint[]>();
  const select = db.prepare<{ cycle: string }, { id: bigint; statement: string | null }>(
    `SELECT t.id AS id, t.${id} AS statement FROM ${monthRows(detail.table, 't')} ORDER BY t.id`,
  );
  for (const row of select.iterate({ cycle })) {
    const known = rows.get(row.statement);
    if (known) known.push(row.id);
    else rows.set(row.statement, [row.id]);
  }
  return rows;
}

const byId = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const total = (groups: readonly StatementSide[]): bigint => groups.reduce((sum, { amount }) => sum + amount, 0n);

/** Of every statement that rows of the month name what these come to, in the order of the ids. */
function sides(context: RunContext, { id }: StatementPair, kind: Kind, amount: string): StatementSide[] {
  const sheets = inSheets(context, kind, [kind, 't'], (ask) =>
    ask<{ id: string | null; amount: bigint; rows: bigint }>(
      (from, where) =>
        `SELECT t.${id} AS id, coalesce(sum(t.${amount}), 0) AS amount, count(*) AS rows FROM ${from} WHERE ${where} GROUP BY t.${id}`,
    ),
  );
  return [...Map.groupBy(sheets.flat(), (side) => side.id)]
    .map(([name, own]) => ({
      id: name,
      amount: own.reduce((sum, s) => sum + s.amount, 0n),
      rows: own.reduce((n, s) => n + Number(s.rows), 0),
    }))
    .sort((a, b) => (a.id === b.id ? 0 : (a.id ?? '') < (b.id ?? '') ? -1 : 1));
}
