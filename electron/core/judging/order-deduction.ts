import { absolute, cent, type Money } from '../money.ts';

/** What the statements know of one order that the ledger names; amounts in 1e-8 yuan. */
export interface OrderFacts {
  /** What the month's bill lines come to: their due, with tax, and before the settlement discount; undefined where the month's bill has none. */
  readonly billed?: { readonly due: Money; readonly taxed: Money; readonly customer: Money };
  /** What the order came to in each month that knows it, by bill or consumption: any of these may legitimately be deducted. */
  readonly bases: readonly Money[];
  /** The likeliest of them: what this account's other deductions agree with. */
  readonly usual: Money | undefined;
  /** The same where one month has all of the order and its statements agree: taken again, that is too often, even where twice of it is another amount above. */
  readonly once?: Money | undefined;
  /** Of an order that earlier months took something of: how much, and what that leaves of what it may come to. */
  readonly left?: { readonly before: Money; readonly amounts: readonly Money[] };
  /** What it would come to without a fault of the bill, which is a finding of the bill's own; asked only where nothing above was deducted. */
  readonly mended?: () => readonly Money[];
  /** The most that it may come to, where only the line that the bill lacks would say what a partner coupon took off; asked last. */
  readonly beforeCoupon?: () => Money | undefined;
}

/** What the ledger of the month says of one order. Deductions count positive, refunds negative. */
export interface OrderEntries {
  readonly amounts: readonly Money[];
}

/** Where an order's deductions belong: `paid` is sound (equal to a known amount), `surplus` was taken too often, else they differ. */
export type OrderVerdict =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'sound' }
  | { readonly kind: 'twice'; readonly amount: Money; readonly copies: number; readonly entries: number; readonly order: Money }
  | { readonly kind: 'differs'; readonly expected: Money };

/** What earlier months took of an order where an amount is what that leaves of it; else nothing. */
export const takenBefore = ({ left }: OrderFacts, amount: Money): Money =>
  left?.amounts.some((of) => meets(amount, of)) ? left.before : 0n;

/** Is `paid` what an order of `amount` comes to: exactly, or each of its charges to whole cents (whichever way an account rounds them)? */
export function meets(paid: Money, amount: Money, charges = 1): boolean {
  return paid === amount || (paid % cent === 0n && absolute(paid - amount) < cent * BigInt(charges));
}

/**
 * Judges the deductions of one order. Invariant: what was deducted is one of the amounts the order is known to come to, to the cent; a surplus of
 * exactly one repeated entry is a double deduction, any other difference is an amount fault.
 */
export function judgeOrder(facts: OrderFacts, { amounts }: OrderEntries): OrderVerdict {
  const bases = facts.billed ? [facts.billed.due, facts.billed.taxed, facts.billed.customer, ...facts.bases] : facts.bases;
  if (bases.length === 0) return { kind: 'unknown' };
  const again = facts.once === undefined ? undefined : onlyRepeated(facts.once, amounts);
  if (again) return again;
  const verdict = explained(bases, amounts) ?? explained(facts.mended?.() ?? [], amounts);
  if (verdict ?? mayBeCouponed(facts, amounts)) return verdict ?? { kind: 'sound' };
  const rest = withoutOne(bases, amounts);
  const repeated = rest === undefined && facts.usual !== undefined ? wrongAndRepeated(facts.usual, amounts) : undefined;
  return repeated ?? { kind: 'differs', expected: rest ?? facts.usual ?? bases[0]! };
}

/** Nothing but what the order comes to, several times. */
function onlyRepeated(order: Money, amounts: readonly Money[]): OrderVerdict | undefined {
  const amount = repeatedOf(amounts);
  if (!amount || !meets(amount, order)) return undefined;
  return { kind: 'twice', amount, copies: amounts.length - 1, entries: amounts.length, order: amount };
}

/** The one amount that all of several entries have. */
function repeatedOf(amounts: readonly Money[]): Money | undefined {
  return amounts.length > 1 && amounts.every((a) => a === amounts[0]) ? amounts[0] : undefined;
}

