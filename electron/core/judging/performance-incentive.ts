import type { StepOf } from '../bridge.ts';
import type { CheckCode } from '../checks.ts';
import type { MatchKey } from '../manual-match.ts';
import { multiplyRate, multiplyRateToCent, type Money, type Rate } from '../money.ts';
import type { BillingCycle } from '../month.ts';
import type { PlanRate } from '../policy.ts';
import { withClaimedRates } from './claimed-rates.ts';
import { agreeingSums, paidInParts, pairDues, type Due } from './incentive-pairing.ts';
import { printsRate, withPrintedRates } from './printed-rates.ts';
import type { Slice } from './tier-plan.ts';

/** A stated performance row, with the row-by-row rates in force for it (none: no rate of ours covers it). */
export interface RatedPerformance {
  readonly id: bigint;
  readonly performanceId: string | null;
  readonly product: string | null;
  readonly amount: Money;
  readonly rates: readonly PlanRate[];
  /** False for policies 2 and 13 and for purchases of stored-value cards: no incentive. */
  readonly rebate: boolean;
  /** Not to be stated, and stated all the same: that fault is performance.policy or performance.stored-value-card. Its incentive, where there is one, follows from the stated performance. */
  readonly refused?: boolean;
  /** In the scope of a tier plan: then a missing row-by-row rate is no gap. */
  readonly tiered: boolean;
  /** Rates of plans for customers of the other 新客标签 only, and which of `rates` are of plans for customers of its own tag only. */
  readonly claimable?: readonly PlanRate[];
  readonly ofOwnTag?: readonly string[];
  /** It belongs to an earlier month; only its incentive is in this one. */
  readonly earlier: boolean;
}
/** A stated incentive row of a row-by-row plan; null = not printed. */
export interface StatedIncentive {
  readonly id: bigint;
  readonly performanceId: string | null;
  readonly plan: string | null;
  readonly product: string | null;
  readonly amount: Money;
  readonly base: Money | null;
  readonly rate: Rate | null;
}
export type IncentiveCode = Extract<CheckCode, `incentive.${'base' | 'tier' | 'rate' | 'amount' | 'missing' | 'no-rate' | 'negative'}`>;
/** Expected and stated are always amounts of incentive; base and rates are for the reason. */
export interface IncentiveFault {
  readonly code: IncentiveCode;
  readonly expected: Money;
  readonly stated: Money;
  readonly unexplained: Money;
  readonly performances: readonly RatedPerformance[];
  readonly incentive?: StatedIncentive;
  readonly plan?: string;
  readonly base?: Money;
  readonly rate?: Rate;
  /** Of a tier plan: what the expected amount is made of. */
  readonly slices?: readonly Slice[];
  /** Of a tier plan: what the printed base comes to. */
  readonly atPrintedBase?: Money;
  /** Neither a policy table nor a printed rate: it stands in one finding for its whole incentive bill. */
  readonly ofBill?: true;
  /** Of a plan that is not the first of its performance. */
  readonly further?: boolean;
  /** The month whose negative net it should carry. */
  readonly carriedFrom?: BillingCycle;
  /** Months that are not all here and that it may pay for as well. */
  readonly unseen?: readonly BillingCycle[];
  /** What a person joined, where this is a fault of it. */
  readonly joined?: readonly MatchKey[];
}
type Step = StepOf<'performance-incentive'>;
/** One share of a step, with the rows that it comes from; `beside`: only a component of them, they end elsewhere. */
export interface IncentiveStep {
  readonly step: Step;
  readonly amount: Money;
  readonly rows: number;
  readonly performances: readonly RatedPerformance[];
  readonly incentives: readonly StatedIncentive[];
  readonly beside?: boolean;
  /** Of what the next month pays: under which plan. */
  readonly plan?: string;
}
export interface IncentiveVerdict {
  readonly steps: readonly IncentiveStep[];
  readonly faults: readonly IncentiveFault[];
}
export interface IncentiveFacts {
  /** The user's policy table is there; without it rates are only those printed on the rows. */
  readonly policyKnown: boolean;
  /** The next month's incentive has this performance under this plan; each of its rows answers once. */
  paidNextMonth(performance: RatedPerformance, plan: string): boolean;
  /** The next month's incentive has a row that names this performance under this plan. */
  namedNextMonth?(performance: RatedPerformance, plan: string): boolean;
  /** The user's register says whether its customer is new. */
  tagIsKnown?(performance: RatedPerformance): boolean;
  /** A person said that these rows belong together: another 业绩ID keeps none apart, and sums that agree are enough. */
  readonly joined?: boolean;
}

/**
 * Judges the performance rows that share one key (业绩ID, else customer + trade id) against their incentive rows. Invariant: Σ performance +
 * Σ steps + Σ unexplained = Σ incentive; each performance amount is either excluded (no-rebate, no-rate) or turned into its expected incentive
 * by `rate` and `rounding`, and stated − expected is a fault.
 */
