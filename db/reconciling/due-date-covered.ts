import { BalanceWalk } from '../../electron/core/judging/balance-walk.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { rowsPerSheet } from '../../electron/core/row-id.ts';
import { balancesOf, openingBalances } from './balances.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';

export interface Coverage {
  /** The months from the bill's own to the due date whose ledger is not there, lacks an account, or ends before that day. */
  readonly uncovered: readonly { readonly cycle: BillingCycle; readonly account?: string }[];
  /** It was looked for in the months after the due date. */
  readonly ahead: boolean;
}

/**
 * Do the ledgers from the bill's month on tell of every deduction up to that day? Each account that has deductions in these months must be there in each of
 * them, and one must have a flow on that day or later in its month. Where a month moved nothing that late, or nothing at all, a later flow tells that the
 * statement goes on: one in the same file, or one whose balance follows.
 */
export function coverageUntil(context: RunContext, date: string): Coverage {
  const { db, cycle, has } = context;
  const last = date.slice(0, 7);
  const accounts = db
    .prepare<[string, string], string>(
      `SELECT DISTINCT account FROM account_statement WHERE cycle BETWEEN ? AND ? AND in_force = 1 AND trade_type = 'deduction' ORDER BY account`,
    )
    .pluck()
    .all(cycle, last);
  const isIn = db.prepare('SELECT 1 FROM account_statement WHERE cycle = ? AND in_force = 1 AND account = ? LIMIT 1');
  const reached = db.prepare('SELECT 1 FROM account_statement WHERE cycle = ? AND in_force = 1 AND traded_at >= ? LIMIT 1');
  const lacking = (month: BillingCycle): string[] => accounts.filter((account) => isIn.get(month, account) === undefined);
  const isOpen = (month: BillingCycle): boolean =>
    !has('account-statement', month) || lacking(month).length > 0 || (month === last && reached.get(month, date) === undefined);
  const months: BillingCycle[] = [];
  for (let month = cycle; month <= last; month = addMonths(month, 1)) months.push(month);
  const open = months.filter(isOpen);
  if (open.length === 0) return { uncovered: [], ahead: false };
  const goesOn = (month: BillingCycle): boolean => {
    const follows = month === last ? followedBy(context, addMonths(month, 1)) : new Set<string>();
    const missing = lacking(month);
    if (missing.length > 0) return missing.every((account) => follows.has(account) || isSpanned(context, month, account));
    return follows.size > 0 || isSpanned(context, month);
  };
  const uncovered = open
    .filter((month) => !goesOn(month))
    .flatMap((month) => {
      const missing = has('account-statement', month) ? lacking(month) : [];
      return missing.length > 0 ? missing.map((account) => ({ cycle: month, account })) : [{ cycle: month }];
    });
  return { uncovered, ahead: true };
}

/** Runs one file of an account, or of any, over this month into a later one? */
function isSpanned({ db }: RunContext, month: BillingCycle, account: string | null = null): boolean {
  const sheets = prepared<{ month: string; account: string | null }, unknown>(
    db,
    `SELECT 1 FROM sheet s
       JOIN sheet_cycle before ON before.sheet = s.id AND before.in_force = 1 AND before.cycle <= :month
       JOIN sheet_cycle after ON after.sheet = s.id AND after.in_force = 1 AND after.cycle > :month
      WHERE s.kind = 'account-statement'
        AND (:account IS NULL
             OR EXISTS (SELECT 1 FROM account_statement a WHERE a.id BETWEEN s.id * ${rowsPerSheet} AND s.id * ${rowsPerSheet} + ${rowsPerSheet - 1n} AND a.account = :account))
      LIMIT 1`,
  );
  return sheets.get({ month, account }) !== undefined;
}

/** The accounts that go on in this month from the balance that they had before, so that nothing of them is missing between. */
function followedBy(context: RunContext, month: BillingCycle): ReadonlySet<string> {
  const openings = openingBalances({ ...context, cycle: month });
  const followed = [...Map.groupBy(balancesOf(context, month, 'first'), (entry) => entry.account)].filter(([account, entries]) => {
    const opening = openings.get(account);
    if (opening === undefined || entries.some((entry) => entry.balance === null)) return false;
    const walk = new BalanceWalk<(typeof entries)[number]>(opening);
    walk.walk(entries);
    return walk.breaks.length === 0;
  });
  return new Set(followed.map(([account]) => account));
}
