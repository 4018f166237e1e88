import type { FindingDraft } from '../../electron/core/finding.ts';
import type { Repeated } from '../../electron/core/judging/deducted-before.ts';
import { judgeOrder, repeatedBeyond, type OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import { subsetSum } from '../../electron/core/judging/subset-sum.ts';
import { twiceReason } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { saidOfAccounts, type SaidOfAccounts } from './account-matches.ts';
import { addBillFunctions } from './bill-lines.ts';
import { consumedChildren } from './consumed-children.ts';
import { addRoleFunctions } from './consumption-role.ts';
import type { CheckReport, RunContext } from './context.ts';
import { deductionDraft, noOrderNumber } from './deduction-orders.ts';
import { entriesOfOtherMonths, factsFor, overMonths, repeatedFromBefore } from './deductions-of-months.ts';
import { deductionsOf, fillLedgerOpen, ledgerOfMonth, type Deduction } from './ledger-orders.ts';
import { ofAllCustomers, orderFacts, type OrderMonth } from './order-facts.ts';
import { judgeRefundsWithoutBill } from './refunds-without-bill.ts';
import { isReferralOnly, judgeReferral } from './referral-deductions.ts';
import { refundsByOriginal, returnedAgain, withoutReturned } from './returned-orders.ts';

interface WithoutBill {
  readonly findings: readonly FindingDraft[];
  readonly checks: readonly CheckReport[];
  readonly ahead: boolean;
}

const twice = 'account.deducted-twice';

/**
 * What the accounts and the consumption say of each other while the month's bill is not imported: orders deducted twice, refunds that never came back; of
 * a month that is referral only, which has no bill, every deduction that names an order.
 */
export function judgeWithoutBill(context: RunContext): WithoutBill {
  const { cycle } = context;
  addBillFunctions(context);
  addRoleFunctions(context);
  const said = saidOfAccounts(context);
  const refunds = judgeRefundsWithoutBill(context);
  const named = namedOrders(context);
  if (!context.has('consumption', cycle) || named === 0) {
    const kinds = ['partner-bill', 'consumption'] as const;
    const skipped = named === 0 ? noOrderNumber(cycle) : missingFiles(kinds.map((kind) => ({ kind, cycle })));
    return { ...refunds, checks: [{ code: twice, compared: 0, skipped }, refunds.check] };
  }
  const repeats = repeatedOrders(context, said);
  const referral = isReferralOnly(context) ? judgeReferral(context, said) : undefined;
  const told = new Set(repeats.findings.map((f) => f.tradeId));
  const byConsumption = ['account.deduction-without-bill', 'account.deduction-amount'] as const;
  return {
    findings: [...refunds.findings, ...repeats.findings, ...(referral?.findings ?? []).filter((f) => !told.has(f.tradeId))],
    checks: [
      { code: twice, compared: named },
      refunds.check,
      ...(referral ? byConsumption.map((code) => ({ code, compared: referral.compared })) : []),
    ],
    ahead: refunds.ahead || repeats.ahead || (referral?.ahead ?? false),
  };
}

function namedOrders({ db, cycle }: RunContext): number {
  const count = db.prepare<{ cycle: string }, bigint>(`SELECT count(DISTINCT a.trade_id) FROM ${ledgerOfMonth}`).pluck();
  return Number(count.get({ cycle })!);
}

function repeatedOrders(context: RunContext, said: SaidOfAccounts): { findings: FindingDraft[]; ahead: boolean } {
  const { db, cycle } = context;
  const several = `SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL GROUP BY a.trade_id HAVING count(*) > 1`;
  fillLedgerOpen(context, [...db.prepare<{ cycle: string }, string>(several).pluck().all({ cycle }), ...repeatedFromBefore(context)]);
  const { months: named, ahead } = orderFacts(context);
  const combined = consumedChildren(context, named);
  const months = new Map([...named, ...combined]);
  const refunds = refundsByOriginal(context);
  const others = entriesOfOtherMonths(context, months);
  const entries = deductionsOf(context, 'open').filter((e) => !said.apart.has(e.id) && !said.joined.has(e.id));
  const findings = [...Map.groupBy(entries, (e) => e.tradeId!)].flatMap(([trade, own]) => {
    const known = { months: months.get(trade) ?? [], refunds: refunds.get(trade) ?? [] };
    const around = others.get(trade) ?? [];
    const over = overMonths(context, own, around, { ...known, convention: 'due' });
    if (over?.repeated) return [repeatedDraft(context, over.repeated, own, over.earlier, known.months)];
    const left = withoutReturned(own, known.refunds);
    const again = returnedAgain(own, left);
    const rest = left.filter((entry) => !again.includes(entry));
    const facts = { bases: basesOf(known.months, combined.has(trade)), usual: undefined };
    const found = judgeRepeated(context, facts, rest, over?.earlier ?? [], known.months);
    return [...returnedDrafts(context, own, again, known.months), ...(found ? [found] : [])];
  });
  return { findings, ahead };
}

function returnedDrafts(
  context: RunContext,
  own: readonly Deduction[],
  again: readonly Deduction[],
  months: readonly OrderMonth[],
): FindingDraft[] {
  return [...Map.groupBy(again, (entry) => entry.amount)].map(([amount, { length: copies }]) => {
    const entries = own.filter((entry) => entry.amount === amount);
    const sound = entries.length - copies;
    return repeatedDraft(context, { amount, sound, copies, order: amount * BigInt(sound) }, entries, [], months);
  });
}

/** What an order may come to; of a combined order only all of it. */
function basesOf(months: readonly OrderMonth[], isCombined: boolean): bigint[] {
  if (months.length === 0) return [];
  const sums = [...ofAllCustomers(months), ...(isCombined ? [] : months), together(months)];
  return sums.flatMap((m) => [m.due, m.taxed, m.other, m.money]);
}

function judgeRepeated(
  context: RunContext,
  facts: OrderFacts,
  entries: readonly Deduction[],
  earlier: readonly Deduction[],
  months: readonly OrderMonth[],
): FindingDraft | undefined {
  const amounts = entries.map((e) => e.amount);
  if (isOfSome(amounts, months)) return undefined;
  const verdict = judgeOrder(facts, { amounts });
  if (verdict.kind === 'twice') {
    const { amount, copies, entries: times, order } = verdict;
    return repeatedDraft(context, { amount, sound: times - copies, copies, order }, entries, [], months);
  }
  const all = [...earlier, ...entries];
  const beyond = entries.length > 0 && verdict.kind === 'differs' ? repeatedBeyond(facts, { amounts: all.map((e) => e.amount) }) : undefined; // prettier-ignore
  if (!beyond) return undefined;
  const copies = earlier.length > 0 ? entries.length : entries.length - 1;
  const told = repeatedDraft(context, { amount: beyond.amount, sound: 1, copies, order: beyond.amount }, entries, earlier, months);
  return { ...told, severity: 'review' };
}

function repeatedDraft(
  context: RunContext,
  { amount, sound, copies, order }: Repeated,
  entries: readonly Deduction[],
  earlier: readonly Deduction[],
  months: readonly OrderMonth[],
): FindingDraft {
  const times = sound + copies;
  const what = { expected: amount * BigInt(sound), stated: amount * BigInt(times), reason: twiceReason(amount, times, order) };
  const last = entries.findLast((e) => e.amount === amount)!;
  return deductionDraft(context, { code: twice, ...what }, last, [...earlier, ...entries], factsFor(months, amount));
}

/** An order over several months may be deducted once, for all. */
function together(months: readonly OrderMonth[]): Pick<OrderMonth, 'due' | 'taxed' | 'other' | 'money'> {
  const consumed = months.filter((m) => m.from === 'consumption');
  const sum = (of: 'due' | 'taxed' | 'other' | 'money'): bigint => consumed.reduce((n, m) => n + m[of], 0n);
  return { due: sum('due'), taxed: sum('taxed'), other: sum('other'), money: sum('money') };
}

/** Do the entries come to what some of several customers of the number consumed? The others live from allocations. */
function isOfSome(amounts: readonly bigint[], months: readonly OrderMonth[]): boolean {
  const paid = amounts.reduce((n, amount) => n + amount, 0n);
  return [...Map.groupBy(months, (m) => `${m.from} ${m.cycle}`).values()].some(
    (own) => own.length > 1 && (['due', 'other', 'money'] as const).some((of) => subsetSum(paid, own.map((m) => m[of])).state !== 'none'), // prettier-ignore
  );
}
