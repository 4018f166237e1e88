/** An original in a backup: its entry is `files/<sha256>`; `name` is what the file was called. Sizes in bytes. */
export interface BackedUpFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
}

/** What a backup holds, as its `manifest.json` says. */
export interface BackupManifest {
  /** "YYYY-MM-DD HH:MM:SS" in GMT+08:00. */
  readonly at: string;
  /** The migration that the database stands at. */
  readonly databaseVersion: number;
  readonly database: { readonly sha256: string; readonly bytes: number };
  readonly files: readonly BackedUpFile[];
  /** Originals that were gone or changed when the backup was made. */
  readonly missing: readonly { readonly sha256: string; readonly name: string }[];
}

/** The version of the format that this app writes and the newest that it reads. */
export const backupVersion = 1;
const format = 'hezhang-backup';

/** Names of the entries. */
export const backupEntries = {
  manifest: 'manifest.json',
  database: 'hezhang.db',
  file: (sha256: string): string => `files/${sha256}`,
} as const;

export const writeManifest = (manifest: BackupManifest): string =>
  `${JSON.stringify({ format, version: backupVersion, ...manifest }, null, 1)}\n`;

type Unknown = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSha256 = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isListOf = (value: unknown, check: (one: Unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((one) => isObject(one) && check(one));

/** Reads a manifest: `newer` where a later version wrote it, `damaged` where it is none. */
export function readManifest(text: string): BackupManifest | 'damaged' | 'newer' {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  if (!isObject(read) || read['format'] !== format || !isCount(read['version'])) return 'damaged';
  if ((read['version'] as number) > backupVersion) return 'newer';
  const { database } = read;
  const whole =
    typeof read['at'] === 'string' &&
    isCount(read['databaseVersion']) &&
    isObject(database) &&
    isSha256(database['sha256']) &&
    isCount(database['bytes']) &&
    isListOf(read['files'], (f) => isSha256(f['sha256']) && isCount(f['bytes']) && typeof f['name'] === 'string') &&
    isListOf(read['missing'], (f) => isSha256(f['sha256']) && typeof f['name'] === 'string');
  return whole ? (read as unknown as BackupManifest) : 'damaged';
}
