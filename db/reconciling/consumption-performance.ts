import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { Candidate, FindingDraft } from '../../electron/core/finding.ts';
import {
  judgePerformance,
  type Aside,
  type PerformanceFault,
  type PerformanceGroup,
  type Verdict,
} from '../../electron/core/judging/consumption-performance.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import {
  performanceCandidates,
  performanceReason,
  perhapsNotAssociated,
  reboundCandidate,
  transferredCandidate,
} from '../../electron/core/wording/performance.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { appliedGroups } from '../manual-matches.ts';
import type { CheckReport, Outcome, Reconciler, RunContext } from './context.ts';
import { statesColumn } from './month-scan.ts';
import type { AgreedOrders } from './performance-agreed.ts';
import type { AsideRows } from './performance-aside.ts';
import { groupNaming, groupRows, identityOf, rowsBut } from './performance-evidence.ts';
import { agreeCombinedOrders, combinedDoubt } from './performance-orders.ts';
import { agreedParts, type Apart, asideOrigin, componentParts, groupOrigin, groupOrigins } from './performance-origins.ts';
import { applyJoinsAndSplits, joinedReason } from './performance-matches.ts';
import { performanceFacts, type GroupRow } from './performance-facts.ts';
import { addFollowedRests, consumptionTotals, fillPerformanceGroups } from './performance-groups.ts';
import { poolMonthlySettled } from './performance-monthly.ts';
import { poolRowsWithoutTradeId } from './performance-pools.ts';
import { partialExport } from './performance-scope.ts';
import { fillTransferred, setTransferredApart, unseenTransfer } from './performance-transfers.ts';
import { boundLately } from './rebound.ts';
import { sumInSheets } from './sheet-steps.ts';

const codes = [
  'performance.cycle',
  'performance.duplicate',
  'performance.policy',
  'performance.stored-value-card',
  'performance.refund-not-reversed',
  'performance.refund-over-reversed',
  'performance.missing',
  'performance.without-consumption',
  'performance.too-low',
  'performance.too-high',
] as const;

/** Consumption against performance: everything that should count is stated, once, in the right month, and nothing else is. */
export const consumptionPerformance: Reconciler = { name: 'consumption-performance', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['consumption', 'performance'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    const skipped = missingFiles(missing);
    return {
      bridge: { pair: 'consumption-performance', missing: missing.map((m) => m.kind) },
      findings: [],
      checks: codes.map((code) => ({ code, compared: 0, skipped })),
    };
  }
  const isTransferred = fillTransferred(context.db);
  // Who looks into the groups sees all of them, and what a person said may concern any.
  const whole = context.sink !== undefined || appliedGroups(context.db, cycle, 'consumption-performance').length > 0;
  const agreed = fillPerformanceGroups(context, whole);
  const bridge = new BridgeBuilder('consumption-performance', '消费应付金额', '业绩金额', context.sink);
  addTotals(context, bridge);
  const equal = addAgreed(context, bridge, agreed, isTransferred);
  const { findings, compared } = judgeRest(context, bridge);
  return { bridge: bridge.close(), findings, checks: reports(context, equal + compared, findings) };
}

type Builder = BridgeBuilder<'consumption-performance'>;

function addTotals(context: RunContext, bridge: Builder): void {
  const totals = consumptionTotals(context);
  bridge.left(totals.due);
  bridge.right(sumInSheets(context, 'stated', ['performance', 'p'], 'p.amount'));
  for (const part of totals.parts) {
    bridge.stepOver(part.step, -part.amount, part.rows, () => componentParts(context, part.step));
  }
  // What the payment parts of a row leave over is the finding row.payment-parts, emitted by the row checks.
  bridge.unexplained((totals.rests > 0n ? addFollowedRests(context) : 0n) - totals.rest);
}

const simple = `pooled = 0 AND monthly_out = 0 AND previous_rows = 0 AND monthly_rows = 0 AND stated_refused = 0 AND stated_card = 0 AND expected = stated`;

