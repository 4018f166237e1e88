import type { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { CheckCode } from '../../electron/core/checks.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { TaxPair } from '../../electron/core/judging/incentive-parts.ts';
import {
  judgeIncentives,
  type IncentiveFacts,
  type IncentiveFault,
  type RatedPerformance,
  type StatedIncentive,
} from '../../electron/core/judging/performance-incentive.ts';
import type { MatchKey } from '../../electron/core/manual-match.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { withJoined } from '../../electron/core/wording/manual-match.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import { baseOfOthers, negativeOfBefore } from '../../electron/core/wording/incentive.ts';
import { ranked } from '../row-rank.ts';
import type { RunContext } from './context.ts';
import type { UnratedBills } from './incentive-bills.ts';
import { incentiveDraft, type ListedRows } from './incentive-evidence.ts';
import type { LinkRow, RatedBy } from './incentive-links.ts';
import { stepOrigin, unplaced } from './incentive-origins.ts';
import { tellFault, tellVerdict } from './incentive-shares.ts';
import type { SaidOfIncentives } from './incentive-matches.ts';
import type { Rated } from './incentive-policy.ts';
import type { Agreed } from './incentive-sums.ts';
import { partOf } from './scope.ts';
import type { TierBases, TierScopes } from './incentive-tiers.ts';

/** What one run of this pair carries through its parts. */
export interface IncentiveRun {
  readonly context: RunContext;
  readonly bridge: BridgeBuilder<'performance-incentive'>;
  readonly policy: readonly PolicyRow[];
  readonly rate: (row: RatedBy) => Rated;
  readonly bases: TierBases;
  readonly tiers: TierScopes;
  /** Orders rows by what was imported instead of when. */
  readonly rank: (row: RowId) => bigint;
  readonly facts: IncentiveFacts;
  readonly findings: FindingDraft[];
  /** What seems missing until all other rows are judged. */
  readonly missing: IncentiveFault[];
  readonly unrated: UnratedBills;
  /** The taxes that an amount may have been converted between. */
  readonly taxes: readonly TaxPair[];
  /** What a person joined or split. */
  readonly said: SaidOfIncentives;
  /** What each check has looked at; without a policy table most rows leave most checks nothing to look at. */
  readonly compared: Map<CheckCode, number>;
}

/** Checks of every key of rows that print their rate, and with a policy table of every key. */
const always: readonly CheckCode[] = ['incentive.base', 'incentive.amount', 'incentive.negative'];
const withPolicy: readonly CheckCode[] = [...always, 'incentive.rate', 'incentive.missing', 'incentive.no-rate'];

/** Counts one thing, or as many, that the given checks have looked at. */
export function count(state: IncentiveRun, codes: readonly CheckCode[], things = 1): void {
  for (const code of codes) state.compared.set(code, (state.compared.get(code) ?? 0) + things);
}

/** Counts a key: with a policy table all checks have looked at it, without one only those that its printed rates allow. */
function countKey(state: IncentiveRun, incentives: number, faults: readonly IncentiveFault[]): void {
  if (state.facts.policyKnown) return count(state, withPolicy);
  const unrated = faults.filter((f) => f.ofBill).length;
  if (unrated > 0) count(state, ['incentive.no-rate']);
  if (incentives > unrated) count(state, always);
  // Of a product without rebate the rate is 0 whatever the policy table says.
  if (faults.some((f) => f.code === 'incentive.rate')) count(state, ['incentive.rate']);
}

/** Books keys that agree by the policy table, as if each of them were judged. */
export function bookAgreed(state: IncentiveRun, { steps, keys }: Agreed): void {
  for (const [step, { amount, rows }] of steps) state.bridge.stepOver(step, amount, rows, () => []);
  if (keys > 0) count(state, withPolicy, keys);
}

/** Judges the rows of one key and books the result; `joined`: what a person put under this key. */
export function judgeGroup(
  state: IncentiveRun,
  performances: readonly RatedPerformance[],
  incentives: readonly StatedIncentive[],
  joined?: readonly MatchKey[],
): void {
  const facts = joined ? { ...state.facts, joined: true } : state.facts;
  const verdict = judgeIncentives(ranked(state.rank, performances), ranked(state.rank, incentives), facts);
  for (const s of verdict.steps) state.bridge.step(s.step, s.amount, s.rows, () => stepOrigin(state.context, s, joined !== undefined));
  state.bridge.withoutRemainder(() => unplaced(state.context, performances, incentives, verdict));
  tellVerdict(state, verdict);
  countKey(state, incentives.length, verdict.faults);
  for (const found of verdict.faults) {
    const fault = joined ? { ...found, joined } : found;
    if (fault.code === 'incentive.missing') state.missing.push(fault);
    else book(state, fault);
  }
}

/** Books one fault: its amount is unexplained until the finding is settled. */
export function book(state: IncentiveRun, fault: IncentiveFault, performances?: ListedRows): void {
  state.bridge.unexplained(fault.unexplained);
  tellFault(state, fault);
  if (fault.ofBill) state.unrated.add(fault);
  else {
    const draft = ofUnseen(state, fault, incentiveDraft(state.context.db, fault, state.taxes, performances));
    state.findings.push(fault.joined ? { ...draft, reason: withJoined(draft.reason, fault.joined) } : draft);
  }
}

/**
 * A negative that nothing of ours explains may reverse performance of the month before, or carry its net: where that is not here, nothing is proven. A
 * plan's base may be that of several months: those that are not all here are told.
 */
function ofUnseen({ context }: IncentiveRun, { code, performances, unseen = [] }: IncentiveFault, draft: FindingDraft): FindingDraft {
  const { cycle, has } = context;
  const isMarked = (month: BillingCycle): boolean => partOf({ ...context, cycle: month }, ['performance']) !== undefined;
  if (code === 'incentive.base' && unseen.length > 0)
    return { ...draft, severity: 'review', candidates: [baseOfOthers(unseen, unseen.filter(isMarked))] };
  if (code !== 'incentive.negative' || performances.length > 0) return draft;
  const before = addMonths(cycle, -1);
  const missing = (['performance', 'incentive'] as const).filter((kind) => !has(kind, before));
  return missing.length === 0 && !isMarked(before)
    ? draft
    : { ...draft, severity: 'review', candidates: [negativeOfBefore(missing, before)] };
}

/** A performance row with what the policy says about it. */
export function ratedRow(row: LinkRow, rated: Rated, earlier: boolean): RatedPerformance {
  return {
    id: row.id,
    performanceId: row.performance_id,
    product: row.product,
    amount: row.amount,
    rates: rated.rates,
    rebate: rated.rebate,
    refused: rated.refused,
    claimable: rated.claimable,
    ofOwnTag: rated.ofOwnTag,
    tiered: rated.tierPlans.length > 0,
    earlier,
  };
}
