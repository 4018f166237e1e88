import type { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft, RowId } from '../../electron/core/finding.ts';
import {
  judgeIncentives,
  type IncentiveFacts,
  type IncentiveFault,
  type RatedPerformance,
  type StatedIncentive,
} from '../../electron/core/judging/performance-incentive.ts';
import type { PolicyRow } from '../../electron/core/policy.ts';
import type { RunContext } from './context.ts';
import { incentiveDraft } from './incentive-evidence.ts';
import type { LinkRow } from './incentive-links.ts';
import type { Rated } from './incentive-policy.ts';
import type { TierBases } from './incentive-tiers.ts';

/** What one run of this pair carries through its parts. */
export interface IncentiveRun {
  readonly context: RunContext;
  readonly bridge: BridgeBuilder<'performance-incentive'>;
  readonly policy: readonly PolicyRow[];
  readonly rate: (row: LinkRow) => Rated;
  readonly bases: TierBases;
  /** Orders rows by what was imported instead of when. */
  readonly rank: (row: RowId) => bigint;
  readonly facts: IncentiveFacts;
  readonly findings: FindingDraft[];
  compared: number;
}

/** Judges the rows of one key and books the result. */
export function judgeGroup(state: IncentiveRun, performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): void {
  state.compared += 1;
  const verdict = judgeIncentives(ranked(state, performances), ranked(state, incentives), state.facts);
  for (const s of verdict.steps) state.bridge.step(s.step, s.amount, s.rows);
  for (const fault of verdict.faults) book(state, fault);
}

/** Of rows that fit equally well the first in this order is taken: it must not be the one that was imported first. */
function ranked<R extends { readonly id: RowId }>({ rank }: IncentiveRun, rows: readonly R[]): readonly R[] {
  if (rows.length < 2) return rows;
  return rows
    .map((row) => ({ row, at: rank(row.id) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ row }) => row);
}

/** Books one fault: its amount is unexplained until the finding is settled. */
export function book(state: IncentiveRun, fault: IncentiveFault, performanceIds?: readonly bigint[]): void {
  state.bridge.unexplained(fault.unexplained);
  state.findings.push(incentiveDraft(state.context.db, fault, performanceIds));
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
    tiered: rated.tierPlans.length > 0,
    earlier,
  };
}
