import type { Pair } from '../../electron/core/bridge.ts';
import type { WriteDb } from '../../db/open.ts';

/** What the removal of one row must change in one bridge: unexplained, and the steps that the row itself stood in; every other step stays to the last digit. */
export interface Change {
  readonly unexplained: bigint;
  readonly steps: Readonly<Record<string, bigint>>;
}
/** A row that is about to be removed, in its month. Without a policy table rates are printed on the incentive rows or nowhere. */
export interface Removed {
  readonly db: WriteDb;
  readonly month: string;
  readonly row: Readonly<Record<string, bigint | string | null>>;
  readonly rates: 'table' | 'printed' | 'none';
  /** What most orders of the world are deducted at. */
  readonly deducted: 'due' | 'customerAmount';
}
export type Predict = (r: Removed) => Change;
/** The pairs that the rows of a table stand in; with "@-1" in the bridge of the month before, with "@1" in that of the month after. */
export type Predictions = Partial<Record<Pair | `${Pair}@-1` | `${Pair}@1`, Predict>>;

export const amount = (r: Removed, column: string): bigint => (r.row[column] ?? 0n) as bigint;
export const plain = (unexplained: bigint): Change => ({ unexplained, steps: {} });
/** The row stood in a step that leaves rows out: it leaves with it, and nothing was explained by it. */
export const leaves = (step: string, by: bigint): Change => ({ unexplained: 0n, steps: { [step]: by } });

/** What is after, less what was before. */
export const minus = (after: Change, before: Change): Change => ({
  unexplained: after.unexplained - before.unexplained,
  steps: add(after.steps, before.steps, -1n),
});
export const plus = (a: Change, b: Change): Change => ({ unexplained: a.unexplained + b.unexplained, steps: add(a.steps, b.steps, 1n) });

function add(a: Change['steps'], b: Change['steps'], sign: bigint): Change['steps'] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((s) => [s, (a[s] ?? 0n) + sign * (b[s] ?? 0n)]));
}

/** One row of sums, from the rows themselves; the month, customer and trade of the removed row are bound. */
export function sums<K extends string>(r: Removed, sql: string, more: Record<string, unknown> = {}): Record<K, bigint> {
  const known = { month: r.month, customer: r.row['customer_key'], trade: r.row['trade_id'] };
  const used = Object.fromEntries(Object.entries({ ...known, ...more }).filter(([name]) => new RegExp(`:${name}\\b`).test(sql)));
  return r.db.prepare<unknown[], Record<K, bigint>>(sql).get(used)!;
}
