import { tableOf } from '../electron/core/kinds.ts';
import { businessKeys } from './business-keys.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';
import { contradictedRows, type KeyRow } from './overlap-pairs.ts';
import type { OverlapFile } from './overlap-rows.ts';
import { splitBetween } from './overlap-split.ts';

/**
 * Unites files that overlap (TEMP table overlap_row, rank 0 = highest): identical rows count per file, the maximum over the files holds. Where two
 * files contradict each other about a business key (each has a row of it that the other lacks), the higher file's rows hold and the others
 * are left out and reported, unless they are parts that split an order between them. `only`: they are reported, and no row is touched.
 */
export function uniteFiles(db: WriteDb, place: Place, files: readonly OverlapFile[], ranks: readonly number[], only?: 'conflicts'): void {
  const all = `rank IN (${ranks.join(', ')})`;
  const conflicts = db.prepare<[], string>(contradicted(all)).pluck().all();
  const split = conflicts.length === 0 ? [] : splitBetween(db, place, files, conflicts);
  const among = split.length === 0 ? all : withoutKeys(db, all, split);
  db.exec(
    `DROP TABLE IF EXISTS temp.overlap_kept;
     CREATE TEMP TABLE overlap_kept AS
       SELECT id FROM (
         SELECT *, row_number() OVER (PARTITION BY key, value, n ORDER BY rank) AS file FROM (
           SELECT *, row_number() OVER (PARTITION BY rank, key, value ORDER BY id) AS n
             FROM temp.overlap_row WHERE ${among}))
        WHERE file = 1;
     CREATE UNIQUE INDEX temp.overlap_kept_id ON overlap_kept (id);`,
  );
  const hide = `UPDATE ${tableOf(place.kind)} SET in_force = 0 WHERE id`;
  const twice = `id FROM temp.overlap_row WHERE ${among} AND id NOT IN (SELECT id FROM temp.overlap_kept)`;
  if (!only) db.exec(`${hide} IN (SELECT ${twice})`);
  const hideOne = db.prepare(`${hide} = ?`);
  const contrary = conflicts.filter((key) => !split.includes(key));
  const note = conflictWriter(db, place);
  settleConflicts(db, all, contrary, ({ key, kept, other, ranks }) => {
    if (!only) hideOne.run(other);
    if (!wentOn(place, files[ranks[0]]!, files[ranks[1]]!)) note(key, kept, other);
  });
  db.exec('DROP TABLE temp.overlap_kept');
}

/**
 * Does a row of the second file differ because the statement went on to the state of the first? Of an estimate that is as it should be, and of performance
 * it is told as performance.changed.
 */
const wentOn = ({ kind }: Place, { status }: OverlapFile, other: OverlapFile): boolean =>
  other.status > 0 && other.status < status && (other.status === 1 || kind === 'performance');

/** The condition, but for rows with these keys. */
function withoutKeys(db: WriteDb, all: string, keys: readonly string[]): string {
  db.exec('DROP TABLE IF EXISTS temp.overlap_split; CREATE TEMP TABLE overlap_split (key TEXT PRIMARY KEY) WITHOUT ROWID');
  const insert = db.prepare('INSERT OR IGNORE INTO temp.overlap_split (key) VALUES (?)');
  for (const key of keys) insert.run(key);
  return `${all} AND key NOT IN (SELECT key FROM temp.overlap_split)`;
}

/** Keys of which no single file holds all the differing rows. */
const contradicted = (among: string): string => `
  WITH d AS (SELECT DISTINCT key, rank, value FROM temp.overlap_row WHERE ${among}),
       most AS (SELECT key, max(c) AS best, count(*) AS files FROM (SELECT key, rank, count(*) AS c FROM d GROUP BY key, rank) GROUP BY key),
       whole AS (SELECT key, count(DISTINCT value) AS c FROM d GROUP BY key)
  SELECT m.key FROM most m JOIN whole w ON w.key = m.key WHERE m.files > 1 AND m.best < w.c ORDER BY m.key`;

/** A row in force, and one that contradicts it, with the ranks of their files. */
interface Contrary {
  readonly key: string;
  readonly kept: bigint;
  readonly other: bigint;
  readonly ranks: readonly [kept: number, other: number];
}

/** Sets each row of other files that contradicts the highest file with these keys against one of that file. */
function settleConflicts(db: WriteDb, ranks: string, keys: readonly string[], settle: (contrary: Contrary) => void): void {
  if (keys.length === 0) return;
  const rowsOf = db.prepare<[string], KeyRow & { rank: bigint; counts: bigint }>(
    `SELECT id, rank, value, EXISTS (SELECT 1 FROM temp.overlap_kept k WHERE k.id = r.id) AS counts
       FROM temp.overlap_row r WHERE key = ? AND ${ranks} ORDER BY rank, id`,
  );
  for (const key of keys) {
    const [[rank, kept] = [0n, []], ...files] = Map.groupBy(rowsOf.all(key), (row) => row.rank);
    const values = new Set(kept.map((row) => row.value));
    for (const [low, rows] of files) {
      const others = rows.filter((row) => !values.has(row.value));
      // What a higher file says as well is told of that one.
      if (!others.some((row) => row.counts === 1n)) continue;
      const contradicted = contradictedRows(kept, rows, others);
      const ranks = [Number(rank), Number(low)] as const;
      for (const { id, counts } of others) if (counts === 1n) settle({ key, kept: contradicted.get(id)!, other: id, ranks });
    }
  }
}

function conflictWriter(db: WriteDb, place: Place): (key: string, kept: bigint, other: bigint) => void {
  const { values } = businessKeys[place.kind];
  const read = db.prepare<[bigint], Record<string, bigint | string | null>>(
    `SELECT ${values.join(', ')} FROM ${tableOf(place.kind)} WHERE id = ?`,
  );
  const insert = db.prepare(
    'INSERT INTO overlap_conflict (kind, cycle, business_key, kept, other, column_name, kept_amount, other_amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const amount = (value: bigint | string | null | undefined): bigint => (typeof value === 'bigint' ? value : 0n);
  return (key, kept, other) => {
    const a = read.get(kept)!;
    const b = read.get(other)!;
    const differ = values.filter((v) => a[v] !== b[v]);
    const column = differ.find((v) => a[v] !== null && b[v] !== null) ?? differ[0]!;
    const readable = key.split('\u001f').join('|');
    insert.run(place.kind, place.cycle, readable, kept, other, column, amount(a[column]), amount(b[column]));
  };
}
