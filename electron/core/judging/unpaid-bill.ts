import type { Money } from '../money.ts';
import { meets } from './order-deduction.ts';

/** An order of the bill that no ledger entry pays, 1e-8 yuan; its due is above 0. */
export interface UnpaidOrder {
  readonly customerKey: string;
  readonly tradeId: string;
  readonly due: Money;
}

/** What of a month's bill was not paid in time. */
export type Unpaid =
  /** An order of a customer whose other orders are deducted one by one, or who has no other. */
  | { readonly kind: 'order'; readonly order: UnpaidOrder; readonly due: Money }
  /** All orders of a customer of whose orders the ledger has none: they are paid by a repayment of the bill, or not at all. */
  | { readonly kind: 'customer'; readonly customerKey: string; readonly orders: readonly UnpaidOrder[]; readonly due: Money }
  /** A repayment that covers a part: it names no orders, so which of them are paid is not guessed. */
  | { readonly kind: 'rest'; readonly orders: readonly UnpaidOrder[]; readonly due: Money; readonly repaid: Money };

/**
 * Judges the orders without an entry by the due date. Invariant: what is found comes to their dues less what was repaid, and to nothing where
 * the repayments cover them to the cent; only where nothing was repaid is an order or a customer named. A repayment is of what the bill asks for:
 * `refunds` (≤ 0) of which the ledger has no entry either are less to repay.
 */
export function judgeUnpaid(orders: readonly UnpaidOrder[], repaid: Money, deducted: ReadonlySet<string>, refunds: Money = 0n): Unpaid[] {
  if (repaid > 0n) {
    const due = sum(orders) + refunds;
    return due <= repaid || meets(repaid, due) ? [] : [{ kind: 'rest', orders, due, repaid }];
  }
  return [...Map.groupBy(orders, (o) => o.customerKey)].flatMap(([customerKey, own]): Unpaid[] =>
    deducted.has(customerKey) || own.length === 1
      ? own.map((order) => ({ kind: 'order', order, due: order.due }))
      : [{ kind: 'customer', customerKey, orders: own, due: sum(own) }],
  );
}

const sum = (orders: readonly UnpaidOrder[]): Money => orders.reduce((n, o) => n + o.due, 0n);
