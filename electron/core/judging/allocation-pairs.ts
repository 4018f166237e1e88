import type { Money } from '../money.ts';
import type { RowId } from '../row-id.ts';
import { subsetSum } from './subset-sum.ts';

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
/** What is one operation on both sides: a row of each, or several of one side that come to one of the other; a row that has no other is alone. */
export interface AllocationSet<L, R> {
  readonly ledger: readonly L[];
  readonly records: readonly R[];
}

type KeyOf = (a: Allocation) => string;
type MayPair = (l: Allocation, r: Allocation) => boolean;
const byAmount: KeyOf = (a) => `${a.customerKey}|${a.operation}|${a.amount}`;
/** What comes back on unbinding may be simply taken back on the other side: both count alike (rules §6). */
const byDirection: KeyOf = (a) => `${a.customerKey}|${signOf(a.operation)}`;
type Pass = readonly [KeyOf, MayPair];
const closePasses: readonly Pass[] = [
  [(a) => `${byAmount(a)}|${a.at}`, () => true],
  // Operations that follow each other within seconds: the time of one may be that of the next on the other side.
  [byAmount, isWithinMinute],
  [(a) => `${byDirection(a)}|${a.amount}`, isWithinMinute],
];
const farPasses: readonly Pass[] = [
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
  (a) => `${signOf(a.operation)}|${a.at.slice(0, 10)}|${a.amount}`,
];

/**
 * Pairs both sides, best evidence first: the same customer, operation, time and amount; then amount within a minute, at last under the other name; then
 * several of one side that come to one of the other within a minute, as one allocation may be taken from two accounts; then time; then amount; last, rows
 * that do not name their customer by operation, time and amount, then by operation, day and amount. Invariant: every row is in exactly one set; the
 * order of rows matters only among those of one time and amount.
 */
export function pairAllocations<L extends Allocation, R extends Allocation>(
  ledger: readonly L[],
  records: readonly R[],
): AllocationSet<L, R>[] {
  const sets: AllocationSet<L, R>[] = [];
  let left = sorted(ledger);
  let right = sorted(records);
  const pass = ([key, mayPair]: Pass): void => {
    const waiting = Map.groupBy(right, key);
    const taken = new Set<Allocation>();
    left = left.filter((l) => {
      const list = waiting.get(key(l)) ?? [];
      const index = list.findIndex((r) => mayPair(l, r));
      if (index < 0) return true;
      const [record] = list.splice(index, 1);
      taken.add(record!);
      sets.push({ ledger: [l], records: [record!] });
      return false;
    });
    right = right.filter((r) => !taken.has(r));
  };
  closePasses.forEach(pass);
  const parted = inParts(right, left);
  for (const { one, parts } of parted) sets.push({ ledger: parts, records: [one] });
  left = without(left, parted.flatMap(({ parts }) => parts)); // prettier-ignore
  right = without(right, parted.map(({ one }) => one)); // prettier-ignore
  const joined = inParts(left, right);
  for (const { one, parts } of joined) sets.push({ ledger: [one], records: parts });
  left = without(left, joined.map(({ one }) => one)); // prettier-ignore
  right = without(right, joined.flatMap(({ parts }) => parts)); // prettier-ignore
  farPasses.forEach(pass);
  for (const key of blankPasses) pass([key, (l, r) => l.customerKey === '' || r.customerKey === '']);
  return [...sets, ...left.map((l) => ({ ledger: [l], records: [] })), ...right.map((record) => ({ ledger: [], records: [record] }))];
}

/** Rows of one side with those of the other, of the same customer and direction and within a minute, that come to exactly its amount: all, or the only ones. */
function inParts<O extends Allocation, P extends Allocation>(
  ones: readonly O[],
  others: readonly P[],
): { readonly one: O; readonly parts: readonly P[] }[] {
  const waiting = Map.groupBy(others, byDirection);
  return ones.flatMap((one) => {
    const key = byDirection(one);
    const near = (waiting.get(key) ?? []).filter((other) => isWithinMinute(one, other));
    const parts = near.length < 2 ? [] : comeTo(one.amount, near);
    if (parts.length < 2) return [];
    waiting.set(key, without(waiting.get(key)!, parts));
    return [{ one, parts }];
  });
}

function comeTo<A extends Allocation>(amount: Money, rows: readonly A[]): readonly A[] {
  if (rows.reduce((sum, row) => sum + row.amount, 0n) === amount) return rows;
  const found = subsetSum(amount, rows.map((row) => row.amount)); // prettier-ignore
  return found.state === 'found' ? found.at.map((at) => rows[at]!) : [];
}

function without<A>(rows: readonly A[], taken: readonly A[]): A[] {
  const gone = new Set(taken);
  return rows.filter((row) => !gone.has(row));
}

/** In time order, then by amount; rows that tie stay in the order given. */
function sorted<A extends Allocation>(rows: readonly A[]): A[] {
  return rows.toSorted((a, b) => compare(a.at, b.at) || compare(a.amount, b.amount));
}
const compare = <T extends string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** +1 for what leaves the partner's balance (拨款), −1 for what comes back. */
export const signOf = (operation: Operation): bigint => (operation === 'allocation' ? 1n : -1n);
