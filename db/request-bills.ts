import type { Money } from '../electron/core/money.ts';
import type { RowId } from '../electron/core/row-id.ts';
import type { ReadDb } from './open.ts';
import { prepared } from './prepared.ts';

/** An incentive bill that a payment request names. Without `amount` it is not imported. */
export interface RequestBill {
  readonly id: string;
  readonly name: string;
  readonly amount?: Money;
  readonly rows: readonly RowId[];
}

interface Row {
  readonly id: bigint;
  readonly amount: bigint;
  readonly name: string | null;
}

/** The stated total of each bill, from the summaries in force, else from the details. */
export function requestBills(db: ReadDb, ids: readonly string[]): RequestBill[] {
  return ids.map((id) => {
    const of = (table: string, name: string): Row[] =>
      prepared<[string], Row>(
        db,
        `SELECT id, coalesce(amount, 0) AS amount, ${name} AS name FROM ${table} WHERE in_force = 1 AND incentive_bill_id = ? ORDER BY id`,
      ).all(id);
    const summary = of('incentive_summary', 'incentive_name');
    const found = summary.length > 0 ? summary : of('incentive', 'NULL');
    if (found.length === 0) return { id, name: '', rows: [] };
    const amount = found.reduce((sum, row) => sum + row.amount, 0n);
    return { id, name: found.findLast(({ name }) => name)?.name ?? '', amount, rows: found.map((row) => row.id) };
  });
}
