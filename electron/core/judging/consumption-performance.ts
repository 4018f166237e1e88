import type { StepOf } from '../bridge.ts';
import type { CheckCode, Severity } from '../checks.ts';
import { absolute, type Money } from '../money.ts';

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
  /** The side that has nothing of it was marked as covering a part of which this is none. */
  readonly outside: boolean;
  /** The next month's performance was marked so. */
  readonly outsideNext: boolean;
  /** The performance was exported before the group's performance was due (rules §3). */
  readonly tooFresh: boolean;
  /** Amounts that stand in more identical performance rows than consumption rows, and how many more. */
  readonly repeated: readonly { readonly amount: Money; readonly extra: number }[];
  readonly tolerance: Money;
}

/** Why the sides differ, in a word that the wording turns into a sentence. */
export type Cause =
  'coupon' | 'flexi' | 'flexi-uncounted' | 'card-uncounted' | 'card-purchase' | 'elsewhere' | 'not-yet' | 'across-months' | 'zeroed';

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
  readonly steps: readonly { readonly step: Step; readonly amount: Money; readonly rows: number }[];
  readonly faults: readonly PerformanceFault[];
}

/**
 * Judges one group. Invariant: −expected − monthlyOut + Σ stated = Σ steps + Σ unexplained, so that every countable amount and every stated
 * amount ends in exactly one place (refused products and card purchases leave the bridge as components of their rows).
 */
