import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

/** The month that is reconciled. */
export const M = '2025-09';

/** A database with a tier plan "T": 1 % at once, 2 % from 1,000 on, 3 % from 5,000 on, unless other tiers are given. */
export function workspace(...tiers: readonly (readonly [threshold: string, percent: string, more?: Values])[]): WriteDb {
  const db = openTestDb();
  for (const [threshold, percent, more = {}] of tiers.length > 0
    ? tiers
    : ([
        ['0', '1'],
        ['1000', '2'],
        ['5000', '3'],
      ] as const)) {
    insert(db, 'policy', { plan_name: 'T', method: 'tier', threshold: yuan(threshold), rate: yuan(percent) / 100n, ...more });
  }
  return db;
}
let serial = 0;
/** A stated performance row. */
export function state(db: WriteDb, amount: string, cycle = M, more: Values = {}): bigint {
  const id = `p${++serial}`;
  const place = { customer_id: 'c1', product_type: '云主机', association_type: 'referral', traded_at: `${cycle}-10 08:00:00` };
  return insert(db, 'performance', { cycle, ...place, performance_id: id, trade_id: `t-${id}`, amount: yuan(amount), ...more });
}
/** A stated row of the plan. */
export function pay(
  db: WriteDb,
  row: string,
  base: string | null,
  rate: string | null,
  amount: string,
  more: Values = {},
  cycle = M,
): bigint {
  const printed = { base_amount: base === null ? null : yuan(base), rate: rate === null ? null : yuan(rate) / 100n };
  return insert(db, 'incentive', {
    cycle,
    incentive_row_id: row,
    incentive_bill_id: 'b1',
    plan_name: 'T',
    ...printed,
    amount: yuan(amount),
    ...more,
  });
}
/** Reconciles the month; what is unexplained is always the sum of the findings. */
export function run(db: WriteDb, settings: Partial<Settings> = {}, cycle = M) {
  const outcome = runTold(performanceIncentive, runContext(db, cycle, settings));
  const bridge = closed(outcome);
  const step = stepsOf(bridge);
  const checks = Object.fromEntries(outcome.checks.map((c) => [c.code.replace('incentive.', ''), c.skipped ?? c.compared]));
  return {
    findings: outcome.findings,
    step,
    checks,
    brief: outcome.findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]),
  };
}
