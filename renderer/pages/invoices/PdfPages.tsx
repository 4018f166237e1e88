import { Alert, Skeleton } from 'antd';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../stores/session.ts';
import { openPdf } from './open-pdf.ts';

interface Props {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** One page at a time, whole, instead of pages as wide as the room. */
  readonly whole: boolean;
  readonly large: boolean;
}
interface Opened {
  readonly pdf: PDFDocumentProxy;
  readonly ratio: number;
}

/** A PDF of ours as its pages, one below the other; all have the size of the first. */
export function PdfPages({ bytes, whole, large }: Props) {
  const t = useTexts();
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    const { opened: opening, close } = openPdf(bytes);
    let gone = false;
    const show = async () => {
      const pdf = await opening;
      const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
      if (!gone) setOpened({ pdf, ratio: width / height });
    };
    show().catch((error: unknown) => {
      if (!gone) setFailure(error instanceof Error ? error.message : String(error));
    });
    return () => {
      gone = true;
      close();
    };
  }, [bytes]);
  if (failure !== undefined) return <Alert type="error" title={t.invoices.previewFailed(failure)} />;
  if (!opened) return <Skeleton active paragraph={{ rows: 12 }} />;
  const shape = [whole && 'whole', large && 'large'].filter(Boolean).join(' ');
  return (
    <div className={`pdf-pages ${shape}`} role="region" aria-label={t.invoices.preview}>
      {Array.from({ length: opened.pdf.numPages }, (_, index) => (
        <PdfPage key={index} opened={opened} number={index + 1} />
      ))}
    </div>
  );
}

/** Dots along a page's longer side: enough for the large view on a fine screen. */
const dots = 1900;

/** One page: drawn while it is in view or near, so that a batch of hundreds of pages needs no more memory than a few. */
function PdfPage({ opened: { pdf, ratio }, number }: { readonly opened: Opened; readonly number: number }) {
  const t = useTexts();
  const paper = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const root = paper.current!.parentElement;
    const observer = new IntersectionObserver(([entry]) => setNear(entry!.isIntersecting), { root, rootMargin: '600px' });
    observer.observe(paper.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!near) return;
    let gone = false;
    const draw = async () => {
      const page = await pdf.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: dots / Math.max(plain.width, plain.height) });
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [viewport.width, viewport.height];
      await page.render({ canvas, viewport }).promise;
      if (!gone) paper.current?.replaceChildren(canvas);
    };
    // A preview that was closed meanwhile ends its drawing with an error that nobody waits for.
    draw().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [near, number, pdf]);
  useEffect(() => {
    if (!near) paper.current?.replaceChildren();
  }, [near]);
  return (
    <div ref={paper} className="pdf-page" style={{ aspectRatio: ratio }} role="img" aria-label={t.invoices.pageOf(number, pdf.numPages)} />
  );
}
