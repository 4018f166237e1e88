import type { Outcome } from './context.ts';

/** A pair's outcome together with those of the checks that stand beside its bridge. */
export function withChecks(pair: Outcome, ...beside: readonly Outcome[]): Outcome {
  return {
    ...pair,
    findings: [pair, ...beside].flatMap((o) => o.findings),
    checks: [pair, ...beside].flatMap((o) => o.checks),
  };
}
