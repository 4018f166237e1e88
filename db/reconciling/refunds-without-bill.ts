import type { FindingDraft } from '../../electron/core/finding.ts';
import { meets } from '../../electron/core/judging/order-deduction.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { divideRounded, roundToCent, type Money } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { CheckReport, RunContext } from './context.ts';
import { ledgerOfMonth } from './ledger-orders.ts';
import { cameBack, ledgerEntries, refundDraft, refundsOf, returnedLate, type Refund } from './refunds-not-returned.ts';
import { cyclesOf } from './rows-of.ts';
import { prepared } from '../prepared.ts';

const code = 'account.refund-not-returned';

/**
 * Refunds that never came back, while the bill is not imported: only those whose original was deducted from an imported account. One that a sum without order numbers of
 * its day may hold is not judged either.
 */
export function judgeRefundsWithoutBill(context: RunContext): { check: CheckReport; findings: FindingDraft[]; ahead: boolean } {
  if (!context.has('consumption', context.cycle)) return { check: lacks(context, 'consumption'), findings: [], ahead: false };
  const refunds = refundsOf(context);
  const entries = ledgerEntries(context, refunds);
  const isBack = cameBack(context, refunds, entries);
  const back = refunds.filter(isBack);
  const open = refunds.filter(
    (r) => !isBack(r) && r.originalTradeId !== null && entries.deducted.has(r.originalTradeId) && !mayBeInSum(context, r),
  );
  const late = returnedLate(context, open);
  const compared = back.length + open.length;
  return {
    check: refunds.length > 0 && compared === 0 ? lacks(context, 'partner-bill') : { code, compared },
    findings: open.filter((r) => !late.has(r.tradeId)).map((refund) => draft(context, refund)),
    ahead: open.length > 0,
  };
}

const lacks = ({ cycle }: RunContext, kind: Kind): CheckReport => ({ code, compared: 0, skipped: missingFiles([{ kind, cycle }]) });

/** Has the ledger an entry without order number on a day of the refund's rows? */
function mayBeInSum({ db, cycle }: RunContext, { customerKey, tradeId }: Refund): boolean {
  const found = prepared<{ cycle: string; customerKey: string; tradeId: string }, unknown>(
    db,
    `SELECT 1 FROM ${ledgerOfMonth} AND a.trade_id IS NULL AND substr(a.traded_at, 1, 10) IN (
       SELECT substr(c.traded_at, 1, 10) FROM consumption c
        WHERE c.cycle = :cycle AND c.in_force = 1 AND c.customer_key = :customerKey AND c.trade_id = :tradeId) LIMIT 1`,
  );
  return found.get({ cycle, customerKey, tradeId }) !== undefined;
}

/** What should have come back. Where the account took less for the original than was consumed, the refund is less in the same measure: only the bill says it exactly. */
function draft(context: RunContext, refund: Refund): FindingDraft {
  const { paid, bases } = originalOf(context, refund);
  const [most] = bases;
  if (most === undefined || paid >= most || bases.some((base) => meets(paid, base))) return refundDraft(context, refund, refund.due);
  return { ...refundDraft(context, refund, roundToCent(divideRounded(refund.due * paid, most))), severity: 'review' };
}

/** What was deducted for the refund's original order up to the next month, and what it came to by the consumption: its due, without coupons, in money. */
function originalOf({ db, cycle }: RunContext, { customerKey, originalTradeId }: Refund): { paid: Money; bases: Money[] } {
  const paid = prepared<[string, string], bigint>(
    db,
    `SELECT coalesce(sum(-a.change_amount), 0) FROM account_statement a
      WHERE a.in_force = 1 AND a.trade_id = ? AND a.trade_type = 'deduction' AND a.cycle <= ? AND a.id NOT IN (SELECT id FROM temp.said_apart)`,
  ).pluck(); // prettier-ignore
  const consumed = prepared<[string, string, string], { rows: bigint; due: bigint; other: bigint; money: bigint }>(
    db,
    `SELECT count(*) AS rows, coalesce(sum(amount_due), 0) AS due, coalesce(sum(amount_due - coalesce(coupon_amount, 0)), 0) AS other,
            coalesce(sum(coalesce(cash_amount, 0) + coalesce(credit_amount, 0)), 0) AS money
       FROM consumption WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  );
  const months = cyclesOf(db, 'consumption')
    .map((month) => consumed.get(month, customerKey, originalTradeId!)!)
    .filter((m) => m.rows > 0n);
  const sum = (of: 'due' | 'other' | 'money'): Money => months.reduce((n, m) => n + m[of], 0n);
  return {
    paid: paid.get(originalTradeId!, addMonths(cycle, 1))!,
    bases: months.length === 0 ? [] : [sum('due'), sum('other'), sum('money')],
  };
}
