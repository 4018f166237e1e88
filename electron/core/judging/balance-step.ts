import { absolute, type Money } from '../money.ts';
import type { RowId } from '../row-id.ts';

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
/** One way through the entries so far. */
export interface Path<E extends LedgerEntry> {
  /** Undefined until the first balance is known. */
  readonly balance: Money | undefined;
  /** By how much the entry just before was off. */
  readonly gap: Money;
  readonly breaks: number;
  /** By how much all entries were off together, whichever way, also those that only show the fault of the one before. */
  readonly off: Money;
  readonly last: { readonly broken: BalanceBreak<E>; readonly before: Path<E>['last'] } | undefined;
}

/** Does the balance of this entry follow on that path? */
export function isFollowing(entry: LedgerEntry, { balance }: Path<LedgerEntry>): boolean {
  if (entry.balance === null || balance === undefined || (entry.freeze && entry.balance === balance)) return true;
  return entry.balance === balance + entry.change;
}

/** The path with one entry more. */
export function step<E extends LedgerEntry>(entry: E, path: Path<E>): Path<E> {
  const { balance, gap } = path;
  if (entry.balance === null) {
    return { ...path, balance: balance === undefined ? undefined : balance + (entry.freeze ? 0n : entry.change), gap: 0n };
  }
  if (balance === undefined || isFollowing(entry, path)) return { ...path, balance: entry.balance, gap: 0n };
  const moved = entry.balance - (balance + entry.change);
  if (gap !== 0n && moved === -gap) return { ...path, balance: entry.balance, gap: 0n, off: path.off + absolute(moved) };
  const expected = entry.freeze ? balance : balance + entry.change;
  const off = entry.balance - expected;
  const last = { broken: { entry, expected, stated: entry.balance }, before: path.last };
  return { balance: entry.balance, gap: off, breaks: path.breaks + 1, off: path.off + absolute(off), last };
}