export function judgePerformance(group: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const g = settleSides(group, facts);
  const plain = judgePlain(g, facts);
  const out = judgeMonthlyOut(g, facts);
  const arrived = judgeMonthlyIn(g, facts);
  return {
    steps: [...plain.steps, ...out.steps, ...arrived.steps],
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
  const { expected, stated } = g;
  const difference = stated - expected;
  const rows = g.performanceRows - g.monthlyRows;
  if (absolute(difference) <= facts.tolerance * BigInt(Math.max(1, rows))) {
    return expected === 0n && rows === 0 ? nothing : { steps: [{ step: 'agreed', amount: difference, rows: rowsOf(g) }], faults: [] };
  }
  const base = { expected, stated, unexplained: difference };
  if (rows === 0 && facts.performanceElsewhere !== undefined) {
    return fault({ ...base, code: 'performance.cycle', cause: 'elsewhere', otherCycle: facts.performanceElsewhere });
  }
  if (rows === 0 && facts.transferred) return { steps: [{ step: 'transferred', amount: -expected, rows: g.consumptionRows }], faults: [] };
  if (rows === 0 && facts.outside) return { steps: [{ step: 'scope', amount: -expected, rows: g.consumptionRows }], faults: [] };
  if (rows === 0 && facts.tooFresh) return { steps: [{ step: 'too-fresh', amount: -expected, rows: g.consumptionRows }], faults: [] };
  if (g.consumptionRows === 0) return judgeAlone(g, facts);
  return fault({ ...base, ...nameDifference(g, facts, difference, rows) });
}

/** Performance without any consumption of this month. */
function judgeAlone(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const base = { expected: 0n, stated: g.stated, unexplained: g.stated };
  const other = facts.consumptionElsewhere;
  if (other) {
    // Already stated where it belongs: it was counted a second time here, not moved here; two halves of one amount are none.
    if (other.stated === g.stated && other.stated + g.stated !== other.counted)
      return fault({ ...base, code: 'performance.duplicate', cause: 'across-months', otherCycle: other.cycle });
    return fault({ ...base, code: 'performance.cycle', cause: 'not-yet', otherCycle: other.cycle });
  }
  if (facts.transferred) return { steps: [{ step: 'transferred', amount: g.stated, rows: g.performanceRows }], faults: [] };
  if (facts.outside) return { steps: [{ step: 'scope', amount: g.stated, rows: g.performanceRows }], faults: [] };
  if (g.statedRefused !== 0n && g.statedRefused === g.stated) return fault({ ...base, code: 'performance.policy' });
  if (g.statedCard !== 0n && g.statedCard === g.stated)
    return fault({ ...base, code: 'performance.stored-value-card', cause: 'card-purchase' });
  return fault({ ...base, code: 'performance.without-consumption' });
}

type Named = Pick<PerformanceFault, 'code'> & Partial<Pick<PerformanceFault, 'cause' | 'severity'>>;

/** The first cause that fits, in the catalogue's precedence: duplicate > policy > stored-value-card > refund > missing > too-low / too-high. */
function nameDifference(g: PerformanceGroup, facts: PerformanceFacts, difference: Money, rows: number): Named {
  const repeated = facts.repeated.some((r) => r.amount !== 0n && difference % r.amount === 0n && within(difference / r.amount, r.extra));
  // A refund taken back twice costs us money; it is named as such rather than as a duplicate.
  if (repeated && g.expected >= 0n) return { code: 'performance.duplicate' };
  if (difference === nonZero(g.refused) || difference === nonZero(g.statedRefused)) return { code: 'performance.policy' };
  if (g.expected === 0n && g.cardPurchase === 0n && g.refused !== 0n) return { code: 'performance.policy' };
  if (rows > 0 && g.stated === 0n && g.listed && g.expected > 0n && g.card !== g.expected)
    return { code: 'performance.policy', cause: 'zeroed' };
  if (difference === nonZero(g.cardPurchase) || difference === nonZero(g.statedCard)) {
    return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  }
  if (g.expected === 0n && g.cardPurchase !== 0n) return { code: 'performance.stored-value-card', cause: 'card-purchase' };
  if (difference === nonZero(-g.card)) return { code: 'performance.stored-value-card', cause: 'card-uncounted' };
  if (g.expected < 0n && g.stated === 0n) return { code: 'performance.refund-not-reversed' };
  if (g.expected < 0n && difference < 0n) return { code: 'performance.refund-over-reversed' };
  if (rows === 0) return { code: 'performance.missing' };
  if (difference < 0n)
    return difference === nonZero(-g.flexi) ? { code: 'performance.too-low', cause: 'flexi-uncounted' } : { code: 'performance.too-low' };
  if (difference === nonZero(g.coupon)) return { code: 'performance.too-high', cause: 'coupon' };
  return difference === nonZero(g.flexi) ? { code: 'performance.too-high', cause: 'flexi' } : { code: 'performance.too-high' };
}

/** This month's consumption of monthly-settled products: its performance belongs to the next month. */
function judgeMonthlyOut(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  const expected = g.monthlyOut;
  if (expected === 0n) return nothing;
  const step = (name: Step): Verdict => ({ steps: [{ step: name, amount: -expected, rows: g.consumptionRows }], faults: [] });
  if (g.monthlyRows > 0 && g.previousRows === 0) return step('monthly-settled-out');
  if (!facts.nextImported) return step('too-fresh');
  if (facts.inNext) return step('monthly-settled-out');
  if (facts.transferred) return step('transferred');
  if (facts.outsideNext) return step('scope');
  const code = expected < 0n ? 'performance.refund-not-reversed' : 'performance.missing';
  return fault({ code, expected, stated: 0n, unexplained: -expected });
}

/** Performance of monthly-settled products: it must be what the month before left. */
function judgeMonthlyIn(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  if (g.monthlyRows === 0) return nothing;
  const stated = g.statedMonthly;
  if (g.previousRows === 0) {
    if (g.monthlyOut !== 0n) return fault({ code: 'performance.cycle', expected: 0n, stated, unexplained: stated, cause: 'not-yet' });
    return { steps: [{ step: 'monthly-settled-in', amount: stated, rows: g.monthlyRows }], faults: [] };
  }
  const expected = g.monthlyIn;
  const arrived = { step: 'monthly-settled-in', amount: expected, rows: g.monthlyRows } as const;
  const difference = stated - expected;
  if (difference === 0n) return { steps: [arrived], faults: [] };
  if (absolute(difference) <= facts.tolerance * BigInt(g.monthlyRows)) {
    return { steps: [arrived, { step: 'agreed', amount: difference, rows: 0 }], faults: [] };
  }
  const repeated = facts.repeated.some((r) => r.amount !== 0n && difference % r.amount === 0n && within(difference / r.amount, r.extra));
  const code =
    repeated && expected >= 0n
      ? 'performance.duplicate'
      : expected < 0n && difference < 0n
        ? 'performance.refund-over-reversed'
        : difference < 0n
          ? 'performance.too-low'
          : 'performance.too-high';
  return { steps: [arrived], faults: [{ code, expected, stated, unexplained: difference }] };
}

const fault = (f: PerformanceFault): Verdict => ({ steps: [], faults: [f] });
/** An amount as a candidate for "the difference is exactly this"; 0 never explains a difference. */
const nonZero = (amount: Money): Money | undefined => (amount === 0n ? undefined : amount);
const within = (count: bigint, most: number): boolean => count >= 1n && count <= BigInt(most);
