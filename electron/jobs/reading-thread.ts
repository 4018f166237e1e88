import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused, type OpenedFile } from '../importing/cells.ts';
import { openFile } from '../importing/open.ts';
import { buffersOf, RowPacker, type PackedBatch } from '../importing/row-packing.ts';

/** What the thread is given to open. */
export interface ReadingInput {
  readonly path: string;
  readonly displayName: string | undefined;
}
/** `read` starts a pass over a sheet, ending the one before; `more` asks for one more batch of it. */
export type ReadingRequest = { readonly kind: 'read'; readonly pass: number; readonly sheet: number } | { readonly kind: 'more' };
export type ReadingReply =
  | {
      readonly kind: 'opened';
      readonly file: Omit<OpenedFile, 'sheets' | 'close'>;
      readonly sheets: readonly { name: string; hidden: boolean }[];
    }
  | { readonly kind: 'batch'; readonly pass: number; readonly batch: PackedBatch }
  | { readonly kind: 'end'; readonly pass: number }
  | { readonly kind: 'refused'; readonly pass: number; readonly code: string; readonly zh: string; readonly en: string }
  | { readonly kind: 'failed'; readonly pass: number; readonly message: string; readonly stack: string; readonly fields: object };

/** Batches that may be under way at once. */
export const ahead = 4;

const { path, displayName } = workerData as ReadingInput;
const send = (reply: ReadingReply, buffers: ArrayBuffer[] = []): void => parentPort?.postMessage(reply, buffers);

let current = 0;
let allowed = 0;
let wake: () => void = () => undefined;

async function pass(file: OpenedFile, number: number, sheet: number): Promise<void> {
  const packer = new RowPacker();
  for await (const batch of file.sheets[sheet]!.batches()) {
    while (allowed === 0 && current === number) await new Promise<void>((resolve) => (wake = resolve));
    if (current !== number) return;
    allowed--;
    const packed = packer.pack(batch);
    send({ kind: 'batch', pass: number, batch: packed }, buffersOf(packed));
  }
  send({ kind: 'end', pass: number });
}

function fail(number: number, error: unknown): void {
  if (error instanceof FileRefused) return send({ kind: 'refused', pass: number, code: error.code, zh: error.zh, en: error.en });
  const { message, stack = '', ...fields } = error instanceof Error ? error : new Error(String(error));
  send({ kind: 'failed', pass: number, message, stack, fields });
}

try {
  const file = await openFile(path, displayName === undefined ? {} : { displayName });
  const { sheets, close: _close, ...about } = file;
  parentPort?.on('message', (request: ReadingRequest) => {
    if (request.kind === 'more') allowed++;
    else {
      current = request.pass;
      allowed = ahead;
      pass(file, request.pass, request.sheet).catch((error: unknown) => fail(request.pass, error));
    }
    wake();
  });
  send({ kind: 'opened', file: about, sheets: sheets.map(({ name, hidden }) => ({ name, hidden })) });
} catch (error) {
  fail(0, error);
}
