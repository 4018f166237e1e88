import type { OpenedFile, RowBatch, SheetSource } from './cells.ts';
import type { ReadLimits } from './limits.ts';
import { StringTable } from './string-table.ts';
import type { CellContext } from './xlsx-cell.ts';
import { SheetRows } from './xlsx-rows.ts';
import { SharedStrings } from './xlsx-strings.ts';
import { readWorkbook, type Workbook, type WorkbookSheet } from './xlsx-workbook.ts';
import { utf8Part } from './xml-part.ts';
import type { Zip } from './zip.ts';

/** A workbook's zip for the time of one pass; `release` closes what was opened for it. */
export interface ZipLease {
  readonly zip: Zip;
  release(): void;
}

export interface WorkbookOptions {
  readonly limits: ReadLimits;
  readonly signal: AbortSignal | undefined;
  /** Put before every sheet's name: the entry's path for a workbook inside an archive. */
  readonly prefix: string;
  /** Bytes of the file that lie before this workbook, for progress. */
  readonly bytesBefore: number;
}

export interface WorkbookSheets {
  readonly sheets: SheetSource[];
  readonly notes: OpenedFile['notes'];
  readonly exportedAt: string | undefined;
}

/** Rows gathered before a batch is handed over. */
const batchRows = 1000;

/** The sheets of a workbook, read anew from a leased zip on every pass; shared strings are kept between passes until `forget`. */
export async function workbookSheets(lease: () => Promise<ZipLease>, options: WorkbookOptions): Promise<WorkbookSheets> {
  const { zip, release } = await lease();
  try {
    const workbook = await readWorkbook(zip, options.limits);
    let before = options.bytesBefore + (workbook.strings?.compressedSize ?? 0);
    const sheets = workbook.sheets.map((sheet) => {
      const start = before;
      before += sheet.entry.compressedSize;
      const pass = (): AsyncGenerator<RowBatch> => readSheet(lease, workbook, sheet, { ...options, bytesBefore: start });
      return { name: options.prefix + sheet.name, hidden: sheet.hidden, trimsRows: true, date1904: workbook.date1904, batches: pass };
    });
    return { sheets, notes: notesOf(workbook, options.prefix), exportedAt: workbook.exportedAt };
  } finally {
    release();
  }
}

function notesOf(workbook: Workbook, prefix: string): OpenedFile['notes'] {
  const hidden = workbook.sheets
    .filter((sheet) => sheet.hidden)
    .map(({ name }) => ({
      code: 'sheet.hidden',
      zh: `工作表“${prefix}${name}”是隐藏的，请确认是否要读取；未确认时不读取。`,
      en: `Sheet "${prefix}${name}" is hidden: say whether it is to be read; it is not unless you do.`,
    }));
  const passed = workbook.passedOver.map((name) => ({
    code: 'sheet.passed-over',
    zh: `“${prefix}${name}”是图表或宏表，没有数据行，已略过。`,
    en: `"${prefix}${name}" is a chart or macro sheet without rows and was passed over.`,
  }));
  return [...hidden, ...passed];
}

/** The shared strings of each open workbook: parsed once however many sheets and passes ask, gone with the workbook. */
const stringsOf = new WeakMap<Zip, Promise<StringTable>>();

function sharedStrings(zip: Zip, workbook: Workbook, options: WorkbookOptions): Promise<StringTable> {
  const { strings } = workbook;
  if (!strings) return Promise.resolve(new StringTable());
  let table = stringsOf.get(zip);
  if (!table) {
    table = readStrings(zip, strings, options);
    stringsOf.set(zip, table);
    // A cancelled or failed pass must not spoil the next one.
    table.catch(() => stringsOf.delete(zip));
  }
  return table;
}

async function readStrings(zip: Zip, entry: NonNullable<Workbook['strings']>, options: WorkbookOptions): Promise<StringTable> {
  const reader = new SharedStrings(entry.name, options.limits.sharedStringChars);
  for await (const bytes of utf8Part(entry.name, zip.read(entry))) {
    options.signal?.throwIfAborted();
    reader.feed(bytes);
  }
  reader.finish();
  return reader.strings;
}

async function* readSheet(
  lease: () => Promise<ZipLease>,
  workbook: Workbook,
  sheet: WorkbookSheet,
  options: WorkbookOptions,
): AsyncGenerator<RowBatch> {
  const { zip, release } = await lease();
  try {
    const strings = await sharedStrings(zip, workbook, options);
    const context: CellContext = { strings, looks: workbook.looks, date1904: workbook.date1904 };
    const reader = new SheetRows(sheet.entry.name, context);
    let taken = 0;
    const take = (): RowBatch => {
      const batch = { rows: reader.rows, faults: reader.faults, bytesRead: options.bytesBefore + taken };
      reader.rows = [];
      reader.faults = [];
      return batch;
    };
    const content = zip.read(sheet.entry, (bytes) => {
      taken = bytes;
    });
    for await (const bytes of utf8Part(sheet.entry.name, content)) {
      options.signal?.throwIfAborted();
      reader.feed(bytes);
      if (reader.rows.length + reader.faults.length >= batchRows) yield take();
    }
    reader.finish();
    yield take();
  } finally {
    release();
  }
}
