import type { StepOf } from '../bridge.ts';
import type { CheckCode } from '../checks.ts';
import { multiplyRate, multiplyRateToCent, type Money, type Rate } from '../money.ts';
import type { PlanRate } from '../policy.ts';

/** A stated performance row, with the row-by-row rates in force for it (none: no rate of ours covers it). */
export interface RatedPerformance {
  readonly id: bigint;
  readonly performanceId: string | null;
  readonly product: string | null;
  readonly amount: Money;
  readonly rates: readonly PlanRate[];
  /** False for policies 2 and 13: no incentive. */
  readonly rebate: boolean;
  /** Policy 2, stated all the same: that fault is performance.policy. Its incentive, where there is one, follows from the stated performance. */
  readonly refused?: boolean;
  /** In the scope of a tier plan: then a missing row-by-row rate is no gap. */
  readonly tiered: boolean;
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
}
type Step = StepOf<'performance-incentive'>;
export interface IncentiveVerdict {
  readonly steps: readonly { readonly step: Step; readonly amount: Money; readonly rows: number }[];
  readonly faults: readonly IncentiveFault[];
}
export interface IncentiveFacts {
  /** The user's policy table is there; without it rates are only those printed on the rows. */
  readonly policyKnown: boolean;
  /** The next month's incentive has this performance under this plan; each of its rows answers once. */
  paidNextMonth(performance: RatedPerformance, plan: string): boolean;
}

/** One expected payment: a performance row (or all rows that one incentive row sums up) under one plan. */
interface Due {
  readonly performances: readonly RatedPerformance[];
  readonly plan: string;
  readonly rate: Rate;
  readonly base: Money;
  readonly amount: Money;
  readonly first: boolean;
  readonly earlier: boolean;
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
  const steps: IncentiveVerdict['steps'][number][] = [];
  const faults: IncentiveFault[] = [];
  if (!facts.policyKnown && incentives.length > 0 && performances.length > 0 && incentives.every((i) => i.rate === null)) {
    return uncheckable(performances, incentives);
  }
  const followed =
    incentives.length === 0 ? performances : performances.map((p) => (p.refused && p.rates.length > 0 ? { ...p, rebate: true } : p));
  const rated = facts.policyKnown ? followed : followed.map((p) => withPrintedRates(p, performances, incentives));
  for (const p of rated) if (!p.earlier) exclude(p, incentives, facts, steps, faults);
  const dues = duesOf(rated, incentives);
  const { pairs, open } = assign(dues, incentives);
  for (const due of dues) {
    settle(due, steps);
    const stated = pairs.get(due);
    if (stated) {
      if (due.earlier) steps.push({ step: 'previous-month', amount: due.amount, rows: 1 });
      const fault = judgeRow(due, stated);
      if (fault) faults.push(fault);
      else steps.push({ step: 'agreed', amount: 0n, rows: 1 });
    } else if (!due.earlier) missing(due, facts, steps, faults);
  }
  for (const stray of open) {
    if (!facts.policyKnown && stray.rate === null && performances.length > 0)
      steps.push({ step: 'further-plan', amount: stray.amount, rows: 1 });
    else faults.push(judgeStray(stray, rated, facts));
  }
  return { steps, faults };
}

/** Amounts that earn nothing row by row. */
function exclude(
  p: RatedPerformance,
  incentives: readonly StatedIncentive[],
  facts: IncentiveFacts,
  steps: IncentiveVerdict['steps'][number][],
  faults: IncentiveFault[],
): void {
  if (!p.rebate) steps.push({ step: 'no-rebate', amount: -p.amount, rows: 1 });
  else if (p.rates.length === 0) {
    steps.push({ step: 'no-rate', amount: -p.amount, rows: 1 });
    const listed = facts.policyKnown && !p.tiered && p.amount !== 0n && incentives.length === 0;
    if (listed) faults.push({ code: 'incentive.no-rate', expected: 0n, stated: 0n, unexplained: 0n, performances: [p] });
  }
}

function duesOf(performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): Due[] {
  const dues: Due[] = [];
  const earning = performances.filter((p) => p.rebate && p.rates.length > 0);
  const plans = [...new Set(earning.flatMap((p) => p.rates.map((r) => r.plan)))].sort();
  for (const plan of plans) {
    const rows = earning.flatMap((p) =>
      p.rates.flatMap((r, i) => (r.plan === plan ? [{ p, rate: r.rate, first: i === 0 && !p.earlier }] : [])),
    );
    const whole = wholeDue(plan, rows, incentives);
    if (whole) dues.push(whole);
    else {
      for (const { p, rate, first } of rows) {
        const amount = multiplyRateToCent(p.amount, rate);
        dues.push({ performances: [p], plan, rate, base: p.amount, amount, first, earlier: p.earlier });
      }
    }
  }
  return dues;
}

/** One incentive row that sums up several performance rows of the same trade, plan and rate. */
function wholeDue(
  plan: string,
  rows: readonly { readonly p: RatedPerformance; readonly rate: Rate; readonly first: boolean }[],
  incentives: readonly StatedIncentive[],
): Due | undefined {
  const [head] = rows;
  if (rows.length < 2 || !head || rows.some((r) => r.rate !== head.rate || r.first !== head.first || r.p.earlier !== head.p.earlier))
    return undefined;
  const stated = incentives.filter((i) => i.plan === plan);
  const base = rows.reduce((sum, r) => sum + r.p.amount, 0n);
  if (stated.length !== 1 || (stated[0]!.base !== null && stated[0]!.base !== base)) return undefined;
  const amount = multiplyRateToCent(base, head.rate);
  return { performances: rows.map((r) => r.p), plan, rate: head.rate, base, amount, first: head.first, earlier: head.p.earlier };
}

