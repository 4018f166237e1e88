import { open, stat } from 'node:fs/promises';
import type { ByteSource } from './csv.ts';
import type { FileRefused } from './cells.ts';
import { refusal } from './refusals.ts';

/** Bytes of a file read at once: few enough that their text is a young object, which is collected cheaply, and that a cancelled import stops at once. */
export const chunkBytes = 48 * 1024;

function refusalOf(error: unknown): FileRefused | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return refusal('file.missing');
  if (code === 'EISDIR') return refusal('file.directory');
  return code ? refusal('file.unreadable', code) : undefined;
}

/** Size of a file in bytes; folders, missing files and empty files are refused. */
export async function sizeOf(path: string): Promise<number> {
  const info = await stat(path).catch((error: unknown) => {
    throw refusalOf(error) ?? error;
  });
  if (info.isDirectory()) throw refusal('file.directory');
  if (!info.isFile()) throw refusal('file.unreadable', 'not a regular file');
  if (info.size === 0) throw refusal('file.empty');
  return info.size;
}

/** `length` bytes of a file from `start` on, or as many as there are. */
export async function bytesAt(path: string, start: number, length: number): Promise<Buffer> {
  for await (const chunk of fileSource(path, length, start).chunks()) return chunk;
  return Buffer.alloc(0);
}

/** A file's bytes in order, in fresh buffers; each pass opens it anew and closes it when the reader stops. */
export function fileSource(path: string, chunk: number = chunkBytes, start = 0): ByteSource {
  let consumed = 0;
  async function* chunks(): AsyncGenerator<Buffer> {
    consumed = start;
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw refusalOf(error) ?? error;
    });
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunk), 0, chunk, consumed);
        if (bytesRead === 0) return;
        consumed += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }
  return { chunks, consumed: () => consumed };
}

/** Bytes already in memory, as a source. */
export function bufferSource(bytes: Buffer): ByteSource {
  let consumed = 0;
  // oxlint-disable-next-line require-await -- a source is asynchronous whatever stands behind it
  async function* chunks(): AsyncGenerator<Buffer> {
    consumed = 0;
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const piece = bytes.subarray(at, at + chunkBytes);
      consumed += piece.length;
      yield piece;
    }
  }
  return { chunks, consumed: () => consumed };
}
