import { fingerprintOf, keptStep, type MadeOutcome, type MadeStep } from '../../db/kept-outcomes.ts';
import type { DoStep, Outcome, Reconciler, RunContext } from '../../db/reconciling/context.ts';
import { unitedReads, watched, type Reads } from '../../db/reconciling/watched.ts';

/**
 * Runs a part while what it reads is watched; `made` is undefined where it read something that cannot be followed. A step of it is taken over where what
 * that read is still the same.
 */
export function runWatched(
  { name, run }: Reconciler,
  context: RunContext,
  version: string,
): { outcome: Outcome; made: MadeOutcome | undefined } {
  const part = { cycle: context.cycle, reconciler: name, version };
  const steps: MadeStep[] = [];
  const readInSteps: Reads[] = [];
  const stepNames: string[] = [];
  const doStep: DoStep = (step, work, { sheet, isWorthKeeping } = {}) => {
    stepNames.push(step);
    const kept = keptStep(context.db, { ...part, step, sheet });
    if (kept) {
      readInSteps.push(kept.reads);
      return kept.value as ReturnType<typeof work>;
    }
    const watch = watched(context, sheet ? 'sheet' : 'step');
    const value = work(watch.context);
    const reads = watch.reads();
    readInSteps.push(reads);
    const fingerprint = (isWorthKeeping?.(value) ?? true) ? fingerprintOf(context.db, { ...part, step, sheet }, reads) : undefined;
    if (fingerprint !== undefined) steps.push({ step, value, reads, fingerprint });
    return value;
  };
  const watch = watched({ ...context, step: doStep });
  const outcome = run(watch.context);
  const reads = unitedReads([watch.reads(), ...readInSteps]);
  const fingerprint = fingerprintOf(context.db, part, reads);
  return { outcome, made: fingerprint === undefined ? undefined : { outcome, reads, fingerprint, steps, stepNames } };
}
