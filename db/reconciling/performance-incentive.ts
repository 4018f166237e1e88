import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { CheckCode } from '../../electron/core/checks.ts';
import type { RatedPerformance, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import { partOnly } from '../../electron/core/wording/scope.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { ranked, rowRank } from '../row-rank.ts';
import { prepared } from '../prepared.ts';
import { addAssociationFunction } from './consumption-role.ts';
import type { CheckReport, Outcome, Reconciler, RunContext } from './context.ts';
import { taxPairs } from './incentive-evidence.ts';
import { lateBeside } from './incentive-beside.ts';
import { UnratedBills } from './incentive-bills.ts';
import { agreedIncentives } from './incentive-agreed.ts';
import { fillLinkTrades, linkedRows, unlinkedIncentives, type LinkRow, type Order, type RatedBy } from './incentive-links.ts';
import { policyRows, rater, type Rated } from './incentive-policy.ts';
import { saidOfIncentives } from './incentive-matches.ts';
import { bookAgreed, judgeGroup, ratedRow, type IncentiveRun } from './incentive-run.ts';
import { tellPlans } from './incentive-shares.ts';
import type { Base } from './incentive-sums.ts';
import { findStrays, judgeLate, type Stray } from './incentive-late.ts';
import { paidNextMonth } from './incentive-paid.ts';
import { knownTags } from './tag-claims.ts';
import { anyPlan, TierBases, TierScopes } from './incentive-tiers.ts';
import { settleMissing } from './incentive-unknown.ts';
import { judgeUnlinked } from './incentive-unlinked.ts';
import { partOf } from './scope.ts';
import { sumInSheets } from './sheet-steps.ts';

/** Reported by this pair; those in `needPolicy` mostly only with the user's policy table. */
const codes = [
  'incentive.base',
  'incentive.tier',
  'incentive.rate',
  'incentive.amount',
  'incentive.missing',
  'incentive.no-rate',
  'incentive.negative',
] as const satisfies readonly CheckCode[];
const neitherRate = '没有激励政策表，激励行也没有印返点比例 / there is no policy table, and no incentive row prints its rate';
const openTiers =
  "没有可核对阶梯的激励行：指标的统计周期未结束，或其中的月份未全部导入、只覆盖一部分 / no row's tier can be checked: the period of its indicator is not over, or not all of its months are imported as a whole";
const noTiers = '激励政策表没有阶梯计划 / the policy table has no tier plan';
const needPolicy: readonly CheckCode[] = ['incentive.tier', 'incentive.rate', 'incentive.missing', 'incentive.no-rate'];

/** Stated performance against incentive: every counting row is paid at the rate in force, once, and nothing else is. */
export const performanceIncentive: Reconciler = { name: 'performance-incentive', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['performance', 'incentive'] as const).filter((kind) => !context.has(kind, cycle));
  if (missing.length > 0) {
    const skipped = missingFiles(missing.map((kind) => ({ kind, cycle })));
    return {
      bridge: { pair: 'performance-incentive', missing },
      findings: [],
      checks: codes.map((code) => ({ code, compared: 0, skipped })),
    };
  }
  const part = partOf(context, ['performance']);
  if (part) {
    const skipped = partOnly(part, cycle);
    const checks = codes.map((code) => ({ code, compared: 0, skipped }));
    return { bridge: { pair: 'performance-incentive', missing: [part], because: skipped }, findings: [], checks };
  }
  addAssociationFunction(context);
  const policy = policyRows(context.db);
  const totals = { left: total(context, 'performance'), right: total(context, 'incentive') };
  let attempt = judgeStream(begin(context, policy, totals), []);
  let found = findStrays(attempt.state, attempt.strays);
  if (found.ofThisMonth.length > 0) {
    // Rows with an unknown 业绩ID whose order is in this month: all rows of these orders meet by order instead.
    attempt = judgeStream(begin(context, policy, totals), found.ofThisMonth);
    found = findStrays(attempt.state, attempt.strays);
  }
  const { state, strays } = attempt;
  settleMissing(state, state.missing);
  judgeLate(state, strays, found);
  judgeUnlinked(state, unlinkedIncentives(context));
  tellPlans(state);
  return { bridge: state.bridge.close(), findings: state.findings.concat(state.unrated.findings()), checks: reports(state) };
}

function begin(context: RunContext, policy: readonly PolicyRow[], totals: { left: bigint; right: bigint }): IncentiveRun {
  const bridge = new BridgeBuilder('performance-incentive', '业绩金额', '激励金额', context.sink);
  const rank = rowRank(context.db);
  const bases = new TierBases();
  bridge.left(totals.left);
  bridge.right(totals.right);
  return {
    context,
    bridge,
    policy,
    rate: rater(context, policy),
    bases,
    tiers: new TierScopes(context, policy, bases),
    rank,
    facts: { policyKnown: policy.length > 0, tagIsKnown: knownTags(context), ...paidNextMonth(context) },
    findings: [],
    missing: [],
    unrated: new UnratedBills(context.db, rank),
    taxes: taxPairs(context),
    said: saidOfIncentives(context),
    compared: new Map(),
  };
}

