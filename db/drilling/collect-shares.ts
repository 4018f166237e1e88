import type { Bridge } from '../../electron/core/bridge.ts';
import type { PartSink } from '../../electron/core/bridge-part.ts';
import type { WriteDb } from '../open.ts';
import type { DatedContext } from '../reconciling/context.ts';
import { monthContext } from '../reconciling/month-context.ts';
import { performanceIncentive } from '../reconciling/performance-incentive.ts';
import { customerNames } from './customer-names.ts';
import type { ShareSums } from './share-sums.ts';

export interface SharesOptions {
  readonly db: WriteDb;
  readonly cycle: string;
  /** The day of the run that is looked into. */
  readonly today: string;
  readonly sums: ShareSums;
  /** Called now and then; throw from it to cancel. */
  onProgress?(groups: number): void;
}

/** So many groups come between two looks at whether to stop. */
const between = 2000;

/**
 * Runs performance ↔ incentive again and adds up what its judgements come to, plan by plan and customer by customer; returns the bridge that came out,
 * to be held against the stored one. Must be called in a transaction that is rolled back.
 */
export function collectShares({ db, cycle, today, sums, onProgress }: SharesOptions): Bridge | undefined {
  const nameOf = customerNames(db, cycle);
  const customerOf = { performance: keyReader(db, 'performance'), incentive: keyReader(db, 'incentive') };
  let met = 0;
  const sink: PartSink = {
    begin: () => {
      sums.clear();
      met = 0;
    },
    add: () => {
      if (met % between === 0) onProgress?.(met);
      met += 1;
    },
    share: (share) => {
      const key = share.customerOf ? customerOf[share.customerOf.table](share.customerOf.id) : null;
      sums.add(share, key, key === null ? undefined : nameOf(key));
    },
    plan: (plan) => sums.plan(plan),
  };
  const context: DatedContext = { ...monthContext(db, cycle), today, sink };
  const { bridge } = performanceIncentive.run(context);
  return !bridge || 'missing' in bridge ? undefined : bridge;
}

function keyReader(db: WriteDb, table: 'performance' | 'incentive'): (id: bigint) => string | null {
  const read = db.prepare<[bigint], string | null>(`SELECT customer_key FROM ${table} WHERE id = ?`).pluck();
  return (id) => read.get(id) ?? null;
}
