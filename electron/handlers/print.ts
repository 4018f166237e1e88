import { listInvoices } from '../../db/invoices.ts';
import { printsBefore } from '../../db/print-log.ts';
import { entriesByRequest } from '../../db/request-entries.ts';
import { incentiveNames, listRequests } from '../../db/requests.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Decoded, Output } from '../contract.ts';
import { cent, displayMoney, formatMoney } from '../core/money.ts';
import type { Invoice, PaymentRequest } from '../core/invoice.ts';
import { followEntries } from '../core/progress.ts';
import type { Entry } from '../core/request-entry.ts';
import { AppError } from '../errors.ts';
import { printInvoiceList } from '../exporting/invoice-list.ts';
import type { PrintedRequest } from '../exporting/invoice-list-model.ts';
import type { AppContext } from './context.ts';
import { fileName, fontFiles, printAndLog } from './print-log.ts';

/**
 * Prints requests into one PDF in the results folder, in the order given, and logs the print; a preview logs nothing. Refuses where a request is
 * unknown, has no invoices (unless the numbers are written by hand), or its invoices do not add up to it.
 */
export async function printRequests(context: AppContext, what: Decoded<'invoices.print'>): Promise<Output<'invoices.print'>> {
  const ids = [...new Set(what.requestIds)];
  const requests = gather(context, ids, what.emptyNumbers);
  const { sellerName, sellerTaxNumber, financeContact, financePhone } = loadSettings(context.db);
  const seller = { name: sellerName, taxNumber: sellerTaxNumber, contact: financeContact, phone: financePhone };
  return printAndLog(context, {
    what: 'list',
    requestIds: ids,
    reprint: requests.some(({ printedBefore }) => printedBefore > 0),
    preview: what.preview,
    name: fileName('开票清单', ids),
    make: (at, printNumber) =>
      printInvoiceList(
        { ...what, requests, seller, at, ...(printNumber !== undefined && { printNumber }) },
        fontFiles(context.resources.fonts),
      ),
  });
}

function gather(context: AppContext, ids: readonly string[], emptyNumbers: boolean): PrintedRequest[] {
  const known = new Map(listRequests(context.db).map(({ request }) => [request.requestId, request]));
  const invoices = Map.groupBy(listInvoices(context.db), (invoice) => invoice.requestId ?? '');
  const printed = printsBefore(context.db, 'list');
  const entries = entriesByRequest(context.db);
  return ids.map((id) => {
    const request = known.get(id);
    if (!request) throw unknownRequest(id);
    const tied = invoices.get(id) ?? [];
    assertTies(request, tied, emptyNumbers);
    const incentives = incentiveNames(context.db, request.incentiveBillIds);
    const before = printed.get(id);
    const mailing = mailingOf(entries.get(id) ?? []);
    return {
      request,
      invoices: tied,
      incentives,
      printedBefore: before?.times ?? 0,
      ...(before && { lastPrint: { id: before.id, at: before.at } }),
      ...(mailing && { mailing }),
    };
  });
}

/** The parcel that it goes with, where it is entered; a rejection ends it, for what is sent again has another number. */
export function mailingOf(entries: readonly Entry[]): PrintedRequest['mailing'] {
  const { mailing } = followEntries(entries);
  return mailing?.kind === 'mailed' ? { courier: mailing.courier ?? '', tracking: mailing.tracking ?? '', on: mailing.on } : undefined;
}

/** The list may be printed only where its difference cell reads 0.00. */
function assertTies(request: PaymentRequest, invoices: readonly Invoice[], emptyNumbers: boolean): void {
  const id = request.requestId;
  if (request.amount % cent !== 0n) {
    const shown = displayMoney(request.amount);
    const text = {
      zh: `申付单 ${id} 的金额 ${shown} 有分以下的小数，无法开票：请在开票页改写申付金额`,
      en: `The amount ${shown} of request ${id} has parts of a cent and cannot be invoiced: type its amount over`,
    };
    throw new AppError('invoice-list.amount', text, { requestId: id, amount: formatMoney(request.amount) });
  }
  if (invoices.length === 0) {
    if (emptyNumbers) return;
    const text = {
      zh: `申付单 ${id} 还没有发票：请先录入发票，或选择“号码留空手写”`,
      en: `Request ${id} has no invoices yet: enter them first, or print with empty number boxes`,
    };
    throw new AppError('invoice-list.no-invoices', text, { requestId: id });
  }
  const invoiced = invoices.reduce((sum, invoice) => sum + invoice.total, 0n);
  const difference = invoiced - request.amount;
  if (difference === 0n) return;
  const [sum, amount, apart] = [invoiced, request.amount, difference].map(displayMoney);
  throw new AppError(
    'invoice-list.difference',
    {
      zh: `申付单 ${id} 不能打印：${invoices.length} 张发票合计 ${sum}，申付金额 ${amount}，差额 ${apart}，应为 0.00。请核对发票或申付金额`,
      en: `Request ${id} cannot be printed: the sum of its invoices (${invoices.length}) is ${sum}, the request is ${amount}, the difference ${apart} must be 0.00. Check the invoices or the amount`,
    },
    { requestId: id, invoiced: formatMoney(invoiced), amount: formatMoney(request.amount), difference: formatMoney(difference) },
  );
}

export function unknownRequest(id: string): AppError {
  const text = {
    zh: `没有申付单 ${id}：请核对单号，或先导入申付单`,
    en: `There is no payment request ${id}: check the id, or import the requests first`,
  };
  return new AppError('request.unknown', text, { requestId: id });
}
