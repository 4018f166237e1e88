import { dropOutcome, fingerprintOf, hasKeptStep, keepOutcome, keptOutcome, type MadeOutcome, type Part } from '../../db/kept-outcomes.ts';
import { sortingInParts, type WriteDb } from '../../db/open.ts';
import type { DatedContext, Outcome, Reconciler, RunContext } from '../../db/reconciling/context.ts';
import { longReconcilers, reconcilers } from '../../db/reconciling/list.ts';
import type { OutcomesAside } from './outcome-aside.ts';
import { runWatched } from './run-watched.ts';

/** What the reconcilers found of one month. */
export interface RanReconcilers {
  /** In the order of the list. */
  readonly outcomes: readonly Outcome[];
  /** Of those that take long and were run: to be kept with the run that is stored. */
  readonly made: ReadonlyMap<Reconciler['name'], MadeOutcome | undefined>;
}
export interface RunningOptions {
  /** The version of the checks. */
  readonly version: string;
  /** Called before each part, and now and then while another thread is waited for. */
  onStage(name: string, done: number, total: number): void;
  /** Starts the thread beside this one for some of these parts (by their place among those that take long); absent: there is none. */
  aside?(parts: readonly number[]): OutcomesAside;
}

/**
 * Runs every reconciler over one month. What one that takes long found in the month's newest run is taken over where all that it read is still the
 * same; of the others the thread beside runs some. The result is as if all were run here, one after another.
 */
export function runReconcilers({ today, ...context }: DatedContext, options: RunningOptions): RanReconcilers {
  const running = new Running(context, options);
  const parts = running.takeOver();
  const beside = parts.length > 1 ? options.aside?.(parts) : undefined;
  try {
    sortingInParts(context.db, () => {
      const theirs: number[] = [];
      for (const part of parts) {
        if (!beside || beside.take(part)) running.runHere(part);
        else theirs.push(part);
      }
      for (const reconciler of reconcilers) running.runShort(reconciler.name, () => reconciler.run({ ...context, today }));
      for (const part of theirs) running.fetch(part, beside!);
    });
  } catch (error) {
    beside?.finish('loaded');
    throw error;
  }
  beside?.finish('gone');
  return { outcomes: reconcilers.map(({ name }) => running.found.get(name)!), made: running.made };
}

class Running {
  readonly found = new Map<Reconciler['name'], Outcome>();
  readonly made = new Map<Reconciler['name'], MadeOutcome | undefined>();
  readonly #context: RunContext;
  readonly #options: RunningOptions;

  constructor(context: RunContext, options: RunningOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Takes over what it can; the places of the others that take long are left, the longest first: those of which a step can be taken over take less. */
  takeOver(): number[] {
    const { db } = this.#context;
    const left = longReconcilers.flatMap(({ name }, part) => {
      const kept = keptOutcome(db, this.#part(name));
      if (!kept) return [part];
      this.found.set(name, kept);
      return [];
    });
    const inPart = new Set(left.filter((part) => hasKeptStep(db, this.#part(longReconcilers[part]!.name))));
    return [...left.filter((part) => !inPart.has(part)), ...inPart];
  }

  runHere(part: number): void {
    const reconciler = longReconcilers[part]!;
    this.#stage(reconciler.name);
    const { outcome, made } = runWatched(reconciler, this.#context, this.#options.version);
    this.made.set(reconciler.name, made);
    this.found.set(reconciler.name, outcome);
  }

  runShort(name: Reconciler['name'], run: () => Outcome): void {
    if (longReconcilers.some((one) => one.name === name)) return;
    this.#stage(name);
    this.found.set(name, run());
  }

  /** Takes what the thread beside found, if it rests on the same state as all that is found here; else finds it here. */
  fetch(part: number, beside: OutcomesAside): void {
    const { name } = longReconcilers[part]!;
    const made = beside.answer(part, () => this.#stage(name));
    if (!made || made.fingerprint !== fingerprintOf(this.#context.db, this.#part(name), made.reads)) return this.runHere(part);
    this.made.set(name, made);
    this.found.set(name, made.outcome);
  }

  #part(reconciler: Reconciler['name']): Part {
    return { cycle: this.#context.cycle, reconciler, version: this.#options.version };
  }
  #stage(name: string): void {
    this.#options.onStage(name, this.found.size, reconcilers.length);
  }
}

/** Keeps, with a run that is stored, what was found anew. */
export function keepMade(db: WriteDb, { cycle, version }: Omit<Part, 'reconciler'>, made: RanReconcilers['made']): void {
  for (const [reconciler, one] of made) {
    if (one) keepOutcome(db, { cycle, reconciler, version }, one);
    else dropOutcome(db, { cycle, reconciler });
  }
}
