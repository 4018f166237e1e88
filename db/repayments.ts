import { addMonths, type BillingCycle } from '../electron/core/month.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** An entry of an account statement that may repay a month's bill; amounts in 1e-8 yuan. */
export interface Repayment {
  readonly account: string;
  /** Its flow id; where the file has none, its time. */
  readonly flow: string;
  readonly at: string;
  readonly detail: string | null;
  /** What was repaid, above 0. */
  readonly amount: bigint;
  /** The month whose bill it repays, as the person said. */
  readonly allotted: BillingCycle | null;
}

/** How many months after a bill its repayments are offered. */
const months = 6;
/** An entry's name over all imports (alias a): row ids change with every import of the file. */
export const flowSql = `coalesce(a.flow_id, a.traded_at)`;
/** Money that came into the credit account, or left an account as a repayment or without an order (alias a). */
const mayRepay = `a.trade_id IS NULL AND (
    (a.account = 'credit' AND a.change_amount > 0 AND a.trade_type IN ('recharge', 'transfer', 'repayment', 'other'))
    OR (a.change_amount < 0 AND (a.trade_type IN ('deduction', 'repayment') OR a.trade_detail_type LIKE '%还款%' OR a.trade_detail_type LIKE '%repay%')))`;

/** The entries that may repay a month's bill and repay no other, in time order; those of the months after it only. */
export function listRepayments(db: ReadDb, cycle: BillingCycle): Repayment[] {
  return db
    .prepare<{ cycle: string; from: string; to: string }, Repayment>(
      `SELECT a.account AS account, ${flowSql} AS flow, a.traded_at AS at, a.trade_detail_type AS detail, abs(a.change_amount) AS amount,
              r.cycle AS allotted
         FROM account_statement a LEFT JOIN repayment r ON r.account = a.account AND r.flow = ${flowSql}
        WHERE a.cycle BETWEEN :from AND :to AND a.in_force = 1 AND ${mayRepay} AND (r.cycle IS NULL OR r.cycle = :cycle)
        ORDER BY a.traded_at, a.account, flow`,
    )
    .all({ cycle, from: addMonths(cycle, 1), to: addMonths(cycle, months) });
}

/** What was repaid for a month's bill up to the end of a day, as the person allotted it. */
export function repaidUntil(db: ReadDb, cycle: BillingCycle, day: string): bigint {
  return db
    .prepare<{ cycle: string; from: string; to: string; end: string }, bigint>(
      `SELECT coalesce(sum(abs(a.change_amount)), 0) FROM repayment r
         JOIN account_statement a ON a.account = r.account AND ${flowSql} = r.flow
        WHERE r.cycle = :cycle AND a.cycle BETWEEN :from AND :to AND a.in_force = 1 AND a.traded_at <= :end`,
    )
    .pluck()
    .get({ cycle, from: cycle, to: day.slice(0, 7), end: `${day} 23:59:59` })!;
}

/** The entries that repay some month's bill: `account|flow`. */
export function allottedFlows(db: ReadDb): Set<string> {
  return new Set(db.prepare<[], string>("SELECT account || '|' || flow FROM repayment").pluck().all());
}

/** Says which month's bill an entry repays; null takes it back. */
export function allotRepayment(db: WriteDb, account: string, flow: string, cycle: BillingCycle | null, at: string): void {
  db.prepare('DELETE FROM repayment WHERE account = ? AND flow = ?').run(account, flow);
  if (cycle === null) return;
  db.prepare('INSERT INTO repayment (account, flow, cycle, updated_at) VALUES (?, ?, ?, ?)').run(account, flow, cycle, at);
}
