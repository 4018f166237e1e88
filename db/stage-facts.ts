import type { StageFacts } from '../electron/core/stage.ts';
import { listInvoices } from './invoices.ts';
import type { ReadDb } from './open.ts';
import { entriesByRequest, statusesSeen } from './request-entries.ts';
import { listRequests } from './requests.ts';

/** What is known of where each request stands, by month and id. */
export function stageFacts(db: ReadDb): StageFacts[] {
  const invoices = Map.groupBy(listInvoices(db), ({ requestId }) => requestId ?? '');
  const entries = entriesByRequest(db);
  const seen = statusesSeen(db);
  return listRequests(db).map(({ request }) => {
    const tied = invoices.get(request.requestId) ?? [];
    return {
      request,
      statusSeen: seen.get(request.requestId) ?? [],
      invoiced: tied.reduce((sum, { total }) => sum + total, 0n),
      invoiceDates: tied.map(({ date, addedAt }) => date ?? addedAt ?? ''),
      entries: entries.get(request.requestId) ?? [],
    };
  });
}
