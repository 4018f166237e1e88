import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { Candidate, FindingDraft } from '../../electron/core/finding.ts';
import { freshBeside, judgeGrain, type SummaryGrain } from '../../electron/core/judging/summary-grain.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { partlyCoveredReason, subAccountCandidate, summaryReason } from '../../electron/core/wording/consumption.ts';
import { withJoined } from '../../electron/core/wording/manual-match.ts';
import { scopeCandidate } from '../../electron/core/wording/scope.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { scopesOf } from '../scope-marks.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';
import { sumInSheets } from './sheet-steps.ts';
import { prepared } from '../prepared.ts';
import { holdsCustomer, onlyManager } from './scope.ts';
import { SummaryMatches, type SaidGrains } from './summary-matches.ts';
import { beyondOrigin } from './summary-scope.ts';
import { settleGrains, type Settled } from './summary-families.ts';
import { cellOf, grainOrigin, grains, matchOf, sharedColumns, summed, type Grain, type GrainColumn } from './summary-grains.ts';

const code = 'consumption.summary';

/** The consumption summary against the detail, grain by grain, as far as both sides have the columns. */
export const consumptionSummary: Reconciler = { name: 'consumption-summary', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['consumption-summary', 'consumption'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    return {
      bridge: { pair: 'consumption-summary', missing: missing.map((m) => m.kind) },
      findings: [],
      checks: [{ code, compared: 0, skipped: missingFiles(missing) }],
    };
  }
  const bridge = new BridgeBuilder('consumption-summary', '消费汇总金额', '消费应付金额', context.sink);
  bridge.left(total(context, 'consumption-summary'));
  bridge.right(total(context, 'consumption'));
  const columns = sharedColumns(context);
  const open: Grain[] = [];
  const said = new SummaryMatches(context);
  const found = grains(context, columns, context.sink !== undefined || !said.none);
  bridge.step('agreed', 0n, found.agreed.rows);
  let compared = Number(found.agreed.grains);
  for (const grain of found.open) {
    compared += 1;
    if (said.take(grain)) continue;
    const sums = summed([grain]);
    const verdict = judgeGrain(sums);
    if (verdict === 'differs') open.push(grain);
    else book(bridge, verdict, sums, () => grainOrigin(context, columns, [grain]));
  }
  const settled = [...settleGrains(context, columns, open), ...said.taken().map(settleSaid)];
  const opposite = oppositeOf(columns, settled);
  const findings: FindingDraft[] = [];
  for (const { step, grains: together, joined, beyond } of settled) {
    const sums = summed(together);
    if (beyond) bridge.step('scope', beyond.amount, beyond.ids.length, () => beyondOrigin(together[0]!, beyond));
    if (step)
      book(bridge, step, sums, () => ({
        ...grainOrigin(context, columns, together),
        ...(joined && { level: 'joined' as const }),
      }));
    else {
      bridge.unexplained(sums.detail - sums.stated);
      const differing = draft(context, columns, together, opposite(together));
      findings.push(joined ? { ...differing, reason: withJoined(differing.reason, joined) } : differing);
    }
  }
  return { bridge: bridge.close(), findings: findings.concat(undecided(context, columns, settled)), checks: [{ code, compared }] };
}

/** Books what explains grains that are compared as one; where newer detail stands beside cents, each in its own step. */
function book(
  bridge: BridgeBuilder<'consumption-summary'>,
  step: NonNullable<Settled['step']>,
  sums: SummaryGrain,
  origin: () => BridgeOrigin,
): void {
  const rows = sums.statedRows + sums.detailRows;
  const missing = sums.detail - sums.stated;
  if (step !== 'fresh-cents') {
    bridge.step(step, missing, rows, origin);
    return;
  }
  const fresh = freshBeside(sums)!;
  const ofDetail = (whole: BridgeOrigin): BridgeOrigin => ({
    ...whole,
    leftRows: 0,
    evidence: whole.evidence.filter(({ side }) => side === 'right'),
    beside: true,
  });
  bridge.step('freshness', fresh, sums.detailRows, () => ofDetail(origin()));
  bridge.step('precision', missing - fresh, rows, origin);
}

