import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused, type OpenedFile, type SheetRow } from '../importing/cells.ts';
import { firstRows } from '../importing/first-rows.ts';
import { openFile } from '../importing/open.ts';
import type { Problem } from '../importing/problem.ts';
import { readSheet, type SheetNotRead, type SheetRead, type SheetStart, type SheetTerms } from '../importing/read-sheet.ts';
import { buffersOf, RowPacker, type PackedRows } from '../importing/row-packing.ts';

/** What the thread is given to open. */
export interface ReadingInput {
  readonly path: string;
  readonly displayName: string | undefined;
}
/** `head` asks for the first rows of a sheet; `read` for all that it holds, its rows only where they are `wanted`; `more` for one more batch of it. */
export type ReadingRequest =
  | { readonly kind: 'head'; readonly sheet: number; readonly rows: number }
  | { readonly kind: 'read'; readonly sheet: number; readonly terms: SheetTerms; readonly wanted: boolean }
  | { readonly kind: 'more' };
export interface ReadingBatch {
  readonly kind: 'batch';
  /** Undefined where there are none, or they are not wanted. */
  readonly packed: PackedRows | undefined;
  readonly problems: readonly Problem[];
  /** Bytes read and rows met so far. */
  readonly bytes: number;
  readonly rows: number;
}
export type ReadingReply =
  | {
      readonly kind: 'opened';
      readonly file: Omit<OpenedFile, 'sheets' | 'close'>;
      readonly sheets: readonly { name: string; hidden: boolean }[];
    }
  | { readonly kind: 'head'; readonly rows: readonly SheetRow[] }
  | { readonly kind: 'begin'; readonly start: SheetStart }
  | ReadingBatch
  | { readonly kind: 'end'; readonly sheet: SheetRead | SheetNotRead }
  | { readonly kind: 'refused'; readonly code: string; readonly zh: string; readonly en: string }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string; readonly fields: object };

/** Batches that may be under way at once, and about how many rows are in one. */
const ahead = 4;
const batchRows = 2000;

const { path, displayName } = workerData as ReadingInput;
const send = (reply: ReadingReply, buffers: ArrayBuffer[] = []): void => parentPort?.postMessage(reply, buffers);

let allowed = 0;
let wake: () => void = () => undefined;

async function readWhole(file: OpenedFile, sheet: number, terms: SheetTerms, wanted: boolean): Promise<void> {
  let packer: RowPacker | undefined;
  let problems: Problem[] = [];
  let told = 0;
  const flush = async (bytes: number, rows: number): Promise<void> => {
    while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
    allowed--;
    const packed = packer && packer.rows > 0 ? packer.take() : undefined;
    send({ kind: 'batch', packed, problems, bytes, rows }, packed ? buffersOf(packed) : []);
    problems = [];
    told = rows;
  };
  let at = 0;
  const found = await readSheet(file.sheets[sheet]!, {
    ...terms,
    begin: (start) => {
      send({ kind: 'begin', start });
      const made = wanted ? (packer = new RowPacker(start.stored.length)) : undefined;
      return {
        accept: (row, values) => made?.add(row, values),
        problem: (problem) => void problems.push(problem),
      };
    },
    onBatch: (bytes, rows) => {
      at = bytes;
      return rows - told >= batchRows ? flush(bytes, rows) : undefined;
    },
  });
  if (found.state === 'read') await flush(at, found.data.rows);
  send({ kind: 'end', sheet: found });
}

async function answer(file: OpenedFile, request: Exclude<ReadingRequest, { kind: 'more' }>): Promise<void> {
  if (request.kind === 'head') return send({ kind: 'head', rows: await firstRows(file.sheets[request.sheet]!, request.rows) });
  allowed = ahead;
  await readWhole(file, request.sheet, request.terms, request.wanted);
}

function fail(error: unknown): void {
  if (error instanceof FileRefused) return send({ kind: 'refused', code: error.code, zh: error.zh, en: error.en });
  const { message, stack = '', ...fields } = error instanceof Error ? error : new Error(String(error));
  send({ kind: 'failed', message, stack, fields });
}

try {
  const file = await openFile(path, displayName === undefined ? {} : { displayName });
  const { sheets, close: _close, ...about } = file;
  parentPort?.on('message', (request: ReadingRequest) => {
    if (request.kind === 'more') {
      allowed++;
      wake();
    } else answer(file, request).catch(fail);
  });
  send({ kind: 'opened', file: about, sheets: sheets.map(({ name, hidden }) => ({ name, hidden })) });
} catch (error) {
  fail(error);
}
