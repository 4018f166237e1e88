import type { ReadDb, WriteDb } from './open.ts';

const key = 'watchedFolder';

/** The folder whose new downloads are offered for preview; undefined: none. Of this computer, so it is no setting that has a meaning elsewhere. */
export const watchedFolder = (db: ReadDb): string | undefined =>
  db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(key)?.value;

export function setWatchedFolder(db: WriteDb, folder: string | undefined, at: string): void {
  if (folder === undefined) db.prepare('DELETE FROM setting WHERE key = ?').run(key);
  else db.prepare('INSERT OR REPLACE INTO setting (key, value, updated_at) VALUES (?, ?, ?)').run(key, folder, at);
}
