import type { ByteSource } from './csv.ts';
import { naturalOrder } from './entry-name.ts';
import type { ReadLimits } from './limits.ts';
import { sniffBytes } from './sniff.ts';
import type { TarArchive } from './tar-gz.ts';
import { tooLarge, type Zip, type ZipEntry } from './zip.ts';

/** One file inside an archive, however the archive is built. */
export interface Member {
  readonly name: string;
  readonly renamed: boolean;
  readonly size: number;
  readonly head: () => Promise<Buffer>;
  readonly source: ByteSource;
  /** Bytes of the file that lie before it, for progress. */
  readonly before: number;
}

/** The files of a zip, in the order a person expects. */
export function zipMembers(zip: Zip): Member[] {
  let before = 0;
  const members: Member[] = [];
  for (const entry of zip.entries.toSorted((left, right) => naturalOrder(left.name, right.name))) {
    if (!entry.isFolder) members.push(zipMember(zip, entry, before));
    before += entry.compressedSize;
  }
  return members;
}

function zipMember(zip: Zip, entry: ZipEntry, before: number): Member {
  let taken = 0;
  const chunks = (): AsyncIterable<Buffer> => zip.read(entry, (bytes) => (taken = bytes));
  const head = async (): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const chunk of zip.read(entry)) {
      pieces.push(chunk);
      length += chunk.length;
      if (length >= sniffBytes) break;
    }
    return Buffer.concat(pieces);
  };
  return { name: entry.name, renamed: entry.renamed, size: entry.size, head, before, source: { chunks, consumed: () => before + taken } };
}

/** The files of a tar, in the order a person expects. */
export function tarMembers(tar: TarArchive): Member[] {
  return tar.entries
    .map((entry): Member => ({ ...entry, head: () => Promise.resolve(entry.head), source: tar.source(entry), before: 0 }))
    .toSorted((left, right) => naturalOrder(left.name, right.name));
}

/** A member's content in memory, up to the limit for what is held whole. */
export async function wholeOf(member: Member, limits: ReadLimits, signal: AbortSignal | undefined): Promise<Buffer> {
  if (member.size > limits.nestedBytes) throw tooLarge(member.name, limits.nestedBytes);
  const chunks: Buffer[] = [];
  for await (const chunk of member.source.chunks()) {
    signal?.throwIfAborted();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
