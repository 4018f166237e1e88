import { addMonths } from '../../electron/core/month.ts';
import { refundReason } from '../../electron/core/wording/account.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { AccountPass } from './account-pass.ts';
import { dueSql } from './bill-lines.ts';
import { resaleSql } from './consumption-role.ts';
import type { CheckReport, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

interface Refund {
  readonly customerKey: string;
  readonly accountName: string | null;
  readonly tradeId: string;
  readonly originalTradeId: string | null;
  readonly product: string | null;
  readonly due: bigint;
}
interface Billed {
  readonly lines: bigint;
  readonly due: bigint;
}

const code = 'account.refund-not-returned';

/**
 * Refunds of resale orders with no entry in the ledger of their month or a neighbour, under their own or the original's number, though the
 * original was deducted from an imported account. Where the original is in no imported month, the refund must be in the bill, and its customer not
 * one that is paid for by allocations (rules §6: those never move the ledger).
 */
export function judgeRefunds(context: RunContext, pass: AccountPass): CheckReport {
  const { cycle } = context;
  if (!context.has('consumption', cycle)) {
    return { code, compared: 0, skipped: missingFiles([{ kind: 'consumption', cycle }]) };
  }
  const refunds = refundsOf(context);
  const entries = ledgerEntries(context);
  for (const refund of refunds) {
    const original = refund.originalTradeId;
    if (entries.ids.has(refund.tradeId) || (original !== null && entries.refunded.has(original))) continue;
    const billed = billedOf(context, refund);
    const paidHere = original !== null && entries.deducted.has(original);
    const unknown = original === null || !isKnown(context, refund.customerKey, original);
    const allocated = entries.allocated.has(refund.customerKey);
    if (!paidHere && !(unknown && billed.lines > 0n && !allocated)) continue;
    claim(context, pass, refund, billed);
  }
  return { code, compared: refunds.length };
}

function refundsOf({ db, cycle }: RunContext): Refund[] {
  return db
    .prepare<[string], Refund>(
      `SELECT c.customer_key AS customerKey, min(c.account_name) AS accountName, c.trade_id AS tradeId, min(c.original_trade_id) AS originalTradeId,
              CASE WHEN min(c.product_type) = max(c.product_type) THEN min(c.product_type) END AS product, sum(coalesce(c.amount_due, 0)) AS due
         FROM consumption c
        WHERE c.cycle = ? AND c.in_force = 1 AND c.bill_class = 'refund' AND c.trade_id IS NOT NULL AND ${resaleSql} = 1
        GROUP BY c.customer_key, c.trade_id
       HAVING sum(coalesce(c.amount_due, 0)) < 0
        ORDER BY c.customer_key, c.trade_id`,
    )
    .all(cycle);
}

interface Entries {
  readonly ids: ReadonlySet<string>;
  readonly refunded: ReadonlySet<string>;
  readonly deducted: ReadonlySet<string>;
  readonly allocated: ReadonlySet<string>;
}

/** The orders and customers that the imported ledgers up to the next month name. */
function ledgerEntries({ db, cycle }: RunContext): Entries {
  const set = (sql: string): Set<string> => new Set(db.prepare<{ from: string; to: string }, string>(sql).pluck().all({ from: addMonths(cycle, -1), to: addMonths(cycle, 1) })); // prettier-ignore
  const near = 'cycle BETWEEN :from AND :to AND in_force = 1';
  const until = "cycle <= :to AND in_force = 1 AND :from <> ''";
  return {
    ids: set(`SELECT trade_id FROM account_statement WHERE ${near} AND trade_id IS NOT NULL`),
    refunded: set(`SELECT trade_id FROM account_statement WHERE ${near} AND trade_id IS NOT NULL AND trade_type = 'refund'`),
    deducted: set(
      `SELECT a.trade_id FROM account_statement a WHERE ${until} AND trade_type = 'deduction'
          AND trade_id IN (SELECT c.original_trade_id FROM consumption c WHERE c.cycle BETWEEN :from AND :to AND c.in_force = 1 AND c.bill_class = 'refund')`,
    ),
    allocated: set(
      `SELECT DISTINCT customer_key FROM account_statement WHERE ${until} AND trade_type = 'allocation' AND customer_key IS NOT NULL`,
    ),
  };
}

function billedOf({ db, cycle }: RunContext, refund: Refund): Billed {
  return db
    .prepare<[string, string, string], Billed>(
      `SELECT count(*) AS lines, coalesce(sum(${dueSql}), 0) AS due FROM partner_bill b
        WHERE b.cycle = ? AND b.in_force = 1 AND b.customer_key = ? AND b.trade_id = ?`,
    )
    .get(cycle, refund.customerKey, refund.tradeId)!;
}

/** Does an imported month know the original order? Then its deduction would have been seen. */
function isKnown({ db, cycle }: RunContext, customerKey: string, tradeId: string): boolean {
  const known = db.prepare<[string, string, string]>(
    'SELECT 1 FROM consumption WHERE cycle IN (SELECT DISTINCT cycle FROM account_statement WHERE cycle <= ?) AND in_force = 1 AND customer_key = ? AND trade_id = ? LIMIT 1',
  );
  return known.get(cycle, customerKey, tradeId) !== undefined;
}

function claim({ db, cycle }: RunContext, pass: AccountPass, refund: Refund, billed: Billed): void {
  const expected = pass.convention === 'due' && billed.lines > 0n ? billed.due : refund.due;
  const bridged = billed.lines > 0n;
  if (bridged) {
    pass.notDeducted.amount -= billed.due;
    pass.notDeducted.rows -= billed.lines;
    pass.bridge.step('basis', expected - billed.due, billed.lines);
    pass.bridge.unexplained(-expected);
  }
  const match = { customer_key: refund.customerKey, trade_id: refund.tradeId };
  pass.findings.push({
    code,
    businessKey: [refund.customerKey, refund.tradeId],
    customerId: refund.customerKey.startsWith('@') ? undefined : refund.customerKey,
    accountName: refund.accountName ?? undefined,
    tradeId: refund.tradeId,
    productType: refund.product ?? undefined,
    expected,
    stated: 0n,
    reason: refundReason(-expected, refund.originalTradeId),
    candidates: [],
    left: rowsOf(db, 'partner_bill', cycle, match),
    right: rowsOf(db, 'consumption', cycle, match),
    ...(bridged ? { bridge: { pair: 'bill-account' as const, amount: -expected } } : {}),
  });
}
