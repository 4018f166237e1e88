import type { StepOf } from '../bridge.ts';
import { absolute, type Money } from '../money.ts';
import type { PerformanceFacts, PerformanceGroup, Verdict } from './consumption-performance.ts';
import { nameDifference } from './performance-cause.ts';

const nothing: Verdict = { steps: [], faults: [] };

/** This month's consumption of monthly-settled products: its performance belongs to the next month. */
export function judgeMonthlyOut(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  if (g.monthlyOut === 0n) return nothing;
  const step = (step: StepOf<'consumption-performance'>): Verdict => ({
    steps: [{ step, amount: -g.monthlyOut, rows: g.consumptionRows }],
    faults: [],
  });
  if (statedAtOnce(g, facts) !== 0n) return step('monthly-settled-out');
  if (!facts.nextImported) return step('too-fresh');
  if (facts.inNext) return step('monthly-settled-out');
  if (facts.transferred) return step('transferred');
  const { beyondNext } = facts.aside;
  const expected = g.monthlyOut - beyondNext.amount;
  const beyond = { step: 'scope', amount: -beyondNext.amount, rows: beyondNext.rows, aside: 'beyondNext' } as const;
  const steps = beyondNext.rows > 0 ? [beyond] : [];
  if (expected === 0n) return { steps, faults: [] };
  const base = { expected, stated: 0n, unexplained: -expected };
  const otherCycle = facts.performanceElsewhere;
  if (otherCycle !== undefined) return { steps, faults: [{ ...base, code: 'performance.cycle', cause: 'elsewhere', otherCycle }] };
  return { steps, faults: [{ ...base, code: expected < 0n ? 'performance.refund-not-reversed' : 'performance.missing' }] };
}

/** Performance of monthly-settled products: it must be what the month before left. */
export function judgeMonthlyIn(g: PerformanceGroup, facts: PerformanceFacts): Verdict {
  if (g.monthlyRows === 0) return nothing;
  const stated = g.statedMonthly;
  const early = { code: 'performance.cycle', expected: 0n, cause: 'not-yet' } as const;
  const atOnce = statedAtOnce(g, facts);
  if (g.previousRows === 0) {
    const other = facts.consumptionElsewhere;
    if (facts.refusedIn !== undefined && facts.inNext) {
      const refused = { code: 'performance.policy', expected: 0n, cause: 'refused-before', otherCycle: facts.refusedIn } as const;
      return { steps: [], faults: [{ ...refused, stated, unexplained: stated }] };
    }
    if (atOnce !== 0n) return { steps: [], faults: [{ ...early, stated, unexplained: stated }] };
    if (other && g.monthlyOut === 0n) {
      return { steps: [], faults: [{ ...early, stated, unexplained: stated, otherCycle: other.cycle }] };
    }
    return { steps: [{ step: 'monthly-settled-in', amount: stated, rows: g.monthlyRows }], faults: [] };
  }
  // What the other side need not have, it may have all the same.
  const expected = stated === g.monthlyIn ? stated : g.monthlyIn - facts.aside.beyondArrived.amount;
  const arrived = { step: 'monthly-settled-in', amount: expected, rows: g.monthlyRows } as const;
  const difference = stated - expected;
  if (difference === 0n) return { steps: [arrived], faults: [] };
  if (absolute(difference) <= facts.tolerance * BigInt(g.previousRows)) {
    return { steps: [arrived, { step: 'agreed', amount: difference, rows: 0 }], faults: [] };
  }
  if (atOnce !== 0n) return { steps: [arrived], faults: [{ ...early, stated: atOnce, unexplained: atOnce }] };
  const base = { expected, stated, unexplained: difference };
  const otherCycle = facts.arrivedElsewhere;
  if (otherCycle !== undefined) {
    return { steps: [arrived], faults: [{ ...base, code: 'performance.cycle', cause: 'part-elsewhere', otherCycle }] };
  }
  const own = { ...g, ...facts.arrived, expected, stated, refused: 0n, cardPurchase: 0n, statedRefused: 0n, statedCard: 0n, listed: false };
  const named = nameDifference(
    { ...own, consumptionRows: g.previousRows, performanceRows: g.monthlyRows, monthlyRows: 0 },
    { ...facts, unreversed: 0n },
  );
  return { steps: [arrived], faults: [{ ...base, ...named }] };
}

/**
 * What is stated of this month's own consumption a month too soon. Where the month before was not imported, performance may be of what that one left, unless
 * it is the very amount that the next month then lacks.
 */
function statedAtOnce(g: PerformanceGroup, facts: PerformanceFacts): Money {
  if (g.monthlyRows === 0 || g.monthlyOut === 0n) return 0n;
  const own = g.statedMonthly - g.monthlyIn + facts.aside.beyondArrived.amount;
  if (absolute(own - g.monthlyOut) <= facts.tolerance * BigInt(g.consumptionRows) && !facts.inNext) return own;
  return g.previousRows === 0 && facts.previousImported ? own : 0n;
}
