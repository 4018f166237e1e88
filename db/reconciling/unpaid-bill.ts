import { dueDate } from '../../electron/core/due-date.ts';
import type { FindingDraft, Text } from '../../electron/core/finding.ts';
import { judgeUnpaid, type Unpaid, type UnpaidOrder } from '../../electron/core/judging/unpaid-bill.ts';
import { cent } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { unpaidCandidates, unpaidReason } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import { prepared } from '../prepared.ts';
import { repaidUntil } from '../repayments.ts';
import { paidInSum } from './account-origins.ts';
import type { AccountPass } from './account-pass.ts';
import { addBillFunctions, dueSql } from './bill-lines.ts';
import { saysInside } from './bill-total-lines.ts';
import { resaleSql } from './consumption-role.ts';
import type { CheckReport, RunContext } from './context.ts';
import { coverageUntil } from './due-date-covered.ts';
import { customersOnAllocations } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { cyclesOf } from './rows-of.ts';
import { paidOnFirstOfNext } from './paid-next-month.ts';
import { unpaidShares } from './unpaid-shares.ts';
import { counted, displayCount } from '../../electron/core/display-count.ts';

const code = 'account.bill-without-deduction';

/** One order of a customer that nothing paid. */
export interface Line extends UnpaidOrder {
  readonly accountName: string | null;
  readonly product: string | null;
  readonly original: string | null;
}

/**
 * Bill lines that are due and were not paid by their due date. An order is paid by a deduction in any imported month up to that day, by a day's sum,
 * or by what the person allotted to the month; of a customer that lives from allocations nothing is proven (rules §6). An order that the consumption
 * does not know is bill.line-without-consumption's. The rows stay in the bridge's step `not-deducted`, so the finding adds nothing to it.
 * An order of less than a cent is never deducted by itself (rules §2). There is no flow to name here, so the key is that of the bill's own checks:
 * customer | tradeId.
 */
export function judgeUnpaidBill(context: RunContext, pass: AccountPass): CheckReport {
  const { cycle, settings } = context;
  if (settings.billDueDate === null) {
    return { code, compared: 0, skipped: '没有设置账单还款日 / no due date of the bill is set' };
  }
  const date = dueDate(cycle, settings.billDueDate);
  const { uncovered, ahead } = coverageUntil(context, date);
  pass.looked.ahead ||= ahead;
  if (uncovered.length > 0) {
    const missing = missingFiles(uncovered.map((of) => ({ kind: 'account-statement' as const, ...of })));
    const [zh, en] = missing.split(' / ') as [string, string];
    return { code, compared: 0, skipped: `${zh}（要到还款日 ${date} 为止） / ${en} up to the due date ${date}` };
  }
  if (!saysInside(context)) return judgeUntil(context, pass, date);
  addBillFunctions({ db: context.db, settings: { billTax: 'inside' } });
  const report = judgeUntil(context, pass, date);
  addBillFunctions(context);
  return report;
}

/** What was due is what the month's total asks for. */
function judgeUntil(context: RunContext, pass: AccountPass, date: string): CheckReport {
  const { db, cycle } = context;
  const bill = db
    .prepare<{ cycle: string }, { due: bigint; named: bigint }>(
      `SELECT coalesce(sum(${dueSql}), 0) AS due, count(b.trade_id) AS named FROM ${monthScan('partner_bill', 'b')}`,
    )
    .get({ cycle })!;
  if (bill.named === 0n) return { code, compared: 0, skipped: `${cycle} 账单没有订单号 / the bill of ${cycle} has no order numbers` };
  const compared = Number(bill.named);
  // A month that comes to nothing or less asks for no payment (rules §1.5).
  if (bill.due <= 0n) return { code, compared };
  fillPaid(context, date);
  const orders = unpaidOrders(context, pass, date);
  const repaid = repaidUntil(db, cycle, date);
  const refunds = orders.length > 0 ? refundsOfBill(context, pass, date) : [];
  const given = refunds.reduce((sum, { due }) => sum + due, 0n);
  const open = repaid > 0n ? orders : orders.flatMap((order) => lessRefunds(order, refunds));
  const found = judgeUnpaid(open, repaid, deductedCustomers(context), given);
  for (const unpaid of found) if (unpaid.kind !== 'order' || unpaid.due >= cent) pass.findings.push(draft(context, unpaid, date));
  return { code, compared };
}

