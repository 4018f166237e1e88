import fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { backupEntries, writeManifest, type BackupManifest } from '../core/backup.ts';

/** Already compressed: deflating them again takes time and gains nothing. */
const compressed = /\.(?:xlsx|zip|gz|tgz|ofd|pdf)$/i;

/**
 * Writes a backup as one zip: the manifest, the database, every original under its SHA-256. Streams, so its size does not matter. `heard` is told
 * the bytes of each part when it is in. Rejects where a part cannot be read, its size is not the manifest's, or the target cannot be written.
 */
export async function writeBackupArchive(
  target: string,
  manifest: BackupManifest,
  paths: { readonly database: string; file(sha256: string): string },
  heard: (bytes: number) => void,
): Promise<void> {
  const zip = new ZipFile();
  const mtime = new Date(`${manifest.at.replace(' ', 'T')}+08:00`);
  const add = (file: string, entry: string, size: number, compress: boolean): void =>
    zip.addReadStreamLazy(entry, { mtime, size, compress, mode: 0o100644 }, (give) => {
      const stream = fs.createReadStream(file, { highWaterMark: 1 << 20 });
      stream.once('end', () => heard(size));
      give(null, stream);
    });
  zip.addBuffer(Buffer.from(writeManifest(manifest)), backupEntries.manifest, { mtime, compress: true });
  add(paths.database, backupEntries.database, manifest.database.bytes, true);
  for (const { sha256, bytes, name } of manifest.files) add(paths.file(sha256), backupEntries.file(sha256), bytes, !compressed.test(name));
  const output = zip.outputStream as NodeJS.ReadableStream & { destroy(error: Error): void };
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end();
  await pipeline(output, fs.createWriteStream(target, { flush: true }));
}
