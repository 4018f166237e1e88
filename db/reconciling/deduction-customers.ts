import { meets } from '../../electron/core/judging/order-deduction.ts';
import { subsetSum } from '../../electron/core/judging/subset-sum.ts';
import type { AccountPass } from './account-pass.ts';
import { bases, type Basis } from './ledger-sums.ts';
import type { Deduction, LedgerOrder } from './ledger-orders.ts';
import type { OrderMonth } from './order-facts.ts';

/** An order number that stands on several customers, of whom only some are deducted. */
interface Payers {
  readonly order: LedgerOrder;
  readonly others: readonly OrderMonth[];
}

/**
 * Whose lines of the bill an amount deducted for an order is for, where it is not for all of them: the ledger does not say. Customers who come to exactly
 * the amount together are found only where no others do; among several who each come to it the first is as good as any. Who lives from allocations pays
 * only what comes to nobody else.
 */
export function payersOf(pass: AccountPass, order: LedgerOrder, billed: readonly OrderMonth[], amount: bigint): Payers | undefined {
  if (billed.length < 2 || bases.some((basis) => meets(amount, order[basis]))) return undefined;
  const charged = billed.filter((fact) => !pass.allocated().has(fact.customerKey));
  const own = payersAmong(pass, charged, amount) ?? payersAmong(pass, billed, amount);
  return own && { order: sumsOf(order, own), others: billed.filter((fact) => !own.includes(fact)) };
}

function payersAmong(pass: AccountPass, billed: readonly OrderMonth[], amount: bigint): readonly OrderMonth[] | undefined {
  for (const basis of [pass.convention, ...bases.filter((b) => b !== pass.convention)]) {
    const amounts = billed.map((fact) => of(fact, basis));
    const together = subsetSum(amount, amounts);
    const alone = amounts.findIndex((own) => meets(amount, own));
    const at = together.state === 'found' ? together.at : alone < 0 ? [] : [alone];
    if (at.length > 0) return at.map((index) => billed[index]!);
  }
  return undefined;
}

/** What is deducted for an order number of several customers, told apart. */
interface Apart {
  /** What comes to the lines of some of them, each alone. */
  readonly sound: { readonly order: LedgerOrder } | undefined;
  /** What is left, and the one customer whose it must be. */
  readonly rest: { readonly order: LedgerOrder; readonly customerKey: string; readonly entries: readonly Deduction[] };
  /** Who lives from allocations: nothing is deducted for them. */
  readonly others: readonly OrderMonth[];
}

/**
 * Whose deduction is wrong, of several customers of one order number: entries that come to the lines of one customer are theirs; what is left is that of
 * the only customer left, or repeats an entry of one whose it is. Undefined where that names nobody.
 */
export function faultyCustomer(
  order: LedgerOrder,
  billed: readonly OrderMonth[],
  entries: readonly Deduction[],
  isAllocated: (customerKey: string) => boolean,
): Apart | undefined {
  if (billed.length < 2) return undefined;
  const others = billed.filter((fact) => isAllocated(fact.customerKey));
  const left = billed.filter((fact) => !others.includes(fact));
  const pairs: { readonly entry: Deduction; readonly fact: OrderMonth }[] = [];
  const rest: Deduction[] = [];
  for (const entry of entries) {
    const at = left.findIndex((fact) => bases.some((basis) => meets(entry.amount, of(fact, basis))));
    if (at < 0) rest.push(entry);
    else pairs.push({ entry, fact: left.splice(at, 1)[0]! });
  }
  const [first] = rest;
  if (!first) return undefined;
  const isCopy = rest.every(({ amount }) => amount === first.amount) && pairs.some(({ entry }) => entry.amount === first.amount);
  if (isCopy ? left.length > 0 : left.length !== 1) return undefined;
  const twin = isCopy ? pairs.splice(pairs.findIndex(({ entry }) => entry.amount === first.amount), 1)[0]! : undefined; // prettier-ignore
  if (pairs.length + others.length === 0) return undefined;
  const own = twin ? twin.fact : left[0]!;
  const ownEntries = twin ? [twin.entry, ...rest] : rest;
  const part = (facts: readonly OrderMonth[], of: readonly Deduction[]): LedgerOrder => ({
    ...sumsOf(order, facts),
    entries: BigInt(of.length),
    paid: of.reduce((n, entry) => n + entry.amount, 0n),
    only: of.map((entry) => entry.id),
  });
  const [facts, paired] = [pairs.map(({ fact }) => fact), pairs.map(({ entry }) => entry)];
  return {
    sound: pairs.length > 0 ? { order: part(facts, paired) } : undefined,
    rest: { order: part([own], ownEntries), customerKey: own.customerKey, entries: ownEntries },
    others,
  };
}

/** Comes each entry to the lines of another customer of the order number, so that none is left? Each may be in whole cents. */
export function paysEach(billed: readonly OrderMonth[], entries: readonly Deduction[]): boolean {
  if (billed.length < 2 || entries.length !== billed.length) return false;
  const left = [...billed];
  return entries.every(({ amount }) => {
    const at = left.findIndex((fact) => bases.some((basis) => meets(amount, of(fact, basis))));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** The order with the lines of some of its customers. */
function sumsOf(order: LedgerOrder, own: readonly OrderMonth[]): LedgerOrder {
  const sum = (pick: (fact: OrderMonth) => bigint): bigint => own.reduce((n, fact) => n + pick(fact), 0n);
  const amounts = { due: sum((f) => f.due), taxed: sum((f) => f.taxed), customer: sum((f) => f.other) };
  return { ...order, ...amounts, lines: sum((f) => f.lines), customers: own.map((fact) => fact.customerKey) };
}

const of = (fact: OrderMonth, basis: Basis): bigint => (basis === 'customer' ? fact.other : fact[basis]);