/** Fills TEMP `paid_order` with every order that was deducted by the end of that day. */
function fillPaid({ db }: RunContext, date: string): void {
  db.exec('DROP TABLE IF EXISTS temp.paid_order; CREATE TEMP TABLE paid_order (trade_id TEXT PRIMARY KEY) WITHOUT ROWID');
  db.prepare(
    `INSERT OR IGNORE INTO temp.paid_order (trade_id)
     SELECT trade_id FROM account_statement
      WHERE cycle <= ? AND in_force = 1 AND (trade_type = 'deduction' OR (trade_type = 'adjustment' AND change_amount < 0)) AND trade_id IS NOT NULL
        AND traded_at <= ?
        AND id NOT IN (SELECT id FROM temp.said_apart)`,
  ).run(date.slice(0, 7), `${date} 23:59:59`);
}

function unpaidOrders(context: RunContext, pass: AccountPass, date: string): Line[] {
  const { db, cycle } = context;
  const allocated = customersOnAllocations(db, date.slice(0, 7));
  const lines = db
    .prepare<{ cycle: string }, Line>(
      `SELECT b.customer_key AS customerKey, b.trade_id AS tradeId, min(b.account_name) AS accountName,
              CASE WHEN min(b.product_type) = max(b.product_type) THEN min(b.product_type) END AS product,
              CASE WHEN max(b.bill_class = 'refund') = 1 THEN NULL ELSE min(b.original_trade_id) END AS original, sum(${dueSql}) AS due
         FROM ${monthScan('partner_bill', 'b')} AND b.trade_id IS NOT NULL AND b.trade_id NOT IN (SELECT trade_id FROM temp.paid_order)
        GROUP BY b.customer_key, b.trade_id
       HAVING sum(${dueSql}) > 0
        ORDER BY b.customer_key, b.trade_id`,
    )
    .all({ cycle });
  const known = isConsumed(context);
  // A sum of a day without a number pays no order that the ledger names.
  const taken = { ...pass.taken, cells: new Set([...pass.taken.cells, ...(lines.length > 0 ? paidOnFirstOfNext(context, { apart: pass.taken.apart, allocated }) : [])]) }; // prettier-ignore
  const inNoSum = lines.filter((l) => !paidInSum(context, taken, l.customerKey, l.tradeId));
  return [...inNoSum, ...unpaidShares(context, pass, date)].filter(
    (l) =>
      !allocated.has(l.customerKey) &&
      known(l) &&
      !pass.taken.orders.has(`${l.customerKey}|${l.tradeId}`) &&
      !(l.original !== null && paidAsCombined(context, l.customerKey, l.original)),
  );
}

/** What the bill gives back in orders that no entry of the ledgers returned by that day; a customer that lives from allocations has it back there. */
function refundsOfBill(context: RunContext, pass: AccountPass, date: string): OpenRefund[] {
  const { db, cycle } = context;
  const orders = db
    .prepare<{ cycle: string; last: string; end: string }, OpenRefund>(
      `SELECT b.customer_key AS customerKey, b.trade_id AS tradeId, min(b.original_trade_id) AS original, sum(${dueSql}) AS due
         FROM ${monthScan('partner_bill', 'b')} AND b.trade_id IS NOT NULL AND b.trade_id NOT IN (
                SELECT a.trade_id FROM account_statement a
                 WHERE a.cycle <= :last AND a.in_force = 1 AND a.trade_type IN ('deduction', 'refund') AND a.trade_id IS NOT NULL AND a.traded_at <= :end)
        GROUP BY b.customer_key, b.trade_id
       HAVING sum(${dueSql}) < 0`,
    )
    .all({ cycle, last: date.slice(0, 7), end: `${date} 23:59:59` });
  const allocated = customersOnAllocations(db, date.slice(0, 7));
  return orders
    .filter(({ customerKey, tradeId }) => !allocated.has(customerKey) && !pass.taken.orders.has(`${customerKey}|${tradeId}`))
    .filter(({ customerKey, tradeId }) => !paidInSum(context, pass.taken, customerKey, tradeId));
}

/** A refund of the bill that no ledger has. */
type OpenRefund = UnpaidOrder & { readonly original: string | null };

/** What is left of an order beside refunds of it that no ledger has either: what was cancelled before anything was taken is not owed. */
function lessRefunds(order: Line, refunds: readonly OpenRefund[]): Line[] {
  const own = refunds.filter(({ customerKey, original }) => customerKey === order.customerKey && original === order.tradeId);
  const due = own.reduce((sum, refund) => sum + refund.due, order.due);
  return due > 0n ? [{ ...order, due }] : [];
}

