import { settleValues, type ReadInvoice, type ReadValue } from '../core/read-invoice.ts';
import { invoiceLimits } from './limits.ts';
import { readOfd } from './ofd.ts';
import { readPdf } from './pdf.ts';
import { asRefusal, refused } from './refusals.ts';
import { parseXml } from './xml-tree.ts';
import { readInvoiceXml } from './xml.ts';

/**
 * Reads an e-invoice (XML, OFD or PDF, told by its content) with the source of each value. `cmaps` is the folder of character maps for PDFs. Throws
 * FileRefused with a sentence for whatever is no such file; bytes are never trusted, nothing outside them is read.
 */
export async function readInvoiceFile(bytes: Buffer, name: string, cmaps: string): Promise<ReadInvoice> {
  if (bytes.length === 0) throw refused('invoice-file.empty');
  if (bytes.length > invoiceLimits.fileBytes) throw refused('invoice-file.too-large', `${bytes.length} B`);
  const values = await valuesOf(bytes, cmaps).catch((error: unknown) => {
    throw asRefusal(error);
  });
  const read = settleValues(name, [...values, ...nameValues(name)], []);
  if (!values.some(({ field, value }) => (field === 'number' || field === 'total' || field === 'net') && value !== '')) {
    throw refused('invoice-file.not-invoice');
  }
  return read;
}

async function valuesOf(bytes: Buffer, cmaps: string): Promise<ReadValue[]> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readOfd(bytes);
  if (bytes.subarray(0, 1024).includes('%PDF-')) return readPdf(bytes, cmaps);
  const head = bytes.subarray(0, 4).toString('latin1');
  if (/^\s*<|^\xef\xbb\xbf|^\xff\xfe|^\xfe\xff/.test(head)) return readInvoiceXml(await parseXml(bytes), 'xml');
  throw refused('invoice-file.unknown');
}

/** The tax platform names its files `dzfp_<20 digits>_<buyer>_<time>`. */
function nameValues(name: string): ReadValue[] {
  const match = /^dzfp_(\d{20})(?:_([^_]+))?(?:_\d{8,17})?(?:\s?\(\d+\))?\.[a-z]+$/i.exec(name);
  if (!match) return [];
  const buyer = match[2] !== undefined && !/^\d+$/.test(match[2]) ? match[2] : undefined;
  return [
    { field: 'number', value: match[1]!, from: 'filename' },
    ...(buyer === undefined ? [] : [{ field: 'buyer', value: buyer, from: 'filename' } as const]),
  ];
}
