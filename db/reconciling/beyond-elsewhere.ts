import type { AccountPass } from './account-pass.ts';
import type { DatedDeduction } from './deductions-of-months.ts';
import type { Deduction } from './ledger-orders.ts';
import type { OrderMonth } from './order-facts.ts';
import { withEntries, type LeftOrder } from './returned-orders.ts';

/**
 * Is an entry of an order that nothing knows outside as entries of it are that another month has? Not where it takes once more what was taken, or where more
 * came back than was taken.
 */
export function isBeyondElsewhere(
  outside: AccountPass['outside'],
  entry: Deduction,
  own: readonly Deduction[],
  others: readonly DatedDeduction[],
): boolean {
  const all = [...own, ...others];
  const isAgain = entry.amount > 0n && all.some((other) => other.id !== entry.id && other.amount === entry.amount);
  const isMore = all.some(({ amount }) => amount > 0n) && all.reduce((n, { amount }) => n + amount, 0n) < 0n;
  return !isAgain && !isMore && others.some(({ id, cycle }) => outside(id, cycle));
}

/** Books what came back of an order where the refund, which nothing has, stands outside in the other month that it came back in too; returns what is left. */
export function takeBeyond(pass: AccountPass, left: LeftOrder, others: readonly DatedDeduction[], known: readonly OrderMonth[]): LeftOrder {
  const back = others.filter(({ amount, id, cycle }) => amount < 0n && pass.outside(id, cycle));
  if (back.length === 0 || left.open.length > 0 || known.some((fact) => fact.due < 0n)) return left;
  const isBeyond = (entry: Deduction): boolean => entry.amount < 0n && isBeyondElsewhere(pass.outside, entry, left.entries, others);
  const entries = left.entries.filter((entry) => !isBeyond(entry));
  for (const entry of left.entries.filter(isBeyond)) bookOutside(pass, entry);
  return { ...left, ...withEntries(left.order, left.entries, entries) };
}

/** Books an entry that needs no explanation, or whose explanation was not exported. */
export const bookOutside = ({ bridge, origins }: AccountPass, entry: Deduction): void =>
  bridge.step(entry.amount === 0n ? 'agreed' : 'scope', entry.amount, 1, () => origins.entry(entry, []));