export function judgeIncentives(
  performances: readonly RatedPerformance[],
  incentives: readonly StatedIncentive[],
  facts: IncentiveFacts,
): IncentiveVerdict {
  const steps: IncentiveStep[] = [];
  const faults: IncentiveFault[] = [];
  const rated = (
    facts.policyKnown ? withClaimedRates(performances, incentives, facts) : withPrintedRates(performances, incentives, facts.joined)
  ).map((p) => (p.refused && p.rates.length > 0 && incentives.some((i) => i.amount !== 0n) ? { ...p, rebate: true } : p));
  for (const p of rated) if (!p.earlier) exclude(p, incentives, facts, steps, faults);
  const usable = facts.policyKnown ? incentives : incentives.filter(printsRate);
  const all = duesOf(rated, usable);
  const sums = facts.joined ? agreeingSums(all, incentives) : paidInParts(all, usable);
  for (const { dues, stated } of sums) {
    for (const due of dues) {
      settle(due, steps);
      const paid = { rows: stated.length, performances: due.performances, incentives: stated };
      if (due.earlier) steps.push({ step: 'previous-month', amount: due.amount, ...paid, beside: true });
    }
    const rows = dues.flatMap((due) => due.performances);
    steps.push({ step: 'agreed', amount: 0n, rows: stated.length, performances: rows, incentives: stated });
  }
  const dues = all.filter((due) => !sums.some((s) => s.dues.some((d) => d.plan === due.plan)));
  const rest = incentives.filter((i) => !sums.some((s) => s.stated.includes(i)));
  const { pairs, open } = pairDues(dues, rest, {
    printed: !facts.policyKnown,
    foreign: facts.joined === true,
    paidByOwnRow: (due) => facts.namedNextMonth?.(due.performances[0]!, due.plan) === true,
  });
  for (const due of dues) {
    settle(due, steps);
    const stated = pairs.get(due);
    if (stated) {
      if (due.earlier) steps.push({ step: 'previous-month', amount: due.amount, rows: 1, ...rowsOf(due, stated), beside: true });
      const fault = judgeRow(due, stated);
      if (fault) faults.push(fault);
      else steps.push({ step: 'agreed', amount: 0n, rows: 1, ...rowsOf(due, stated) });
    } else if (!due.earlier) missing(due, facts, steps, faults);
  }
  for (const stray of open) {
    if (saysNothing(stray, rated)) steps.push({ step: 'agreed', amount: 0n, rows: 1, performances: [], incentives: [stray] });
    else faults.push(judgeStray(stray, rated, facts));
  }
  return { steps, faults };
}

/** Amounts that earn nothing row by row. */
function exclude(
  p: RatedPerformance,
  incentives: readonly StatedIncentive[],
  facts: IncentiveFacts,
  steps: IncentiveStep[],
  faults: IncentiveFault[],
): void {
  if (!p.rebate) steps.push({ step: 'no-rebate', amount: -p.amount, rows: 1, performances: [p], incentives: [] });
  else if (p.rates.length === 0) {
    steps.push({ step: 'no-rate', amount: -p.amount, rows: 1, performances: [p], incentives: [] });
    const listed = facts.policyKnown && !p.tiered && p.amount !== 0n && incentives.length === 0;
    if (listed) faults.push({ code: 'incentive.no-rate', expected: 0n, stated: 0n, unexplained: 0n, performances: [p] });
  }
}

interface Earning {
  readonly p: RatedPerformance;
  readonly rate: Rate;
  /** The plan is the first of its performance: it turns the performance into incentive; a further plan only adds to it. */
  readonly first: boolean;
}

function duesOf(performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): Due[] {
  const earning = performances.filter((p) => p.rebate && p.rates.length > 0);
  const plans = [...new Set(earning.flatMap((p) => p.rates.map((r) => r.plan)))].sort();
  return plans.flatMap((plan) => {
    const rows = earning.flatMap((p) =>
      p.rates.flatMap((r, i): Earning[] => (r.plan === plan ? [{ p, rate: r.rate, first: i === 0 }] : [])),
    );
    return isWhole(plan, rows, incentives) ? [dueOf(plan, rows)] : rows.map((row) => dueOf(plan, [row]));
  });
}

function dueOf(plan: string, rows: readonly Earning[]): Due {
  const { rate, p } = rows[0]!;
  const base = rows.reduce((sum, r) => sum + r.p.amount, 0n);
  const performances = rows.map((r) => r.p);
  const first = rows.filter((r) => r.first).map((r) => r.p);
  return { performances, first, plan, rate, base, amount: multiplyRateToCent(base, rate), earlier: p.earlier };
}

