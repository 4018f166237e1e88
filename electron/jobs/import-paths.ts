import fs from 'node:fs/promises';
import path from 'node:path';

/** What Excel, the Finder and file managers leave beside real files. */
const litter = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/**
 * Files of the paths given, folders walked in the order of their names, each folder once (a link may lead back to one above it); a path that does not
 * exist, or a folder that may not be read, is passed on for the reader to refuse.
 */
export async function walkPaths(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  const walked = new Set<string>();
  for (const given of paths) files.push(...(await walk(given, walked)));
  return [...new Set(files)];
}

async function walk(given: string, walked: Set<string>): Promise<string[]> {
  const stat = await fs.stat(given).catch(() => undefined);
  if (!stat?.isDirectory()) return [given];
  const real = await fs.realpath(given);
  if (walked.has(real)) return [];
  walked.add(real);
  const entries = await fs.readdir(given, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [given];
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (litter.test(entry.name)) continue;
    if (entry.isDirectory() || entry.isFile() || entry.isSymbolicLink()) files.push(...(await walk(path.join(given, entry.name), walked)));
  }
  return files;
}
