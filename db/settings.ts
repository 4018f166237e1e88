import { readSettings, type SettingKey, type Settings } from '../electron/core/settings.ts';
import type { ReadDb, WriteDb } from './open.ts';

const stored = (db: ReadDb): Map<string, string> =>
  new Map(
    db
      .prepare<[], { key: string; value: string }>('SELECT key, value FROM setting')
      .all()
      .map((r) => [r.key, r.value]),
  );

/** The settings in force: what the user stored, else the defaults. */
export const loadSettings = (db: ReadDb): Settings => readSettings(stored(db));

/** Stores one setting; the text was checked by its rule before. */
export function saveSetting(db: WriteDb, key: SettingKey, value: string, at: string): void {
  db.prepare(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
  ).run(key, value, at);
}
