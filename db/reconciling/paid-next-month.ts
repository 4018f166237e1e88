import { addMonths } from '../../electron/core/month.ts';
import { allottedFlows } from '../repayments.ts';
import { cellKey } from './account-origins.ts';
import type { RunContext } from './context.ts';
import { paidBy, paidWithBefore, undeducted, type InNoSum } from './day-sums.ts';
import { isRepayment } from './deductions-without-order.ts';
import { deductionsOf } from './ledger-orders.ts';

/** The lines that a sum of the first day of the next month pays, as that month judges it: the last hours of a month are charged then. */
export function paidOnFirstOfNext({ db, cycle }: RunContext, inNoSum: InNoSum): ReadonlySet<string> {
  const next = { db, cycle: addMonths(cycle, 1) };
  const day = `${next.cycle}-01`;
  const allotted = allottedFlows(db);
  const entries = deductionsOf(next, 'without-order').filter((e) => e.at.startsWith(day) && !isRepayment(e, allotted));
  if (entries.length === 0) return new Set();
  let cells = undeducted(next, [day], inNoSum);
  let before = undeducted(next, [day], inNoSum, cycle);
  const paid = new Set<string>();
  const left = entries.filter(({ amount }) => {
    const own = paidBy(cells, amount, entries.filter((e) => e.amount === amount).length); // prettier-ignore
    if (own !== undefined && own !== 'several') cells = cells.filter((c) => !own.includes(c));
    return own === undefined;
  });
  for (const { amount } of left) {
    const own = paidWithBefore(cells, before, amount) ?? [];
    for (const cell of before) if (own.includes(cell)) paid.add(cellKey(cell));
    cells = cells.filter((c) => !own.includes(c));
    before = before.filter((c) => !own.includes(c));
  }
  return paid;
}
