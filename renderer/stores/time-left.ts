/** Where a stretch of work with a known end began: `at` in ms on any clock. */
export interface Began {
  readonly what: string;
  readonly at: number;
  readonly done: number;
}

/** After this long (ms) its speed is known well enough to say when it ends. */
const settled = 1500;

/** Whole seconds that are left at the speed so far; undefined where that cannot be told yet. */
export function secondsLeft(began: Began, now: number, done: number, total: number): number | undefined {
  const took = now - began.at;
  const gained = done - began.done;
  if (took < settled || gained <= 0 || total <= done) return undefined;
  return Math.max(1, Math.round(((total - done) / gained) * (took / 1000)));
}
