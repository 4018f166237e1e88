import { meets } from '../../electron/core/judging/order-deduction.ts';
import { roundToCent } from '../../electron/core/money.ts';
import { addBillFunctions } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { repeatedFromBefore } from './deductions-of-months.ts';
import { ledgerOrders, type LedgerOrder } from './ledger-orders.ts';

/** What an account deducts for a bill line: its due, the due with tax, or the amount before the settlement discount. */
export type Basis = 'due' | 'taxed' | 'customer';
/** Every basis, in the order in which an amount is tried. */
export const bases = ['customer', 'due', 'taxed'] as const satisfies readonly Basis[];

/** What is left of the month's orders when those are taken out whose deductions are simply one of their line amounts, and no amount of the month before or of this one again. */
export interface SortedOrders {
  readonly open: readonly LedgerOrder[];
  /** Lines without an entry of their own. */
  readonly notDeducted: { readonly amount: bigint; readonly rows: bigint };
  /** How often each basis was the only one that fits. */
  readonly seen: Readonly<Record<Basis, number>>;
  /** Deductions that are not in whole cents, and those that are though their basis is not. */
  readonly exact: number;
  readonly rounded: number;
  readonly compared: number;
  /** Of those, orders that the ledger names. */
  readonly named: number;
}

/** One pass over all orders; `rest` leaves of one what is to be judged here, `sound` hears those that are simply deducted. */
export function sortOrders(
  context: RunContext,
  rest: (order: LedgerOrder) => LedgerOrder | undefined,
  sound: (order: LedgerOrder) => void,
): SortedOrders {
  const open: LedgerOrder[] = [];
  const notDeducted = { amount: 0n, rows: 0n };
  const seen: Record<Basis, number> = { customer: 0, due: 0, taxed: 0 };
  let [exact, rounded, compared, named] = [0, 0, 0, 0];
  const repeated = repeatedFromBefore(context);
  for (const whole of ledgerOrders(context)) {
    if (whole.entries > 0n) {
      compared += 1;
      if (whole.tradeId !== null) named += 1;
    }
    const order = rest(whole);
    if (order === undefined) continue;
    const { tradeId, lines, due, entries, paid } = order;
    if (tradeId === null || entries === 0n) {
      notDeducted.amount += due;
      notDeducted.rows += lines;
      continue;
    }
    const fitting = lines > 0n ? bases.filter((basis) => meets(paid, order[basis])) : [];
    if (fitting.length === 0 || mayRepeat(order)) {
      open.push(order);
      continue;
    }
    if (repeated.has(tradeId)) open.push(order);
    else sound(order);
    if (fitting.some((basis) => paid === order[basis])) exact += Number(paid !== roundToCent(paid));
    else rounded += 1;
    const [only] = fitting;
    if (fitting.length === 1 && only) seen[only] += 1;
    else if (fitting.length === 2 && !fitting.includes('customer')) seen.due += 1;
  }
  return { open, notDeducted, seen, exact, rounded, compared, named };
}

/** Could its entries each be one of its amounts, and together another? Of these nothing tells yet which it is. */
const mayRepeat = ({ entries, paid, ...order }: LedgerOrder): boolean =>
  entries > 1n && paid % entries === 0n && bases.some((basis) => meets(paid / entries, order[basis]));

/** The same of a month of which nobody said anything, with what the sound orders come to in the steps of the bridge. */
export function addUpOrders(context: RunContext) {
  addBillFunctions(context);
  const agreed = { amount: 0n, rows: 0n };
  const basis = { amount: 0n, rows: 0n };
  const sorted = sortOrders(
    context,
    (order) => order,
    ({ paid, due, lines, entries }) => {
      const step = paid === due ? agreed : basis;
      step.amount += paid - due;
      step.rows += lines + entries;
    },
  );
  return { ...sorted, agreed, basis };
}
