import { dropOutcome, fingerprintOf, keepOutcome, keptOutcome, type MadeOutcome, type Part } from '../../db/kept-outcomes.ts';
import { sortingInParts, type WriteDb } from '../../db/open.ts';
import type { DatedContext, Outcome, Reconciler, RunContext } from '../../db/reconciling/context.ts';
import { longReconcilers, reconcilers } from '../../db/reconciling/list.ts';
import { watched } from '../../db/reconciling/watched.ts';

/** What the reconcilers found of one month. */
export interface RanReconcilers {
  /** In the order of the list. */
  readonly outcomes: readonly Outcome[];
  /** Of those that take long and were run: to be kept with the run that is stored. */
  readonly made: ReadonlyMap<Reconciler['name'], MadeOutcome | undefined>;
}

/** One of those that take long, run while what it reads is watched; `undefined` beside the outcome where that cannot be kept. */
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

/**
 * Runs every reconciler over one month. What one that takes long found in the month's newest run is taken over where all that it read is still the
 * same, and the result is as if it had been run again.
 */
export function runReconcilers(
  { today, ...context }: DatedContext,
  version: string,
  onStage: (name: string, done: number, total: number) => void,
): RanReconcilers {
  const found = new Map<string, Outcome>();
  const made = new Map<Reconciler['name'], MadeOutcome | undefined>();
  const stage = (name: string): void => onStage(name, found.size, reconcilers.length);
  sortingInParts(context.db, () => {
    for (const reconciler of longReconcilers) {
      stage(reconciler.name);
      const kept = keptOutcome(context.db, { cycle: context.cycle, reconciler: reconciler.name, version });
      if (kept) {
        found.set(reconciler.name, kept);
        continue;
      }
      const ran = runWatched(reconciler, context, version);
      made.set(reconciler.name, ran.made);
      found.set(reconciler.name, ran.outcome);
    }
    for (const reconciler of reconcilers) {
      if (found.has(reconciler.name)) continue;
      stage(reconciler.name);
      found.set(reconciler.name, reconciler.run({ ...context, today }));
    }
  });
  return { outcomes: reconcilers.map(({ name }) => found.get(name)!), made };
}

/** Keeps, with a run that is stored, what was found anew. */
export function keepMade(db: WriteDb, { cycle, version }: Omit<Part, 'reconciler'>, made: RanReconcilers['made']): void {
  for (const [reconciler, one] of made) {
    if (one) keepOutcome(db, { cycle, reconciler, version }, one);
    else dropOutcome(db, { cycle, reconciler });
  }
}
