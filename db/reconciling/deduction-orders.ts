import type { Candidate, FindingDraft, Text } from '../../electron/core/finding.ts';
import type { Repeated } from '../../electron/core/judging/deducted-before.ts';
import { judgeOrder, takenBefore, type OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import { withJoined } from '../../electron/core/wording/manual-match.ts';
import { deductionAmountReason, twiceReason, unexplainedDeduction, withoutBillReason } from '../../electron/core/wording/account.ts';
import type { MatchKey } from '../../electron/core/manual-match.ts';
import { bookSound, leaveOut, type AccountPass } from './account-pass.ts';
import { bookOutside, isBeyondElsewhere, takeBeyond } from './beyond-elsewhere.ts';
import { bookCombined, type FaultyFamily } from './combined-deductions.ts';
import type { RunContext } from './context.ts';
import { faultyCustomer, paysEach, payersOf } from './deduction-customers.ts';
import { entriesOfOtherMonths, factsFor, laterEntries, overMonths, type DatedDeduction } from './deductions-of-months.ts';
import { factsOf } from './expected-deduction.ts';
import { deductionsOf, fillLedgerOpen, type Deduction, type LedgerOrder } from './ledger-orders.ts';
import { orderFacts, orderRows, type OrderMonth } from './order-facts.ts';
import { bookReturned, bookReturnedInPart, refundsByOriginal, returnedAgain, withEntries, type LeftOrder } from './returned-orders.ts';
import { partOf } from './scope.ts';
import { holdBack, mayBeOfMonthBefore, untoldOf, type Untold } from './untold.ts';

/** Judges the orders whose deductions are not simply their bill's amount: payments for referral customers, other months, faults. */
export function judgeOrders(context: RunContext, pass: AccountPass): void {
  fillLedgerOpen(context, pass.open.map((o) => o.tradeId!)); // prettier-ignore
  const { months, ahead } = orderFacts(context);
  const meant = deductionsOf(context, 'open').filter((entry) => !pass.said.apart.has(entry.id));
  const entries = Map.groupBy(meant, (entry) => entry.tradeId!);
  const others = entriesOfOtherMonths(context, months);
  const far = laterEntries(context, months, entries, others);
  const isRefunded = [entries, others].some((all) => [...all.values()].flat().some((e) => e.amount < 0n));
  const refunds = pass.open.length > 0 && isRefunded ? refundsByOriginal(context) : undefined;
  const combined = bookCombined(context, pass, months, entries, others);
  for (const { order, verdict, entries: own, billed } of combined.faulty) claimFaulty(context, pass, order, verdict, own, billed);
  for (const order of combined.left) {
    const trade = order.tradeId!;
    const known = combined.children.get(trade) ?? months.get(trade) ?? [];
    const own = entries.get(trade) ?? [];
    const returned = refunds?.get(trade) ?? [];
    const around = [...(others.get(trade) ?? []), ...(far.entries.get(trade) ?? [])];
    const over = overMonths(context, own, around, { months: known, refunds: returned, convention: pass.convention, rates: pass.rates });
    const once = over?.repeated
      ? claimRepeated(context, pass, { order, known, own }, over.repeated, over.earlier)
      : { order, entries: own };
    const rest = bookReturned(context, pass, once.order, once.entries, returned);
    const again = claimReturnedAgain(context, pass, once.entries, rest, known);
    const { left: kept, other } = bookReturnedInPart(context, pass, again, others.get(trade) ?? [], known);
    const left = takeBeyond(pass, kept, others.get(trade) ?? [], known);
    if (other) {
      const { expected, stated, entries: back, refund, before } = other;
      const reason = deductionAmountReason(expected, stated, back.length, before);
      claim(context, pass, { code: 'account.deduction-amount', expected, stated, reason }, back.at(-1)!, back, refund);
    }
    // All that the ledger has of it was for something else: its lines are as those of an order without an entry.
    if (left.entries.length === 0) {
      leaveOut(pass, known.filter((m) => m.from === 'bill' && m.cycle === context.cycle)); // prettier-ignore
      continue;
    }
    const facts = factsOf(context, pass, order, known, around.length === 0);
    judgeOne(context, pass, left.order, over?.facts(facts, left.entries) ?? facts, known, left.entries, around);
  }
  pass.looked.ahead ||= ahead || far.ahead;
}

/** Tells what the month took of an order that was taken before; returns the order with the entries that are left. */
function claimRepeated(
  context: RunContext,
  pass: AccountPass,
  { order, known, own }: { order: LedgerOrder; known: readonly OrderMonth[]; own: readonly Deduction[] },
  { amount, sound, copies, order: due }: Repeated,
  earlier: readonly Deduction[],
): { readonly order: LedgerOrder; readonly entries: readonly Deduction[] } {
  const same = own.filter((e) => e.amount === amount);
  const taken = same.slice(same.length - copies);
  const entries = own.filter((e) => !taken.includes(e));
  const reason = twiceReason(amount, sound + copies, due);
  const what = { expected: amount * BigInt(sound), stated: amount * BigInt(sound + copies), reason };
  claim(context, pass, { code: 'account.deducted-twice', ...what }, taken.at(-1)!, [...earlier, ...own], factsFor(known, amount));
  const paid = order.paid - amount * BigInt(copies);
  return { order: { ...order, entries: BigInt(entries.length), paid, only: entries.map((e) => e.id) }, entries };
}

/** Tells of a refund that came back once more under the number of its order; returns what is left. */
function claimReturnedAgain(
  context: RunContext,
  pass: AccountPass,
  all: readonly Deduction[],
  rest: LeftOrder,
  known: readonly OrderMonth[],
): LeftOrder {
  const again = returnedAgain(all, rest.entries);
  if (again.length === 0) return rest;
  for (const [amount, copies] of Map.groupBy(again, (entry) => entry.amount)) {
    const sound = all.filter((entry) => entry.amount === amount && !rest.entries.includes(entry));
    const entries = [...sound, ...copies];
    const what = { expected: amount * BigInt(sound.length), stated: amount * BigInt(entries.length) };
    const reason = twiceReason(amount, entries.length, what.expected);
    claim(context, pass, { code: 'account.deducted-twice', ...what, reason }, copies.at(-1)!, entries, known);
  }
  return { ...rest, ...withEntries(rest.order, rest.entries, rest.entries.filter((entry) => !again.includes(entry))) }; // prettier-ignore
}

/** Judges the entries of one order, or of what a person joined, against what it is known to come to. */
export function judgeOne(
  context: RunContext,
  pass: AccountPass,
  order: LedgerOrder,
  known: OrderFacts,
  months: readonly OrderMonth[],
  entries: readonly Deduction[],
  around: readonly DatedDeduction[] = [],
): void {
  // What a person joined belongs together, as a combined order does: nobody's part of it is looked for.
  const isOne = order.joined !== undefined || order.children !== undefined;
  const billed = isOne ? [] : months.filter((m) => m.from === 'bill' && m.cycle === context.cycle);
  const payers = payersOf(pass, order, billed, order.paid);
  if (payers) {
    bookSound(pass, forSome(pass, payers), order.paid, 'billed');
    return;
  }
  if (!isOne && paysEach(billed, entries)) {
    bookSound(pass, order, order.paid, 'billed');
    return;
  }
  const apart = faultyCustomer(order, billed, entries, (customer) => pass.allocated().has(customer));
  if (apart) {
    const { sound, rest, others } = apart;
    leaveOut(pass, others);
    if (sound) bookSound(pass, sound.order, sound.order.paid, 'billed');
    const own = months.filter((m) => m.customerKey === rest.customerKey);
    judgeOne(context, pass, rest.order, factsOf(context, pass, rest.order, own), own, rest.entries);
    return;
  }
  const verdict = judgeOrder(known, { amounts: entries.map((e) => e.amount) });
  // Money came back for an order of another month, and nothing says that any was owed.
  const unowed = order.lines === 0n && entries.every((e) => e.amount < 0n) && known.bases.every((base) => base >= 0n);
  if (verdict.kind === 'unknown' || unowed) {
    for (const entry of entries) {
      if (isBeyondElsewhere(pass.outside, entry, entries, around)) bookOutside(pass, entry);
      else claimWithoutBill(context, pass, entry, order.joined?.keys);
    }
    return;
  }
  const lacking = order.joined ? undefined : untoldOf(context, pass.rates, months, verdict, order.paid, around);
  if (lacking !== undefined) {
    holdBack(pass, 'account.deduction-amount', lacking);
    bookSound(pass, order, order.paid, lacking.step);
    return;
  }
  const as = order.lines > 0n ? 'billed' : months.some((m) => m.resale) ? 'other-month' : 'referral';
  if (verdict.kind === 'sound') {
    bookSound(pass, order, order.paid, as);
  } else if (verdict.kind === 'twice') {
    const some = payersOf(pass, order, billed, verdict.order);
    bookSound(pass, some ? forSome(pass, some) : order, verdict.order, as, true);
    const own = some ? months.filter((m) => some.order.customers?.includes(m.customerKey)) : months;
    claimFaulty(context, pass, order, verdict, entries, own, known);
  } else {
    bookSound(pass, order, verdict.expected, as, true);
    claimFaulty(context, pass, order, verdict, entries, months, known);
  }
}

/** Tells of an order that was deducted twice, or at another amount. */
function claimFaulty(
  context: RunContext,
  pass: AccountPass,
  order: LedgerOrder,
  verdict: FaultyFamily['verdict'],
  entries: readonly Deduction[],
  months: readonly OrderMonth[],
  known?: OrderFacts,
): void {
  const before = (amount: bigint): bigint => (known ? takenBefore(known, amount) : 0n);
  const told = (reason: Text): Text => (order.joined ? withJoined(reason, order.joined.keys) : reason);
  const later = entries.at(-1)!;
  if (verdict.kind === 'twice') {
    const repeated = entries.filter((e) => e.amount === verdict.amount);
    const stated = verdict.amount * BigInt(verdict.entries);
    const amounts = { expected: stated - (order.paid - verdict.order), stated };
    const reason = told(twiceReason(verdict.amount, verdict.entries, verdict.order, before(verdict.order)));
    claim(context, pass, { code: 'account.deducted-twice', ...amounts, reason }, repeated.at(-1) ?? later, entries, months);
  } else {
    const amounts = { expected: verdict.expected, stated: order.paid };
    const reason = told(deductionAmountReason(verdict.expected, order.paid, entries.length, before(verdict.expected)));
    claim(context, pass, { code: 'account.deduction-amount', ...amounts, reason }, later, entries, months);
  }
}

/** The order of the customers who pay; what the others owe of it is not deducted. */
function forSome(pass: AccountPass, { order, others }: NonNullable<ReturnType<typeof payersOf>>): LedgerOrder {
  leaveOut(pass, others);
  return order;
}

type Claim = Pick<FindingDraft, 'code' | 'expected' | 'stated' | 'reason'>;

function claim(
  context: RunContext,
  pass: AccountPass,
  what: Claim,
  named: Deduction,
  entries: readonly Deduction[],
  months: readonly OrderMonth[],
): void {
  const amount = what.stated - what.expected;
  pass.bridge.unexplained(amount);
  pass.findings.push({ ...deductionDraft(context, what, named, entries, months), bridge: { pair: 'bill-account', amount } });
}

/** A finding on the deductions of one order, named after the entry `named`. */
export function deductionDraft(
  context: RunContext,
  what: Claim,
  named: Deduction,
  entries: readonly Deduction[],
  months: readonly OrderMonth[],
): FindingDraft {
  const first = months[0];
  const amount = what.stated - what.expected;
  return {
    ...what,
    ...(amount < 0n ? { severity: 'review' as const } : {}),
    businessKey: [named.flowId ?? named.tradeId ?? `${named.account} ${named.at}`],
    customerId: first && !first.customerKey.startsWith('@') ? first.customerKey : undefined,
    accountName: first?.accountName ?? undefined,
    tradeId: named.tradeId ?? undefined,
    productType: first?.product ?? undefined,
    recordId: named.flowId ?? undefined,
    candidates: [],
    left: months.filter((m) => m.from === 'bill').flatMap((m) => orderRows(context, m)),
    right: [...entries.map((e) => e.id), ...months.filter((m) => m.from === 'consumption').flatMap((m) => orderRows(context, m))],
  };
}

/**
 * Claims an entry that no imported bill or consumption explains, unless it is outside what was exported, or names an order that only a consumption
 * would know which is not imported, or in part only: what is paid for referral customers is in no bill. What a person said of an entry is judged in any case.
 */
export function claimWithoutBill(
  context: RunContext,
  pass: AccountPass,
  entry: Deduction,
  joined?: readonly MatchKey[],
  doubt?: Candidate,
): void {
  // An entry of nothing has nothing to explain.
  if (entry.amount === 0n || pass.outside(entry.id)) {
    bookOutside(pass, entry);
    return;
  }
  const isSaid = joined !== undefined || pass.said.apart.has(entry.id);
  const untold = entry.tradeId === null || isSaid ? undefined : unknownOrder(context);
  if (untold) {
    holdBack(pass, 'account.deduction-without-bill', untold);
    pass.bridge.step(untold.step, entry.amount, 1, () => pass.origins.entry(entry, []));
    return;
  }
  pass.bridge.unexplained(entry.amount);
  pass.findings.push({ ...withoutBillDraft(context, entry, joined, doubt), bridge: { pair: 'bill-account', amount: entry.amount } });
}

/** Would only a consumption that is not there know an order that nothing knows? */
function unknownOrder(context: RunContext): Untold | undefined {
  const { cycle } = context;
  if (!context.has('consumption', cycle)) return { step: 'no-consumption', kind: 'consumption', cycle };
  return partOf(context, ['consumption']) ? { step: 'scope', kind: 'consumption', cycle } : undefined;
}

/** A finding on an entry that nothing explains; only to be looked at while what would explain it is missing or covers a part only. */
export function withoutBillDraft(context: RunContext, entry: Deduction, joined?: readonly MatchKey[], doubt?: Candidate): FindingDraft {
  const { cycle, has } = context;
  const doubtful =
    doubt !== undefined ||
    entry.amount < 0n ||
    !has('consumption', cycle) ||
    mayBeOfMonthBefore(context, entry) ||
    partOf(context, ['consumption', 'partner-bill']) !== undefined;
  const reason = withoutBillReason(entry.amount, entry.tradeId, has('consumption', cycle));
  return {
    code: 'account.deduction-without-bill',
    ...(doubtful ? { severity: 'review' as const } : {}),
    businessKey: [entry.flowId ?? entry.tradeId ?? `${entry.account} ${entry.at}`],
    tradeId: entry.tradeId ?? undefined,
    recordId: entry.flowId ?? undefined,
    expected: 0n,
    stated: entry.amount,
    reason: joined ? withJoined(reason, joined) : reason,
    candidates: doubt ? [doubt] : unexplainedDeduction,
    left: [],
    right: [entry.id],
  };
}

/** Why a check that goes by order number did not run. */
export const noOrderNumber = (cycle: BillingCycle): string =>
  `${cycle} 的收支明细没有带订单号的扣款或退款 / no deduction or refund of ${cycle} in the account statement has an order number`;