/** Groups whose sides are equal and that touch no other month, with those that agreed at once; returns how many there are. */
function addAgreed(context: RunContext, bridge: Builder, atOnce: AgreedOrders, isTransferred: boolean): number {
  const { db } = context;
  applyJoinsAndSplits(context);
  agreeCombinedOrders(context);
  if (isTransferred) setTransferredApart(db);
  poolMonthlySettled(db);
  const pooled = poolRowsWithoutTradeId(context);
  const plain = db
    .prepare<[], { groups: bigint; rows: bigint }>(
      `SELECT count(*) AS groups, coalesce(sum(consumption_rows + performance_rows), 0) AS rows FROM temp.performance_group
        WHERE ${simple} AND performance_rows > 0`,
    )
    .get()!;
  bridge.stepOver('agreed', 0n, atOnce.rows + plain.rows + pooled.agreedRows, () =>
    agreedParts(context, `${simple} AND performance_rows > 0`),
  );
  bridge.withoutRemainder(() => groupOrigins(context, `${simple} AND performance_rows = 0 AND consumption_rows > 0`));
  return Number(atOnce.groups + plain.groups);
}

function judgeRest(context: RunContext, bridge: Builder): { findings: FindingDraft[]; compared: number } {
  const facts = performanceFacts(context);
  const findings: FindingDraft[] = [];
  let compared = 0;
  const groups = context.db.prepare<[], GroupRow>(
    `SELECT * FROM temp.performance_group WHERE pooled IN (0, 4, 5, 8, 9, 10) AND NOT (${simple}) ORDER BY customer_key, trade_id, key_product, pooled`,
  );
  for (const row of groups.iterate()) {
    compared += 1;
    const group = toGroup(row);
    const known = facts(row);
    const verdict = judgePerformance(group, known);
    const apart = apartOf(verdict, known.aside);
    // The rows of a finding end there.
    const whole = verdict.faults.length > 0 ? -1 : verdict.steps.findIndex((s) => !s.aside);
    for (const [at, s] of verdict.steps.entries()) {
      bridge.step(s.step, s.amount, s.rows, () =>
        s.aside ? asideOrigin(row, s.aside, known.aside) : { ...groupOrigin(context, row, { step: s.step, apart }), beside: at !== whole },
      );
    }
    if (verdict.faults.length === 0 && whole < 0)
      bridge.withoutRemainder(() =>
        [groupOrigin(context, row, { apart })].filter((rest) => Number(rest.leftRows) + Number(rest.rightRows) > 0),
      );
    for (const fault of verdict.faults) {
      bridge.unexplained(fault.unexplained);
      findings.push(draft(context, row, group, { fault, apart: apart.ids, doubtful: known.aside.doubtful }));
    }
  }
  return { findings, compared };
}

/** The rows of a group that ended in steps of their own; those of the month before are not among what this month's rows come to. */
function apartOf({ steps }: Verdict, aside: AsideRows): Apart {
  const gone = steps.flatMap((s) => s.aside ?? []);
  const sum = (of: readonly (keyof Aside)[]): bigint => gone.reduce((n, which) => n + (of.includes(which) ? aside[which].amount : 0n), 0n);
  return {
    ids: gone.flatMap((which) => aside.rows[which]),
    left: sum(['unassociated', 'unassociatedNext', 'beyond', 'fresh', 'beyondNext']),
    right: sum(['statedBeyond']),
  };
}

function toGroup(r: GroupRow): PerformanceGroup {
  return {
    expected: r.expected,
    refused: r.refused,
    cardPurchase: r.card_purchase,
    monthlyOut: r.monthly_out,
    card: r.card,
    coupon: r.coupon,
    flexi: r.flexi,
    consumptionRows: Number(r.consumption_rows),
    stated: r.stated,
    statedRefused: r.stated_refused,
    statedCard: r.stated_card,
    statedMonthly: r.stated_monthly,
    performanceRows: Number(r.performance_rows),
    monthlyRows: Number(r.monthly_rows),
    monthlyIn: r.monthly_in,
    previousRows: Number(r.previous_rows),
    listed: r.listed === 1n,
  };
}

interface Judged {
  readonly fault: PerformanceFault;
  /** The group's rows that ended in a step of their own. */
  readonly apart: readonly RowId[];
  /** Its customer may not have been ours when all of it was traded. */
  readonly doubtful: boolean;
}