const total = (context: RunContext, kind: 'performance' | 'incentive'): bigint => sumInSheets(context, kind, [kind, 't'], 't.amount');

/** Judges key by key; `strays` are the incentive rows whose key has no performance in this month. */
function judgeStream(state: IncentiveRun, byOrder: readonly Order[]): { state: IncentiveRun; strays: Stray[] } {
  const strays: Stray[] = [];
  let key: string | undefined;
  let performances: RatedPerformance[] = [];
  let incentives: StatedIncentive[] = [];
  const { context, said } = state;
  const byTrade = fillLinkTrades(context, byOrder);
  // Who looks into the groups sees all of them; what a person said, and rows that meet by order, may concern any.
  const plain = context.sink === undefined && state.facts.policyKnown && said.none && !byTrade;
  const agreed = plain ? agreedIncentives(state) : undefined;
  if (agreed) bookAgreed(state, agreed);
  const bases = [...(agreed?.bases ?? [])].reverse();
  const beside = byTrade ? lateBeside(state) : undefined;
  let opened = 0;
  const flush = (): void => {
    if (key === undefined) return;
    const joined = state.said.joined(key);
    const stated = ranked(state.rank, incentives);
    if (performances.length > 0) {
      const late = beside && !joined && stated.length > 0 ? beside(performances, stated) : [];
      const own = late.length === 0 ? stated : stated.filter((i) => !late.some(({ incentive }) => incentive === i));
      judgeGroup(state, performances, own, joined);
      strays.push(...late.map(({ incentive, of }) => ({ key: `late ${incentive.id}`, incentive, order: undefined, of })));
    } else for (const incentive of stated) strays.push(strayOf(state, key, incentive));
  };
  for (const row of agreed?.open === 0 ? [] : linkedRows(context, { byTrade, said, open: agreed !== undefined })) {
    if (row.key !== key) {
      flush();
      addBases(state, bases, opened);
      opened += 1;
      [key, performances, incentives] = [row.key, [], []];
    }
    if (row.side === 1n) incentives.push(toIncentive(row));
    else performances.push(toPerformance(state, row));
  }
  flush();
  addBases(state, bases, opened);
  return { state, strays };
}

/** Adds what agreed before so many open keys, so that the parts of a plan's scope come in the order of their first key. */
function addBases(state: IncentiveRun, bases: Readonly<Base>[], opened: number): void {
  for (let next = bases.at(-1); next && next.at <= opened; next = bases.at(-1)) {
    bases.pop();
    addToPlans(state, next.part, next.rated, next);
  }
}

function addToPlans(
  { facts, bases }: IncentiveRun,
  row: RatedBy,
  rated: Rated,
  of: { readonly amount: bigint; readonly rows?: number },
): void {
  if (!rated.rebate && !rated.refused) return;
  const part = { product: row.product, association: row.association_type, reseller: null };
  for (const plan of facts.policyKnown ? rated.tierPlans : [anyPlan]) bases.add(plan, part, of.amount, rated.refused, of.rows);
}

/** An incentive row without performance in this month; what was said of it brought none either, so that it goes by its own 业绩ID. */
function strayOf(state: IncentiveRun, key: string, incentive: StatedIncentive): Stray {
  const own = key.startsWith('!') && incentive.performanceId !== null ? `#${incentive.performanceId}` : key;
  return { key: own, incentive, order: orderOf(state.context, incentive.id) };
}

/** The order that an incentive row names, if it does. */
function orderOf({ db }: RunContext, incentive: bigint): Order | undefined {
  const { customerKey, tradeId } = prepared<[bigint], { customerKey: string | null; tradeId: string | null }>(
    db,
    'SELECT customer_key AS customerKey, trade_id AS tradeId FROM incentive WHERE id = ?',
  ).get(incentive)!;
  return customerKey === null || tradeId === null ? undefined : { customerKey, tradeId };
}

const toIncentive = (r: LinkRow): StatedIncentive => ({
  id: r.id,
  performanceId: r.performance_id,
  plan: r.plan,
  product: r.product,
  amount: r.amount,
  base: r.base,
  rate: r.rate,
});

function toPerformance(state: IncentiveRun, row: LinkRow): RatedPerformance {
  const rated = state.rate(row);
  addToPlans(state, row, rated, row);
  return ratedRow(row, rated, false);
}

function reports({ facts, policy, compared }: IncentiveRun): CheckReport[] {
  const noTable = missingFiles([{ kind: 'policy', cycle: '' }]);
  return codes.map((code) => {
    const looked = compared.get(code) ?? 0;
    if (looked > 0) return { code, compared: looked };
    if (!facts.policyKnown) return { code, compared: 0, skipped: needPolicy.includes(code) ? noTable : neitherRate };
    if (code === 'incentive.tier') return { code, compared: 0, skipped: policy.some((row) => row.method === 'tier') ? openTiers : noTiers };
    return { code, compared: 0 };
  });
}
