import type { RowId } from '../finding.ts';
import type { Money } from '../money.ts';

export type Operation = 'allocation' | 'retrieval' | 'unbindRetrieval';

/** One allocation or retrieval, in the ledger or in the adjustment records; the amount is positive, 1e-8 yuan. */
export interface Allocation {
  readonly id: RowId;
  /** '' where the customer is not named (closed customers are shown blank). */
  readonly customerKey: string;
  readonly operation: Operation;
  readonly at: string;
  readonly amount: Money;
}
export interface AllocationPair<L, R> {
  readonly ledger?: L;
  readonly record?: R;
}

type KeyOf = (a: Allocation) => string;
type MayPair = (l: Allocation, r: Allocation) => boolean;
const byAmount: KeyOf = (a) => `${a.customerKey}|${a.operation}|${a.amount}`;
const passes: readonly (readonly [KeyOf, MayPair])[] = [
  [(a) => `${byAmount(a)}|${a.at}`, () => true],
  // Operations that follow each other within seconds: the time of one may be that of the next on the other side.
  [byAmount, isWithinMinute],
  [(a) => `${a.customerKey}|${a.operation}|${a.at}`, () => true],
  [byAmount, () => true],
];
/** Is it at most a minute from one to the other, on one day? */
function isWithinMinute({ at }: Allocation, other: Allocation): boolean {
  return at.slice(0, 10) === other.at.slice(0, 10) && Math.abs(secondsOf(at) - secondsOf(other.at)) <= 60;
}
const secondsOf = (at: string): number => Number(at.slice(11, 13)) * 3600 + Number(at.slice(14, 16)) * 60 + Number(at.slice(17, 19));

/** The two systems may write a time some seconds apart. */
const blankPasses: readonly KeyOf[] = [
  (a) => `${a.operation}|${a.at}|${a.amount}`,
  (a) => `${a.operation}|${a.at.slice(0, 10)}|${a.amount}`,
];

/**
 * Pairs both sides, best evidence first: the same customer, operation, time and amount; then amount within a minute; then time; then amount; last, rows
 * that do not name their customer by operation, time and amount, then by operation, day and amount. Invariant: every row is in exactly one pair, and the
 * order of rows does not matter.
 */
export function pairAllocations<L extends Allocation, R extends Allocation>(
  ledger: readonly L[],
  records: readonly R[],
): AllocationPair<L, R>[] {
  const pairs: AllocationPair<L, R>[] = [];
  let left = sorted(ledger);
  let right = sorted(records);
  const pass = (key: KeyOf, mayPair: MayPair): void => {
    const waiting = new Map<string, R[]>();
    for (const r of right) waiting.set(key(r), [...(waiting.get(key(r)) ?? []), r]);
    const taken = new Set<Allocation>();
    left = left.filter((l) => {
      const list = waiting.get(key(l)) ?? [];
      const index = list.findIndex((r) => mayPair(l, r));
      if (index < 0) return true;
      const [record] = list.splice(index, 1);
      taken.add(record!);
      pairs.push({ ledger: l, record: record! });
      return false;
    });
    right = right.filter((r) => !taken.has(r));
  };
  for (const [key, mayPair] of passes) pass(key, mayPair);
  for (const key of blankPasses) pass(key, (l, r) => l.customerKey === '' || r.customerKey === '');
  return [...pairs, ...left.map((l) => ({ ledger: l })), ...right.map((record) => ({ record }))];
}

/** In time order, then by amount: rows that tie are interchangeable. */
function sorted<A extends Allocation>(rows: readonly A[]): A[] {
  return rows.toSorted((a, b) => compare(a.at, b.at) || compare(a.amount, b.amount) || compare(a.id, b.id));
}
const compare = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** +1 for what leaves the partner's balance (拨款), −1 for what comes back. */
export const signOf = (operation: Operation): bigint => (operation === 'allocation' ? 1n : -1n);
