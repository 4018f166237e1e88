/** What became of a paper: it went to the printer, the person cancelled, or it stands open in a viewer that prints it. */
export type PrintOutcome = 'printed' | 'canceled' | 'viewer';

/** A window of its own that shows one PDF, as far as printing needs it. */
export interface PdfWindow {
  /** Shows the file; resolves once it can be printed, which is later than when its page is loaded: printed before, the paper is blank. */
  load(file: string): Promise<void>;
  /** Opens the system's print dialog; resolves with how it ended, `reason` as Chromium words it. */
  print(): Promise<{ readonly done: boolean; readonly reason: string }>;
  /** Resolves when it is gone, whoever closed it. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface PrintingParts {
  openWindow(): PdfWindow;
  /** Opens a file in the system's own viewer. */
  view(file: string): Promise<void>;
  /** Told of what kept the dialog from opening. */
  onTrouble(why: string): void;
}

/** Milliseconds within which the viewer must have a PDF ready; five hundred rows take it about a second. */
export const readyWithin = 10_000;

/**
 * Prints a PDF through the system's print dialog. Where the dialog cannot be had (no viewer, no printer, a refusal of the system) the file is opened
 * in the system's viewer instead, which prints it; a person who cancels, or closes the window, has cancelled.
 */
export async function printPdf(file: string, parts: PrintingParts): Promise<PrintOutcome> {
  const viewed = async (why: string): Promise<PrintOutcome> => {
    parts.onTrouble(why);
    await parts.view(file);
    return 'viewer';
  };
  if (!file.toLowerCase().endsWith('.pdf')) return viewed('not a PDF');
  const window = parts.openWindow();
  const gone = window.closed.then((): PrintOutcome => 'canceled');
  try {
    const outcome = await Promise.race([gone, printed(window, file)]);
    return typeof outcome === 'string' ? outcome : await viewed(outcome.trouble);
  } finally {
    window.close();
  }
}

async function printed(window: PdfWindow, file: string): Promise<PrintOutcome | { readonly trouble: string }> {
  try {
    await inTime(window.load(file));
    const { done, reason } = await window.print();
    if (done) return 'printed';
    return /cancel/i.test(reason) ? 'canceled' : { trouble: reason };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

async function inTime(ready: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the viewer was not ready within ${readyWithin} ms`)), readyWithin);
  });
  try {
    await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}