function draft(context: RunContext, row: GroupRow, group: PerformanceGroup, { fault, apart, doubtful }: Judged): FindingDraft {
  const { db, cycle } = context;
  const other = fault.otherCycle;
  const moved = fault.cause === 'elsewhere' || fault.cause === 'part-elsewhere';
  const arrived = group.monthlyRows > 0 && group.previousRows > 0;
  const counted = {
    consumption: [
      ...rowsBut(groupRows(db, 'consumption', cycle, row), apart),
      ...(arrived ? groupRows(db, 'consumption', addMonths(cycle, -1), row) : []),
    ],
    performance: rowsBut(groupRows(db, 'performance', cycle, row), apart),
  };
  // What stands in the other month is shown beside them; the sentence counts it neither there nor here.
  const consumption = [...counted.consumption, ...(other !== undefined && !moved ? groupRows(db, 'consumption', other, row) : [])];
  const performance = [...counted.performance, ...(other !== undefined && moved ? groupRows(db, 'performance', other, row) : [])];
  const named = { ...row, pooled: 0n };
  const identity = identityOf(
    db,
    // A join may hold several customers: its finding has the names of the one whose order it is named after.
    row.pooled === 8n && row.match > 0n
      ? { consumption: groupRows(db, 'consumption', cycle, named), performance: groupRows(db, 'performance', cycle, named) }
      : { consumption, performance },
  );
  const combined = combinedDoubt(db, row);
  const perhapsTransferred = row.trade_id === null && fault.stated < fault.expected && unseenTransfer(context, row.customer_key);
  return {
    code: fault.code,
    ...(fault.severity
      ? { severity: fault.severity }
      : perhapsTransferred || combined || doubtful
        ? { severity: 'review' as const }
        : favoursUs(fault)),
    ...groupNaming(row, identity),
    expected: fault.expected,
    stated: fault.stated,
    reason: joinedReason(db, row, performanceReason(fault, counted.consumption.length, counted.performance.length)),
    candidates: perhapsTransferred
      ? [transferredCandidate]
      : [
          ...(combined ? [combined] : []),
          ...(doubtful ? [perhapsNotAssociated] : []),
          ...lately(context, fault, row),
          ...partialExport(context, row, group),
          ...performanceCandidates(fault.code),
        ],
    left: consumption,
    right: performance,
    bridge: { pair: 'consumption-performance', amount: fault.unexplained },
  };
}

function lately(context: RunContext, { code }: PerformanceFault, { customer_key }: GroupRow): readonly Candidate[] {
  const since = code === 'performance.missing' ? boundLately(context, customer_key) : undefined;
  return since === undefined ? [] : [reboundCandidate(since)];
}

/** A dispute whose difference favours us is only to be looked at. */
function favoursUs(fault: PerformanceFault): { severity?: 'review' } {
  return fault.stated > fault.expected ? { severity: 'review' } : {};
}

function reports(context: RunContext, compared: number, findings: readonly FindingDraft[]): CheckReport[] {
  const { cycle } = context;
  const neighbours = [addMonths(cycle, -1), addMonths(cycle, 1)];
  const alone = !neighbours.some((c) => context.has('performance', c) || context.has('consumption', c));
  return codes.map((code) => {
    const found = findings.some((f) => f.code === code);
    if (code === 'performance.policy' && !context.has('product-policy', '') && !found) {
      return { code, compared: 0, skipped: missingFiles([{ kind: 'product-policy', cycle: '' }]) };
    }
    if (code === 'performance.cycle' && alone && !found) {
      return { code, compared: 0, skipped: missingFiles(neighbours.map((c) => ({ kind: 'performance' as const, cycle: c }))) };
    }
    if (code === 'performance.stored-value-card' && !found && !knowsCards(context)) {
      const zh = `${cycle} 的消费明细没有储值卡抵扣一列，也没有设置储值卡产品`;
      return {
        code,
        compared: 0,
        skipped: `${zh} / the consumption of ${cycle} has no stored-value card column, and no product is set as one`,
      };
    }
    return { code, compared };
  });
}

/** Can the month tell the use of a stored-value card or its purchase at all? */
const knowsCards = (context: RunContext): boolean =>
  context.settings.storedValueCardProducts.length > 0 || statesColumn(context, 'consumption', 'stored_value_card_amount');
