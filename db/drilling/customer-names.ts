import { customerIdOf } from '../customer-keys.ts';
import type { ReadDb } from '../open.ts';

/** Statements that an index leads into by customer; the first that knows a name is asked. */
const sources = ['partner_bill', 'consumption', 'performance', 'consumption_summary'] as const;

/** What a customer is called in the month's statements, else in the user's register; an account name that stands for an id is its own name. */
export function customerNames(db: ReadDb, cycle: string): (key: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  // Files fill the names of a statement everywhere or nowhere: a few rows tell.
  const statements = sources.map((table) =>
    db
      .prepare<[string, string], string>(
        `SELECT coalesce(account_name, customer_name) AS name FROM (
           SELECT account_name, customer_name FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? LIMIT 20)
          WHERE name IS NOT NULL LIMIT 1`,
      )
      .pluck(),
  );
  const register = db
    .prepare<[string], string | null>(
      `SELECT coalesce(account_name, customer_name) FROM customer WHERE in_force = 1 AND customer_id = ?
        ORDER BY coalesce(valid_from, '') DESC, id DESC LIMIT 1`,
    )
    .pluck();
  const look = (key: string): string | undefined => {
    if (key.startsWith('@')) return key.slice(1);
    for (const statement of statements) {
      const name = statement.get(cycle, key);
      if (name) return name;
    }
    const id = customerIdOf(key);
    return (id === undefined ? undefined : register.get(id)) ?? undefined;
  };
  return (key) => {
    if (!known.has(key)) known.set(key, look(key));
    return known.get(key);
  };
}
