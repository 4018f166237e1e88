import { addMonths, cycleOf } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';

/** From this day on a re-bound long-tail customer earns the new partner nothing for six months (rules §4). */
const ruleSince = '2026-01-01';

/** The day since which a customer is bound to us by the user's history, where that is so lately that the rule may hold for the month. */
export function boundLately({ db, cycle }: RunContext, customerKey: string): string | undefined {
  const since = prepared<[string, string], string | null>(
    db,
    `SELECT max(substr(valid_from, 1, 10)) FROM association_history WHERE in_force = 1 AND customer_id = ? AND substr(valid_from, 1, 7) <= ?`,
  )
    .pluck()
    .get(customerKey, cycle);
  return since && since >= ruleSince && cycle <= addMonths(cycleOf(since), 6) ? since : undefined;
}
