import type { OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import { isEntry } from '../../electron/core/manual-match.ts';
import { roundToCent } from '../../electron/core/money.ts';
import { bookSound, type AccountPass } from './account-pass.ts';
import type { JoinedEntries } from './account-matches.ts';
import type { RunContext } from './context.ts';
import { claimWithoutBill, judgeOne } from './deduction-orders.ts';
import { fillLedgerOpen, type LedgerOrder } from './ledger-orders.ts';
import { orderFacts, type OrderMonth } from './order-facts.ts';

/** Judges what a person joined by its sums, and each entry that was set apart as paying nothing that is known. */
export function judgeSaid(context: RunContext, pass: AccountPass): void {
  const { joins, apart, emptied } = pass.said;
  if (joins.length === 0 && apart.size === 0) return;
  fillLedgerOpen(context, [...joins.flatMap((join) => join.trades), ...emptied.map((order) => order.tradeId!)]);
  const { months } = orderFacts(context);
  const billed = (trade: string): OrderMonth[] => (months.get(trade) ?? []).filter((m) => m.from === 'bill' && m.cycle === context.cycle);
  for (const { tradeId } of emptied) leaveUndeducted(pass, billed(tradeId!));
  for (const entry of apart.values()) if (entry.tradeId !== null) claimWithoutBill(context, pass, entry);
  const held = new Set<string>();
  for (const join of joins) {
    const known = join.trades.flatMap((trade) => (months.get(trade) ?? []).filter((m) => isMeant(join, m) && !held.has(nameOf(m))));
    for (const fact of known) held.add(nameOf(fact));
    judgeJoin(context, pass, join, known);
  }
  const left = joins.flatMap((join) => join.trades).flatMap(billed);
  leaveUndeducted(
    pass,
    [...new Set(left)].filter((fact) => !held.has(nameOf(fact))),
  );
}

const nameOf = ({ customerKey, tradeId }: OrderMonth): string => `${customerKey}|${tradeId}`;
const isMeant = ({ customers }: JoinedEntries, { tradeId, customerKey }: OrderMonth): boolean =>
  customers.get(tradeId)?.has(customerKey) ?? true;

/** Lines that no entry is for. Those of an order that has none anyway are told with all others. */
function leaveUndeducted({ notDeducted, said }: AccountPass, lines: readonly OrderMonth[]): void {
  for (const fact of lines) {
    notDeducted.amount += fact.due;
    notDeducted.rows += fact.lines;
    if (said.hasEntries(fact.tradeId)) notDeducted.others.push(fact);
  }
}

function judgeJoin(context: RunContext, pass: AccountPass, { keys, entries }: JoinedEntries, known: readonly OrderMonth[]): void {
  const billed = known.filter((m) => m.from === 'bill' && m.cycle === context.cycle);
  if (entries.length === 0) {
    leaveUndeducted(pass, billed);
    return;
  }
  for (const fact of known) pass.taken.orders.add(nameOf(fact));
  const sum = (pick: (fact: OrderMonth) => bigint): bigint => billed.reduce((n, fact) => n + pick(fact), 0n);
  const order: LedgerOrder = {
    tradeId: billed[0]?.tradeId ?? null,
    lines: sum((f) => f.lines),
    due: sum((f) => f.due),
    taxed: sum((f) => f.taxed),
    customer: sum((f) => f.other),
    entries: BigInt(entries.length),
    paid: entries.reduce((n, e) => n + e.amount, 0n),
    only: entries.map((e) => e.id),
    joined: { keys, billed },
  };
  // A deduction and what came back for it, though no order is known.
  if (order.lines === 0n && order.paid === 0n) {
    bookSound(pass, order, 0n, 'billed');
    return;
  }
  const names = new Set(keys.filter(isEntry).map((key) => key.flowId));
  const named = entries.toSorted((a, b) => Number(names.has(a.flowId ?? '')) - Number(names.has(b.flowId ?? '')));
  judgeOne(context, pass, order, factsOf(context, pass, order, known), known, named);
}

/** What joined orders come to: by the bill where it has them, else by the consumption; never a part of them alone. */
function factsOf(
  { cycle }: RunContext,
  { convention, charged }: AccountPass,
  order: LedgerOrder,
  known: readonly OrderMonth[],
): OrderFacts {
  const { due, taxed, customer, lines } = order;
  if (lines > 0n) {
    const inCents = (pick: (fact: OrderMonth) => bigint): bigint => order.joined!.billed.reduce((n, f) => n + roundToCent(pick(f)), 0n);
    const bases = [inCents((f) => f.due), inCents((f) => f.taxed), inCents((f) => f.other)];
    return { billed: { due, taxed, customer }, bases, usual: charged(order[convention]) };
  }
  const used = known.filter((m) => m.from === 'consumption');
  const here = used.filter((m) => m.cycle === cycle);
  const all = here.length > 0 ? here : used;
  const sum = (pick: (fact: OrderMonth) => bigint): bigint => all.reduce((n, fact) => n + pick(fact), 0n);
  const bases = all.length === 0 ? [] : [sum((f) => f.money), sum((f) => f.due), sum((f) => f.other)];
  return { bases, usual: bases[0] };
}
