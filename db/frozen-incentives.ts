import type { BillingCycle } from '../electron/core/month.ts';
import type { ReadDb } from './open.ts';

/** An incentive bill that the vendor holds back, as its summary states it; amounts are 1e-8 yuan. */
export interface FrozenIncentive {
  readonly billId: string | null;
  readonly name: string | null;
  readonly amount: bigint;
  /** What of it can still be applied for; null: not stated. */
  readonly pending: bigint | null;
  readonly reason: string;
}

/** The month's incentive bills with a reason for being frozen. */
export function frozenIncentives(db: ReadDb, cycle: BillingCycle): FrozenIncentive[] {
  return db
    .prepare<[string], FrozenIncentive>(
      `SELECT incentive_bill_id AS billId, incentive_name AS name, coalesce(amount, 0) AS amount, pending_amount AS pending, freeze_reason AS reason
         FROM incentive_summary WHERE cycle = ? AND in_force = 1 AND freeze_reason IS NOT NULL AND freeze_reason <> '' ORDER BY id`,
    )
    .all(cycle);
}
