import fs from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadInvoice } from '../core/read-invoice.ts';
import type { Text } from '../core/finding.ts';
import { FileRefused } from '../importing/cells.ts';
import { invoiceLimits } from '../invoicing/limits.ts';
import { readInvoiceFile } from '../invoicing/read.ts';
import { refused } from '../invoicing/refusals.ts';

/** What one file gave: the invoice, or why it is not read. */
export type InvoiceAnswer = { readonly invoice: ReadInvoice } | { readonly code: string; readonly text: Text };

/** The thread that meets untrusted files: one path in, one answer out; whoever asked ends it when it takes too long. */
const { cmaps } = workerData as { cmaps: string };

async function answer(file: string): Promise<InvoiceAnswer> {
  try {
    const { size } = await fs.stat(file);
    if (size > invoiceLimits.fileBytes) throw refused('invoice-file.too-large', `${size} B`);
    return { invoice: await readInvoiceFile(await fs.readFile(file), path.basename(file), cmaps) };
  } catch (error) {
    const refusal = error instanceof FileRefused ? error : unreadable(error);
    return { code: refusal.code, text: { zh: refusal.zh, en: refusal.en } };
  }
}

function unreadable(error: unknown): FileRefused {
  const why = (error as NodeJS.ErrnoException).code ?? String(error);
  return why === 'ENOENT'
    ? new FileRefused(
        'file.missing',
        '找不到这个文件，请确认没有被移动或删除',
        'There is no such file: check that it was not moved or deleted',
      )
    : new FileRefused('file.unreadable', `系统不允许读取这个文件（${why}）`, `The system does not let this file be read (${why})`);
}

parentPort?.on('message', (file: string) => {
  void answer(file).then((reply) => parentPort?.postMessage(reply));
});
