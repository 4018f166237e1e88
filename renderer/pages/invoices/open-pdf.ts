import type * as Pdfjs from 'pdfjs-dist';

/** pdf.js lies beside the page as it is, and is loaded when a PDF is first shown. */
const beside = (name: string): string => new URL(`pdfjs/${name}`, document.baseURI).href;

/** Opens a PDF of ours to be drawn; `close` ends it, whether it is open yet or not. Nothing is fetched for it: its fonts are inside. */
export function openPdf(bytes: Uint8Array<ArrayBuffer>): { readonly opened: Promise<Pdfjs.PDFDocumentProxy>; close(): void } {
  const loading = load(bytes);
  return {
    opened: loading.then((task) => task.promise),
    close: () => void loading.then((task) => task.destroy()).catch(() => undefined),
  };
}

async function load(bytes: Uint8Array<ArrayBuffer>) {
  const pdfjs = (await import(/* @vite-ignore */ beside('pdf.min.mjs'))) as typeof Pdfjs;
  pdfjs.GlobalWorkerOptions.workerSrc = beside('pdf.worker.min.mjs');
  // pdf.js takes the bytes into its thread.
  return pdfjs.getDocument({ data: bytes.slice(), useWorkerFetch: false, useWasm: false, enableXfa: false, useSystemFonts: false });
}
