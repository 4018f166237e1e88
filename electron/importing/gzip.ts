import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { FileRefused } from './cells.ts';
import type { ByteSource } from './csv.ts';
import type { ReadLimits } from './limits.ts';
import { corrupt, refusal } from './refusals.ts';
import { sniffBytes } from './sniff.ts';
import { unpackWords } from './unpack-words.ts';
import { tooLarge } from './zip.ts';

/** What an unpacker's own error means to the user; refusals pass through. */
export function unpackRefusal(error: unknown): unknown {
  if (error instanceof FileRefused) return error;
  const why = unpackWords(error);
  return corrupt(`压缩包无法解开（${why.zh}）`, `the archive cannot be unpacked (${why.en})`);
}

/** The bytes behind a gzip, with its size and ratio watched. */
export async function* unzipped(source: ByteSource, limits: ReadLimits): AsyncGenerator<Buffer> {
  let given = 0;
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const input = Readable.from(source.chunks(), { objectMode: false });
  try {
    for await (const piece of pipeline(input, gunzip, () => undefined)) {
      const chunk = piece as Buffer;
      given += chunk.length;
      if (given > limits.totalBytes) throw tooLarge('.gz', limits.totalBytes);
      if (given > limits.ratioFloor && given > source.consumed() * limits.ratio) throw refusal('archive.ratio', '.gz');
      yield chunk;
    }
  } catch (error) {
    throw unpackRefusal(error);
  }
}

/** The first bytes behind a gzip. */
export async function unzippedHead(source: ByteSource, limits: ReadLimits): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of unzipped(source, limits)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= sniffBytes) break;
  }
  return Buffer.concat(chunks);
}
