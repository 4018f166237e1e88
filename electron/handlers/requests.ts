import { invoiceFacts } from '../../db/invoice-facts.ts';
import { listInvoices } from '../../db/invoices.ts';
import { recordInJournal } from '../../db/journal.ts';
import { printCounts } from '../../db/print-log.ts';
import { requestBills } from '../../db/request-bills.ts';
import { findRequest, importedRequest, listRequests, saveTypedRequest, type KnownRequest } from '../../db/requests.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Decoded, Handlers, Output } from '../contract.ts';
import { displayRate, formatMoney, type Rate } from '../core/money.ts';
import { isDay } from '../core/month.ts';
import { basisOf } from '../core/request-basis.ts';
import { stageOfStatus, vendorStatuses } from '../core/request-status.ts';
import type { RequestFields } from '../core/request.ts';
import { normaliseTaxNumber } from '../core/tax-number.ts';
import { readCents, readTaxRate } from '../core/typed-amount.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { wireRequest } from './invoice-wire.ts';
import { unknownRequest } from './print.ts';

type WireRequest = Output<'requests.list'>['requests'][number];

/** Payment requests (申付单): the imported ones, each field overlaid by what the person typed. */
export const requestHandlers = (context: AppContext): Pick<Handlers, 'requests.list' | 'requests.save' | 'requests.basis'> => ({
  'requests.list': ({ billingCycle }) => {
    const known = listRequests(context.db);
    return { requests: wired(context, billingCycle ? known.filter(({ request }) => request.billingCycle === billingCycle) : known) };
  },
  'requests.basis': ({ requestId }) => {
    const known = findRequest(context.db, requestId);
    if (!known) throw unknownRequest(requestId);
    const { request } = known;
    const bills = requestBills(context.db, request.incentiveBillIds);
    const basis = basisOf(request, bills);
    return {
      basis: {
        requestId,
        bills: bills.map(({ id, name, amount }) => ({ id, name, ...(amount !== undefined && { amount: formatMoney(amount) }) })),
        productTaxRate: request.productTaxRate === undefined ? '' : displayRate(request.productTaxRate),
        taxRate: request.taxRate === undefined ? '' : displayRate(request.taxRate),
        amount: formatMoney(request.amount),
        ...(basis && {
          incentive: formatMoney(basis.incentive),
          expected: formatMoney(basis.expected),
          ...(!basis.converted && { noInvoiceFor: request.payoutMode }),
          difference: formatMoney(request.amount - basis.expected),
        }),
      },
    };
  },
  'requests.save': async (body) => {
    const fields = readBody(body);
    assertWords(fields, findRequest(context.db, body.requestId)?.request);
    await context.write((db) => {
      db.transaction(() => {
        const imported = importedRequest(db, body.requestId)?.fields ?? {};
        saveTypedRequest(db, body.requestId, body.billingCycle, changedFields(fields, imported), context.now());
        recordInJournal(db, context.now(), 'request.save', { requestId: body.requestId });
      }).immediate();
    });
    context.emit('changed', { areas: ['requests', 'months'] });
    return { request: wired(context, [findRequest(context.db, body.requestId)!])[0]! };
  },
});

function wired(context: AppContext, known: readonly KnownRequest[]): WireRequest[] {
  const invoices = Map.groupBy(listInvoices(context.db), (invoice) => invoice.requestId ?? '');
  const printed = printCounts(context.db);
  const settings = loadSettings(context.db);
  const factsOf = invoiceFacts(context.db);
  return known.map((one) => {
    const id = one.request.requestId;
    return wireRequest(one, invoices.get(id) ?? [], printed.get(id) ?? 0, settings, factsOf);
  });
}

function readBody(body: Decoded<'requests.save'>): RequestFields {
  const amount = readCents(body.amount);
  if (amount === undefined) {
    throw new AppError('request.amount', {
      zh: `申付金额“${body.amount}”不是金额：请写成 1234.56，至多两位小数`,
      en: `The request's amount "${body.amount}" is no amount: write it as 1234.56, at most two decimals`,
    });
  }
  const { requestId: _, ...texts } = body;
  return {
    ...texts,
    status: texts.status.trim(),
    appliedAt: texts.appliedAt.trim(),
    incentiveBillIds: body.incentiveBillIds.map((id) => id.trim()).filter(Boolean),
    amount,
    taxRate: rate('税率', 'tax rate', body.taxRate),
    productTaxRate: rate('产品税率', 'product tax rate', body.productTaxRate),
    buyerTaxNumber: normaliseTaxNumber(body.buyerTaxNumber),
  };
}

/** What a person types has a meaning; a word or a date that a file brought stays as it is. */
function assertWords({ status, appliedAt }: RequestFields, known: RequestFields | undefined): void {
  if (status !== '' && status !== known?.status && stageOfStatus(status) === undefined) {
    throw new AppError('request.status', {
      zh: `状态“${status}”不是门户的申付状态：请写成 ${vendorStatuses.join('、')} 之一，或留空`,
      en: `The status "${status}" is none of the portal's: write one of ${vendorStatuses.join(', ')}, or leave it empty`,
    });
  }
  if (appliedAt !== '' && appliedAt !== known?.appliedAt && !isDay(appliedAt)) {
    throw new AppError('request.date', {
      zh: `申请日期“${appliedAt}”应写成 2025-10-20 这样`,
      en: `The date of application "${appliedAt}" must be written like 2025-10-20`,
    });
  }
}

function rate(zh: string, en: string, typed: string): Rate | undefined {
  if (!typed.trim()) return undefined;
  const read = readTaxRate(typed);
  if (read !== undefined) return read;
  throw new AppError('request.rate', {
    zh: `${zh}“${typed}”无法识别：请写成 6% 或 0.06`,
    en: `The ${en} "${typed}" cannot be read: write 6% or 0.06`,
  });
}

/** Only what differs from the files is kept as typed, so that an untouched field follows the next import. An emptied field follows it too. */
function changedFields(fields: RequestFields, imported: Partial<RequestFields>): Partial<RequestFields> {
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? (value as string[]).toSorted().join(';') : value);
  const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
  const empty = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => !empty(value) && !same(value, imported[key as keyof RequestFields])),
  );
}
