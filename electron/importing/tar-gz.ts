import { pipeline, Readable } from 'node:stream';
import { extract, type Extract, type Header } from 'tar-stream';
import type { ByteSource } from './csv.ts';
import { entryName } from './entry-name.ts';
import { unpackRefusal, unzipped } from './gzip.ts';
import type { ReadLimits } from './limits.ts';
import { corrupt, refusal } from './refusals.ts';
import { tooLarge } from './zip.ts';

export interface TarEntry {
  /** Place in the archive, from 0, counting files only. */
  readonly index: number;
  readonly name: string;
  readonly renamed: boolean;
  readonly size: number;
  /** The first bytes of the content. */
  readonly head: Buffer;
}

/** Bytes kept of each file to tell what it is; the heads of 10,000 files are in memory at once. */
const headBytes = 4096;
/** Of the first files as much as holds their first rows, so that looking at these does not unpack the archive once more. */
const long = { files: 100, bytes: 384 * 1024 };

export interface TarOptions {
  readonly limits: ReadLimits;
  readonly gzipped: boolean;
  readonly signal: AbortSignal | undefined;
}

/** One sequential walk through the files of a tar. */
class TarWalk {
  /** Index of the file under way; -1 before the first. */
  at = -1;
  readonly source: ByteSource;
  private readonly tar: Extract;
  private readonly entries: AsyncIterator<{ readonly header: Header } & AsyncIterable<unknown>>;
  private content: AsyncIterator<unknown> | undefined;
  private readonly signal: AbortSignal | undefined;

  constructor(source: ByteSource, { gzipped, limits, signal }: TarOptions) {
    this.signal = signal;
    this.source = source;
    // The published types lack this option, which keeps names byte by byte.
    const options: object = { filenameEncoding: 'latin1' };
    this.tar = extract(options);
    const bytes = gzipped ? unzipped(source, limits) : source.chunks();
    pipeline(Readable.from(bytes, { objectMode: false }), this.tar as unknown as NodeJS.WritableStream, () => undefined);
    this.entries = this.tar[Symbol.asyncIterator]();
  }

  /** The next file's header, what is left of the one before passed over; undefined at the end. */
  async next(): Promise<Header | undefined> {
    for (;;) {
      while ((await this.chunk()) !== undefined);
      const entry = await this.nextEntry();
      if (!entry) return undefined;
      this.content = entry[Symbol.asyncIterator]();
      const { type } = entry.header;
      if (type !== 'file' && type !== 'contiguous-file') continue;
      this.at++;
      return entry.header;
    }
  }

  private async nextEntry(): Promise<({ readonly header: Header } & AsyncIterable<unknown>) | undefined> {
    try {
      const { done, value } = await this.entries.next();
      return done ? undefined : value;
    } catch (error) {
      throw unpackRefusal(error);
    }
  }

  /** The next bytes of the file under way; undefined at its end. */
  async chunk(): Promise<Buffer | undefined> {
    this.signal?.throwIfAborted();
    try {
      const step = await this.content?.next();
      if (step && !step.done) return step.value as Buffer;
      this.content = undefined;
      return undefined;
    } catch (error) {
      throw unpackRefusal(error);
    }
  }

  close(): void {
    this.tar.destroy();
  }
}

/** A tar or tar.gz. It can only be read in order: a pass over the files in their order walks it once, other orders walk it again. */
export class TarArchive {
  readonly entries: TarEntry[] = [];
  private readonly fresh: () => ByteSource;
  private readonly options: TarOptions;
  private parked: TarWalk | undefined;

  private constructor(fresh: () => ByteSource, options: TarOptions) {
    this.fresh = fresh;
    this.options = options;
  }

  /** Walks the archive once to list its files. */
  static async open(fresh: () => ByteSource, options: TarOptions): Promise<TarArchive> {
    const archive = new TarArchive(fresh, options);
    const walk = new TarWalk(fresh(), options);
    try {
      for (let header = await walk.next(); header; header = await walk.next())
        archive.add(header, await headOf(walk, archive.entries.length < long.files ? long.bytes : headBytes));
    } finally {
      walk.close();
    }
    return archive;
  }

  private add(header: Header, head: Buffer): void {
    const { limits } = this.options;
    if (this.entries.length >= limits.entries) throw refusal('archive.too-many-entries', String(limits.entries));
    // A pax header gives the name as text already; elsewhere it came byte by byte.
    const raw = Buffer.from(header.name, hasPaxPath(header.pax) ? 'utf8' : 'latin1');
    const { name, renamed } = entryName(raw, false);
    const { size } = header;
    if (size > limits.entryBytes) throw tooLarge(name, limits.entryBytes);
    this.entries.push({ index: this.entries.length, name, renamed, size, head });
  }

  /** One file's content; `consumed` counts bytes of the archive itself. */
  source(entry: TarEntry): ByteSource {
    let from: ByteSource | undefined;
    const chunks = (): AsyncGenerator<Buffer> => this.read(entry, (source) => (from = source));
    return { chunks, consumed: () => from?.consumed() ?? 0 };
  }

  /** The bytes of one file: its head, which is at hand, and only if more is asked for, the rest from the archive. */
  private async *read(entry: TarEntry, began: (source: ByteSource) => void): AsyncGenerator<Buffer> {
    if (entry.head.length > 0) yield entry.head;
    if (entry.head.length === entry.size) return;
    const { index } = entry;
    let walk = this.parked;
    this.parked = undefined;
    if (!walk || walk.at >= index) {
      walk?.close();
      walk = new TarWalk(this.fresh(), this.options);
    }
    began(walk.source);
    let sound = false;
    let before = entry.head.length;
    try {
      while (walk.at < index)
        if (!(await walk.next())) throw corrupt('压缩包在读取时变短了', 'the archive became shorter while it was read');
      sound = true;
      for (;;) {
        sound = false;
        const chunk = await walk.chunk();
        sound = true;
        if (!chunk) return;
        const skipped = Math.min(before, chunk.length);
        before -= skipped;
        if (skipped < chunk.length) yield chunk.subarray(skipped);
      }
    } finally {
      if (sound && !this.parked) this.parked = walk;
      else walk.close();
    }
  }

  close(): void {
    this.parked?.close();
    this.parked = undefined;
  }
}

function hasPaxPath(pax: unknown): boolean {
  return typeof pax === 'object' && pax !== null && 'path' in pax;
}

async function headOf(walk: TarWalk, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < most) {
    const chunk = await walk.chunk();
    if (!chunk) break;
    chunks.push(chunk);
    length += chunk.length;
  }
  // Copied: the chunks belong to the stream's larger buffers.
  return Buffer.from(Buffer.concat(chunks).subarray(0, most));
}
