import type { AccountPass } from './account-pass.ts';
import type { RunContext } from './context.ts';
import { payersOf } from './deduction-customers.ts';
import { fillLedgerOpen, ledgerOfMonth, type LedgerOrder } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { orderFacts } from './order-facts.ts';
import { prepared } from '../prepared.ts';
import type { Line } from './unpaid-bill.ts';

/**
 * What customers owe of orders that were deducted (TEMP `paid_order`) for others only: an order number may stand on several customers of the bill, and
 * the ledger does not say whose it deducts. What was deducted by the due date, in whatever month, tells whose it is.
 */
export function unpaidShares(context: RunContext, pass: AccountPass, date: string): Line[] {
  const { db, cycle } = context;
  const shared = new Set([...pass.notDeducted.others.map((fact) => fact.tradeId), ...paidInOtherMonths(context)]);
  if (shared.size === 0) return [];
  fillLedgerOpen(context, shared);
  const deducted = prepared<[string, string, string], { paid: bigint | null; entries: bigint }>(
    db,
    `SELECT sum(-change_amount) AS paid, count(*) AS entries FROM account_statement
      WHERE cycle <= ? AND in_force = 1 AND trade_type = 'deduction' AND trade_id = ? AND traded_at <= ? AND id NOT IN (SELECT id FROM temp.said_apart)`,
  );
  return [...orderFacts(context).months].flatMap(([tradeId, months]): Line[] => {
    const billed = months.filter((m) => m.from === 'bill' && m.cycle === cycle);
    const sum = (of: 'lines' | 'due' | 'taxed' | 'other'): bigint => billed.reduce((n, fact) => n + fact[of], 0n);
    const { paid, entries } = deducted.get(date.slice(0, 7), tradeId, `${date} 23:59:59`)!;
    const amounts = { lines: sum('lines'), due: sum('due'), taxed: sum('taxed'), customer: sum('other') };
    const order: LedgerOrder = { tradeId, ...amounts, entries, paid: paid ?? 0n };
    const others = payersOf(pass, order, billed, order.paid)?.others ?? [];
    return others
      .filter((fact) => fact.due > 0n)
      .map(({ customerKey, accountName, product, due }) => ({ customerKey, tradeId, accountName, product, original: null, due }));
  });
}

/** The orders on several customers that the ledger has in another month only. */
function paidInOtherMonths({ db, cycle }: RunContext): string[] {
  return db
    .prepare<{ cycle: string }, string>(
      `SELECT b.trade_id FROM ${monthScan('partner_bill', 'b')} AND b.trade_id IN (SELECT trade_id FROM temp.paid_order)
          AND b.trade_id NOT IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL)
        GROUP BY b.trade_id HAVING min(b.customer_key) <> max(b.customer_key) ORDER BY b.trade_id`,
    )
    .pluck()
    .all({ cycle });
}
