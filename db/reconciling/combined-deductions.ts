import { judgeOrder, meets, type OrderVerdict } from '../../electron/core/judging/order-deduction.ts';
import { bookSound, type AccountPass } from './account-pass.ts';
import { billedOf, childrenOverMonths, factOf, keyOf, takeChildren, type Billed } from './combined-children.ts';
import type { RunContext } from './context.ts';
import type { Deduction, LedgerOrder } from './ledger-orders.ts';
import { bases, type Basis } from './ledger-sums.ts';
import type { OrderMonth } from './order-facts.ts';
import { holdBack, lacksConsumption } from './untold.ts';
import { standsIn } from './rows-of.ts';

/** A combined order: its lines, and the entries that pay them. */
interface Family {
  readonly parent: string;
  readonly billed: readonly Billed[];
  readonly orders: readonly LedgerOrder[];
  readonly entries: readonly Deduction[];
}

/** A combined order of which the accounts took another amount than its lines come to. */
export interface FaultyFamily {
  readonly order: LedgerOrder;
  readonly verdict: Exclude<OrderVerdict, { kind: 'unknown' | 'sound' }>;
  readonly entries: readonly Deduction[];
  readonly billed: readonly OrderMonth[];
}

/** What is left to judge of the month's orders. */
export interface CombinedOrders {
  readonly left: readonly LedgerOrder[];
  readonly faulty: readonly FaultyFamily[];
  /** What the bills of several months have of the children of an order that is left, by its number. */
  readonly children: ReadonlyMap<string, readonly OrderMonth[]>;
}

/**
 * Books combined orders (组合交易单) of which the ledger has the parent's number and the bill the children's, or the other way round: where both come
 * to the same, and the parent's number stands on one side only, else it is an order that others renew or change; where nothing else knows the parent's
 * number, by what its children come to. Returns the orders that are left; those of which the bills beside have children (one may be paid in the night that
 * the month ends) with these, to be judged as any order over two months is.
 */
export function bookCombined(
  context: RunContext,
  pass: AccountPass,
  months: ReadonlyMap<string, readonly OrderMonth[]>,
  entries: ReadonlyMap<string, readonly Deduction[]>,
  others: ReadonlyMap<string, unknown>,
): CombinedOrders {
  const strange = pass.open.filter((o) => o.lines === 0n && !(months.get(o.tradeId!) ?? []).some((m) => m.from === 'bill'));
  if (strange.length === 0) return { left: pass.open, faulty: [], children: new Map() };
  const families = [...billedChildren(context, strange), ...deductedChildren(context, strange, months)];
  const unknown = strange.filter((order) => !months.has(order.tradeId!));
  const children = childrenOverMonths(context, unknown, families.flatMap((family) => family.billed), others); // prettier-ignore
  const booked = new Set<LedgerOrder>();
  const faulty: FaultyFamily[] = [];
  for (const { parent, billed, orders } of families) {
    const free = billed.every((b) => !pass.said.orders.has(`${b.customerKey}|${b.tradeId}`));
    if (!free) children.delete(parent);
    if (!free || orders.some((order) => booked.has(order))) continue;
    const own = orders.flatMap((order) => entries.get(order.tradeId!) ?? []);
    const family = { parent, billed, orders, entries: own };
    const [order] = orders;
    const isUnknown = order?.tradeId === parent && !months.has(parent);
    const verdict = judgeFamily(pass, family);
    if (children.has(parent) && (others.has(parent) || verdict.kind !== 'sound')) continue;
    children.delete(parent);
    const lines = billed.map((line) => factOf(context, line));
    const lacking = isUnknown ? lacksConsumption(context, lines, verdict, paidOf(own)) : undefined;
    const isFaulty = isUnknown && verdict.kind !== 'sound' && verdict.kind !== 'unknown' && own.length > 0;
    // Its children have entries, though wrong ones: no day's sum pays the order.
    if (order?.tradeId !== parent) for (const line of billed) pass.taken.apart.add(`${line.customerKey}|${line.tradeId}`);
    if (verdict.kind !== 'sound' && lacking === undefined && !isFaulty) continue;
    for (const one of orders) booked.add(one);
    const whole = takeChildren(pass, { tradeId: parent, entries: BigInt(own.length), paid: paidOf(own) }, lines, own);
    if (lacking !== undefined) {
      holdBack(pass, 'account.deduction-amount', lacking);
      bookSound(pass, whole, whole.paid, lacking.step);
    } else if (isFaulty) {
      bookSound(pass, whole, verdict.kind === 'twice' ? verdict.order : verdict.expected, 'billed', true);
      faulty.push({ order, verdict, entries: own, billed: lines });
    } else bookSound(pass, whole, whole.paid, 'billed');
  }
  const left = pass.open.filter((order) => !booked.has(order));
  const withChildren = (order: LedgerOrder): LedgerOrder => {
    const facts = children.get(order.tradeId!);
    const here = facts?.filter((fact) => fact.cycle === context.cycle);
    return here ? takeChildren(pass, order, here, entries.get(order.tradeId!) ?? []) : order;
  };
  return { left: left.map(withChildren), faulty, children };
}

const paidOf = (entries: readonly Deduction[]): bigint => entries.reduce((n, entry) => n + entry.amount, 0n);
const sumOf = (billed: readonly Billed[], of: Basis): bigint => billed.reduce((n, line) => n + line[of], 0n);

/** Each child, or each entry, may be in whole cents. */
function judgeFamily({ convention, charged }: AccountPass, { billed, entries }: Family): OrderVerdict {
  const charges = Math.max(billed.length, entries.length);
  if (bases.some((basis) => meets(paidOf(entries), sumOf(billed, basis), charges))) return { kind: 'sound' };
  const usual = charged(sumOf(billed, convention));
  const amounts = entries.map((entry) => entry.amount);
  return judgeOrder({ bases: [usual, ...bases.map((basis) => sumOf(billed, basis))], usual }, { amounts });
}

type Found = Omit<Family, 'entries'>;

/** The ledger has the parent, the bill its children. */
function billedChildren(context: RunContext, open: readonly LedgerOrder[]): Found[] {
  const orders = new Map(open.map((order) => [order.tradeId!, order]));
  const families = billedOf(context, orders.keys(), 'original_trade_id');
  return [...families.values()].map((billed) => ({ parent: billed[0]!.parent, billed, orders: [orders.get(billed[0]!.parent)!] }));
}

/** The bill has the parent, the ledger its children, which only the consumption tells. */
function deductedChildren(context: RunContext, open: readonly LedgerOrder[], months: ReadonlyMap<string, readonly OrderMonth[]>): Found[] {
  const children = open.flatMap((order) => {
    const fact = months.get(order.tradeId!)?.find((m) => m.original !== null);
    return fact ? [{ order, customerKey: fact.customerKey, parent: fact.original! }] : [];
  });
  if (children.length === 0) return [];
  const parents = billedOf(context, new Set(children.map((c) => c.parent)), 'trade_id');
  return [...Map.groupBy(children, (c) => keyOf(c.customerKey, c.parent))].flatMap(([key, own]) => {
    const { customerKey, parent } = own[0]!;
    const billed = parents.get(key);
    if (!billed || standsIn(context, 'consumption', customerKey, parent)) return [];
    return [{ parent, billed, orders: own.map((c) => c.order) }];
  });
}
