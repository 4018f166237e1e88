import fs from 'node:fs/promises';
import path from 'node:path';
import type { ReadField, ReadValue } from '../core/read-invoice.ts';
import { invoiceLimits } from './limits.ts';
import type { PlacedText } from './page-lines.ts';
import { readPages } from './page-text.ts';
import { asRefusal, refused } from './refusals.ts';

/** Keys of the document information that issuers fill in. */
const infoKeys: Readonly<Record<string, ReadField>> = {
  InvoiceNumber: 'number',
  IssueTime: 'date',
  SellerIdNum: 'sellerTaxNumber',
  SellerName: 'seller',
  BuyerIdNum: 'buyerTaxNumber',
  BuyerName: 'buyer',
  TotalAmWithoutTax: 'net',
  TotalTaxAm: 'tax',
  'TotalTax-includedAmount': 'total',
};

/**
 * Reads a PDF invoice: the document information, then the text of its pages by position. `cmaps` is the folder of character maps for Chinese fonts
 * that are not embedded. Meant for a thread of its own: it takes what time and memory the file asks for.
 */
export async function readPdf(bytes: Uint8Array, cmaps: string): Promise<ReadValue[]> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.min.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.min.mjs'),
  ]);
  // Found here, it parses in this thread instead of loading a file of its own.
  Object.assign(globalThis, { pdfjsWorker: worker });
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    maxImageSize: 0,
    BinaryDataFactory: cmapReader(cmaps),
    cMapUrl: 'cmaps/',
  });
  try {
    const document = await task.promise;
    const { info } = await document.getMetadata();
    const found = infoValues(info as Record<string, unknown>);
    const texts: PlacedText[][] = [];
    for (let number = 1; number <= Math.min(document.numPages, invoiceLimits.pages); number++) {
      texts.push(await pageTexts(await document.getPage(number)));
    }
    if (texts.every((page) => page.length === 0) && found.length === 0) throw refused('invoice-file.no-text');
    return [...found, ...readPages(texts, 'pdf')];
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw refused('invoice-file.encrypted');
    throw asRefusal(error);
  } finally {
    await task.destroy();
  }
}

function infoValues(info: Record<string, unknown>): ReadValue[] {
  const custom = info['Custom'];
  const entries = [...Object.entries(info), ...(custom instanceof Map ? custom : Object.entries(custom ?? {}))] as [string, unknown][];
  return entries.flatMap(([key, value]): ReadValue[] => {
    const field = infoKeys[key];
    return field === undefined || typeof value !== 'string' || value.trim() === '' ? [] : [{ field, value, from: 'pdf' }];
  });
}

interface TextPage {
  readonly view: number[];
  getTextContent(): Promise<{ items: readonly object[] }>;
}

/** The page's texts, with y growing downwards. */
async function pageTexts(page: TextPage): Promise<PlacedText[]> {
  const { items } = await page.getTextContent();
  const top = page.view[3] ?? 0;
  return (items as readonly { str?: string; transform?: number[]; width?: number }[]).slice(0, invoiceLimits.texts).flatMap((item) => {
    if (item.str === undefined || item.str.trim() === '' || !item.transform) return [];
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform;
    return [{ text: item.str, x, y: top - y, width: item.width ?? 0, size: Math.hypot(c, d) || Math.hypot(a, b) }];
  });
}

/** Gives pdf.js the character maps by name, and nothing else: no fonts, no wasm, no other path, no network. */
function cmapReader(folder: string): typeof Object {
  return class {
    async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
      if (kind !== 'cMapUrl' || !/^[A-Za-z0-9-]{1,40}(\.bcmap)?$/.test(filename)) throw new Error(`not read: ${kind}`);
      const name = filename.endsWith('.bcmap') ? filename : `${filename}.bcmap`;
      return new Uint8Array(await fs.readFile(path.join(folder, name)));
    }
  } as unknown as typeof Object;
}
