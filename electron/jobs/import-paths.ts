import fs from 'node:fs/promises';
import path from 'node:path';

/** What Excel, the Finder and file managers leave beside real files. */
const litter = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** Files of the paths given, folders walked in the order of their names; a path that does not exist is passed on, for the reader to refuse. */
export async function walkPaths(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) files.push(...(await walk(given)));
  return [...new Set(files)];
}

async function walk(given: string): Promise<string[]> {
  const stat = await fs.stat(given).catch(() => undefined);
  if (!stat?.isDirectory()) return [given];
  const entries = await fs.readdir(given, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (litter.test(entry.name)) continue;
    if (entry.isDirectory() || entry.isFile() || entry.isSymbolicLink()) files.push(...(await walk(path.join(given, entry.name))));
  }
  return files;
}
