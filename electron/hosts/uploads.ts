import { createWriteStream, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';
import type { FileRegistry } from '../files.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { ChosenFile } from '../window-api.ts';

/** The largest file that a browser may hand over, in bytes (2 GiB). */
export const uploadLimit = 2 * 1024 ** 3;

export interface Uploads {
  /** Stores one request's body under the name in its `x-file-name` header (percent-encoded, may hold folders). Throws AppError. */
  receive(request: IncomingMessage): Promise<ChosenFile>;
  /** Removes every copy. */
  close(): void;
}

/** A browser gives bytes, not paths: they are kept in a folder of this session and removed when it ends. */
export function createUploads(files: FileRegistry, limit = uploadLimit): Uploads {
  const folder = temporaryFolder('upload');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    async receive(request) {
      const name = nameOf(request);
      if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(name, limit);
      // A folder of its own for each: two files of one name are two files.
      const target = path.join(await fs.mkdtemp(path.join(folder, 'f-')), baseName(name));
      let size = 0;
      const measure = new Transform({
        transform(part: Buffer, _encoding, done) {
          size += part.length;
          done(size > limit ? tooLarge(name, limit) : null, part);
        },
      });
      try {
        await pipeline(request, measure, createWriteStream(target));
      } catch (error) {
        await fs.rm(path.dirname(target), { recursive: true, force: true });
        throw error;
      }
      return { token: files.register(target, name), name, size };
    },
    close() {
      process.off('exit', remove);
      remove();
    },
  };
}

function nameOf(request: IncomingMessage): string {
  const header = request.headers['x-file-name'];
  try {
    const name = decodeURIComponent(typeof header === 'string' ? header : '').normalize('NFC');
    if (baseName(name) !== '') return name;
  } catch {
    // Said below, with every other name that will not do.
  }
  throw new AppError('file.unnamed', {
    zh: '上传的文件没有可用的文件名，请改名后重试。',
    en: 'The uploaded file has no usable name: rename it and try again.',
  });
}

/** The last part of a name, without what a file system would take for something else. */
function baseName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const safe = last.replace(/[\u0000-\u001f:*?"<>|]/g, '_');
  return /^\.*$/.test(safe) ? '' : safe;
}

const tooLarge = (name: string, limit: number): AppError =>
  new AppError('file.too-large', {
    zh: `文件“${name}”超过 ${limit / 1024 ** 2} MB，浏览器方式不能上传。请用命令行导入：npx hezhang import 文件。`,
    en: `"${name}" is larger than ${limit / 1024 ** 2} MB and cannot be uploaded by a browser. Import it from the command line: npx hezhang import FILE.`,
  });
