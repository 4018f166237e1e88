import { tarMembers, wholeOf, zipMembers, type Member } from './archive-member.ts';
import { FileRefused, type OpenedFile, type SheetSource } from './cells.ts';
import { csvSheet, type ByteSource } from './csv.ts';
import { unzipped, unzippedHead } from './gzip.ts';
import { isSystemEntry } from './entry-name.ts';
import { bufferSource } from './file-bytes.ts';
import type { ReadLimits } from './limits.ts';
import { refusal } from './refusals.ts';
import { oleKind, sniff } from './sniff.ts';
import { TarArchive } from './tar-gz.ts';
import { isWorkbook } from './workbook-kind.ts';
import { workbookSheets, type ZipLease } from './xlsx.ts';
import { openZip, tooLarge, type Zip } from './zip.ts';

type Note = OpenedFile['notes'][number];

export interface ArchiveOptions {
  readonly limits: ReadLimits;
  readonly signal: AbortSignal | undefined;
  /** Put before every sheet's name: the path of the archive inside another. */
  readonly prefix: string;
  /** 0 for the file itself, 1 for an archive inside it. */
  readonly depth: number;
}

/** The sheets of an archive, and what must be closed when they are done with. */
export interface ArchiveSheets {
  readonly sheets: SheetSource[];
  readonly notes: Note[];
  readonly exportedAt: string | undefined;
  close(): void;
}

/** Kinds of zip that are documents no reader here takes. */
const otherDocuments: ReadonlySet<string> = new Set(['file.xlsb', 'file.ods', 'file.document']);

class Gathering {
  readonly sheets: SheetSource[] = [];
  readonly notes: Note[] = [];
  exportedAt: string | undefined;
  readonly closers: (() => void)[] = [];
  private held = 0;
  readonly options: ArchiveOptions;

  constructor(options: ArchiveOptions) {
    this.options = options;
  }

  note(code: string, zh: string, en: string): void {
    this.notes.push({ code, zh, en });
  }

  /** Counts an archive inside this one that stays in memory until all is closed. */
  hold(member: Member): void {
    this.held += member.size;
    if (this.held > this.options.limits.nestedBytes) throw tooLarge(member.name, this.options.limits.nestedBytes);
  }

  seen(exportedAt: string | undefined): void {
    if (exportedAt !== undefined && (this.exportedAt === undefined || exportedAt > this.exportedAt)) this.exportedAt = exportedAt;
  }

  close(): void {
    for (const close of this.closers.splice(0)) close();
  }
}

/** The sheets of a zip that is no workbook. The zip is closed with them. */
export async function zipSheets(zip: Zip, options: ArchiveOptions): Promise<ArchiveSheets> {
  const total = zip.entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > options.limits.totalBytes) throw tooLarge('.zip', options.limits.totalBytes);
  return gather(zipMembers(zip), options, () => zip.close());
}

/** The sheets of a tar, a tar.gz, or a gzip of one csv; `name` is the file's own. */
export async function tarSheets(fresh: () => ByteSource, gzipped: boolean, name: string, options: ArchiveOptions): Promise<ArchiveSheets> {
  if (gzipped) {
    const inner = sniff(await unzippedHead(fresh(), options.limits));
    if (inner === 'text') return gzippedCsv(fresh, name, options);
    if (inner === 'zip' || inner === 'gzip') throw refusal('archive.nested', name);
    if (inner !== 'tar') throw refusal(inner === 'ole' ? 'file.xls' : inner);
  }
  const tar = await TarArchive.open(fresh, { limits: options.limits, gzipped, signal: options.signal });
  return gather(tarMembers(tar), options, () => tar.close());
}

function gzippedCsv(fresh: () => ByteSource, name: string, { limits, signal }: ArchiveOptions): ArchiveSheets {
  let from = fresh();
  const chunks = (): AsyncIterable<Buffer> => {
    from = fresh();
    return unzipped(from, limits);
  };
  const sheet = csvSheet(name.replace(/\.gz$/i, ''), { chunks, consumed: () => from.consumed() }, limits, signal);
  return { sheets: [sheet], notes: [], exportedAt: undefined, close: () => undefined };
}

async function gather(members: readonly Member[], options: ArchiveOptions, close: () => void): Promise<ArchiveSheets> {
  const found = new Gathering(options);
  found.closers.push(close);
  try {
    for (const member of members) {
      options.signal?.throwIfAborted();
      await addMember(found, member);
    }
    if (found.sheets.length === 0) throw refusal('archive.empty');
    return found;
  } catch (error) {
    found.close();
    throw error;
  }
}

async function addMember(found: Gathering, member: Member): Promise<void> {
  const { limits, signal, prefix, depth } = found.options;
  const name = prefix + member.name;
  if (isSystemEntry(member.name)) {
    found.note(
      'archive.system-entry',
      `“${name}”是操作系统附带的文件，已略过。`,
      `"${name}" was left by an operating system and was passed over.`,
    );
    return;
  }
  if (member.renamed)
    found.note(
      'archive.entry-path',
      `“${name}”的原路径指向压缩包之外，只取其文件名。`,
      `The path of "${name}" led outside the archive; only its name is used.`,
    );
  const kind = sniff(await member.head());
  if (kind === 'text') {
    found.sheets.push(csvSheet(name, member.source, limits, signal));
    return;
  }
  if (kind === 'zip') return addZip(found, member, name);
  if (kind === 'gzip' || kind === 'tar') {
    if (depth > 0) throw refusal('archive.nested', name);
    found.hold(member);
    const bytes = await wholeOf(member, limits, signal);
    const fresh = (): ByteSource => bufferSource(bytes);
    const inner = { ...found.options, prefix: `${name} › `, depth: depth + 1 };
    addAll(found, await tarSheets(fresh, kind === 'gzip', name, inner));
    return;
  }
  passOver(found, name, refusal(kind === 'ole' ? oleKind(await wholeOf(member, limits, signal)) : kind));
}

function passOver(found: Gathering, name: string, reason: FileRefused): void {
  found.note(
    'archive.entry-passed-over',
    `压缩包里的“${name}”已略过：${reason.zh}`,
    `"${name}" in the archive was passed over: ${reason.en}`,
  );
}

function addAll(found: Gathering, inner: ArchiveSheets): void {
  found.sheets.push(...inner.sheets);
  found.notes.push(...inner.notes);
  found.seen(inner.exportedAt);
  found.closers.push(() => inner.close());
}

async function addZip(found: Gathering, member: Member, name: string): Promise<void> {
  const { limits, signal, depth } = found.options;
  const lease = async (): Promise<ZipLease> => {
    const zip = await openZip(await wholeOf(member, limits, signal), limits);
    return { zip, release: () => zip.close() };
  };
  const first = await lease();
  const workbook = await isWorkbook(first.zip).catch((error: unknown) => {
    first.release();
    // Another kind of document beside the exports is not read; damage is never passed over.
    if (!(error instanceof FileRefused) || !otherDocuments.has(error.code)) throw error;
    passOver(found, name, error);
  });
  if (workbook === undefined) return;
  if (workbook) {
    first.release();
    const inner = await workbookSheets(lease, { limits, signal, prefix: `${name} › `, bytesBefore: member.before });
    found.sheets.push(...inner.sheets);
    found.notes.push(...inner.notes);
    found.seen(inner.exportedAt);
    return;
  }
  if (depth > 0) {
    first.release();
    throw refusal('archive.nested', name);
  }
  found.hold(member);
  addAll(found, await zipSheets(first.zip, { ...found.options, prefix: `${name} › `, depth: depth + 1 }));
}
