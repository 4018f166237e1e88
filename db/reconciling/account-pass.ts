import type { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import type { CheckCode } from '../../electron/core/checks.ts';
import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { roundToCent } from '../../electron/core/money.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { AccountOrigins, type Taken } from './account-origins.ts';
import { beyondScope } from './beyond-scope.ts';
import { inStep, type RunContext } from './context.ts';
import { saidOfAccounts, type SaidOfAccounts } from './account-matches.ts';
import { customersOnAllocations, type LedgerOrder } from './ledger-orders.ts';
import { addUpOrders, bases, sortOrders, type Basis, type SortedOrders } from './ledger-sums.ts';
import { monthScan } from './month-scan.ts';
import type { OrderMonth } from './order-facts.ts';
import { SettlementRates } from './settlement-rates.ts';

export type AccountBridge = BridgeBuilder<'bill-account'>;
/** What the first pass over all orders leaves to look at. */
export interface AccountPass {
  readonly bridge: AccountBridge;
  readonly origins: AccountOrigins;
  readonly findings: FindingDraft[];
  /** Orders whose deductions are not simply one of their line amounts. */
  readonly open: readonly LedgerOrder[];
  /** What a person joined or set apart. */
  readonly said: SaidOfAccounts;
  readonly convention: Basis;
  /** The amount as this account would deduct it: to whole cents where its other deductions are. */
  readonly charged: (amount: bigint) => bigint;
  /** Lines without ledger entry, `others` being those of an order that is deducted for another customer; explained ones are taken out again before the step is booked. */
  readonly notDeducted: { amount: bigint; rows: bigint; readonly others: OrderMonth[] };
  readonly taken: Taken;
  /** Checks that left something unsaid which only this file, which is not imported, would tell. */
  readonly heldBack: { readonly code: CheckCode; readonly kind: Kind; readonly cycle: BillingCycle }[];
  /** Something was looked for in the months after the next. */
  readonly looked: { ahead: boolean };
  /** Is it certain that a statement which would explain an entry of this month, or another, was not exported for its customer? */
  readonly outside: (entry: RowId, cycle?: BillingCycle) => boolean;
  /** Takes any line of the month's bill, or of one beside it, a partner coupon off? */
  readonly couponed: () => boolean;
  /** What the month's adjustment entries of the ledger took for an order that they name, beside its deductions and refunds. */
  readonly adjusted: () => ReadonlyMap<string, bigint>;
  /** Customers that live from allocations. */
  readonly allocated: () => ReadonlySet<string>;
  readonly compared: number;
  /** Of those, orders that the ledger names. */
  readonly named: number;
  /** At which rates customers are billed. */
  readonly rates: SettlementRates;
}

/** One pass over all orders: books what is simply deducted or not, leaves the rest open. */
export function firstPass(context: RunContext, bridge: AccountBridge): AccountPass {
  const said = saidOfAccounts(context);
  const apart = new Set(said.orders);
  const origins = new AccountOrigins(context, apart);
  const { seen, exact, rounded, compared, named, open, notDeducted } = soundOrders(context, said, { bridge, origins });
  // The bill asks for its due: another basis is for the ledger to prove.
  const convention = bases.reduce<Basis>((best, basis) => (seen[basis] > seen[best] ? basis : best), 'due');
  const charged = (amount: bigint): bigint => (rounded > exact ? roundToCent(amount) : amount);
  let allocated: ReadonlySet<string> | undefined;
  let couponed: boolean | undefined;
  let adjusted: ReadonlyMap<string, bigint> | undefined;
  const taken: Taken = { cells: new Set(), orders: new Set(), apart };
  return {
    bridge,
    origins,
    taken,
    heldBack: [],
    looked: { ahead: false },
    outside: beyondScope(context),
    findings: [],
    open,
    said,
    convention,
    charged,
    notDeducted: { ...notDeducted, others: [] },
    couponed: () => (couponed ??= takesCoupons(context)),
    adjusted: () => (adjusted ??= adjustedOrders(context)),
    allocated: () => (allocated ??= customersOnAllocations(context.db, context.cycle)),
    compared,
    named,
    rates: new SettlementRates(context),
  };
}

function takesCoupons({ db, cycle }: RunContext): boolean {
  const line = db.prepare<{ cycle: string }>(`SELECT 1 FROM ${monthScan('partner_bill', 'b')} AND b.coupon_amount <> 0 LIMIT 1`);
  return [cycle, ...neighbours(cycle)].some((month) => line.get({ cycle: month }) !== undefined);
}

function adjustedOrders({ db, cycle }: RunContext): Map<string, bigint> {
  const orders = db.prepare<{ cycle: string }, { tradeId: string; amount: bigint }>(
    `SELECT trade_id AS tradeId, sum(-change_amount) AS amount FROM account_statement
      WHERE cycle = :cycle AND in_force = 1 AND trade_type = 'adjustment' AND trade_id IS NOT NULL GROUP BY trade_id`,
  );
  return new Map(orders.all({ cycle }).map(({ tradeId, amount }) => [tradeId, amount]));
}

/** So many open orders are quickly kept and read again; beyond, nearly every deduction is to be looked at anyway. */
const mostOpen = 50_000;

/** Books the orders that are simply deducted; tells of the others what is left. */
function soundOrders(context: RunContext, said: SaidOfAccounts, to: Pick<AccountPass, 'bridge' | 'origins'>): SortedOrders {
  // Who looks into the groups sees each of them; what a person said may concern any.
  if (context.sink || !said.none) return sortOrders(context, said.rest, (order) => bookSound(to, order, order.paid, 'billed'));
  const { agreed, basis, ...sorted } = inStep(context, 'ledger', addUpOrders, ({ open }) => open.length <= mostOpen);
  to.bridge.stepOver('agreed', agreed.amount, agreed.rows, () => []);
  to.bridge.stepOver('basis', basis.amount, basis.rows, () => []);
  return sorted;
}

/**
 * Books what was deducted for an order: rightly, against its bill lines or as a payment that the month's bill does not hold; or where only a file
 * that is not there would tell. Of a `faulty` order it is the part that would be right: its rows end in its finding.
 */
export function bookSound(
  { bridge, origins }: Pick<AccountPass, 'bridge' | 'origins'>,
  order: LedgerOrder,
  amount: bigint,
  as: 'billed' | 'referral' | 'other-month' | 'no-consumption' | 'missing-file' | 'scope',
  faulty = false,
): void {
  const rows = order.lines + order.entries;
  const lines = order.joined?.billed ?? order.children;
  const origin = (): BridgeOrigin => ({ ...(lines ? origins.several(order, lines) : origins.order(order)), beside: faulty });
  if (as === 'referral') bridge.step('referral-payment', amount, rows, origin);
  else if (as === 'other-month') bridge.step('other-month', amount, rows, origin);
  else if (as === 'no-consumption' || as === 'missing-file' || as === 'scope') bridge.step(as, amount - order.due, rows, origin);
  else if (amount !== order.due) bridge.step('basis', amount - order.due, rows, origin);
  else if (!faulty) bridge.step('agreed', 0n, rows, origin);
}

/** Lines that no entry pays after all. */
export function leaveOut({ notDeducted, taken }: AccountPass, others: readonly OrderMonth[]): void {
  for (const other of others) {
    notDeducted.amount += other.due;
    notDeducted.rows += other.lines;
    // What was taken with its order is again a line whose number has no entry.
    if (!taken.orders.delete(`${other.customerKey}|${other.tradeId}`)) notDeducted.others.push(other);
  }
}
