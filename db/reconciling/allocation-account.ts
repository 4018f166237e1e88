import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import { missingAllocations } from '../../electron/core/wording/skipped.ts';
import type { RunContext } from './context.ts';

type Account = 'recharge' | 'credit';

/** SQL: an entry of the ledger that gives a customer money or takes it back. */
export const isAllocationSql = `trade_type IN ('allocation', 'retrieval', 'unbindRetrieval')`;

/** Of which months the statement is imported that allocations and retrievals stand in: there is one file for each account (exports §2.5). */
export interface AllocationStatements {
  readonly has: (cycle: BillingCycle) => boolean;
  /** What is missing of a month that has other statements, in the app's words. */
  readonly missing: (cycle: BillingCycle) => string;
}

/**
 * A month that has such entries has their statement. Of another it is known only by the accounts that have them in other months, up to the next one;
 * where none has any, only by both accounts being there.
 */
export function allocationStatements({ db, cycle, has }: RunContext): AllocationStatements {
  let known: readonly Account[] | undefined;
  const holders = (): readonly Account[] =>
    (known ??= db
      .prepare<[string], Account>(
        `SELECT DISTINCT account FROM account_statement WHERE in_force = 1 AND cycle <= ? AND ${isAllocationSql} ORDER BY account`,
      )
      .pluck()
      .all(addMonths(cycle, 1)));
  const inMonth = db.prepare<[string]>(`SELECT 1 FROM account_statement WHERE cycle = ? AND in_force = 1 AND ${isAllocationSql} LIMIT 1`);
  const ofAccount = db.prepare<[string, Account]>(
    'SELECT 1 FROM account_statement WHERE cycle = ? AND in_force = 1 AND account = ? LIMIT 1',
  );
  const absent = (month: BillingCycle): readonly Account[] => {
    const wanted: readonly Account[] = holders().length > 0 ? holders() : ['recharge', 'credit'];
    return wanted.filter((account) => ofAccount.get(month, account) === undefined);
  };
  const answers = new Map<BillingCycle, boolean>();
  const isThere = (month: BillingCycle): boolean =>
    has('account-statement', month) && (inMonth.get(month) !== undefined || absent(month).length === 0);
  return {
    has: (month) => {
      const answer = answers.get(month) ?? isThere(month);
      answers.set(month, answer);
      return answer;
    },
    missing: (month) => missingAllocations(month, absent(month), holders().length > 0),
  };
}
