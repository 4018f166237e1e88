import { invoiceFacts } from '../../db/invoice-facts.ts';
import { addInvoice, findInvoice, listInvoices, removeInvoice, tieInvoice } from '../../db/invoices.ts';
import { recordInJournal } from '../../db/journal.ts';
import { findRequest } from '../../db/requests.ts';
import type { WriteDb } from '../../db/open.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import type { Invoice, FieldProblem } from '../core/invoice.ts';
import { normaliseInvoiceNumber } from '../core/invoice-number.ts';
import { readTypedInvoice } from '../core/typed-invoice.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { wireInvoice } from './invoice-wire.ts';
import { printRequests } from './print.ts';
import { readInvoices } from './read-invoices.ts';

type InvoiceMethods = 'invoices.list' | 'invoices.read' | 'invoices.add' | 'invoices.tie' | 'invoices.remove' | 'invoices.print';

/** Our own VAT invoices, and the printed list that carries their numbers. */
export const invoiceHandlers = (context: AppContext): Pick<Handlers, InvoiceMethods> => ({
  'invoices.list': () => {
    const factsOf = invoiceFacts(context.db);
    return { invoices: listInvoices(context.db).map((invoice) => wireInvoice(invoice, factsOf(invoice))) };
  },
  'invoices.read': (what) => readInvoices(context, what),
  'invoices.add': (typed) => add(context, typed),
  'invoices.tie': (what) => tie(context, what),
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
      assertRequest(db, invoice.requestId);
      addInvoice(db, invoice, now);
      recordInJournal(db, now, 'invoice.add', { number: invoice.number, code: invoice.code, requestId: invoice.requestId });
    }).immediate();
  });
  context.emit('changed', { areas: ['invoices', 'requests', 'months'] });
  return { invoice: wired(context, invoice) };
}

/** The invoice as it is now stored. */
function wired({ db }: AppContext, { number, code }: Pick<Invoice, 'number' | 'code'>): Output<'invoices.add'>['invoice'] {
  const stored = findInvoice(db, number, code);
  if (!stored) throw unknownInvoice(number, code);
  return wireInvoice(stored, invoiceFacts(db)(stored));
}

async function tie(context: AppContext, given: Decoded<'invoices.tie'>): Promise<Output<'invoices.tie'>> {
  const [number, code] = [normaliseInvoiceNumber(given.number), normaliseInvoiceNumber(given.code)];
  const requestId = given.requestId.trim() || undefined;
  const now = context.now();
  await context.write((db) => {
    db.transaction(() => {
      const invoice = findInvoice(db, number, code);
      if (!invoice) throw unknownInvoice(number, code);
      assertRequest(db, requestId);
      if (requestId !== undefined && invoice.requestId !== undefined && invoice.requestId !== requestId) throw shared(invoice, requestId);
      tieInvoice(db, number, code, requestId);
      recordInJournal(db, now, 'invoice.tie', { number, code, requestId });
    }).immediate();
  });
  context.emit('changed', { areas: ['invoices', 'requests', 'months'] });
  return { invoice: wired(context, { number, code }) };
}

/** One invoice never covers two requests. */
function shared({ number, code, requestId }: Invoice, wanted: string): AppError {
  return new AppError(
    'invoice.shared',
    {
      zh: `发票 ${number} 已用于申付单 ${requestId}，不能再用于 ${wanted}；确需改用时请先解除原关联`,
      en: `Invoice ${number} is used for request ${requestId} and cannot be used for ${wanted} too; untie it from that one first if that is meant`,
    },
    { field: 'requestId', number, code, requestId },
  );
}

/** All problems in one refusal: its code is the first one's, its details name every field. */
function refusal(problems: readonly FieldProblem[]): AppError {
  const text = { zh: problems.map((p) => p.text.zh).join('；'), en: problems.map((p) => p.text.en).join('; ') };
  return new AppError(problems[0]!.code, text, { problems });
}

/** A number is used once, whatever the year. */
function assertNew(db: WriteDb, { number, code, requestId }: Invoice): void {
  const existing = findInvoice(db, number, code);
  if (!existing) return;
  if (requestId !== undefined && existing.requestId !== undefined && existing.requestId !== requestId) throw shared(existing, requestId);
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

function assertRequest(db: WriteDb, requestId: string | undefined): void {
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
