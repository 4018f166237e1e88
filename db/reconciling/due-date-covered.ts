import { BalanceWalk } from '../../electron/core/judging/balance-walk.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { balancesOf, openingBalances } from './balances.ts';
import type { RunContext } from './context.ts';

export interface Coverage {
  /** The months from the bill's own to the due date whose ledger is not there, or ends before that day. */
  readonly uncovered: readonly BillingCycle[];
  /** It was looked for in the months after the due date. */
  readonly ahead: boolean;
}

/**
 * Do the ledgers from the bill's month on tell of every deduction up to that day? They do where an account has a flow on it or later in its month. Where
 * a month moved nothing that late, or nothing at all, a later flow tells that its statement goes on: one in the same file, or one whose balance follows.
 */
export function coverageUntil(context: RunContext, date: string): Coverage {
  const { db, cycle, has } = context;
  const last = date.slice(0, 7);
  const open: BillingCycle[] = [];
  for (let month = cycle; month <= last; month = addMonths(month, 1)) if (!has('account-statement', month)) open.push(month);
  const reached = db.prepare('SELECT 1 FROM account_statement WHERE cycle = ? AND in_force = 1 AND traded_at >= ? LIMIT 1');
  const isShort = !open.includes(last) && reached.get(last, date) === undefined;
  if (isShort) open.push(last);
  if (open.length === 0) return { uncovered: [], ahead: false };
  const spanning = db.prepare<{ month: string }>(
    `SELECT 1 FROM sheet s
       JOIN sheet_cycle before ON before.sheet = s.id AND before.in_force = 1 AND before.cycle <= :month
       JOIN sheet_cycle after ON after.sheet = s.id AND after.in_force = 1 AND after.cycle > :month
      WHERE s.kind = 'account-statement' LIMIT 1`,
  );
  const uncovered = open.filter((month) => spanning.get({ month }) === undefined);
  if (!isShort || !uncovered.includes(last) || !balanceFollows(context, addMonths(last, 1))) return { uncovered, ahead: true };
  return { uncovered: uncovered.filter((month) => month !== last), ahead: true };
}

/** Does an account go on in this month from the balance that the month before ended with, so that nothing of it is missing between? */
function balanceFollows(context: RunContext, month: BillingCycle): boolean {
  const openings = openingBalances({ ...context, cycle: month });
  return [...Map.groupBy(balancesOf(context, month, 'first'), (entry) => entry.account)].some(([account, entries]) => {
    const opening = openings.get(account);
    if (opening === undefined || entries.some((entry) => entry.balance === null)) return false;
    const walk = new BalanceWalk<(typeof entries)[number]>(opening);
    walk.walk(entries);
    return walk.breaks.length === 0;
  });
}
