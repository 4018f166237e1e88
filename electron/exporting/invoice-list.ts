import { drawPage } from './invoice-list-drawing.ts';
import { layOut } from './invoice-list-layout.ts';
import type { InvoiceListPrint } from './invoice-list-model.ts';
import { makePdf, type FontFiles, type PrintedPdf } from './pdf-document.ts';

/**
 * Prints payment requests with their invoices to one PDF (A4 landscape, text selectable, fonts embedded as subsets). The same print gives the same
 * bytes. Amounts were checked by the caller; throws MissingGlyphs.
 */
export function printInvoiceList(print: InvoiceListPrint, fonts: FontFiles): Promise<PrintedPdf> {
  const title = `开票清单 ${print.requests.map(({ request }) => request.requestId).join(' ')}`;
  return makePdf({ size: 'A4', landscape: true, title, author: print.seller.name, at: print.at }, fonts, (document, meter) => {
    let pages = 0;
    for (const printed of print.requests) {
      const layout = layOut(printed, print, meter);
      for (const index of layout.pages.keys()) {
        document.addPage();
        drawPage({ document, meter, printed, print, layout, index });
        pages += 1;
      }
    }
    return pages;
  });
}
