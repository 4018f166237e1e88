import type { ReadDb } from './open.ts';
import { stampsOf } from './statement-stamp.ts';

/** Statements whose index leads to the rows of a customer. */
const statements = ['partner_bill', 'consumption', 'performance'] as const;

/** Which customers and statements the names below were read from. */
interface Names {
  readonly of: string;
  /** JSON [[customer id, its names and managers on lines of their own], …] */
  readonly list: string;
}
const held = new WeakMap<ReadDb, Names>();

/**
 * Ids of the customers with findings whose full name, or account manager, fits a LIKE pattern. `scope` is the condition that chooses the findings by
 * one parameter (the month).
 */
export function namedCustomers(db: ReadDb, scope: string, cycle: string, like: string): string[] {
  const fits = (text: string) => `${text} LIKE :like ESCAPE '\\'`;
  return db
    .prepare<{ like: string; names: string }, string>(
      `SELECT customer_id FROM customer WHERE in_force = 1 AND ${fits('customer_name')}
       UNION SELECT customer_id FROM manager_history WHERE in_force = 1 AND ${fits('account_manager')}
       UNION SELECT value ->> 0 FROM json_each(:names) WHERE ${fits('value ->> 1')}`,
    )
    .pluck()
    .all({ like, names: namesOf(db, scope, cycle) });
}

/** As the statements name the customers with findings: read once for all that is typed, until a run or a statement changes. */
function namesOf(db: ReadDb, scope: string, cycle: string): string {
  const runs = db.prepare('SELECT cycle, run_id, at FROM run ORDER BY cycle').all();
  const stamps = stampsOf(db, ['partner-bill', 'consumption', 'performance']).map((s) => [s.kind, s.cycle, String(s.stamp)]);
  const of = JSON.stringify([scope, cycle, runs, stamps]);
  const known = held.get(db);
  if (known?.of === of) return known.list;
  const list = readNames(db, scope, cycle);
  held.set(db, { of, list });
  return list;
}

/** Of each customer and statement one row is read, for a statement names its customers everywhere or nowhere. */
function readNames(db: ReadDb, scope: string, cycle: string): string {
  const names = statements.map(
    (table) => `coalesce((SELECT coalesce(customer_name, '') || char(10) || coalesce(account_manager, '') FROM ${table} AS t
        WHERE t.cycle = f.cycle AND t.in_force = 1 AND t.customer_key = f.customer_id LIMIT 1), '')`,
  );
  return db
    .prepare<[string], string>(
      `SELECT json_group_array(json_array(customer_id, ${names.join(' || char(10) || ')}))
         FROM (SELECT DISTINCT cycle, customer_id FROM finding WHERE ${scope} AND customer_id IS NOT NULL) AS f`,
    )
    .pluck()
    .get(cycle)!;
}
