import { absolute, type Money } from '../money.ts';
import { meets, type OrderFacts } from './order-deduction.ts';

/** What an order comes to over all months that know it, and in how many charges, each of which may be to whole cents. */
export interface OrderTotal {
  readonly amount: Money;
  readonly charges: number;
}
/** What the ledgers of the months have of one order. Deductions count positive, refunds negative. */
export interface MonthsOfEntries {
  readonly earlier: readonly Money[];
  readonly own: readonly Money[];
  /** Of the next month and of those after it that still count. */
  readonly later: readonly Money[];
}
/** An amount that the month took once more than the order comes to: `sound` times rightly, `copies` times too often in this month. */
export interface Repeated {
  readonly amount: Money;
  readonly sound: number;
  readonly copies: number;
  /** What the order comes to. */
  readonly order: Money;
}

const sum = (amounts: readonly Money[]): Money => amounts.reduce((n, amount) => n + amount, 0n);
const meetsTotal = (paid: Money, { amount, charges }: OrderTotal): boolean => meets(paid, amount, charges);

/**
 * Did the month take an amount again that it or an earlier month had taken? Invariant: all entries so far do not come to a total, and without the copies
 * they do; the totals come likeliest first, for what is twice the one may by chance be once another. A copy of an earlier month is that month's fault,
 * so that each is told once.
 */
export function repeatedInMonth({ earlier, own }: MonthsOfEntries, totals: readonly OrderTotal[]): Repeated | undefined {
  if (earlier.length === 0) return undefined;
  const all = [...earlier, ...own];
  const paid = sum(all);
  for (const total of totals) {
    if (meetsTotal(paid, total)) return undefined;
    for (const amount of new Set(own)) {
      const times = all.filter((a) => a === amount).length;
      const here = own.filter((a) => a === amount).length;
      for (let copies = 1; copies < times; copies++) {
        if (!meetsTotal(paid - amount * BigInt(copies), total)) continue;
        return { amount, sound: times - copies, copies: Math.min(copies, here), order: total.amount };
      }
    }
  }
  return undefined;
}

/**
 * The facts of an order with what is left of it beside the entries of the months around: an order may be deducted in parts over several months.
 * `isElsewhere`: the month has no charge of its own for it, so that what is left is what it should have taken, and nothing where all was paid before.
 */
export function besideOtherMonths(
  facts: OrderFacts,
  { earlier, own, later }: MonthsOfEntries,
  totals: readonly OrderTotal[],
  isElsewhere: boolean,
): OrderFacts {
  const [before, paid] = [sum(earlier), sum(own)];
  const isPaid = totals.some((total) => meetsTotal(before, total)) || (paid > 0n && totals.every((total) => before > total.amount));
  if (earlier.length > 0 && totals.length > 0 && isPaid) {
    return isElsewhere ? { bases: [0n], usual: 0n, left: { before, amounts: [0n] } } : facts;
  }
  const goesOn = later.length > 0 && isOneWay([...earlier, ...own, ...later]);
  const around = [...(earlier.length > 0 ? [before] : []), ...(goesOn ? [before + sum(later)] : [])];
  const [total] = totals;
  // Where a later month goes on with it, that month tells what is still missing, or too much by then.
  const isPart = goesOn && total !== undefined && absolute(before + paid) < absolute(total.amount);
  const isRest = isPart || totals.some((other) => around.some((amount) => meetsTotal(amount + paid, other)));
  const rests = earlier.length > 0 ? totals.map((total) => total.amount - before) : [];
  // What earlier months took too much is their fault: nothing is left then.
  const isMore = total !== undefined && rests[0] !== undefined && rests[0] !== 0n && rests[0] > 0n !== total.amount > 0n;
  const usual = isElsewhere ? (isMore ? 0n : (rests[0] ?? facts.usual)) : facts.usual;
  const left = rests.length > 0 ? { left: { before, amounts: [...rests, 0n] } } : {};
  return { ...facts, bases: [...facts.bases, ...(isRest ? [paid] : []), ...rests], usual, ...left };
}

const isOneWay = (amounts: readonly Money[]): boolean => amounts.every((a) => a > 0n) || amounts.every((a) => a < 0n);
