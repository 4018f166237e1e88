import { meets } from '../../electron/core/judging/order-deduction.ts';
import { subsetSum } from '../../electron/core/judging/subset-sum.ts';
import { bases, type AccountPass, type Basis } from './account-pass.ts';
import type { LedgerOrder } from './ledger-orders.ts';
import type { OrderMonth } from './order-facts.ts';

/** An order number that stands on several customers, of whom only some are deducted. */
interface Payers {
  readonly order: LedgerOrder;
  readonly others: readonly OrderMonth[];
}

/**
 * Whose lines of the bill an amount deducted for an order is for, where it is not for all of them: the ledger does not say. Customers who come to exactly
 * the amount together are found only where no others do; among several who each come to it the first is as good as any.
 */
export function payersOf(pass: AccountPass, order: LedgerOrder, billed: readonly OrderMonth[], amount: bigint): Payers | undefined {
  if (billed.length < 2 || bases.some((basis) => meets(amount, order[basis]))) return undefined;
  for (const basis of [pass.convention, ...bases.filter((b) => b !== pass.convention)]) {
    const amounts = billed.map((fact) => of(fact, basis));
    const together = subsetSum(amount, amounts);
    const alone = amounts.findIndex((own) => meets(amount, own));
    const at = together.state === 'found' ? together.at : alone < 0 ? [] : [alone];
    if (at.length === 0) continue;
    const own = at.map((index) => billed[index]!);
    const sum = (pick: (fact: OrderMonth) => bigint): bigint => own.reduce((n, fact) => n + pick(fact), 0n);
    const amountsOf = { due: sum((f) => f.due), taxed: sum((f) => f.taxed), customer: sum((f) => f.other) };
    return {
      order: { ...order, ...amountsOf, lines: sum((f) => f.lines), customers: own.map((fact) => fact.customerKey) },
      others: billed.filter((fact) => !own.includes(fact)),
    };
  }
  return undefined;
}

const of = (fact: OrderMonth, basis: Basis): bigint => (basis === 'customer' ? fact.other : fact[basis]);
