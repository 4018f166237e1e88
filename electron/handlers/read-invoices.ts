import { openRequests } from '../../db/invoice-facts.ts';
import { findInvoice } from '../../db/invoices.ts';
import type { Decoded, Output } from '../contract.ts';
import type { Text } from '../core/finding.ts';
import { suggestRequests, type OpenRequest } from '../core/invoice-suggestions.ts';
import { mergeReads, type ReadInvoice } from '../core/read-invoice.ts';
import { readCents } from '../core/typed-amount.ts';
import { FileRefused } from '../importing/cells.ts';
import { readQr } from '../invoicing/qr.ts';
import { readInvoiceFiles, type InvoiceFile } from '../jobs/read-invoices.ts';
import type { AppContext } from './context.ts';

type WireRead = Output<'invoices.read'>['files'][number];

/** Reads e-invoice files and QR text and writes nothing: what was read is confirmed by a person and then added. */
export async function readInvoices(context: AppContext, { tokens, qr }: Decoded<'invoices.read'>): Promise<Output<'invoices.read'>> {
  const requests = openRequests(context.db);
  const paths = tokens.map((token) => context.files.resolve(token));
  const files = await readInvoiceFiles(paths, context.resources.cmaps);
  const replies = sameInvoices(files).map((same): WireRead => {
    const reads = same.flatMap(({ answer }) => ('invoice' in answer ? [answer.invoice] : []));
    return {
      ...readReply(context, reads.length === 1 ? reads[0]! : mergeReads(reads), requests),
      paths: same.map((one) => context.files.shown(one.path)),
    };
  });
  const refused = files.flatMap(({ path, answer }): WireRead[] =>
    'invoice' in answer
      ? []
      : [{ ...refusal(path.split(/[/\\]/).at(-1) ?? path, answer.code, answer.text), paths: [context.files.shown(path)] }],
  );
  return { files: [...replies, ...refused, ...(qr === undefined ? [] : [fromQr(context, qr, requests)])] };
}

/** The files read, those of one invoice together; a file without a number stands alone. */
function sameInvoices(files: readonly InvoiceFile[]): InvoiceFile[][] {
  const groups = new Map<string, InvoiceFile[]>();
  for (const file of files) {
    if (!('invoice' in file.answer)) continue;
    const of = (field: string): string =>
      ('invoice' in file.answer && file.answer.invoice.values.find((one) => one.field === field)?.value) || '';
    const key = of('number') === '' ? file.path : `${of('number')}|${of('code')}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

function fromQr(context: AppContext, text: string, requests: readonly OpenRequest[]): WireRead {
  try {
    return readReply(context, readQr(text), requests);
  } catch (error) {
    if (error instanceof FileRefused) return refusal('QR', error.code, { zh: error.zh, en: error.en });
    throw error;
  }
}

function readReply({ db }: AppContext, { name, values, disagreements, notes }: ReadInvoice, requests: readonly OpenRequest[]): WireRead {
  const value = (field: string): string | undefined => values.find((one) => one.field === field)?.value;
  const [remark, total] = [value('remark'), readCents(value('total') ?? '')];
  const existing = findInvoice(db, value('number') ?? '', value('code') ?? '');
  return {
    name,
    paths: [],
    status: 'read',
    values: [...values],
    disagreements: disagreements.map((one) => ({ field: one.field, values: [...one.values] })),
    notes: [...notes],
    suggestions: suggestRequests({ ...(remark !== undefined && { remark }), ...(total !== undefined && { total }) }, requests),
    ...(existing && { known: knownText(existing.number, existing.requestId) }),
  };
}

const knownText = (number: string, requestId: string | undefined): Text => ({
  zh: `发票 ${number} 已经登记过${requestId ? `，用于申付单 ${requestId}` : ''}`,
  en: `Invoice ${number} is already entered${requestId ? `, for request ${requestId}` : ''}`,
});

const refusal = (name: string, code: string, reason: Text): WireRead => ({
  name,
  paths: [],
  status: 'refused',
  values: [],
  disagreements: [],
  notes: [],
  suggestions: [],
  code,
  reason,
});
