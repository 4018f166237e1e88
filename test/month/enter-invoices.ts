import fs from 'node:fs';
import path from 'node:path';
import type { WriteDb } from '../../db/open.ts';
import { createFileRegistry } from '../../electron/files.ts';
import type { AppContext } from '../../electron/handlers/context.ts';
import { invoiceHandlers } from '../../electron/handlers/invoices.ts';
import type { Decoded, Input, Output } from '../../electron/contract.ts';
import { contract } from '../../electron/contract.ts';
import { resources } from '../../electron/resources.ts';
import { isFile, type EInvoice } from '../fixtures/invoices/invoice.ts';
import { qrText } from '../fixtures/invoices/qr.ts';
import { writeInvoices } from '../fixtures/invoices/write.ts';
import { centsText } from '../fixtures/invoices/xml.ts';

type ReadFile = Output<'invoices.read'>['files'][number];
/** What is confirmed of a file. */
export type Reading = Pick<ReadFile, 'values' | 'disagreements' | 'notes'>;
/** Reads the invoices that come as files; the readings by invoice number. */
export type ReadInvoices = (invoices: readonly EInvoice[]) => Promise<ReadonlyMap<string, Reading>>;
type Handlers = ReturnType<typeof invoiceHandlers>;

/** The app's invoice methods on a workspace of the harness, at the time that `clock` holds. */
export function invoiceMethods(
  db: WriteDb,
  folder: string,
  clock: { now: string },
): { handlers: Handlers; token: (file: string) => string } {
  const context = contextOn(db, folder, clock);
  return { handlers: invoiceHandlers(context), token: (file) => context.files.register(file) };
}

/** What the app's methods work with, on a workspace of the harness. */
export function contextOn(db: WriteDb, folder: string, clock: { readonly now: string }): AppContext {
  return {
    workspace: folder,
    host: 'cli',
    db,
    files: createFileRegistry(),
    resources,
    resultsFolder: folder,
    // What is typed starts no job.
    jobs: undefined as never,
    now: () => clock.now,
    emit: () => undefined,
    write: (work) => Promise.resolve(work(db)),
  };
}

/**
 * Enters the world's invoices as a person does: the files are read together, each reading is confirmed as it is and tied; QR texts are completed
 * from the print; typed ones are typed. Throws where the app refuses one, or reads one with a doubt.
 */
export async function enterInvoices(db: WriteDb, folder: string, invoices: readonly EInvoice[], reading?: ReadInvoices): Promise<void> {
  if (invoices.length === 0) return;
  const clock = { now: '' };
  const { handlers, token } = invoiceMethods(db, folder, clock);
  const fromFolder: ReadInvoices = async () => {
    const given = path.join(folder, 'invoices');
    await writeInvoices(given, invoices);
    const { files } = await handlers['invoices.read']({ tokens: fs.readdirSync(given).length > 0 ? [token(given)] : [] });
    return new Map(files.filter((file) => file.status === 'read').map((file) => [numberIn(file), file]));
  };
  const read = await (reading ?? fromFolder)(invoices);
  for (const invoice of invoices) {
    clock.now = `${invoice.enteredOn} 18:00:00`;
    const body = isFile(invoice)
      ? confirmed(invoice, read.get(invoice.number))
      : invoice.form === 'qr'
        ? completed(invoice, (await handlers['invoices.read']({ tokens: [], qr: qrText(invoice) })).files[0])
        : typed(invoice);
    await handlers['invoices.add'](contract['invoices.add'].input.parse(body) as Decoded<'invoices.add'>);
  }
}

const numberIn = (file: Reading): string => file.values.find(({ field }) => field === 'number')?.value ?? '';

function confirmed(invoice: EInvoice, file: Reading | undefined): Input<'invoices.add'> {
  if (!file || file.disagreements.length + file.notes.length > 0) {
    throw new Error(`${invoice.form} of ${invoice.number} not read cleanly: ${JSON.stringify(file ?? 'no such file')}`);
  }
  return bodyOf(file, {}, invoice.requestId);
}

function completed(invoice: EInvoice, file: ReadFile | undefined): Input<'invoices.add'> {
  if (!file || file.status !== 'read') throw new Error(`QR text of ${invoice.number} not read: ${JSON.stringify(file)}`);
  const print = { net: centsText(invoice.net), tax: centsText(invoice.tax), rate: `${invoice.lines[0]!.rate}%` };
  return bodyOf(file, print, invoice.requestId);
}

/** What was read with what was typed over it, and the source of each value. */
function bodyOf({ values }: Reading, typedOver: Readonly<Record<string, string>>, requestId: string): Input<'invoices.add'> {
  const kept = values.filter(({ field, value }) => typedOver[field] === undefined || typedOver[field] === value);
  const sources = kept.map(({ field, from }) => ({ field, from }));
  return {
    ...typedOver,
    ...Object.fromEntries(kept.map(({ field, value }) => [field, value])),
    requestId,
    sources,
  } as Input<'invoices.add'>;
}

const typed = ({ number, code, kind, date, net, tax, lines, buyer, currency, requestId }: EInvoice): Input<'invoices.add'> => ({
  number,
  code,
  kind,
  date,
  net: centsText(net),
  tax: centsText(tax),
  rate: `${lines[0]!.rate}%`,
  buyer: buyer.name,
  buyerTaxNumber: buyer.taxNumber,
  requestId,
  ...(currency !== 'CNY' && { currency }),
});
