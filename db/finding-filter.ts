import { noticeSubjects } from '../electron/core/deadline.ts';
import type { DisputeView } from '../electron/core/dispute.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { namedCustomers } from './named-customers.ts';
import type { ReadDb } from './open.ts';

/** Which findings of a month are meant. */
export interface FindingFilter {
  /** The ones of earlier months that nobody has closed, instead of the month's own: they are looked at here, and counted there. */
  readonly carried?: boolean | undefined;
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  readonly status?: string | undefined;
  readonly search?: string | undefined;
}
/** Which disputes are meant: of one month or of all, in one state or in any. `today` decides what is past its date. */
export interface DisputeFilter {
  readonly cycle?: BillingCycle | undefined;
  readonly view?: DisputeView | undefined;
  readonly search?: string | undefined;
}
/** A condition on `finding` with its values; a condition on days names @today. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

const carriedSql = `cycle < ? AND resolved_by_data = 0 AND status NOT IN ('resolved', 'accepted')`;
/** How many findings of earlier months are still open. */
export const countCarried = (db: ReadDb, cycle: BillingCycle): number =>
  Number(db.prepare<[string], bigint>(`SELECT count(*) FROM finding WHERE ${carriedSql}`).pluck().get(cycle)!);

/** A month's findings. Those resolved by data are meant only where that status is asked for. */
export function where(db: ReadDb, cycle: BillingCycle, filter: FindingFilter): Condition {
  const scope = filter.carried ? carriedSql : 'cycle = ?';
  const parts = [scope];
  const values: string[] = [cycle];
  for (const name of ['code', 'severity', 'status'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    parts.push(`${name} = ?`);
    values.push(value);
  }
  if (filter.status === undefined && !filter.carried) parts.push('resolved_by_data = 0');
  return searched(db, { sql: parts.join(' AND '), values }, filter.search, scope, cycle);
}

function searched(db: ReadDb, { sql, values }: Condition, search: string | undefined, scope: string, cycle: string): Condition {
  if (!search) return { sql, values };
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const columns = [
    'customer_id',
    'account_name',
    'trade_id',
    'product_type',
    'record_id',
    'zh',
    'note',
    'owner',
    'manager',
    'answer',
    'sent_by',
  ];
  const named = namedCustomers(db, scope, cycle, like);
  return {
    sql: `${sql} AND (${columns.map((c) => `${c} LIKE ? ESCAPE '\\'`).join(' OR ')} OR customer_id IN (SELECT value FROM json_each(?))
      OR key IN (SELECT key FROM dispute_round WHERE answer LIKE ? ESCAPE '\\' OR sent_by LIKE ? ESCAPE '\\'))`,
    values: [...values, ...columns.map(() => like), JSON.stringify(named), like, like],
  };
}

/** The typed date that a finding to be sent or answered stands under (`concerns`): the next to come, else the last that has passed. */
export const dueSql = `CASE WHEN severity = 'dispute' AND resolved_by_data = 0 AND status IN ('open', 'disputed') THEN (
  SELECT coalesce(min(CASE WHEN d.date >= @today THEN d.date END), max(d.date)) FROM deadline d
   WHERE d.cycle = finding.cycle AND (d.subject NOT IN (${noticeSubjects.map((s) => `'${s}'`).join(', ')})
      OR finding.code LIKE replace(d.subject, '-notice', '.') || '%')) END`;

const views: Readonly<Record<DisputeView, string>> = {
  toSend: `severity = 'dispute' AND status = 'open' AND resolved_by_data = 0`,
  waiting: `status = 'disputed'`,
  overdue: `status IN ('open', 'disputed') AND ${dueSql} < @today`,
  answered: `status = 'answered'`,
  settled: `sent_on IS NOT NULL AND status IN ('resolved', 'accepted')`,
};
/** One of the views of a list of disputes, as SQL. */
export const viewSql = (view: DisputeView): string => `(${views[view]})`;
const anyView = (['toSend', 'waiting', 'answered', 'settled'] as const).map(viewSql).join(' OR ');

/** What is to be given to the vendor, was given, or is over; of a month or of all of them. */
export function whereDisputes(db: ReadDb, { cycle, view, search }: DisputeFilter): Condition {
  // Every month is after ''.
  const scope = cycle === undefined ? 'cycle > ?' : 'cycle = ?';
  const condition = { sql: `${scope} AND (${view === undefined ? anyView : viewSql(view)})`, values: [cycle ?? ''] };
  return searched(db, condition, search, scope, cycle ?? '');
}
