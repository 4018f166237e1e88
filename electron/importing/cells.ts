/**
 * What every reader (xlsx, csv, archive) gives and the importer takes: rows of cells as stored in the file, before any meaning.
 * Nothing here knows of exports, money or months.
 */

/** How a cell was stored. A `number` keeps the digits of the file; a `date` is already ISO text (`YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`). */
export const cellKinds = { empty: 0, text: 1, number: 2, date: 3, boolean: 4, error: 5 } as const;
export type CellKind = (typeof cellKinds)[keyof typeof cellKinds];

/** One row. `texts[i]` is '' where `kinds[i]` is empty; both arrays have the same length, which may differ from row to row. */
export interface SheetRow {
  /** 1-based row number as a spreadsheet shows it; for csv the 1-based record number counted by lines (the record's first line). */
  readonly row: number;
  readonly texts: readonly string[];
  readonly kinds: readonly CellKind[];
}

/** A row that could not be read as a row (a broken quote, too many columns): reported, never dropped in silence. */
export interface RowFault {
  readonly row: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface RowBatch {
  readonly rows: readonly SheetRow[];
  readonly faults: readonly RowFault[];
  /** Bytes of the source consumed so far (compressed bytes for xlsx and archives), for progress. */
  readonly bytesRead: number;
}

/** One sheet of a workbook, or one csv, streamed in batches of at most a few thousand rows; each call starts again from the top. */
export interface SheetSource {
  /** Sheet name; for a csv inside an archive the entry's name; for a plain csv its file name. */
  readonly name: string;
  readonly hidden: boolean;
  /** Empty cells at the end of a row are not stored (workbooks): a row that is shorter than the header is whole. */
  readonly trimsRows: boolean;
  /** Its day numbers count from 1904 (workbooks made on old Macs). */
  readonly date1904?: boolean;
  batches(): AsyncIterable<RowBatch>;
}

export interface OpenedFile {
  readonly format: 'xlsx' | 'csv' | 'zip' | 'tar.gz';
  readonly sheets: readonly SheetSource[];
  readonly bytes: number;
  /** Document property "modified" or "created" as `YYYY-MM-DD HH:MM:SS` in GMT+08:00, where the format carries it. */
  readonly exportedAt?: string;
  /** What a person should know although reading goes on (a hidden sheet, an entry passed over). */
  readonly notes: readonly { code: string; zh: string; en: string }[];
  close(): Promise<void>;
}

/** A whole file refused: what it is, why it cannot be read, what to do. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  constructor(code: string, zh: string, en: string) {
    super(en);
    this.code = code;
    this.zh = zh;
    this.en = en;
  }
}
