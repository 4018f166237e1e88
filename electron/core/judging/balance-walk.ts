import type { Money } from '../money.ts';
import { best, pathsThrough } from './balance-order.ts';
import type { BalanceBreak, LedgerEntry, Path } from './balance-step.ts';

/**
 * Walks one account (rules §6). Invariant: previous balance + change = balance after, in that order of the entries that share a second which breaks
 * least, by number and then by amount; where several do, what comes after decides. After a break it goes on from the stated balance; an entry that is
 * off by exactly the opposite of the entry before it only shows that entry's fault.
 */
export class BalanceWalk<E extends LedgerEntry> {
  #paths: readonly Path<E>[];

  /** `opening` is the balance before the first entry, where it is known. */
  constructor(opening?: Money) {
    this.#paths = [{ balance: opening, gap: 0n, breaks: 0, off: 0n, last: undefined }];
  }
  /** Walks all entries of one second, given in file order. */
  walk(sameSecond: readonly E[]): void {
    this.#paths = best(this.#paths.flatMap((path) => pathsThrough(sameSecond, path)));
  }
  /** The balance after the last entry walked; undefined where another order of the last second ends as well with another. */
  get balance(): Money | undefined {
    const [first, ...more] = this.#paths as [Path<E>, ...Path<E>[]];
    const isOpen = more.some((path) => path.breaks === first.breaks && path.off === first.off && path.balance !== first.balance);
    return isOpen ? undefined : first.balance;
  }
  /** Of all that was walked. */
  get breaks(): BalanceBreak<E>[] {
    const breaks: BalanceBreak<E>[] = [];
    for (let last = this.#paths[0]!.last; last; last = last.before) breaks.push(last.broken);
    return breaks.reverse();
  }
}
