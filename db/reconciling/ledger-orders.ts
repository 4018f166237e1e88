import type { BillingCycle } from '../../electron/core/month.ts';
import type { MatchKey } from '../../electron/core/manual-match.ts';
import type { ReadDb } from '../open.ts';
import { isAllocationSql } from './allocation-account.ts';
import type { RunContext } from './context.ts';
import { customerSql, dueSql, taxedSql } from './bill-lines.ts';
import { monthScan } from './month-scan.ts';
import type { OrderMonth } from './order-facts.ts';

/** One order (or the entries without one) on both sides of bill ↔ account; amounts in 1e-8 yuan, deductions positive. */
export interface LedgerOrder {
  readonly tradeId: string | null;
  readonly lines: bigint;
  readonly due: bigint;
  /** The due by the other reading of its tax (`taxedSql`). */
  readonly taxed: bigint;
  readonly customer: bigint;
  readonly entries: bigint;
  readonly paid: bigint;
  /** Whose lines these are, where others of its number are not deducted. */
  readonly customers?: readonly string[];
  /** Its entries, where others of its number stand elsewhere. */
  readonly only?: readonly bigint[];
  /** What a person joined in it, and whose lines of the bill these are. */
  readonly joined?: { readonly keys: readonly MatchKey[]; readonly billed: readonly OrderMonth[] };
  /** Of a combined order its lines of this month's bill, which have the numbers of its children, or its own where the accounts have theirs. */
  readonly children?: readonly OrderMonth[];
}

/** Ledger entries (alias a) that are in the pair: deductions and refunds. */
export const ledgerOfMonth = `account_statement a WHERE a.cycle = :cycle AND a.in_force = 1 AND a.trade_type IN ('deduction', 'refund')`;

/** Every trade id of the month's bill or ledger, in order; one pass. */
export function ledgerOrders({ db, cycle }: RunContext): IterableIterator<LedgerOrder> {
  return db
    .prepare<{ cycle: string }, LedgerOrder>(
      `SELECT trade_id AS tradeId, sum(line) AS lines, sum(due) AS due, sum(taxed) AS taxed, sum(customer) AS customer, sum(entry) AS entries, sum(paid) AS paid
         FROM (SELECT b.trade_id AS trade_id, 1 AS line, ${dueSql} AS due, ${taxedSql} AS taxed, ${customerSql} AS customer, 0 AS entry, 0 AS paid
                 FROM ${monthScan('partner_bill', 'b')}
               UNION ALL
               SELECT a.trade_id, 0, 0, 0, 0, 1, -a.change_amount FROM ${ledgerOfMonth})
        GROUP BY trade_id
        ORDER BY trade_id`,
    )
    .iterate({ cycle });
}

/** One ledger entry of the pair. */
export interface Deduction {
  readonly id: bigint;
  readonly tradeId: string | null;
  readonly flowId: string | null;
  readonly account: string;
  readonly at: string;
  readonly detail: string | null;
  readonly amount: bigint;
}

/** The month's entries of the orders in TEMP `ledger_open`, or those without an order, in time order. */
export function deductionsOf({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>, which: 'open' | 'without-order'): Deduction[] {
  const condition = which === 'open' ? 'a.trade_id IN (SELECT trade_id FROM temp.ledger_open)' : 'a.trade_id IS NULL';
  return db
    .prepare<{ cycle: string }, Deduction>(
      `SELECT a.id AS id, a.trade_id AS tradeId, a.flow_id AS flowId, a.account AS account, a.traded_at AS at, a.trade_detail_type AS detail,
              -a.change_amount AS amount
         FROM ${ledgerOfMonth} AND ${condition}
        ORDER BY a.trade_id, a.traded_at, coalesce(a.flow_id, ''), a.id`,
    )
    .all({ cycle });
}

/** Fills TEMP `ledger_open` with the trade ids to look up. */
export function fillLedgerOpen({ db }: RunContext, tradeIds: Iterable<string>): void {
  db.exec('DROP TABLE IF EXISTS temp.ledger_open; CREATE TEMP TABLE ledger_open (trade_id TEXT PRIMARY KEY) WITHOUT ROWID');
  const insert = db.prepare('INSERT OR IGNORE INTO temp.ledger_open (trade_id) VALUES (?)');
  for (const id of tradeIds) insert.run(id);
}

/**
 * Customers that live from allocations: money was given to them or taken back from them in an imported month up to this one, as the ledger or the
 * adjustment records have it, for the statement of that account may not be imported. What they consume is paid from it and never moves the partner's
 * own accounts (rules §6).
 */
export function customersOnAllocations(db: ReadDb, until: BillingCycle): Set<string> {
  return new Set(
    db
      .prepare<{ until: string }, string>(
        `SELECT customer_key FROM account_statement
          WHERE in_force = 1 AND cycle <= :until AND ${isAllocationSql} AND customer_key IS NOT NULL
         UNION
         SELECT customer_key FROM adjustment WHERE in_force = 1 AND cycle <= :until AND customer_key IS NOT NULL`,
      )
      .pluck()
      .all({ until }),
  );
}
