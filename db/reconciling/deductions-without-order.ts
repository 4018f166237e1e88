import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { meets } from '../../electron/core/judging/order-deduction.ts';
import { restOfBill, severalSums } from '../../electron/core/wording/account.ts';
import { addMonths } from '../../electron/core/month.ts';
import { cellKey } from './account-origins.ts';
import type { AccountPass } from './account-pass.ts';
import { dueSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { claimWithoutBill } from './deduction-orders.ts';
import { isUnbilled, paidWithUnbilled, unbilledOfDays, type Unbilled } from './day-consumption.ts';
import { bookDayOrders, ordersOfDays, someOfTheDay, type DayOrder } from './day-orders.ts';
import { bookPaidAgain, isSingle, paidAgain, singlesOfDays } from './day-sums-again.ts';
import { paidBy, paidWithBefore, total, undeducted, type Cell } from './day-sums.ts';
import { deductionsOf, type Deduction } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { allottedFlows } from '../repayments.ts';
import { earlier, earlierMonths, repaidAgain, RepaidBills } from './repaid-bills.ts';

/**
 * Entries without an order number: a repayment of an earlier bill (the person or its type says so, or it is that bill's exact amount), else the sum of one
 * day's lines that have no entry of their own, all or those of a billing mode, customer or product, each line once; else a finding.
 */
export function judgeWithoutOrder(context: RunContext, pass: AccountPass): void {
  const repaid = new RepaidBills(context);
  for (const entry of repaid.transfers()) {
    const again = repaid.repaidBefore(entry);
    if (again) pass.findings.push({ ...repaidAgain(context, again), bridge: { pair: 'bill-account', amount: 0n } });
  }
  const entries = deductionsOf(context, 'without-order').filter((e) => !pass.said.joined.has(e.id));
  if (entries.length === 0) return;
  for (const order of pass.taken.orders) pass.taken.apart.add(order);
  const inNoSum = { apart: pass.taken.apart, allocated: pass.allocated() };
  const days = Map.groupBy(undeducted(context, [...new Set(entries.map((e) => e.at.slice(0, 10)))], inNoSum), (c) => c.day);
  const bills = earlierBills(context);
  const allotted = allottedFlows(context.db);
  const left: Deduction[] = [];
  for (const entry of entries) {
    const said = isRepayment(entry, allotted);
    const apart = pass.said.apart.has(entry.id);
    const again = said ? repaid.repaidBefore(entry) : undefined;
    if (again) {
      pass.bridge.unexplained(entry.amount);
      pass.findings.push({ ...repaidAgain(context, again), bridge: { pair: 'bill-account', amount: entry.amount } });
      continue;
    }
    if (said || (!apart && takeBill(bills, entry, repaid))) {
      pass.bridge.step('repayment', entry.amount, 1, () => pass.origins.entry(entry, []));
      continue;
    }
    const day = entry.at.slice(0, 10);
    const cells = apart ? [] : (days.get(day) ?? []);
    const alike = entries.filter((e) => e.amount === entry.amount && e.at.slice(0, 10) === day).length;
    const paid = paidBy(cells, entry.amount, alike);
    if (paid === 'several') claimWithoutBill(context, pass, entry, undefined, severalSums);
    else if (paid === undefined) left.push(entry);
    if (paid === 'several' || paid === undefined) continue;
    takeCells(pass, days, day, paid);
    const due = total(paid, 'due');
    const lines = total(paid, 'lines');
    const origin = (): BridgeOrigin => pass.origins.entry(entry, paid);
    if (due === entry.amount) pass.bridge.step('agreed', 0n, lines + 1n, origin);
    else pass.bridge.step('basis', entry.amount - due, lines + 1n, origin);
  }
  if (left.length === 0) return;
  const open = [...new Set(left.map((e) => e.at.slice(0, 10)))];
  const before = Map.groupBy(undeducted(context, open, inNoSum, addMonths(context.cycle, -1)), (c) => c.day);
  const orders = ordersOfDays(context, open);
  const unbilled = unbilledOfDays(context, pass, open);
  const unstated = earlierLines(context);
  const singles = singlesOfDays(context, pass, open);
  for (const entry of left) {
    const apart = pass.said.apart.has(entry.id);
    if (!apart && paidWithMonthBefore(pass, entry, { days, before })) continue;
    if (!apart && takeBill(unstated, entry, repaid)) pass.bridge.step('repayment', entry.amount, 1, () => pass.origins.entry(entry, []));
    else if (apart || !judgeWithUnbilled(context, pass, left, entry, { days, unbilled }))
      judgeSomeOfTheDay(context, pass, entry, { days, orders, singles, repaid });
  }
}

/**
 * Books a sum that pays lines of the month before as well: a charge belongs to the month of its consumption (rules §3), and the last hours of a month are
 * charged on the first day of the next.
 */
function paidWithMonthBefore(
  pass: AccountPass,
  entry: Deduction,
  { days, before }: Record<'days' | 'before', Map<string, readonly Cell[]>>,
): boolean {
  const day = entry.at.slice(0, 10);
  const [cells, others] = [days.get(day) ?? [], before.get(day) ?? []];
  const paid = paidWithBefore(cells, others, entry.amount);
  if (paid === undefined) return false;
  before.set(day, others.filter((c) => !paid.includes(c))); // prettier-ignore
  const own = takeCells(pass, days, day, paid);
  pass.bridge.step('other-month', entry.amount - total(own, 'due'), total(own, 'lines') + 1n, () => pass.origins.entry(entry, own));
  return true;
}

/** Books a sum that pays what only the consumption has of its day; false where it comes to nothing of that. */
function judgeWithUnbilled(
  context: RunContext,
  pass: AccountPass,
  left: readonly Deduction[],
  entry: Deduction,
  { days, unbilled }: { readonly days: Map<string, readonly Cell[]>; readonly unbilled: Map<string, Unbilled[]> },
): boolean {
  const day = entry.at.slice(0, 10);
  const [cells, others] = [days.get(day) ?? [], unbilled.get(day) ?? []];
  if (others.length === 0) return false;
  const alike = left.filter((e) => e.amount === entry.amount && e.at.slice(0, 10) === day).length;
  const paid = paidWithUnbilled(cells, others, entry, alike);
  if (paid === 'several') claimWithoutBill(context, pass, entry, undefined, severalSums);
  if (paid === undefined || paid === 'several') return paid === 'several';
  unbilled.set(day, others.filter((u) => !paid.includes(u))); // prettier-ignore
  const own = takeCells(pass, days, day, paid);
  for (const { customer, trade } of paid.filter(isUnbilled)) pass.taken.orders.add(`${customer}|${trade}`);
  const step = paid.filter(isUnbilled).every((u) => u.resale) ? 'other-month' : 'referral-payment';
  pass.bridge.step(step, entry.amount - total(own, 'due'), total(own, 'lines') + 1n, () => pass.origins.entry(entry, own));
  return true;
}

/** Takes the lines that a sum pays out of those of its day that nothing pays; returns them. */
function takeCells(pass: AccountPass, days: Map<string, readonly Cell[]>, day: string, paid: readonly Cell[]): readonly Cell[] {
  const cells = days.get(day) ?? [];
  const own = cells.filter((c) => paid.includes(c));
  days.set(day, cells.filter((c) => !own.includes(c))); // prettier-ignore
  for (const cell of own) pass.taken.cells.add(cellKey(cell));
  pass.notDeducted.amount -= total(own, 'due');
  pass.notDeducted.rows -= total(own, 'lines');
  return own;
}

/** Sums of whole groups go first: what is left may pay some of a customer's orders. */
function judgeSomeOfTheDay(
  context: RunContext,
  pass: AccountPass,
  entry: Deduction,
  {
    days,
    orders: ofDays,
    singles: ofOwn,
    repaid,
  }: {
    days: Map<string, readonly Cell[]>;
    orders: ReadonlyMap<string, readonly DayOrder[]>;
    singles: ReturnType<typeof singlesOfDays>;
    repaid: RepaidBills;
  },
): void {
  const day = entry.at.slice(0, 10);
  const cells = pass.said.apart.has(entry.id) ? [] : (days.get(day) ?? []);
  const orders = cells.length === 0 ? undefined : someOfTheDay(ofDays.get(day) ?? [], pass, entry, cells);
  const again = orders === undefined ? paidAgain(cells, ofOwn.get(day) ?? [], entry) : undefined;
  const rest = orders === undefined && again === undefined ? repaid.restOf(entry) : undefined;
  if (again) {
    const doubled = again.filter(isSingle);
    ofOwn.set(day, ofOwn.get(day)!.filter((single) => !doubled.includes(single))); // prettier-ignore
    bookPaidAgain(context, pass, entry, takeCells(pass, days, day, again), doubled);
  } else if (orders === undefined || orders === 'several')
    claimWithoutBill(context, pass, entry, undefined, orders ? severalSums : rest === undefined ? undefined : restOfBill(rest));
  else bookDayOrders(context, pass, entry, orders);
}

/** Do the person or its type say that an entry repays a bill? `allotted`: what the person allotted. */
export const isRepayment = ({ account, flowId, at, detail }: Deduction, allotted: ReadonlySet<string>): boolean =>
  allotted.has(`${account}|${flowId ?? at}`) || /还款|repay/i.test(detail ?? '');

/** Takes what an entry comes to, to whole cents, out of the list of bills, unless another entry repaid it; two bills may have come to the same. */
function takeBill(amounts: bigint[], entry: Deduction, repaid: RepaidBills): boolean {
  const at = amounts.findIndex((own) => meets(entry.amount, own));
  if (at < 0 || repaid.repaidBefore(entry)) return false;
  amounts.splice(at, 1);
  return true;
}

/** What the lines of earlier bills come to whose total nothing states. */
function earlierLines({ db, cycle, has }: RunContext): bigint[] {
  const sum = db.prepare<{ cycle: string }, bigint>(`SELECT coalesce(sum(${dueSql}), 0) FROM ${monthScan('partner_bill', 'b')}`).pluck();
  return earlierMonths(cycle)
    .filter((month) => has('partner-bill', month) && !has('bill-summary', month))
    .map((month) => sum.get({ cycle: month })!)
    .filter((total) => total > 0n);
}

/** What the bills of earlier months came to, as stated. */
function earlierBills({ db, cycle }: RunContext): bigint[] {
  const from = addMonths(cycle, -earlier);
  const stated = db
    .prepare<[string, string], bigint>(
      'SELECT sum(amount_due) FROM bill_summary WHERE cycle >= ? AND cycle < ? AND in_force = 1 GROUP BY cycle ORDER BY cycle',
    )
    .pluck()
    .all(from, cycle);
  return stated.filter((total) => total > 0n);
}
