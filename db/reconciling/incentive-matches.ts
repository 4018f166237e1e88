import { isOrder, isRecord, type MatchKey } from '../../electron/core/manual-match.ts';
import { appliedMatches } from '../manual-matches.ts';
import type { RunContext } from './context.ts';

/** What a person joined or split of performance and incentive. */
export interface SaidOfIncentives {
  /** Nothing was said: the stream need not ask. */
  readonly none: boolean;
  /** The keys that were joined under this key of the stream; undefined where it is of no join. */
  joined(streamKey: string): readonly MatchKey[] | undefined;
}

/**
 * Gives rows that a person joined one key of the stream, and what was set apart a key of its own: TEMP `said_record` by 业绩ID, `said_order` by
 * customer and order. A 业绩ID is the closer name of a row: it wins over the order. Keys follow the order of what was said, never of when.
 */
export function saidOfIncentives({ db, cycle }: RunContext): SaidOfIncentives {
  db.exec(`DROP TABLE IF EXISTS temp.said_record; DROP TABLE IF EXISTS temp.said_order;
    CREATE TEMP TABLE said_record (performance_id TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
    CREATE TEMP TABLE said_order (customer_key TEXT, trade_id TEXT, key TEXT NOT NULL, PRIMARY KEY (customer_key, trade_id)) WITHOUT ROWID`);
  const record = db.prepare('INSERT OR IGNORE INTO temp.said_record VALUES (?, ?)');
  const order = db.prepare('INSERT OR IGNORE INTO temp.said_order VALUES (?, ?, ?)');
  const joins = new Map<string, readonly MatchKey[]>();
  let said = 0;
  for (const { action, keys } of appliedMatches(db, cycle, 'performance-incentive')) {
    const join = `!${said}`;
    if (action === 'join') joins.set(join, keys);
    for (const key of keys) {
      const streamKey = action === 'join' ? join : `!${said}`;
      if (isRecord(key)) record.run(key.performanceId, streamKey);
      else if (isOrder(key)) order.run(key.customer, key.tradeId, streamKey);
      if (action === 'split') said += 1;
    }
    if (action === 'join') said += 1;
  }
  return { none: said === 0, joined: (streamKey) => joins.get(streamKey) };
}

/** SQL: the key that was said for a row under the alias, else NULL; needs `saidJoin`. */
export const saidKey = (t: string): string => `coalesce(${t}_record.key, ${t}_order.key)`;
/** SQL: looks up what was said of a row under the alias. */
export const saidJoin = (t: string): string =>
  `LEFT JOIN temp.said_record ${t}_record ON ${t}_record.performance_id = ${t}.performance_id
   LEFT JOIN temp.said_order ${t}_order ON ${t}_order.customer_key = ${t}.customer_key AND ${t}_order.trade_id = ${t}.trade_id`;