/** Once for a customer whose cells cannot be compared, because one file covers a part of its month only: what is lost in the step is said. */
function undecided(context: RunContext, columns: readonly GrainColumn[], settled: readonly Settled[]): FindingDraft[] {
  const cells = settled.filter((s) => s.undecided).flatMap((s) => s.grains);
  return [...Map.groupBy(cells, (grain) => grain.customer_key).values()].map((own) => {
    const { stated, detail } = summed(own);
    const cell = draft(context, columns, own, undefined);
    return {
      ...cell,
      severity: 'info',
      businessKey: [own[0]!.customer_key, '', '', ''],
      productType: undefined,
      reason: partlyCoveredReason(own.length, detail, stated),
      candidates: [],
      bridge: { pair: 'consumption-summary', amount: 0n },
    };
  });
}

/** What a person joined is judged by its sums, what was set apart by its own. */
function settleSaid({ keys, joined, grains: together }: SaidGrains): Settled {
  const verdict = judgeGrain(summed(together));
  return { step: verdict === 'differs' ? undefined : verdict, grains: together, ...(joined && { joined: keys }) };
}

const total = (context: RunContext, kind: 'consumption-summary' | 'consumption'): bigint =>
  sumInSheets(context, `${kind} due`, [kind, 'r'], 'r.amount_due');

/** The one other customer whose same cell differs by exactly the opposite, if there is one. */
function oppositeOf(columns: readonly GrainColumn[], settled: readonly Settled[]): (own: readonly Grain[]) => string | undefined {
  const keyOf = (all: readonly Grain[], sign: bigint): string => {
    const { detail, stated } = summed(all);
    return `${cellOf(columns, all[0]!)} ${sign * (detail - stated)}`;
  };
  const open = Map.groupBy(
    settled.filter(({ step }) => step === undefined),
    ({ grains: all }) => keyOf(all, 1n),
  );
  return (own) => {
    const others = open.get(keyOf(own, -1n)) ?? [];
    return others.length === 1 ? others[0]!.grains[0]!.customer_key : undefined;
  };
}

/** What a person should rule out: a sub-account that is in no table, an export that covers a part only. */
function candidatesOf(context: RunContext, [grain, ...more]: readonly Grain[], opposite: string | undefined): Candidate[] {
  const candidates: Candidate[] = opposite === undefined ? [] : [subAccountCandidate(opposite.replace(/^@/, ''))];
  if (!grain || more.length > 0) return candidates;
  const lacking = grain.detailRows === 0n ? 'consumption' : grain.statedRows === 0n ? 'consumption-summary' : undefined;
  if (lacking === undefined || scopesOf(context.db, lacking, context.cycle)) return candidates;
  if (holdsCustomer(context, lacking.replace('-', '_'), grain.customer_key)) return candidates;
  return [...candidates, scopeCandidate(lacking, lacking === 'consumption' ? onlyManager(context, 'consumption') : undefined)];
}

function draft(context: RunContext, columns: readonly GrainColumn[], all: readonly Grain[], opposite: string | undefined): FindingDraft {
  const { db, cycle } = context;
  const grain = all[0]!;
  const { stated, detail, statedRows, detailRows } = summed(all);
  const rows = (table: string): bigint[] =>
    all
      .flatMap((g) => [...((table === 'consumption' ? g.kept : undefined) ?? rowsOf(db, table, cycle, matchOf(columns, g)))])
      .sort((a, b) => (a < b ? -1 : 1));
  const left = rows('consumption_summary');
  const right = rows('consumption');
  return {
    code,
    businessKey: [grain.customer_key, grain.product_type ?? '', grain.billing_mode ?? '', grain.bill_class ?? ''],
    customerId: grain.customer_key.startsWith('@') ? undefined : grain.customer_key,
    accountName: nameOf(context, columns, grain),
    productType: grain.product_type ?? undefined,
    expected: detail,
    stated,
    reason: summaryReason(Number(detailRows), detail, Number(statedRows), stated),
    candidates: candidatesOf(context, all, opposite),
    left,
    right,
    bridge: { pair: 'consumption-summary', amount: detail - stated },
  };
}

/** The account name that the first row of the grain prints. */
function nameOf({ db, cycle }: RunContext, columns: readonly GrainColumn[], grain: Grain): string | undefined {
  for (const table of ['consumption_summary', 'consumption']) {
    const [first] = rowsOf(db, table, cycle, matchOf(columns, grain));
    if (first === undefined) continue;
    return prepared<[bigint], string | null>(db, `SELECT account_name FROM ${table} WHERE id = ?`).pluck().get(first) ?? undefined;
  }
  return undefined;
}
