import type { StepOf } from '../bridge.ts';
import type { CheckCode, Severity } from '../checks.ts';
import { absolute, type Money } from '../money.ts';
import { nameDifference } from './performance-cause.ts';
import { judgeMonthlyIn, judgeMonthlyOut } from './performance-months.ts';

/** Both sides of one (customer, trade id) — or (customer, product) where rows have no trade id — in 1e-8 yuan. */
export interface PerformanceGroup {
  /** What of this month's consumption should count, without monthly-settled products, refused products and card purchases. */
  readonly expected: Money;
  /** The countable part of products without performance (policy 2). */
  readonly refused: Money;
  /** The countable part of purchases of stored-value cards. */
  readonly cardPurchase: Money;
  /** The countable part of monthly-settled products: belongs to the next month. */
  readonly monthlyOut: Money;
  /** Parts within `expected`'s rows, to name the cause of a difference. */
  readonly card: Money;
  readonly coupon: Money;
  /** Flexi-purchase coupons that do not count less those that do. */
  readonly flexi: Money;
  readonly consumptionRows: number;
  /** Stated performance without that of monthly-settled products. */
  readonly stated: Money;
  readonly statedRefused: Money;
  readonly statedCard: Money;
  readonly statedMonthly: Money;
  readonly performanceRows: number;
  readonly monthlyRows: number;
  /** What the month before left for this one. */
  readonly monthlyIn: Money;
  readonly previousRows: number;
  /** The user's table says that the product counts. */
  readonly listed: boolean;
}

/** What the other months and tables know about the group; looked up only for groups that do not simply agree. */
export interface PerformanceFacts {
  readonly previousImported: boolean;
  readonly nextImported: boolean;
  /** The next month's performance has the group. */
  readonly inNext: boolean;
  /** The month in which performance of the group stands without consumption of its own. */
  readonly performanceElsewhere?: string | undefined;
  /** The month whose consumption the stated performance belongs to, what it should count there, and what is stated there already. */
  readonly consumptionElsewhere?: { readonly cycle: string; readonly stated: Money; readonly counted?: Money } | undefined;
  readonly transferred: boolean;
  /** What no side can have of the other: each row stands in one of them at most. */
  readonly aside: Aside;
  /** The performance of just what is lacking beside those, or of a part of it, stands without consumption of its own in this month. */
  readonly restElsewhere?: string | undefined;
  /** The same of what the month before left. */
  readonly arrivedElsewhere?: string | undefined;
  /** What there is of it in consumption are refunds alone. */
  readonly onlyRefunds: boolean;
  /** What refunds in `expected` count for beside a purchase, where nothing stated takes any of them back. */
  readonly unreversed: Money;
  /** Parts of the rows that the month before left, to name the cause of a difference. */
  readonly arrived: Pick<PerformanceGroup, 'card' | 'coupon' | 'flexi'>;
  /** The product is settled monthly and was consumed in the month before: this is the month for its performance, if it had any. */
  readonly dueHere: boolean;
  /** The month before consumed it as a monthly-settled product that had no performance then: its own month, in which nothing can count. */
  readonly refusedIn?: string | undefined;
  /** Amounts that stand in more identical performance rows than consumption rows, and how many more. */
  readonly repeated: readonly { readonly amount: Money; readonly extra: number }[];
  readonly tolerance: Money;
}

/** Rows of a group whose other side is not there to be compared. */
export interface Part {
  readonly amount: Money;
  readonly rows: number;
}
/** Plain consumption that performance cannot have. */
export type ConsumedPart = Part & Pick<PerformanceGroup, 'card' | 'coupon' | 'flexi'>;
export interface Aside {
  /** Traded while the customer was nobody's by the user's history: it earns nothing. */
  readonly unassociated: ConsumedPart;
  /** The same of monthly-settled consumption. */
  readonly unassociatedNext: Part;
  /** Outside what the performance was marked as covering. */
  readonly beyond: ConsumedPart;
  /** Consumed so lately that the performance was exported before it was due (rules §3). */
  readonly fresh: ConsumedPart;
  /** Plain performance outside what the consumption was marked as covering. */
  readonly statedBeyond: Part & Pick<PerformanceGroup, 'statedRefused' | 'statedCard'>;
  /** Of monthly-settled consumption: outside the next month's performance. */
  readonly beyondNext: Part;
  /** Of what the month before left: outside this month's performance, or traded while the customer was nobody's. */
  readonly beyondArrived: Part;
}

