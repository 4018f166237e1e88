import { fingerprintOf, type MadeOutcome } from '../../db/kept-outcomes.ts';
import type { Outcome, Reconciler, RunContext } from '../../db/reconciling/context.ts';
import { watched } from '../../db/reconciling/watched.ts';

/** Runs a part while what it reads is watched; `made` is undefined where it read something that cannot be followed. */
export function runWatched(
  reconciler: Reconciler,
  context: RunContext,
  version: string,
): { outcome: Outcome; made: MadeOutcome | undefined } {
  const watch = watched(context);
  const outcome = reconciler.run(watch.context);
  const reads = watch.reads();
  const fingerprint = fingerprintOf(context.db, { cycle: context.cycle, reconciler: reconciler.name, version }, reads);
  return { outcome, made: fingerprint === undefined ? undefined : { outcome, reads, fingerprint } };
}
