import { rowsPerSheet } from '../../electron/core/row-id.ts';
import type { WriteDb } from '../open.ts';
import type { RunContext } from './context.ts';

/** One file of a version. */
export interface VersionFile {
  readonly importId: string;
  readonly sheets: readonly bigint[];
}
export interface Versions {
  /** The newest first: of a row that several of them have, the first tells what it was. */
  readonly before: readonly VersionFile[];
  readonly after: readonly VersionFile[];
  /** It is of the very state that those in force have, which may be parts of it. */
  readonly part: boolean;
}
const versionKey = `coalesce('#' || performance_id, customer_key || char(31) || coalesce(trade_id, '') || char(31) || coalesce(product_type, ''))`;
const rowsOfSheet = 'FROM performance NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?';

/**
 * Fills TEMP version_row (key, later, id, amount) with the rows of both versions, each once: `later` 0 those of the one before, 1 those of the newer.
 * Returns the newer files that are compared.
 */
export function fillVersionRows({ db, cycle }: RunContext, { before, after, part }: Versions): readonly VersionFile[] {
  db.exec(`DROP TABLE IF EXISTS temp.version_row;
    CREATE TEMP TABLE version_row (key TEXT NOT NULL, later INTEGER NOT NULL, id INTEGER NOT NULL, amount INTEGER NOT NULL)`);
  const insert = `INSERT INTO temp.version_row SELECT ${versionKey}, ?, id, coalesce(amount, 0) ${rowsOfSheet}`;
  const add = (files: readonly VersionFile[], later: bigint, sql: string): void => {
    const statement = db.prepare(`${insert}${sql}`);
    for (const sheet of files.flatMap((file) => file.sheets))
      statement.run(later, cycle, sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n);
  };
  for (const [i, file] of before.entries()) {
    if (i > 0) keepKeys(db, 'later = 0');
    add([file], 0n, i > 0 ? notKept : '');
  }
  const compared = part && after.length > 1 ? newerParts({ db, cycle }, before, after) : after;
  add(compared, 1n, ' AND in_force = 1');
  if (compared.length < after.length) {
    // What a file beside them has too counts there.
    keepKeys(db, 'later = 1');
    add(compared, 1n, ` AND in_force = 0${notKept}`);
  }
  return compared;
}

const notKept = ` AND ${versionKey} NOT IN (SELECT key FROM temp.version_key)`;

function keepKeys(db: WriteDb, where: string): void {
  db.exec(`DROP TABLE IF EXISTS temp.version_key;
    CREATE TEMP TABLE version_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.version_key SELECT key FROM temp.version_row WHERE ${where}`);
}

/** Those of the files that took the place of one before: the other parts of the month were there before as they are now. */
function newerParts(
  { db, cycle }: Pick<RunContext, 'db' | 'cycle'>,
  before: readonly VersionFile[],
  after: readonly VersionFile[],
): readonly VersionFile[] {
  const found = new Set<VersionFile>();
  for (const { sheets } of before) {
    keepKeys(db, `later = 0 AND id / ${rowsPerSheet} IN (${sheets.join(', ')})`);
    const all = Number(db.prepare<[], bigint>('SELECT count(*) FROM temp.version_key').pluck().get()!);
    const select = db.prepare<[string, bigint, bigint], string>(`SELECT DISTINCT key FROM (SELECT ${versionKey} AS key ${rowsOfSheet})
      WHERE key IN (SELECT key FROM temp.version_key)`);
    const held = after.map(
      (file) =>
        new Set(file.sheets.flatMap((sheet) => select.pluck().all(cycle, sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n))).size,
    );
    const enough = held.includes(all) ? all : 1;
    for (const [i, file] of after.entries()) if (all > 0 && held[i]! >= enough) found.add(file);
  }
  return after.filter((file) => found.has(file));
}
