/** How much one file may ask of the machine before it is refused; sizes in bytes. */
export interface ReadLimits {
  /** Entries of one archive or workbook. */
  readonly entries: number;
  /** Uncompressed size of one entry. */
  readonly entryBytes: number;
  /** Uncompressed size of all entries of one archive. */
  readonly totalBytes: number;
  /** Uncompressed : compressed, judged once an entry has given more than `ratioFloor` bytes. */
  readonly ratio: number;
  readonly ratioFloor: number;
  /** A workbook or archive inside an archive is held in memory up to this size. */
  readonly nestedBytes: number;
  /** Parts of a workbook that are read whole (styles, relationships, workbook). */
  readonly smallPartBytes: number;
  /** Characters of all shared strings of one workbook. */
  readonly sharedStringChars: number;
  /** Characters of one csv record; a quote still open after this many is a broken quote. */
  readonly recordChars: number;
}

const mebi = 1024 * 1024;

export const defaultLimits: ReadLimits = {
  entries: 10_000,
  entryBytes: 4096 * mebi,
  totalBytes: 8192 * mebi,
  ratio: 200,
  ratioFloor: 10 * mebi,
  nestedBytes: 512 * mebi,
  smallPartBytes: 64 * mebi,
  sharedStringChars: 1024 * mebi,
  recordChars: mebi,
};