/** Does one incentive row sum up several performance rows of the same trade, plan and rate? */
function isWhole(plan: string, rows: readonly Earning[], incentives: readonly StatedIncentive[]): boolean {
  const [head] = rows;
  if (rows.length < 2 || !head || rows.some((r) => r.rate !== head.rate || r.p.earlier !== head.p.earlier)) return false;
  const stated = incentives.filter((i) => (i.plan ?? '') === plan);
  const base = rows.reduce((sum, r) => sum + r.p.amount, 0n);
  return stated.length === 1 && (stated[0]!.base === null || stated[0]!.base === base);
}

const rowsOf = (due: Due, stated?: StatedIncentive): Pick<IncentiveStep, 'performances' | 'incentives'> => ({
  performances: due.performances,
  incentives: stated ? [stated] : [],
});

function settle({ performances, first, rate, amount, earlier }: Due, steps: IncentiveStep[]): void {
  const rows = performances.length;
  const of = (some: readonly RatedPerformance[]) => ({ performances: some, incentives: [], beside: true });
  if (earlier) return;
  if (first.length === 0) {
    steps.push({ step: 'further-plan', amount, rows, ...of(performances) });
    return;
  }
  const pays = (some: readonly RatedPerformance[]): Money => some.reduce((sum, p) => sum + multiplyRate(p.amount, rate), 0n);
  const further = performances.filter((p) => !first.includes(p));
  const exact = pays(performances);
  steps.push({ step: 'rate', amount: pays(first) - first.reduce((sum, p) => sum + p.amount, 0n), rows: first.length, ...of(first) });
  if (further.length > 0) steps.push({ step: 'further-plan', amount: pays(further), rows: further.length, ...of(further) });
  steps.push({ step: 'rounding', amount: amount - exact, rows: amount === exact ? 0 : rows, ...of(performances) });
}

/** One stated row against what is due, by precedence base > rate > amount. */
function judgeRow(due: Due, stated: StatedIncentive): IncentiveFault | undefined {
  const code = rowCode(due, stated);
  if (!code) return undefined;
  return {
    code,
    expected: due.amount,
    stated: stated.amount,
    unexplained: stated.amount - due.amount,
    performances: due.performances,
    incentive: stated,
    plan: due.plan,
    base: due.base,
    rate: due.rate,
  };
}

function rowCode(due: Due, stated: StatedIncentive): IncentiveCode | undefined {
  // Of nothing, nothing is paid: a rate of 0 beside it is no other rate.
  if (due.base === 0n && stated.amount === 0n && stated.rate === 0n && (stated.base ?? 0n) === 0n) return undefined;
  if (stated.base !== null && stated.base !== due.base) return 'incentive.base';
  if (stated.rate !== null && stated.rate !== due.rate) return 'incentive.rate';
  if (stated.amount === due.amount) return undefined;
  return stated.rate === null ? 'incentive.rate' : 'incentive.amount';
}

function missing(due: Due, facts: IncentiveFacts, steps: IncentiveStep[], faults: IncentiveFault[]): void {
  if (due.amount === 0n) return;
  if (facts.paidNextMonth(due.performances[0]!, due.plan)) {
    steps.push({
      step: 'next-month',
      amount: -due.amount,
      rows: due.performances.length,
      ...rowsOf(due),
      beside: due.first.length === 0,
      plan: due.plan,
    });
    return;
  }
  const { performances, plan, base, rate } = due;
  const further = due.first.length === 0;
  faults.push({
    code: 'incentive.missing',
    expected: due.amount,
    stated: 0n,
    unexplained: -due.amount,
    performances,
    plan,
    base,
    rate,
    further,
  });
}

/** A row of 0 for what earns nothing (no performance at all, or products without rebate, whatever rate is printed): the two sides agree on 0. */
function saysNothing({ amount, base }: StatedIncentive, performances: readonly RatedPerformance[]): boolean {
  if (amount !== 0n) return false;
  if (performances.length === 0) return (base ?? 0n) === 0n;
  return performances.every((p) => !p.rebate);
}

/** An incentive row that nothing is due for. */
function judgeStray(stated: StatedIncentive, performances: readonly RatedPerformance[], facts: IncentiveFacts): IncentiveFault {
  const base = { expected: 0n, stated: stated.amount, unexplained: stated.amount, performances, incentive: stated };
  if (performances.length === 0) return { ...base, code: stated.amount < 0n ? 'incentive.negative' : 'incentive.base', base: 0n };
  const unrated = !facts.policyKnown && !printsRate(stated);
  if (performances.every((p) => !p.rebate && !(unrated && p.refused))) return { ...base, code: 'incentive.rate', rate: 0n };
  if (unrated) return { ...base, code: 'incentive.no-rate', ofBill: true };
  const paidTwice = performances.some((p) => p.rates.some((r) => r.plan === stated.plan));
  if (paidTwice || !facts.policyKnown) {
    const refunded = performances.some((p) => p.amount < 0n);
    return { ...base, code: stated.amount < 0n && !refunded ? 'incentive.negative' : 'incentive.base', base: 0n };
  }
  return { ...base, code: 'incentive.no-rate' };
}
