import { basename } from 'node:path';
import { tarSheets, zipSheets, type ArchiveOptions, type ArchiveSheets } from './archive.ts';
import type { OpenedFile } from './cells.ts';
import { csvSheet } from './csv.ts';
import { bytesAt, fileSource, sizeOf } from './file-bytes.ts';
import { defaultLimits, type ReadLimits } from './limits.ts';
import { refusal } from './refusals.ts';
import { oleDirectoryOffset, oleKind, sniff, sniffBytes } from './sniff.ts';
import { isWorkbook } from './workbook-kind.ts';
import { workbookSheets } from './xlsx.ts';
import { openZip } from './zip.ts';

export interface OpenOptions {
  /** Aborting rejects the running read with the signal's reason at the next chunk. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReadLimits>;
  /** Name of a csv's sheet; the file's own name where absent. */
  readonly displayName?: string;
}

/**
 * Opens an export, whatever its name says: xlsx, csv, zip or tar.gz by its bytes. Anything else is refused (`FileRefused`) by what it is.
 * Nothing of the rows is read yet; each sheet streams its own. `close` when done.
 */
export async function openFile(path: string, options: OpenOptions = {}): Promise<OpenedFile> {
  const bytes = await sizeOf(path);
  const limits = { ...defaultLimits, ...options.limits };
  const name = options.displayName ?? basename(path);
  const whole: ArchiveOptions = { limits, signal: options.signal, prefix: '', depth: 0 };
  const kind = sniff(await bytesAt(path, 0, sniffBytes));
  if (kind === 'text') {
    const sheets = [csvSheet(name, fileSource(path), limits, options.signal)];
    return { format: 'csv', sheets, bytes, notes: [], close: () => Promise.resolve() };
  }
  if (kind === 'zip') return openZipFile(path, bytes, whole);
  if (kind === 'gzip' || kind === 'tar')
    return opened('tar.gz', bytes, await tarSheets(() => fileSource(path), kind === 'gzip', name, whole));
  throw refusal(kind === 'ole' ? oleKind(await oleDirectory(path)) : kind);
}

async function openZipFile(path: string, bytes: number, options: ArchiveOptions): Promise<OpenedFile> {
  const zip = await openZip(path, options.limits);
  try {
    if (!(await isWorkbook(zip))) return opened('zip', bytes, await zipSheets(zip, options));
    const lease = { zip, release: () => undefined };
    const book = await workbookSheets(() => Promise.resolve(lease), { ...options, bytesBefore: 0 });
    return opened('xlsx', bytes, { ...book, close: () => zip.close() });
  } catch (error) {
    zip.close();
    throw error;
  }
}

function opened(format: OpenedFile['format'], bytes: number, found: Omit<ArchiveSheets, 'notes'> & Pick<OpenedFile, 'notes'>): OpenedFile {
  const { sheets, notes, exportedAt } = found;
  // oxlint-disable-next-line require-await -- a failing close must reject, not throw
  const close = async (): Promise<void> => found.close();
  return { format, sheets, bytes, notes, close, ...(exportedAt === undefined ? {} : { exportedAt }) };
}

/** The directory of an OLE compound file, which names what it holds. */
async function oleDirectory(path: string): Promise<Buffer> {
  const head = await bytesAt(path, 0, sniffBytes);
  // Small files have it within the head; the offset of a damaged one may lie anywhere.
  return Buffer.concat([head.subarray(512), await bytesAt(path, oleDirectoryOffset(head), sniffBytes)]);
}