function settle(due: Due, steps: IncentiveVerdict['steps'][number][]): void {
  const rows = due.performances.length;
  if (due.earlier) return;
  if (!due.first) {
    steps.push({ step: 'further-plan', amount: due.amount, rows });
    return;
  }
  const exact = due.performances.reduce((sum, p) => sum + multiplyRate(p.amount, due.rate), 0n);
  steps.push({ step: 'rate', amount: exact - due.base, rows });
  steps.push({ step: 'rounding', amount: due.amount - exact, rows: due.amount === exact ? 0 : rows });
}

/** Scores from the surest pairing down: the same 业绩ID; product, base and amount; product and base; product and amount (no base printed); any. */
const passes = [8, 7, 6, 5, 0] as const;

/** Gives each due at most one incentive row, the surest pairs first, so that a due whose row is missing never takes another's. */
function assign(
  dues: readonly Due[],
  incentives: readonly StatedIncentive[],
): { pairs: ReadonlyMap<Due, StatedIncentive>; open: ReadonlySet<StatedIncentive> } {
  const pairs = new Map<Due, StatedIncentive>();
  const open = new Set(incentives);
  for (const least of passes) {
    for (const due of dues) {
      const stated = pairs.has(due) ? undefined : pick(due, open, least);
      if (!stated) continue;
      pairs.set(due, stated);
      open.delete(stated);
    }
    if (open.size === 0) break;
  }
  return { pairs, open };
}

/** The open incentive row of the same plan (or none printed) that fits a due best and at least so well; of equal ones the first in file order. */
function pick(due: Due, open: ReadonlySet<StatedIncentive>, least: number): StatedIncentive | undefined {
  let best: StatedIncentive | undefined;
  let bestScore = least - 1;
  for (const i of open) {
    if (i.plan !== null && i.plan !== due.plan) continue;
    const own = i.performanceId !== null && due.performances.some((p) => p.performanceId === i.performanceId);
    const same = (i.product === due.performances[0]!.product ? 4 : 0) + (i.base === due.base ? 2 : 0) + (i.amount === due.amount ? 1 : 0);
    const score = (own ? 8 : 0) + same;
    if (score > bestScore) [best, bestScore] = [i, score];
  }
  return best;
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
  if (stated.base !== null && stated.base !== due.base) return 'incentive.base';
  if (stated.rate !== null && stated.rate !== due.rate) return 'incentive.rate';
  if (stated.amount === due.amount) return undefined;
  return stated.rate === null ? 'incentive.rate' : 'incentive.amount';
}

function missing(due: Due, facts: IncentiveFacts, steps: IncentiveVerdict['steps'][number][], faults: IncentiveFault[]): void {
  if (due.amount === 0n) return;
  if (facts.paidNextMonth(due.performances[0]!, due.plan)) {
    steps.push({ step: 'next-month', amount: -due.amount, rows: due.performances.length });
    return;
  }
  const { performances, plan, base, rate } = due;
  faults.push({ code: 'incentive.missing', expected: due.amount, stated: 0n, unexplained: -due.amount, performances, plan, base, rate });
}

/** An incentive row that nothing is due for. */
function judgeStray(stated: StatedIncentive, performances: readonly RatedPerformance[], facts: IncentiveFacts): IncentiveFault {
  const base = { expected: 0n, stated: stated.amount, unexplained: stated.amount, performances, incentive: stated };
  if (performances.length === 0) return { ...base, code: stated.amount < 0n ? 'incentive.negative' : 'incentive.base', base: 0n };
  if (performances.every((p) => !p.rebate)) return { ...base, code: 'incentive.rate', rate: 0n };
  const paidTwice = performances.some((p) => p.rates.some((r) => r.plan === stated.plan));
  if (paidTwice || !facts.policyKnown) {
    const refunded = performances.some((p) => p.amount < 0n);
    return { ...base, code: stated.amount < 0n && !refunded ? 'incentive.negative' : 'incentive.base', base: 0n };
  }
  return { ...base, code: 'incentive.no-rate' };
}

/** Without a policy table the printed rates stand in, so that base and amount can still be checked and the bridge closes. */
function withPrintedRates(p: RatedPerformance, all: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): RatedPerformance {
  const mine = incentives.filter((i) => all.length === 1 || i.product === null || i.product === p.product || i.base === p.amount);
  const rates = new Map<string, Rate>();
  for (const i of mine) if (i.rate !== null && !rates.has(i.plan ?? '')) rates.set(i.plan ?? '', i.rate);
  return { ...p, rates: [...rates].map(([plan, rate]) => ({ plan, rate })).sort((a, b) => (a.plan < b.plan ? -1 : 1)) };
}

/** Neither a policy table nor a printed rate: the rows can neither be confirmed nor refuted, and their own proportion is the rate step. */
function uncheckable(performances: readonly RatedPerformance[], incentives: readonly StatedIncentive[]): IncentiveVerdict {
  const stated = incentives.reduce((sum, i) => sum + i.amount, 0n);
  const own = performances.filter((p) => !p.earlier);
  if (own.length === 0) return { steps: [{ step: 'previous-month', amount: stated, rows: incentives.length }], faults: [] };
  const base = own.reduce((sum, p) => sum + p.amount, 0n);
  return { steps: [{ step: 'rate', amount: stated - base, rows: own.length }], faults: [] };
}
