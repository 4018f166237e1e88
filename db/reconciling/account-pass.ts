import type { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { RunContext } from './context.ts';
import { ledgerOrders, type LedgerOrder } from './ledger-orders.ts';

export type AccountBridge = BridgeBuilder<'bill-account'>;

/** What the first pass over all orders leaves to look at. */
export interface AccountPass {
  readonly bridge: AccountBridge;
  readonly findings: FindingDraft[];
  /** Orders whose deductions are not simply their due or customer amount. */
  readonly open: readonly LedgerOrder[];
  /** What this account deducts for a bill line: its due, or the amount before the settlement discount. */
  readonly convention: 'due' | 'customer';
  /** Lines without ledger entry; explained ones are taken out again before the step is booked. */
  readonly notDeducted: { amount: bigint; rows: bigint };
  readonly compared: number;
}

/** One pass over all orders: books what is simply deducted or not, leaves the rest open. */
export function firstPass(context: RunContext, bridge: AccountBridge): AccountPass {
  const open: LedgerOrder[] = [];
  const notDeducted = { amount: 0n, rows: 0n };
  let [byDue, byCustomer, compared] = [0, 0, 0];
  for (const order of ledgerOrders(context)) {
    const { tradeId, lines, due, customer, entries, paid } = order;
    if (entries > 0n) compared += 1;
    if (tradeId === null || entries === 0n) {
      notDeducted.amount += due;
      notDeducted.rows += lines;
    } else if (lines > 0n && (paid === due || paid === customer)) {
      bookSound(bridge, order, paid, 'billed');
      if (due !== customer && paid === due) byDue += 1;
      if (due !== customer && paid === customer) byCustomer += 1;
    } else open.push(order);
  }
  return { bridge, findings: [], open, convention: byDue > byCustomer ? 'due' : 'customer', notDeducted, compared };
}

/** Books what was rightly deducted for an order: against its bill lines, or as a payment that the month's bill does not hold. */
export function bookSound(bridge: AccountBridge, order: LedgerOrder, amount: bigint, as: 'billed' | 'referral' | 'other-month'): void {
  const rows = order.lines + order.entries;
  if (as === 'referral') bridge.step('referral-payment', amount, rows);
  else if (as === 'other-month') bridge.step('other-month', amount, rows);
  else if (amount === order.due) bridge.step('agreed', 0n, rows);
  else bridge.step('basis', amount - order.due, rows);
}
