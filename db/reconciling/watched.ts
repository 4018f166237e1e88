import { isKind, kinds, tableOf, type Kind } from '../../electron/core/kinds.ts';
import type { SettingKey, Settings } from '../../electron/core/settings.ts';
import type { ReadDb, WriteDb } from '../open.ts';
import type { RunContext } from './context.ts';

/** What one part of a run read, each list sorted. */
export interface Reads {
  /** Kinds whose rows were read, or of which it was asked whether there are any: of all months. */
  readonly kinds: readonly Kind[];
  /** Other tables. */
  readonly tables: readonly string[];
  readonly settings: readonly SettingKey[];
}

const kindOf = new Map(kinds.map((kind) => [tableOf(kind), kind]));

/**
 * The same context, and what was read through it so far. A table counts as read when a statement has its name as a word anywhere: too many may
 * count, never one too few. What has no say in a result twice the same (TEMP tables) does not count; `today` is not in a RunContext.
 */
export function watched(
  context: RunContext,
  what: 'part' | 'step' | 'sheet' = 'part',
): { readonly context: RunContext; readonly reads: () => Reads } {
  const named = new Set<string>();
  const asked = new Set<Kind>();
  const settings = new Set<SettingKey>();
  const watching: RunContext = {
    ...context,
    db: watchedDb(context.db, named, what),
    settings: watchedSettings(context.settings, settings),
    has: (kind, cycle) => {
      asked.add(kind);
      return context.has(kind, cycle);
    },
  };
  const reads = (): Reads => ({
    kinds: [...new Set([...asked, ...[...named].flatMap((table) => kindOf.get(table) ?? [])])].filter(isKind).sort(),
    tables: [...named].filter((table) => !kindOf.has(table)).sort(),
    settings: [...settings].sort(),
  });
  return { context: watching, reads };
}

/** Every table of the database itself. */
const tablesOf = (db: ReadDb): string[] =>
  db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

/** What two steps or parts read. */
export const unitedReads = (all: readonly Reads[]): Reads => {
  const united = <K extends keyof Reads>(key: K): Reads[K][number][] => [...new Set(all.flatMap((one) => [...one[key]]))].sort();
  return { kinds: united('kinds'), tables: united('tables'), settings: united('settings') };
};

function watchedDb(db: WriteDb, named: Set<string>, what: 'part' | 'step' | 'sheet'): WriteDb {
  const words = new RegExp(`\\b(?:${tablesOf(db).join('|')})\\b`, 'gi');
  const known = new Set<string>();
  const own = new Set<string>();
  const note = (sql: string): void => {
    if (known.has(sql)) return;
    known.add(sql);
    if (what !== 'part') assertOwn(sql, own);
    if (what === 'sheet' && /\bcustomer_key\b/i.test(sql))
      throw new Error('a step of one sheet may not read customer keys: other files resolve them');
    for (const [word] of sql.matchAll(words)) named.add(word.toLowerCase());
  };
  return new Proxy(db, {
    get(target, member) {
      // A function of SQL knows what was read through this very context.
      if (member === 'function') return target.function.bind(target);
      if (member === 'prepare' || member === 'exec') {
        return (sql: string): unknown => {
          note(sql);
          return target[member](sql);
        };
      }
      throw new Error(`a part of a run may ask the database for prepare, exec and function only, not for ${String(member)}`);
    },
  });
}

/** What a TEMP table holds that a step did not make, nobody would know for its own. */
function assertOwn(sql: string, own: Set<string>): void {
  for (const [, table] of sql.matchAll(/\bcreate temp table (\w+)/gi)) own.add(table!.toLowerCase());
  for (const [, dropping, table] of sql.matchAll(/(drop table if exists )?\btemp\.(\w+)/gi)) {
    if (!dropping && !own.has(table!.toLowerCase())) throw new Error(`a step of a part may not read TEMP ${table}: it did not make it`);
  }
}

function watchedSettings(settings: Settings, read: Set<SettingKey>): Settings {
  return new Proxy(settings, {
    get(target, key: SettingKey) {
      read.add(key);
      return target[key];
    },
    ownKeys(target) {
      const all = Object.keys(target) as SettingKey[];
      for (const key of all) read.add(key);
      return all;
    },
  });
}
