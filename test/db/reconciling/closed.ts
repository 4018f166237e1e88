import { expect } from 'vitest';
import { assertCloses, type Bridge } from '../../../electron/core/bridge.ts';
import type { Outcome } from '../../../db/reconciling/context.ts';

/** The bridge of a pair that was reconciled: it closes, and what is unexplained is the sum of the findings. */
export function closed({ bridge, findings }: { bridge?: Outcome['bridge'] | undefined; findings: Outcome['findings'] }): Bridge {
  const whole = bridge as Bridge;
  assertCloses(whole);
  expect(findings.reduce((sum, f) => sum + (f.bridge?.amount ?? 0n), 0n)).toBe(whole.unexplained);
  return whole;
}

/** What the steps of a bridge come to, by name; `undefined` for one that it has not. */
export const stepsOf =
  (bridge: Bridge) =>
  (name: string): bigint | undefined =>
    bridge.steps.find((s) => s.step === name)?.amount;
