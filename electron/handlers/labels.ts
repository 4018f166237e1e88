import { listInvoices } from '../../db/invoices.ts';
import { printsBefore } from '../../db/print-log.ts';
import { entriesByRequest } from '../../db/request-entries.ts';
import { listRequests } from '../../db/requests.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Decoded, Output } from '../contract.ts';
import type { PaymentRequest } from '../core/invoice.ts';
import { AppError } from '../errors.ts';
import { printLabels } from '../exporting/label.ts';
import { gatherLabels, type Label } from '../exporting/label-model.ts';
import type { AppContext } from './context.ts';
import { mailingOf, unknownRequest } from './print.ts';
import { fileName, fontFiles, printAndLog } from './print-log.ts';

/** Prints the address labels of requests, one for each letter, and logs it; a preview logs nothing. Refuses a request without a mailing address. */
export function printAddressLabels(context: AppContext, what: Decoded<'requests.labels'>): Promise<Output<'requests.labels'>> {
  const ids = [...new Set(what.requestIds)];
  const labels = gatherLabels(singleLabels(context, ids));
  const before = printsBefore(context.db, 'label');
  return printAndLog(context, {
    what: 'label',
    requestIds: ids,
    reprint: ids.some((id) => before.has(id)),
    preview: what.preview,
    name: fileName('地址标签', ids),
    make: (at, printNumber) =>
      printLabels(
        { labels, size: what.size, language: what.language, at, ...(printNumber !== undefined && { printNumber }) },
        fontFiles(context.resources.fonts),
      ),
  });
}

function singleLabels({ db }: AppContext, ids: readonly string[]): Label[] {
  const known = new Map(listRequests(db).map(({ request }) => [request.requestId, request]));
  const invoices = Map.groupBy(listInvoices(db), ({ requestId }) => requestId ?? '');
  const entries = entriesByRequest(db);
  const { sellerName, financeContact, financePhone, senderAddress } = loadSettings(db);
  const from = { company: sellerName, person: financeContact, phone: financePhone, address: senderAddress };
  return ids.map((id) => {
    const request = known.get(id);
    if (!request) throw unknownRequest(id);
    if (request.mailingAddress === '') throw noAddress(request);
    const mailing = mailingOf(entries.get(id) ?? []);
    return {
      to: { company: request.buyerName, person: request.recipient, phone: request.recipientPhone, address: request.mailingAddress },
      from,
      requestIds: [id],
      invoices: invoices.get(id)?.length ?? 0,
      courier: mailing?.courier ?? '',
      tracking: mailing?.tracking ?? '',
    };
  });
}

function noAddress({ requestId, mailbox }: PaymentRequest): AppError {
  const text = mailbox
    ? {
        zh: `申付单 ${requestId} 没有邮寄地址，只有公共邮箱 ${mailbox}：数电票发到邮箱，不需要地址标签；确需邮寄请先填写邮寄地址`,
        en: `Request ${requestId} has no mailing address, only the mailbox ${mailbox}: digital invoices go there and need no label; to mail it, type the address first`,
      }
    : {
        zh: `申付单 ${requestId} 没有邮寄地址：请先在申付单上填写，或粘贴开票通知识别`,
        en: `Request ${requestId} has no mailing address: type it on the request first, or paste the notice to read it`,
      };
  return new AppError('label.no-address', text, { requestId });
}
