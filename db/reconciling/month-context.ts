import type { BillingCycle } from '../../electron/core/month.ts';
import type { WriteDb } from '../open.ts';
import { presentKinds } from '../runs.ts';
import { loadSettings } from '../settings.ts';
import type { RunContext } from './context.ts';

/** What a run over the month knows as the database stands now. */
export function monthContext(db: WriteDb, cycle: BillingCycle): RunContext {
  const present = presentKinds(db);
  return { db, cycle, settings: loadSettings(db), has: (kind, month) => present.has(`${kind}|${month}`) };
}
