import { crc32, createInflateRaw } from 'node:zlib';
import { pipeline } from 'node:stream';
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl';
import { FileRefused } from './cells.ts';
import { entryName } from './entry-name.ts';
import { bytesAt } from './file-bytes.ts';
import type { ReadLimits } from './limits.ts';
import { corrupt, refusal } from './refusals.ts';
import { unpackWords } from './unpack-words.ts';

export interface ZipEntry {
  /** Path inside the archive, `/` between its parts, made harmless. */
  readonly name: string;
  /** Uncompressed size as the archive claims it. */
  readonly size: number;
  readonly compressedSize: number;
  readonly isFolder: boolean;
  /** The stored name was absolute or climbed out of the archive. */
  readonly renamed: boolean;
  readonly raw: Entry;
}

/** A zip archive with random access to its entries. Every read checks size, ratio and CRC, and refuses damage. */
export interface Zip {
  readonly entries: readonly ZipEntry[];
  /** The entry's content in order; `onCompressed` hears how many compressed bytes were taken so far. */
  read(entry: ZipEntry, onCompressed?: (bytes: number) => void): AsyncIterable<Buffer>;
  close(): void;
}

/** Inflating runs on another thread: a few chunks ahead keep it busy while one is being read. The types lack the stream's own option. */
const inflateAhead: object = { chunkSize: 256 * 1024, highWaterMark: 1024 * 1024 };

function zipRefusal(error: unknown, name?: string): unknown {
  if (error instanceof FileRefused) return error;
  const why = unpackWords(error);
  const where = name === undefined ? { zh: '', en: '' } : { zh: `“${name}”`, en: ` of "${name}"` };
  return corrupt(`压缩数据${where.zh}无法解开（${why.zh}）`, `the compressed data${where.en} cannot be unpacked (${why.en})`);
}

/** Opens a zip from a path or from memory. */
export async function openZip(from: string | Buffer, limits: ReadLimits): Promise<Zip> {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  const file = await (typeof from === 'string' ? openPromise(from, options) : fromBufferPromise(from, options)).catch((error: unknown) => {
    throw zipRefusal(error);
  });
  try {
    const entries = await listEntries(file, limits);
    await checkDirectoryEnd(file, from);
    return {
      entries,
      read: (entry, hear) => readEntry(file, entry, limits, hear),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw zipRefusal(error);
  }
}

/** What may stand behind the last entry of a directory: its end, its 64-bit end, or a signature. */
const directoryEnds = [0x06054b50, 0x06064b50, 0x05054b50];

/** A directory that goes on behind the number of entries it states would lose files in silence. */
async function checkDirectoryEnd(file: ZipFile, from: string | Buffer): Promise<void> {
  // Where yauzl would read the next entry; its types call this offset a boolean.
  const at = Number(file.readEntryCursor);
  const bytes = typeof from === 'string' ? await bytesAt(from, at, 4) : from.subarray(at, at + 4);
  if (bytes.length < 4 || !directoryEnds.includes(bytes.readUInt32LE(0)))
    throw corrupt('压缩包目录里的文件数与实际不符', 'the directory of the zip holds another number of files than it states');
}

async function listEntries(file: ZipFile, limits: ReadLimits): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const raw of file.eachEntry()) {
    if (entries.length >= limits.entries) throw refusal('archive.too-many-entries', String(limits.entries));
    const { name, renamed } = entryName(raw.fileNameRaw, (raw.generalPurposeBitFlag & 0x800) !== 0, raw.extraFields);
    // A name with a slash at its end and content behind it is damage, and is read as a file.
    const isFolder = name.endsWith('/') && raw.uncompressedSize === 0;
    entries.push({ name, renamed, isFolder, size: raw.uncompressedSize, compressedSize: raw.compressedSize, raw });
  }
  return entries;
}

async function* readEntry(
  file: ZipFile,
  entry: ZipEntry,
  limits: ReadLimits,
  hear: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer> {
  const { raw, name } = entry;
  if (raw.isEncrypted()) throw refusal('archive.password', name);
  if (raw.compressionMethod !== 0 && raw.compressionMethod !== 8) throw refusal('archive.method', name);
  let taken = 0;
  let given = 0;
  let sum = 0;
  try {
    const stored = await file.openReadStreamPromise(raw, { decodeFileData: false });
    stored.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      hear?.(taken);
    });
    stored.pause();
    const content = raw.compressionMethod === 8 ? pipeline(stored, createInflateRaw(inflateAhead), () => undefined) : stored;
    for await (const piece of content) {
      const chunk = piece as Buffer;
      given += chunk.length;
      sum = crc32(chunk, sum);
      if (given > limits.entryBytes) throw tooLarge(name, limits.entryBytes);
      if (given > limits.ratioFloor && given > taken * limits.ratio) throw refusal('archive.ratio', name);
      if (given > raw.uncompressedSize) break;
      yield chunk;
    }
    if (given !== raw.uncompressedSize) throw corrupt(`“${name}”的长度与目录不符`, `the length of "${name}" differs from the directory`);
    if (sum !== raw.crc32) throw corrupt(`“${name}”的校验码不符`, `the checksum of "${name}" does not match`);
  } catch (error) {
    throw zipRefusal(error, name);
  }
}

/** One entry is larger than `limit` bytes. */
export function tooLarge(name: string, limit: number): FileRefused {
  const size = `${Math.round(limit / (1024 * 1024))} MiB`;
  return refusal('archive.too-large', { zh: `“${name}”超过 ${size}`, en: `"${name}" is larger than ${size}` });
}

/** An entry read whole, up to `limit` bytes. */
export async function readWhole(zip: Zip, entry: ZipEntry, limit: number): Promise<Buffer> {
  if (entry.size > limit) throw tooLarge(entry.name, limit);
  const chunks: Buffer[] = [];
  for await (const chunk of zip.read(entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