/** Is one entry as much less than the order comes to as a partner coupon may have taken off? */
function mayBeCouponed({ beforeCoupon }: OrderFacts, [paid, ...more]: readonly Money[]): boolean {
  const most = paid !== undefined && paid > 0n && more.length === 0 ? beforeCoupon?.() : undefined;
  return most !== undefined && paid! < most;
}

/**
 * The same amount several times, which alone is not what the order comes to but nearer to it than all together: taken too often, each time wrongly. That
 * is one double deduction whose difference holds both (a duplicate goes before an amount).
 */
function wrongAndRepeated(order: Money, amounts: readonly Money[]): OrderVerdict | undefined {
  const amount = repeatedOf(amounts);
  const entries = amounts.length;
  if (amount === undefined || order === 0n || amount > 0n !== order > 0n) return undefined;
  const off = (times: number): Money => absolute(amount * BigInt(times) - order);
  const nearest = amounts.map((_, i) => i + 1).reduce((best, times) => (off(times) <= off(best) ? times : best), 1);
  return nearest < entries ? { kind: 'twice', amount, copies: entries - nearest, entries, order } : undefined;
}

/** What the order comes to where all entries but one come to it: that one is too many. */
function withoutOne(bases: readonly Money[], amounts: readonly Money[]): Money | undefined {
  if (amounts.length < 2) return undefined;
  const paid = amounts.reduce((n, a) => n + a, 0n);
  const rests = amounts.map((amount) => paid - amount).filter((rest) => rest !== 0n);
  return rests.find((rest) => bases.some((base) => meets(rest, base)));
}

/** Was more taken than the order is known to come to, and not just one amount too often? A part of it that is not known would explain that. */
export function isBeyond(verdict: OrderVerdict, paid: Money): boolean {
  if (verdict.kind === 'twice') return paid - verdict.amount * BigInt(verdict.copies) !== verdict.order;
  if (verdict.kind !== 'differs') return false;
  return verdict.expected > 0n ? paid > verdict.expected : verdict.expected < 0n && paid < verdict.expected;
}

/** Was a part only taken, or given back, of what the order comes to? A discount that is not known would explain that. */
export function isShort(verdict: OrderVerdict, paid: Money): boolean {
  if (verdict.kind !== 'differs') return false;
  return verdict.expected > 0n ? paid > 0n && paid < verdict.expected : paid < 0n && paid > verdict.expected;
}

function explained(bases: readonly Money[], amounts: readonly Money[]): OrderVerdict | undefined {
  const isBase = (amount: Money): boolean => bases.some((base) => meets(amount, base));
  const paid = amounts.reduce((n, a) => n + a, 0n);
  if (isBase(paid)) return { kind: 'sound' };
  for (const amount of new Set(amounts)) {
    const entries = amounts.filter((a) => a === amount).length;
    for (let copies = 1; copies < entries; copies++) {
      const order = paid - amount * BigInt(copies);
      if (isBase(order)) return { kind: 'twice', amount, copies, entries, order };
    }
  }
  return undefined;
}

/**
 * The entry that an account took more than once where only the bill would say what the order comes to after its settlement discount: repeated, it is
 * more than any amount that is known of the order, alone it is not. Instalments with tax on top look the same, so this is for a person to look at.
 */
export function repeatedBeyond(
  facts: OrderFacts,
  { amounts }: OrderEntries,
): { readonly amount: Money; readonly entries: number } | undefined {
  const amount = repeatedOf(amounts);
  if (amount === undefined) return undefined;
  // What came back is held against the most that may come back.
  const sign = amount < 0n ? -1n : 1n;
  const most = facts.bases.reduce((a, b) => (a > b * sign ? a : b * sign), 0n);
  const one = amount * sign;
  return one <= most && one * BigInt(amounts.length) > most ? { amount, entries: amounts.length } : undefined;
}
