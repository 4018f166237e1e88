import fs from 'node:fs/promises';
import path from 'node:path';
import { listInvoices } from '../../db/invoices.ts';
import { recordInJournal } from '../../db/journal.ts';
import { logPrint, nextPrintId, printCounts } from '../../db/print-log.ts';
import { incentiveNames, listRequests } from '../../db/requests.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Decoded, Output } from '../contract.ts';
import { cent, displayMoney, formatMoney } from '../core/money.ts';
import type { Invoice, PaymentRequest } from '../core/invoice.ts';
import { AppError } from '../errors.ts';
import { MissingGlyphs, printInvoiceList, type FontFiles, type PrintedList } from '../exporting/invoice-list.ts';
import type { InvoiceListPrint, PrintedRequest } from '../exporting/invoice-list-model.ts';
import type { AppContext } from './context.ts';

/**
 * Prints requests into one PDF in the results folder, in the order given, and logs the print; a preview logs nothing. Refuses where a request is
 * unknown, has no invoices (unless the numbers are written by hand), or its invoices do not add up to it.
 */
export async function printRequests(context: AppContext, what: Decoded<'invoices.print'>): Promise<Output<'invoices.print'>> {
  const ids = [...new Set(what.requestIds)];
  const requests = gather(context, ids, what.emptyNumbers);
  const reprint = requests.some(({ printedBefore }) => printedBefore > 0);
  const at = context.now();
  // The number is on the paper, so it is known before the PDF is; where another process took it meanwhile, the list is made anew.
  for (;;) {
    const id = nextPrintId(context.db);
    const list = await render(context, { ...what, requests, at, ...(!what.preview && { printNumber: id }) });
    const logged =
      what.preview ||
      (await context.write((db) =>
        db
          .transaction(() => {
            const done = logPrint(db, { id, at, requestIds: ids, sha256: list.sha256, reprint });
            if (done) recordInJournal(db, at, 'invoices.print', { print: id, requestIds: ids });
            return done;
          })
          .immediate(),
      ));
    if (!logged) continue;
    if (!what.preview) context.emit('changed', { areas: ['requests'] });
    return store(context, ids, list, what.preview ? '预览' : String(id).padStart(6, '0'));
  }
}

function gather(context: AppContext, ids: readonly string[], emptyNumbers: boolean): PrintedRequest[] {
  const known = new Map(listRequests(context.db).map(({ request }) => [request.requestId, request]));
  const invoices = Map.groupBy(listInvoices(context.db), (invoice) => invoice.requestId ?? '');
  const printed = printCounts(context.db);
  return ids.map((id) => {
    const request = known.get(id);
    if (!request) throw unknownRequest(id);
    const tied = invoices.get(id) ?? [];
    assertTies(request, tied, emptyNumbers);
    const incentives = incentiveNames(context.db, request.incentiveBillIds);
    return { request, invoices: tied, incentives, printedBefore: printed.get(id) ?? 0 };
  });
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
      en: `Request ${id} cannot be printed: its ${invoices.length} invoices add up to ${sum}, the request is ${amount}, the difference ${apart} must be 0.00. Check the invoices or the amount`,
    },
    { requestId: id, invoiced: formatMoney(invoiced), amount: formatMoney(request.amount), difference: formatMoney(difference) },
  );
}

async function render(context: AppContext, print: Omit<InvoiceListPrint, 'seller'>): Promise<PrintedList> {
  const { sellerName, sellerTaxNumber, financeContact, financePhone } = loadSettings(context.db);
  const seller = { name: sellerName, taxNumber: sellerTaxNumber, contact: financeContact, phone: financePhone };
  try {
    return await printInvoiceList({ ...print, seller }, fontFiles(context.resources.fonts));
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error;
    const shown = error.characters.join(' ');
    const text = {
      zh: `字体中没有这些字符，打印出来会是空框：${shown}。请在名称、地址或设置中换一种写法`,
      en: `The font has no picture for these characters: ${shown}. Write them differently in the name, address or settings`,
    };
    throw new AppError('invoice-list.characters', text, { characters: error.characters });
  }
}

const fontFiles = (folder: string): FontFiles => ({
  regular: path.join(folder, '400Regular', 'NotoSansSC_400Regular.ttf'),
  bold: path.join(folder, '700Bold', 'NotoSansSC_700Bold.ttf'),
});

async function store(context: AppContext, ids: readonly string[], list: PrintedList, mark: string): Promise<Output<'invoices.print'>> {
  const what = ids.length === 1 ? ids[0]! : `${ids.length}单`;
  const name = `开票清单-${what.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 60)}-${mark}.pdf`;
  const file = path.join(context.resultsFolder, name);
  await fs.writeFile(file, list.pdf);
  return { token: context.files.register(file), name };
}

function unknownRequest(id: string): AppError {
  const text = {
    zh: `没有申付单 ${id}：请核对单号，或先导入申付单`,
    en: `There is no payment request ${id}: check the id, or import the requests first`,
  };
  return new AppError('request.unknown', text, { requestId: id });
}