/** Why the sides differ, in a word that the wording turns into a sentence. */
export type Cause =
  | 'coupon'
  | 'flexi'
  | 'flexi-uncounted'
  | 'card-uncounted'
  | 'card-purchase'
  | 'elsewhere'
  | 'part-elsewhere'
  | 'not-yet'
  | 'across-months'
  | 'refused-before'
  | 'zeroed';

export interface PerformanceFault {
  readonly code: Extract<CheckCode, `performance.${string}`>;
  readonly severity?: Severity;
  readonly expected: Money;
  readonly stated: Money;
  /** What it adds to the bridge's unexplained. */
  readonly unexplained: Money;
  readonly cause?: Cause;
  readonly otherCycle?: string;
}
type Step = StepOf<'consumption-performance'>;
export interface Verdict {
  /** `aside`: whose rows they are, where they are not all of the group's. */
  readonly steps: readonly { readonly step: Step; readonly amount: Money; readonly rows: number; readonly aside?: keyof Aside }[];
  readonly faults: readonly PerformanceFault[];
}

/**
 * Judges one group. Invariant: −expected − monthlyOut + Σ stated = Σ steps + Σ unexplained, so that every countable amount and every stated
 * amount ends in exactly one place (refused products and card purchases leave the bridge as components of their rows).
 */
export function judgePerformance(group: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const g = settleSides(group, facts);
  const plain = judgePlain(g, facts);
  const gone = withoutUnassociatedNext(g, facts);
  const out = judgeMonthlyOut(gone.group, facts);
  const arrived = judgeMonthlyIn(gone.group, facts);
  return {
    steps: [...plain.steps, ...gone.steps, ...out.steps, ...arrived.steps],
    faults: [...plain.faults, ...out.faults, ...arrived.faults],
  };
}

/** A performance row may name another product than its consumption: the group's own nature decides which side of the month it is on. */
function settleSides(g: PerformanceGroup, facts: PerformanceFacts): PerformanceGroup {
  const monthly = g.monthlyOut !== 0n || g.previousRows > 0;
  if (!monthly && g.monthlyRows > 0 && (g.consumptionRows > 0 || facts.previousImported)) {
    return { ...g, stated: g.stated + g.statedMonthly, statedMonthly: 0n, monthlyRows: 0 };
  }
  if (monthly && g.monthlyRows === 0 && g.expected === 0n && g.refused === 0n && g.cardPurchase === 0n && g.stated !== 0n) {
    return { ...g, stated: 0n, statedMonthly: g.stated, monthlyRows: g.performanceRows };
  }
  return g;
}

const nothing: Verdict = { steps: [], faults: [] };
const rowsOf = (g: PerformanceGroup): number => g.consumptionRows + g.performanceRows;

function judgePlain(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const agreed = agreeing(g, facts);
  if (agreed) return agreed;
  const { unassociated } = facts.aside;
  if (unassociated.rows === 0) return judgeOurs(g, facts);
  const ours = judgeOurs(without(g, unassociated), facts);
  return { steps: [asideStep('not-associated', 'unassociated', facts.aside), ...ours.steps], faults: ours.faults };
}

/** What was traded while the customer was ours. */
function judgeOurs(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const agreed = agreeing(g, facts);
  if (agreed) return agreed;
  const { expected, stated } = g;
  const rows = g.performanceRows - g.monthlyRows;
  if (rows === 0 && facts.performanceElsewhere !== undefined) {
    const otherCycle = facts.performanceElsewhere;
    return fault({ code: 'performance.cycle', expected, stated, unexplained: stated - expected, cause: 'elsewhere', otherCycle });
  }
  if (rows === 0 && facts.transferred) return { steps: [{ step: 'transferred', amount: -expected, rows: g.consumptionRows }], faults: [] };
  if (g.consumptionRows === 0 && (facts.consumptionElsewhere || facts.transferred)) return judgeAlone(g, facts);
  const rest = judgeRest(withoutAside(g, facts.aside), facts);
  return { steps: [...asideSteps(facts.aside), ...rest.steps], faults: rest.faults };
}

