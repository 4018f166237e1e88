import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { backupEntries, readManifest, type BackupManifest } from '../core/backup.ts';
import { FileRefused } from './cells.ts';
import { defaultLimits, type ReadLimits } from './limits.ts';
import { openZip, readWhole, type Zip, type ZipEntry } from './zip.ts';

/** A backup that is not whole, or was written by a later version; `zh` and `en` name what of it. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
  readonly kind: 'damaged' | 'newer';
  readonly zh: string;
  readonly en: string;
  constructor(kind: 'damaged' | 'newer', zh: string, en: string) {
    super(en);
    this.kind = kind;
    this.zh = zh;
    this.en = en;
  }
}

/** A backup is our own file: as large as the workspace was, but no bomb. */
const limits: ReadLimits = { ...defaultLimits, entries: 1_000_000, entryBytes: Number.MAX_SAFE_INTEGER, ratio: 2000 };

/**
 * Reads a backup through and proves it: exactly the entries that the manifest names, each of its size and SHA-256. With `folder` they are written
 * there, under names made from the manifest's hashes and never from the archive's. Throws BackupRefused.
 */
export async function readBackupArchive(
  file: string,
  folder: string | undefined,
  heard: (bytes: number, total: number) => void,
): Promise<BackupManifest> {
  const zip = await openZip(file, limits).catch((error: unknown) => {
    throw refused(error, '文件不是完整的备份', 'the file is no whole backup');
  });
  try {
    const manifest = await manifestOf(zip);
    const entries = matched(zip, manifest);
    const parts = [{ ...manifest.database, name: 'hezhang.db' }, ...manifest.files];
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const [index, part] of parts.entries()) {
      const entry = entries.get(index === 0 ? backupEntries.database : backupEntries.file(part.sha256))!;
      const target = folder && path.join(folder, index === 0 ? backupEntries.database : part.sha256);
      await provePart(zip, entry, part, target);
      done += part.bytes;
      heard(done, total);
    }
    return manifest;
  } finally {
    zip.close();
  }
}

async function manifestOf(zip: Zip): Promise<BackupManifest> {
  const entry = zip.entries.find(({ name }) => name === backupEntries.manifest);
  if (!entry)
    throw new BackupRefused('damaged', '里面没有 manifest.json，不是核账的备份', 'it has no manifest.json: it is no backup of Hezhang');
  const bytes = await readWhole(zip, entry, 1 << 30).catch((error: unknown) => {
    throw refused(error, 'manifest.json 读不出', 'manifest.json cannot be read');
  });
  const manifest = readManifest(bytes.toString('utf8'));
  if (manifest === 'newer') throw new BackupRefused('newer', '备份的格式版本较新', 'its format is newer');
  if (manifest === 'damaged') throw new BackupRefused('damaged', 'manifest.json 内容不对', 'manifest.json is not as it should be');
  return manifest;
}

/** The entries by name, proven to be those of the manifest and no others, none twice, none that climbs out of the archive. */
function matched(zip: Zip, manifest: BackupManifest): Map<string, ZipEntry> {
  const wanted = new Set([backupEntries.database, ...manifest.files.map(({ sha256 }) => backupEntries.file(sha256))]);
  const entries = new Map<string, ZipEntry>();
  for (const entry of zip.entries) {
    const { name, renamed } = entry;
    if (name === backupEntries.manifest && !renamed) continue;
    if (renamed || !wanted.has(name) || entries.has(name))
      throw new BackupRefused('damaged', `里面有不该有的“${name}”`, `"${name}" does not belong into it`);
    entries.set(name, entry);
  }
  for (const name of wanted) if (!entries.has(name)) throw new BackupRefused('damaged', `里面缺“${name}”`, `"${name}" is not in it`);
  return entries;
}

async function provePart(
  zip: Zip,
  entry: ZipEntry,
  part: { sha256: string; bytes: number; name: string },
  target: string | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  const content = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of zip.read(entry)) {
      hash.update(chunk);
      yield chunk;
    }
  };
  if (entry.size === part.bytes) {
    try {
      if (target !== undefined) await pipeline(content, fs.createWriteStream(target, { flags: 'wx', flush: true }));
      else for await (const _chunk of content());
    } catch (error) {
      throw refused(error, `“${part.name}”（${entry.name}）读不出`, `"${part.name}" (${entry.name}) cannot be read`);
    }
    if (hash.digest('hex') === part.sha256) return;
  }
  throw new BackupRefused('damaged', `“${part.name}”（${entry.name}）的内容已变`, `"${part.name}" (${entry.name}) has changed`);
}

/** What the zip reader refuses is damage of the backup; anything else (a full disk) is not. */
const refused = (error: unknown, zh: string, en: string): unknown =>
  error instanceof FileRefused ? new BackupRefused('damaged', zh, en) : error;
