import type { RowId } from '../finding.ts';
import type { Money } from '../money.ts';

/** One entry of an account statement; amounts in 1e-8 yuan. */
export interface LedgerEntry {
  readonly id: RowId;
  /** "YYYY-MM-DD HH:MM:SS". */
  readonly at: string;
  /** Signed: what it adds to the balance. */
  readonly change: Money;
  readonly balance: Money | null;
  /** A freeze or its end: it may be listed without moving the balance. */
  readonly freeze: boolean;
}
/** An entry whose balance does not follow from the one before it. */
export interface BalanceBreak<E extends LedgerEntry> {
  readonly entry: E;
  readonly expected: Money;
  readonly stated: Money;
}
interface State {
  /** Undefined until the first balance is known. */
  readonly balance: Money | undefined;
  /** By how much the entry just before was off. */
  readonly gap: Money;
}

/**
 * Walks one account (rules §6). Invariant: previous balance + change = balance after, in some order of the entries that share a second. After a
 * break it goes on from the stated balance; an entry that is off by exactly the opposite of the entry before it only shows that entry's fault.
 */
export class BalanceWalk<E extends LedgerEntry> {
  #state: State;

  /** `opening` is the balance before the first entry, where it is known. */
  constructor(opening?: Money) {
    this.#state = { balance: opening, gap: 0n };
  }
  /** The balance after the last entry walked. */
  get balance(): Money | undefined {
    return this.#state.balance;
  }
  /** Walks all entries of one second, given in file order. */
  walk(sameSecond: readonly E[]): BalanceBreak<E>[] {
    const tries = sameSecond.length === 1 ? [sameSecond] : orders(sameSecond, this.#state.balance);
    const walked = tries.map((order) => follow(order, this.#state));
    const best = walked.reduce((a, b) => (b.breaks.length < a.breaks.length ? b : a));
    this.#state = best.state;
    return best.breaks;
  }
}

function follow<E extends LedgerEntry>(order: readonly E[], from: State): { breaks: BalanceBreak<E>[]; state: State } {
  const breaks: BalanceBreak<E>[] = [];
  let state = from;
  for (const entry of order) {
    const found = step(entry, state);
    if (found.broken) breaks.push({ entry, ...found.broken });
    state = found.state;
  }
  return { breaks, state };
}

function step(entry: LedgerEntry, { balance, gap }: State): { state: State; broken?: { expected: Money; stated: Money } } {
  if (entry.balance === null) {
    return { state: { balance: balance === undefined ? undefined : balance + (entry.freeze ? 0n : entry.change), gap: 0n } };
  }
  if (balance === undefined || (entry.freeze && entry.balance === balance)) return { state: { balance: entry.balance, gap: 0n } };
  const expected = balance + entry.change;
  const off = entry.balance - expected;
  if (off === 0n) return { state: { balance: entry.balance, gap: 0n } };
  if (gap !== 0n && off === -gap) return { state: { balance: entry.balance, gap: 0n } };
  const follows = entry.freeze ? balance : expected;
  return { state: { balance: entry.balance, gap: entry.balance - follows }, broken: { expected: follows, stated: entry.balance } };
}

/** The orders worth trying: one in which every balance follows, where there is one, then the file's order and its reverse. */
function orders<E extends LedgerEntry>(entries: readonly E[], start: Money | undefined): (readonly E[])[] {
  const chains = [false, true].flatMap((freezeMoves) => {
    const chain = chained(entries, start, freezeMoves);
    return chain ? [chain] : [];
  });
  return [...chains, entries, entries.toReversed()];
}

interface Edge<E> {
  readonly entry: E;
  readonly from: Money;
  readonly to: Money;
}

/** An order in which each entry begins at the balance where the one before ended: an Eulerian path over balances (Hierholzer). */
export function chained<E extends LedgerEntry>(entries: readonly E[], start: Money | undefined, freezeMoves: boolean): E[] | undefined {
  const edges: Edge<E>[] = [];
  for (const entry of entries) {
    if (entry.balance === null) return undefined;
    const moves = freezeMoves || !entry.freeze;
    edges.push({ entry, from: moves ? entry.balance - entry.change : entry.balance, to: entry.balance });
  }
  const begin = start ?? openEnd(edges);
  const leaving = new Map<Money, Edge<E>[]>();
  for (const edge of edges.toReversed()) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
  const path: E[] = [];
  const stack: { at: Money; edge?: Edge<E> }[] = [{ at: begin }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const next = leaving.get(top.at)?.pop();
    if (next) stack.push({ at: next.to, edge: next });
    else if (stack.pop()!.edge) path.push(top.edge!.entry);
  }
  return path.length === entries.length ? path.reverse() : undefined;
}

/** Where a path over all edges must begin: the balance that is left once more than it is reached, else where the first entry begins. */
function openEnd<E>(edges: readonly Edge<E>[]): Money {
  const surplus = new Map<Money, number>();
  for (const { from, to } of edges) {
    surplus.set(from, (surplus.get(from) ?? 0) + 1);
    surplus.set(to, (surplus.get(to) ?? 0) - 1);
  }
  return [...surplus].find(([, n]) => n > 0)?.[0] ?? edges[0]!.from;
}
