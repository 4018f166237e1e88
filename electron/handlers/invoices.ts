import { addInvoice, findInvoice, listInvoices, removeInvoice } from '../../db/invoices.ts';
import { recordInJournal } from '../../db/journal.ts';
import { findRequest, listRequests } from '../../db/requests.ts';
import type { WriteDb } from '../../db/open.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import type { Invoice, FieldProblem } from '../core/invoice.ts';
import { normaliseInvoiceNumber } from '../core/invoice-number.ts';
import { readTypedInvoice } from '../core/typed-invoice.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { wireInvoice } from './invoice-wire.ts';
import { printRequests } from './print.ts';

type InvoiceMethods = 'invoices.list' | 'invoices.add' | 'invoices.remove' | 'invoices.print';

/** Our own VAT invoices, and the printed list that carries their numbers. */
export const invoiceHandlers = (context: AppContext): Pick<Handlers, InvoiceMethods> => ({
  'invoices.list': () => {
    const requests = new Map(listRequests(context.db).map(({ request }) => [request.requestId, request]));
    return { invoices: listInvoices(context.db).map((invoice) => wireInvoice(invoice, requests.get(invoice.requestId ?? ''))) };
  },
  'invoices.add': (typed) => add(context, typed),
  'invoices.remove': async (given) => {
    const [number, code] = [normaliseInvoiceNumber(given.number), normaliseInvoiceNumber(given.code)];
    const removed = await context.write((db) =>
      db
        .transaction(() => {
          const done = removeInvoice(db, number, code, context.now());
          if (done) recordInJournal(db, context.now(), 'invoice.remove', { number, code });
          return done;
        })
        .immediate(),
    );
    if (!removed) throw unknownInvoice(number, code);
    context.emit('changed', { areas: ['invoices', 'requests', 'months'] });
    return { removed };
  },
  'invoices.print': (what) => printRequests(context, what),
});

async function add(context: AppContext, typed: Decoded<'invoices.add'>): Promise<Output<'invoices.add'>> {
  const now = context.now();
  const invoice = readTypedInvoice(typed, now.slice(0, 10));
  if ('problems' in invoice) throw refusal(invoice.problems);
  await context.write((db) => {
    db.transaction(() => {
      assertNew(db, invoice);
      assertRequest(db, invoice);
      addInvoice(db, invoice, now);
      recordInJournal(db, now, 'invoice.add', { number: invoice.number, code: invoice.code, requestId: invoice.requestId });
    }).immediate();
  });
  context.emit('changed', { areas: ['invoices', 'requests', 'months'] });
  return { invoice: wireInvoice(invoice, invoice.requestId ? findRequest(context.db, invoice.requestId)?.request : undefined) };
}

/** All problems in one refusal: its code is the first one's, its details name every field. */
function refusal(problems: readonly FieldProblem[]): AppError {
  const text = { zh: problems.map((p) => p.text.zh).join('；'), en: problems.map((p) => p.text.en).join('; ') };
  return new AppError(problems[0]!.code, text, { problems });
}

/** A number is used once, whatever the year. */
function assertNew(db: WriteDb, { number, code }: Invoice): void {
  const existing = findInvoice(db, number, code);
  if (!existing) return;
  const where = existing.requestId
    ? { zh: `，用于申付单 ${existing.requestId}`, en: `, for request ${existing.requestId}` }
    : { zh: '', en: '' };
  throw new AppError(
    'invoice.duplicate',
    {
      zh: `发票号码 ${number} 已经登记过（${existing.date ?? '无日期'}${where.zh}），同一号码只能用一次`,
      en: `Invoice ${number} is already entered (${existing.date ?? 'no date'}${where.en}): a number can be used once only`,
    },
    { field: 'number', number, code, ...(existing.requestId && { requestId: existing.requestId }) },
  );
}

function assertRequest(db: WriteDb, { requestId }: Invoice): void {
  if (requestId === undefined || findRequest(db, requestId)) return;
  throw new AppError(
    'request.unknown',
    {
      zh: `没有申付单 ${requestId}：请先导入申付单文件或录入它，或核对单号`,
      en: `There is no payment request ${requestId}: import or enter it first, or check the id`,
    },
    { field: 'requestId', requestId },
  );
}

function unknownInvoice(number: string, code: string): AppError {
  const shown = code ? `${code} ${number}` : number;
  const text = { zh: `没有登记发票 ${shown}，请核对号码和代码`, en: `There is no invoice ${shown}: check number and code` };
  return new AppError('invoice.unknown', text, { number, code });
}