function agreeing(g: PerformanceGroup, facts: PerformanceFacts): Verdict | undefined {
  const difference = g.stated - g.expected;
  const rows = g.performanceRows - g.monthlyRows;
  // Each row of consumption is counted with its own tolerance, however few rows state the sum.
  if (absolute(difference) > facts.tolerance * BigInt(Math.max(1, g.consumptionRows))) return undefined;
  return g.expected === 0n && rows === 0 ? nothing : { steps: [{ step: 'agreed', amount: difference, rows: rowsOf(g) }], faults: [] };
}

const without = (g: PerformanceGroup, gone: ConsumedPart): PerformanceGroup => ({
  ...g,
  expected: g.expected - gone.amount,
  card: g.card - gone.card,
  coupon: g.coupon - gone.coupon,
  flexi: g.flexi - gone.flexi,
  consumptionRows: g.consumptionRows - gone.rows,
});

/** Monthly-settled consumption of a customer that was nobody's earns nothing in the next month, unless all of it does all the same. */
function withoutUnassociatedNext(
  g: PerformanceGroup,
  { aside, inNext }: PerformanceFacts,
): Pick<Verdict, 'steps'> & { group: PerformanceGroup } {
  const { amount, rows } = aside.unassociatedNext;
  if (rows === 0 || (inNext && amount === g.monthlyOut)) return { group: g, steps: [] };
  const group = { ...g, monthlyOut: g.monthlyOut - amount, consumptionRows: g.consumptionRows - rows };
  return { group, steps: [asideStep('not-associated', 'unassociatedNext', aside)] };
}

/** Every row that the other side cannot have goes to its own step; what is left is judged. */
function withoutAside(g: PerformanceGroup, { beyond, fresh, statedBeyond }: Aside): PerformanceGroup {
  return {
    ...without(without(g, beyond), fresh),
    stated: g.stated - statedBeyond.amount,
    statedRefused: g.statedRefused - statedBeyond.statedRefused,
    statedCard: g.statedCard - statedBeyond.statedCard,
    performanceRows: g.performanceRows - statedBeyond.rows,
  };
}

const asideSteps = (aside: Aside): Verdict['steps'] =>
  [asideStep('scope', 'beyond', aside), asideStep('scope', 'statedBeyond', aside), asideStep('too-fresh', 'fresh', aside)].filter(
    ({ rows }) => rows > 0,
  );

function asideStep(step: Step, which: keyof Aside, aside: Aside): Verdict['steps'][number] {
  const { amount, rows } = aside[which];
  return { step, amount: which === 'statedBeyond' ? amount : -amount, rows, aside: which };
}

function judgeRest(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const agreed = agreeing(g, facts);
  if (agreed) return agreed;
  if (g.consumptionRows === 0) return judgeAlone(g, facts);
  const base = { expected: g.expected, stated: g.stated, unexplained: g.stated - g.expected };
  if (facts.restElsewhere !== undefined)
    return fault({ ...base, code: 'performance.cycle', cause: 'part-elsewhere', otherCycle: facts.restElsewhere });
  return fault({ ...base, ...nameDifference(g, facts) });
}

/** Performance without any consumption of this month. */
function judgeAlone(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const base = { expected: 0n, stated: g.stated, unexplained: g.stated };
  if (facts.refusedIn !== undefined && !facts.transferred)
    return fault({ ...base, code: 'performance.policy', cause: 'refused-before', otherCycle: facts.refusedIn });
  const other = facts.consumptionElsewhere;
  if (other && !facts.dueHere) {
    // Already stated where it belongs: it was counted a second time here, not moved here; two halves of one amount are none.
    if (other.stated === g.stated && (other.counted === undefined || absolute(other.stated + g.stated - other.counted) > facts.tolerance))
      return fault({ ...base, code: 'performance.duplicate', cause: 'across-months', otherCycle: other.cycle });
    return fault({ ...base, code: 'performance.cycle', cause: 'not-yet', otherCycle: other.cycle });
  }
  if (facts.transferred) return { steps: [{ step: 'transferred', amount: g.stated, rows: g.performanceRows }], faults: [] };
  if (g.statedRefused !== 0n && g.statedRefused === g.stated) return fault({ ...base, code: 'performance.policy' });
  if (g.statedCard !== 0n && g.statedCard === g.stated)
    return fault({ ...base, code: 'performance.stored-value-card', cause: 'card-purchase' });
  return fault({ ...base, code: 'performance.without-consumption' });
}

const fault = (f: PerformanceFault): Verdict => ({ steps: [], faults: [f] });
