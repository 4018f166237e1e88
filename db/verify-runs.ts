import { assertCloses, BridgeNotClosed } from '../electron/core/bridge.ts';
import type { ReadDb } from './open.ts';
import { storedBridges } from './runs.ts';

/** Something that does not hold: English words for the programmer, as SQLite's own. `what` is the journal line or the bridge. */
export interface RecordFault {
  readonly what: string;
  readonly why: string;
}

/**
 * Is the journal whole: no line is gone, each is readable, and what stands in the database (imports, runs, closings) has its line. At most 100
 * faults.
 */
export function journalFaults(db: ReadDb): RecordFault[] {
  const gaps = db
    .prepare<[], RecordFault>(
      `SELECT 'line ' || (before + 1) AS what, 'lines are missing up to ' || (id - 1) AS why
         FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM journal)
        WHERE id <> before + 1 LIMIT 100`,
    )
    .all();
  const unreadable = db
    .prepare<[], RecordFault>(
      `SELECT 'line ' || id AS what, 'it cannot be read' AS why
         FROM journal
        WHERE action = '' OR NOT json_valid(detail) OR at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'
        LIMIT 100`,
    )
    .all();
  if (unreadable.length > 0) return [...gaps, ...unreadable].slice(0, 100);
  return [...gaps, ...unrecorded(db)].slice(0, 100);
}

/** What was done and left no line: each part of the database with the line that it must have. */
function unrecorded(db: ReadDb): RecordFault[] {
  const part = (name: string, from: string, key: string, action: string, field: string): string =>
    `SELECT '${name} ' || ${key} AS what, 'it has no line ${action}' AS why FROM ${from}
      WHERE ${key} NOT IN (SELECT detail ->> '${field}' FROM journal WHERE action = '${action}' AND detail ->> '${field}' IS NOT NULL)`;
  const sql = [
    part('import', 'import', 'import_id', 'import.commit', 'importId'),
    part('run', 'run', 'run_id', 'reconcile', 'runId'),
    part('closing of', 'month_close', 'cycle', 'month.close', 'cycle'),
  ].join(' UNION ALL ');
  return db.prepare<[], RecordFault>(`${sql} LIMIT 100`).all();
}

/** Does every bridge of every run still close, and is its unexplained amount the sum of the findings stored with it. */
export function bridgeFaults(db: ReadDb): RecordFault[] {
  const faults: RecordFault[] = [];
  const sum = db
    .prepare<[string, string], bigint>(
      'SELECT coalesce(sum(bridge_amount), 0) FROM finding WHERE cycle = ? AND bridge = ? AND resolved_by_data = 0',
    )
    .pluck();
  for (const cycle of db.prepare<[], string>('SELECT cycle FROM run ORDER BY cycle').pluck().all()) {
    for (const bridge of storedBridges(db, cycle)) {
      if (!('left' in bridge)) continue;
      const what = `${cycle} ${bridge.pair}`;
      try {
        assertCloses(bridge);
      } catch (error) {
        if (!(error instanceof BridgeNotClosed)) throw error;
        faults.push({ what, why: error.message });
      }
      const found = sum.get(cycle, bridge.pair)!;
      if (found !== bridge.unexplained)
        faults.push({ what, why: `unexplained is ${bridge.unexplained}, its findings sum to ${found} (1e-8 yuan)` });
    }
  }
  return faults;
}
