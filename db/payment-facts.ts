import { promiseOf } from '../electron/core/board.ts';
import type { PaidRequest } from '../electron/core/judging/payments.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { followEntries } from '../electron/core/progress.ts';
import { stageOfStatus } from '../electron/core/request-status.ts';
import { withRejections } from '../electron/core/status-seen.ts';
import type { ReadDb } from './open.ts';
import { entriesByRequest, statusesSeen } from './request-entries.ts';
import { listRequests } from './requests.ts';

/**
 * The requests booked in a month with the money that came for them, by `today` (ISO date). Only files that say when they were exported place a
 * rejection of the vendor in time, for the result must be the same on every machine; a 驳回 that cannot be placed leaves no promise.
 */
export function paymentFacts(db: ReadDb, cycle: BillingCycle, paymentDays: number, today: string): PaidRequest[] {
  const entries = entriesByRequest(db);
  const seen = statusesSeen(db);
  return listRequests(db).flatMap(({ request }) => {
    if (request.billingCycle !== cycle) return [];
    const { requestId } = request;
    const dated = (seen.get(requestId) ?? []).filter((look) => look.dated);
    const progress = followEntries(withRejections(requestId, entries.get(requestId) ?? [], dated));
    const unplaced = stageOfStatus(request.status) === 'rejected' && progress.rejection === undefined;
    const promise = unplaced || progress.state === 'recalled' ? undefined : promiseOf(request, progress, paymentDays);
    return [{ request, progress, ...(promise !== undefined && { promise }), past: promise !== undefined && today > promise }];
  });
}
