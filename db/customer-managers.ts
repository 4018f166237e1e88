import { lastDay, type BillingCycle } from '../electron/core/month.ts';
import type { ReadDb } from './open.ts';

/** Statements whose index leads to the rows of a customer, the one that knows its manager best first. */
const statements = ['performance', 'consumption', 'partner_bill'] as const;

/** Who looks after a customer at the end of a month: by the user's own table, else by what the customer's first row of a statement says; '' where nobody is named. */
export function customerManagers(db: ReadDb, cycle: BillingCycle): (customerId: string | null | undefined) => string {
  const known = new Map<string, string>(
    db
      .prepare<[string, string], [string, string]>(
        `SELECT customer_id, account_manager FROM manager_history
          WHERE in_force = 1 AND account_manager <> '' AND coalesce(substr(valid_from, 1, 10), '') <= ? AND coalesce(substr(valid_to, 1, 10), '9') >= ?
          ORDER BY coalesce(valid_from, ''), id`,
      )
      .raw()
      .all(lastDay(cycle), `${cycle}-01`),
  );
  const probes = statements.map((table) =>
    db
      .prepare<[string, string], string | null>(
        `SELECT account_manager FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? LIMIT 1`,
      )
      .pluck(),
  );
  const look = (id: string): string => {
    for (const probe of probes) {
      const name = probe.get(cycle, id);
      if (name) return name;
    }
    return '';
  };
  return (id) => {
    if (id === null || id === undefined) return '';
    const name = known.get(id) ?? look(id);
    known.set(id, name);
    return name;
  };
}
