import { completeAmounts } from '../../../electron/core/complete-amounts.ts';
import type { InvoiceSource } from '../../../electron/core/invoice.ts';
import { arithmeticCheck } from '../../../electron/core/invoice-amounts.ts';
import type { Money } from '../../../electron/core/money.ts';
import { readTypedInvoice } from '../../../electron/core/typed-invoice.ts';
import type { Input } from '../../../electron/contract.ts';
import type { ReadFile } from '../../stores/read-invoices.ts';
import type { Language } from '../../texts/names.ts';
import { today } from './invoice-fields.ts';

/** One field of the form: its text and where that was read. */
export interface Entry {
  readonly value: string;
  readonly from: InvoiceSource;
}
export type Entries = Readonly<Record<string, Entry>>;

export const entriesOf = (read: ReadFile): Entries =>
  Object.fromEntries(read.values.map(({ field, value, from }) => [field, { value, from }]));

/** A field typed over: typed, unless it is again what was read. */
export function typedOver(entries: Entries, read: ReadFile, field: string, value: string): Entries {
  const was = read.values.find((one) => one.field === field);
  const next = { ...entries, [field]: { value, from: was?.value === value ? was.from : ('typed' as const) } };
  // A rate typed in stands in place of the lines' several ones.
  if (field === 'rate' && value.trim() !== '') delete (next as Record<string, Entry>)['rates'];
  return next;
}

/** What is stored of the form; undefined where net and tax neither stand there nor follow from the rest. */
export function bodyOf(entries: Entries, requestId: string | undefined): Input<'invoices.add'> | undefined {
  const text = (field: string): string | undefined => entries[field]?.value.trim() || undefined;
  const amounts = completeAmounts({ net: text('net'), tax: text('tax'), total: text('total'), rate: text('rate') });
  const kind = text('kind');
  if (!amounts || (kind !== 'special' && kind !== 'ordinary')) return undefined;
  const optional = [
    'total',
    'rate',
    'rates',
    'lines',
    'buyer',
    'buyerTaxNumber',
    'seller',
    'sellerTaxNumber',
    'currency',
    'capitals',
  ] as const;
  return {
    ...Object.fromEntries(optional.flatMap((field) => (text(field) === undefined ? [] : [[field, text(field)]]))),
    ...(entries['remark'] && { remark: entries['remark'].value.trim() }),
    number: text('number') ?? '',
    code: text('code') ?? '',
    kind,
    date: text('date') ?? '',
    ...amounts,
    ...(requestId !== undefined && { requestId }),
    sources: Object.entries(entries).flatMap(([field, { value, from }]) =>
      value.trim() === '' && field !== 'remark' ? [] : [{ field, from }],
    ),
  };
}

/** What keeps the form from being stored, by field; '' is the whole form. */
export function readProblems(
  entries: Entries,
  language: Language,
  words: { readonly date: string; readonly incomplete: string },
): Map<string, string> {
  const found = new Map<string, string>();
  const body = bodyOf(entries, undefined);
  if (!body) found.set('', words.incomplete);
  const date = entries['date']?.value ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) found.set('date', words.date);
  if (!body) return found;
  const checked = readTypedInvoice({ ...body, code: body.code ?? '' }, today());
  if ('problems' in checked) for (const { field, text } of checked.problems) if (!found.has(field)) found.set(field, text[language]);
  return found;
}

/** What one click stores of an invoice that was read, and its total. */
export interface WithoutDoubt {
  readonly body: Input<'invoices.add'>;
  readonly total: Money;
}

/**
 * An invoice that nothing speaks against: its sources agree, its amounts are right and above zero, the vendor takes its kind; tied, where that is wanted, to the one
 * request that its remark names. Undefined where a person has to look at it.
 */
export function withoutDoubt(read: ReadFile, byRemark: boolean): WithoutDoubt | undefined {
  if (read.status !== 'read' || read.known || read.notes.length > 0 || read.disagreements.length > 0) return undefined;
  const entries = entriesOf(read);
  const named = read.suggestions.filter(({ by }) => by === 'remark');
  const body = bodyOf(entries, byRemark && named.length === 1 ? named[0]!.requestId : undefined);
  if (!body || body.kind !== 'special' || entries['rates'] || readProblems(entries, 'zh', { date: ' ', incomplete: ' ' }).size > 0)
    return undefined;
  const invoice = readTypedInvoice({ ...body, code: body.code ?? '' }, today());
  return 'problems' in invoice || invoice.total <= 0n || arithmeticCheck(invoice).doubt ? undefined : { body, total: invoice.total };
}
