import fs from 'node:fs/promises';
import path from 'node:path';
import { recordInJournal } from '../../db/journal.ts';
import { logPrint, nextPrintId, type Print } from '../../db/print-log.ts';
import type { Output } from '../contract.ts';
import { AppError } from '../errors.ts';
import { MissingGlyphs, type FontFiles, type PrintedPdf } from '../exporting/pdf-document.ts';
import type { AppContext } from './context.ts';

/** What is printed: its entry in the log, and the PDF made with the number that it gets (none for a preview). */
export interface PrintJob {
  readonly what: Print['what'];
  readonly requestIds: readonly string[];
  readonly reprint: boolean;
  readonly preview: boolean;
  /** The file's name before the print number. */
  readonly name: string;
  make(at: string, printNumber: number | undefined): Promise<PrintedPdf>;
}

/** Prints into the results folder and logs it; a preview logs nothing. */
export async function printAndLog(context: AppContext, job: PrintJob): Promise<Output<'invoices.print'>> {
  const at = context.now();
  const { what, requestIds, reprint, preview } = job;
  // The number is on the paper, so it is known before the PDF is; where another process took it meanwhile, the paper is made anew.
  for (;;) {
    const id = nextPrintId(context.db);
    const made = await glyphsTold(() => job.make(at, preview ? undefined : id));
    const logged =
      preview ||
      (await context.write((db) =>
        db
          .transaction(() => {
            const done = logPrint(db, { id, at, requestIds, sha256: made.sha256, reprint, what });
            if (done) recordInJournal(db, at, what === 'list' ? 'invoices.print' : 'labels.print', { print: id, requestIds });
            return done;
          })
          .immediate(),
      ));
    if (!logged) continue;
    if (!preview) context.emit('changed', { areas: ['requests'] });
    return store(context, job.name, made, preview ? '预览' : String(id).padStart(6, '0'));
  }
}

/** What the file is called: the request, or how many they are. */
export const fileName = (kind: string, ids: readonly string[]): string => {
  const what = ids.length === 1 ? ids[0]! : `${ids.length}单`;
  return `${kind}-${what.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 60)}`;
};

export const fontFiles = (folder: string): FontFiles => ({
  regular: path.join(folder, '400Regular', 'NotoSansSC_400Regular.ttf'),
  bold: path.join(folder, '700Bold', 'NotoSansSC_700Bold.ttf'),
});

async function glyphsTold<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error;
    const shown = error.characters.join(' ');
    const text = {
      zh: `字体中没有这些字符，打印出来会是空框：${shown}。请在名称、地址或设置中换一种写法`,
      en: `The font has no picture for these characters: ${shown}. Write them differently in the name, address or settings`,
    };
    throw new AppError('invoice-list.characters', text, { characters: error.characters });
  }
}

async function store(context: AppContext, stem: string, { pdf }: PrintedPdf, mark: string): Promise<Output<'invoices.print'>> {
  const name = `${stem}-${mark}.pdf`;
  const file = path.join(context.resultsFolder, name);
  await fs.writeFile(file, pdf);
  return { token: context.files.register(file), name };
}