/** Does the resale consumption know the order: by its number in this month or a neighbour, or by rows of the customer that have none? */
function isConsumed({ db, cycle, has }: RunContext): (line: Line) => boolean {
  if (!has('consumption', cycle)) return () => true;
  const row = prepared<[string, string, string | null], unknown>(
    db,
    `SELECT 1 FROM consumption c WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id IS ? AND ${resaleSql} = 1 LIMIT 1`,
  );
  const near = [cycle, addMonths(cycle, -1), addMonths(cycle, 1)];
  return ({ customerKey, tradeId }) =>
    near.some((month) => row.get(month, customerKey, tradeId) !== undefined) || row.get(cycle, customerKey, null) !== undefined;
}

/** A child of a combined order is paid with its parent: an order that was deducted and is in no bill itself. */
function paidAsCombined({ db }: RunContext, customerKey: string, original: string): boolean {
  if (prepared<[string], unknown>(db, 'SELECT 1 FROM temp.paid_order WHERE trade_id = ?').get(original) === undefined) return false;
  const billed = prepared<[string, string, string], unknown>(
    db,
    'SELECT 1 FROM partner_bill WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? LIMIT 1',
  );
  return !cyclesOf(db, 'partner_bill').some((month) => billed.get(month, customerKey, original) !== undefined);
}

/** Customers of whose orders in this bill at least one was deducted. */
function deductedCustomers({ db, cycle }: RunContext): Set<string> {
  const sql = `SELECT DISTINCT b.customer_key FROM ${monthScan('partner_bill', 'b')} AND b.trade_id IN (SELECT trade_id FROM temp.paid_order)`;
  return new Set(db.prepare<{ cycle: string }, string>(sql).pluck().all({ cycle }));
}

function draft(context: RunContext, unpaid: Unpaid, date: string): FindingDraft {
  const stated = unpaid.kind === 'rest' ? unpaid.repaid : 0n;
  const common = {
    code,
    expected: unpaid.due,
    stated,
    candidates: unpaidCandidates,
    right: [],
    bridge: { pair: 'bill-account' as const, amount: 0n },
  } as const;
  const reason = (what: Text): Text => unpaidReason(what, unpaid.due, stated, date);
  if (unpaid.kind === 'rest') {
    const what = {
      zh: `账单 ${displayCount(unpaid.orders.length)} 个订单`,
      en: `${counted(unpaid.orders.length, 'order')} of the bill`,
    };
    return { ...common, businessKey: [], reason: reason(what), left: lineIds(context, unpaid.orders) };
  }
  const [line] = (unpaid.kind === 'order' ? [unpaid.order] : unpaid.orders) as readonly [Line, ...Line[]];
  const of = {
    customerId: line.customerKey.startsWith('@') ? undefined : line.customerKey,
    accountName: line.accountName ?? undefined,
  };
  if (unpaid.kind === 'order') {
    const [tradeId, productType] = [line.tradeId, line.product ?? undefined];
    const what = { zh: `订单 ${tradeId} `, en: `Order ${tradeId}` };
    return {
      ...common,
      ...of,
      tradeId,
      productType,
      businessKey: [line.customerKey, tradeId],
      reason: reason(what),
      left: lineIds(context, [line]),
    };
  }
  const count = unpaid.orders.length;
  const what = { zh: `该客户账单的 ${displayCount(count)} 个订单`, en: `${counted(count, 'order')} of the customer` };
  return { ...common, ...of, businessKey: [line.customerKey], reason: reason(what), left: lineIds(context, unpaid.orders) };
}

/** The bill's rows of these orders, read once for each customer: there may be very many orders. */
function lineIds({ db, cycle }: RunContext, orders: readonly UnpaidOrder[]): RowId[] {
  const rows = prepared<[string, string], { id: bigint; tradeId: string | null }>(
    db,
    'SELECT id, trade_id AS tradeId FROM partner_bill WHERE cycle = ? AND in_force = 1 AND customer_key = ? ORDER BY id',
  );
  return [...Map.groupBy(orders, (o) => o.customerKey)].flatMap(([customerKey, own]) => {
    const trades = new Set<string | null>(own.map((o) => o.tradeId));
    return rows.all(cycle, customerKey).flatMap((row) => (trades.has(row.tradeId) ? [row.id] : []));
  });
}
