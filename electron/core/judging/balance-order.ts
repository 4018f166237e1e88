import { chains } from './balance-chain.ts';
import { isFollowing, step, type LedgerEntry, type Path } from './balance-step.ts';

/** Up to so many entries of one second are tried in every order that may break least. */
const fewEntries = 9;
/** So many steps are tried to put more of them in order; the few need less, whatever their balances. */
const mostSteps = 100_000;
/** Up to so many balances that a second may end with are gone on from. */
const mostPaths = 8;

/**
 * The ways to go through the entries of one second with the fewest breaks, one for each balance that they may end with, the likeliest first: a chain of
 * balances without any break, or of many entries with one or two; else what is found with one more break allowed at a time; beyond the cap, the file's
 * order or its reverse.
 */
export function pathsThrough<E extends LedgerEntry>(entries: readonly E[], from: Path<E>): Path<E>[] {
  if (entries.length === 1) return [step(entries[0]!, from)];
  const chained = [false, true].flatMap((freezeMoves) => chains(entries, from.balance, freezeMoves)).map((order) => follow(order, from));
  const whole = chained.filter((path) => path.breaks === from.breaks && path.off === from.off);
  if (whole.length > 0) return best(whole);
  const search = new Search(entries);
  for (let allowed = from.breaks; allowed <= from.breaks + entries.length && search.steps < mostSteps; allowed++) {
    const found = search.run(from, allowed);
    if (found.length > 0) return best([...found, ...chained]);
  }
  return best([...chained, ...[entries, entries.toReversed()].map((order) => follow(order, from))]);
}

/** Those with the fewest breaks first, then those that are off by the least; of equal balances one, and of all a few. */
export function best<E extends LedgerEntry>(paths: readonly Path<E>[]): Path<E>[] {
  const sorted = paths.toSorted((a, b) => a.breaks - b.breaks || (a.off < b.off ? -1 : Number(a.off > b.off)));
  const ends = new Map<string, Path<E>>();
  // What is two breaks behind cannot catch up: one entry further both stand at the same balance.
  for (const path of sorted) if (path.breaks <= sorted[0]!.breaks + 1 && !ends.has(endOf(path))) ends.set(endOf(path), path);
  return [...ends.values()].slice(0, mostPaths);
}

const endOf = ({ balance, gap }: Path<LedgerEntry>): string => `${balance}|${gap}`;
const follow = <E extends LedgerEntry>(order: readonly E[], from: Path<E>): Path<E> =>
  order.reduce((path, entry) => step(entry, path), from);

/** Depth first through the orders of one second's entries, never twice from the same place without being better. */
class Search<E extends LedgerEntry> {
  readonly #entries: readonly E[];
  #seen = new Map<string, Path<E>>();
  #found: Path<E>[] = [];
  #allowed = 0;
  steps = 0;

  constructor(entries: readonly E[]) {
    this.#entries = entries;
  }
  /** All ends that are reached with no more breaks in all than are allowed. */
  run(from: Path<E>, allowed: number): Path<E>[] {
    this.#seen = new Map();
    this.#found = [];
    this.#allowed = allowed;
    this.#go(from, 0n, this.#entries.length);
    return this.#found;
  }
  #go(path: Path<E>, used: bigint, left: number): void {
    if (left === 0) {
      this.#found.push(path);
      return;
    }
    const key = `${used}|${endOf(path)}`;
    const seen = this.#seen.get(key);
    if (seen && (seen.breaks < path.breaks || (seen.breaks === path.breaks && seen.off <= path.off))) return;
    this.#seen.set(key, path);
    const open = this.#entries.flatMap((entry, at) => ((used >> BigInt(at)) & 1n ? [] : [{ entry, at }]));
    const fitting = open.filter(({ entry }) => isFollowing(entry, path));
    const rest = this.#entries.length <= fewEntries || fitting.length === 0 ? open.filter((one) => !fitting.includes(one)) : [];
    for (const { entry, at } of [...fitting, ...rest]) {
      if (this.steps++ >= mostSteps) return;
      const next = step(entry, path);
      if (next.breaks <= this.#allowed) this.#go(next, used | (1n << BigInt(at)), left - 1);
    }
  }
}
