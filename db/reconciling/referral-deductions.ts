import type { FindingDraft } from '../../electron/core/finding.ts';
import { judgeOrder, meets, type OrderFacts } from '../../electron/core/judging/order-deduction.ts';
import { deductionAmountReason } from '../../electron/core/wording/account.ts';
import type { SaidOfAccounts } from './account-matches.ts';
import { beyondScope } from './beyond-scope.ts';
import { associationSql } from './consumption-role.ts';
import type { RunContext } from './context.ts';
import { deductionDraft, withoutBillDraft } from './deduction-orders.ts';
import { deductionsOf, fillLedgerOpen, ledgerOfMonth, type Deduction } from './ledger-orders.ts';
import { monthScan } from './month-scan.ts';
import { ofAllCustomers, orderFacts, type OrderMonth } from './order-facts.ts';
import { refundsByOriginal, withoutReturned } from './returned-orders.ts';
import { partOf } from './scope.ts';

interface Judged {
  readonly findings: readonly FindingDraft[];
  /** Orders that the ledger names. */
  readonly compared: number;
  readonly ahead: boolean;
}

/** Says the consumption of every row of the month that it is referral? Then there is no bill of it, and none is missing. */
export function isReferralOnly({ db, cycle, has }: RunContext): boolean {
  if (!has('consumption', cycle)) return false;
  const other = `coalesce(${associationSql}, '') <> 'referral'`;
  return db.prepare<{ cycle: string }>(`SELECT 1 FROM ${monthScan('consumption', 'c')} AND ${other} LIMIT 1`).get({ cycle }) === undefined;
}

/** What the accounts took for orders of a month that is referral only, against its consumption: nothing else says what an order comes to. */
export function judgeReferral(context: RunContext, said: SaidOfAccounts): Judged {
  const { open, compared } = openOrders(context);
  fillLedgerOpen(context, open);
  const { months, ahead } = orderFacts(context);
  const refunds = refundsByOriginal(context);
  const outside = beyondScope(context);
  const entries = deductionsOf(context, 'open').filter((e) => !said.apart.has(e.id) && !said.joined.has(e.id) && !outside(e.id));
  const findings = [...Map.groupBy(entries, (e) => e.tradeId!)].flatMap(([trade, all]) => {
    const own = withoutReturned(all, refunds.get(trade) ?? []);
    return own.length === 0 ? [] : judge(context, own, months.get(trade) ?? []);
  });
  return { findings, compared, ahead };
}

interface Sums {
  readonly tradeId: string;
  readonly rows: bigint;
  readonly due: bigint;
  readonly other: bigint;
  readonly money: bigint;
  readonly paid: bigint;
}

/** The orders of the month's ledger whose deductions are not simply what the month's consumption says. */
function openOrders({ db, cycle }: RunContext): { open: string[]; compared: number } {
  const paid = 'coalesce(c.amount_due, 0) - coalesce(c.coupon_amount, 0)';
  const orders = db
    .prepare<{ cycle: string }, Sums>(
      `SELECT trade_id AS tradeId, sum(own) AS rows, sum(due) AS due, sum(other) AS other, sum(money) AS money, sum(paid) AS paid
         FROM (SELECT a.trade_id AS trade_id, 0 AS own, 0 AS due, 0 AS other, 0 AS money, -a.change_amount AS paid FROM ${ledgerOfMonth}
               UNION ALL
               SELECT c.trade_id, 1, coalesce(c.amount_due, 0), ${paid},
                      CASE WHEN c.cash_amount IS NULL AND c.credit_amount IS NULL THEN ${paid} ELSE coalesce(c.cash_amount, 0) + coalesce(c.credit_amount, 0) END, 0
                 FROM ${monthScan('consumption', 'c')} AND c.trade_id IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL))
        WHERE trade_id IS NOT NULL GROUP BY trade_id ORDER BY trade_id`,
    )
    .iterate({ cycle });
  const open: string[] = [];
  let compared = 0;
  for (const o of orders) {
    compared += 1;
    if (o.rows === 0n || ![o.due, o.other, o.money].some((base) => meets(o.paid, base))) open.push(o.tradeId);
  }
  return { open, compared };
}

function judge(context: RunContext, entries: readonly Deduction[], months: readonly OrderMonth[]): FindingDraft[] {
  if (months.some((m) => m.resale)) return [];
  const facts = factsOf(context, months);
  const verdict = judgeOrder(facts, { amounts: entries.map((e) => e.amount) });
  const unowed = entries.every((e) => e.amount < 0n) && facts.bases.every((base) => base >= 0n);
  if (verdict.kind === 'unknown' && partOf(context, ['consumption'])) return [];
  if (verdict.kind === 'unknown' || unowed)
    return entries.filter((entry) => entry.amount !== 0n).map((entry) => withoutBillDraft(context, entry));
  // An order that was deducted twice is told of every month.
  if (verdict.kind !== 'differs') return [];
  const stated = entries.reduce((n, e) => n + e.amount, 0n);
  const { expected } = verdict;
  const reason = deductionAmountReason(expected, stated, entries.length);
  return [deductionDraft(context, { code: 'account.deduction-amount', expected, stated, reason }, entries.at(-1)!, entries, months)];
}

function factsOf({ cycle }: RunContext, months: readonly OrderMonth[]): OrderFacts {
  const whole = ofAllCustomers(months);
  const sums = ['due', 'other', 'money'] as const;
  const together = sums.map((of) => whole.reduce((n, m) => n + m[of], 0n));
  const usual = (whole.find((m) => m.cycle === cycle) ?? whole[0])?.money;
  return { bases: whole.length === 0 ? [] : [...[...whole, ...months].flatMap((m) => sums.map((of) => m[of])), ...together], usual };
}
