import type { ReadInvoice } from '../../electron/core/read-invoice.ts';
import { readInvoiceFile } from '../../electron/invoicing/read.ts';

const cmaps = 'node_modules/pdfjs-dist/cmaps';

export const read = (bytes: Buffer | string, name = 'invoice'): Promise<ReadInvoice> => readInvoiceFile(Buffer.from(bytes), name, cmaps);

/** The values by field, without their sources. */
export const valuesOf = (invoice: ReadInvoice): Record<string, string> =>
  Object.fromEntries(invoice.values.map(({ field, value }) => [field, value]));
/** Which source each field was taken from. */
export const sourcesOf = (invoice: ReadInvoice): Record<string, string> =>
  Object.fromEntries(invoice.values.map(({ field, from }) => [field, from]));
