import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { businessKeys } from './business-keys.ts';
import { comparedLooks, type LookDifference, type Looks } from './file-looks.ts';
import { filledColumns } from './filled-columns.ts';
import type { Place } from './in-force.ts';
import type { WriteDb } from './open.ts';
import { writeSameRows } from './same-rows-noted.ts';

/** One file of a statement; its rows are those of the month. */
export interface SameFile {
  readonly importId: string;
  readonly sheets: readonly bigint[];
  readonly status: number;
  readonly monthRows: number;
  /** The imports of which the person said that this one is another part. */
  readonly partOf: readonly string[];
}

/** Of so many rows of the smaller file that are looked at first, at least half must be in the other, or no more are. */
const lookedAtFirst = 2000;
/** Of a hundred rows of the smaller file that the other does not have by their key, so many must be there in another look. */
const nearlyAll = 90;
/** Rows without any number or customer that must agree where the one file may be a small part of the other. */
const manyAlike = 10;

/**
 * Finds files (highest first) that hold the same rows in different looks, so that no business key joins them: once with customer ids and once with
 * account names, or saved again by a program that drops the seconds. Such rows count once, in the file that says more; `only`: they are noted, and no
 * row is touched. Two parts of a statement never have nearly all rows of the smaller one in common, customer, order, time and amounts alike.
 */
export function leaveSameRowsOut(db: WriteDb, place: Place, files: readonly SameFile[], only?: 'conflicts'): void {
  for (const [i, a] of files.entries()) {
    for (const b of files.slice(i + 1)) {
      if (a.partOf.includes(b.importId) || b.partOf.includes(a.importId)) continue;
      const looks = comparedLooks(db, place, a, b);
      const amount = looks && amountOfSameRows(db, place, a, b, looks);
      if (looks && amount !== undefined) settle(db, place, a, b, { ...looks, amount }, only);
    }
  }
  db.exec('DROP TABLE IF EXISTS temp.same_row; DROP TABLE IF EXISTS temp.same_group; DROP TABLE IF EXISTS temp.same_out');
}

/** The first file counts, unless the other is as final and says more. */
function settle(
  db: WriteDb,
  place: Place,
  a: SameFile,
  b: SameFile,
  { differences, amount }: { readonly differences: readonly LookDifference[]; readonly amount: string },
  only?: 'conflicts',
): void {
  const lacking = (one: 'first' | 'second'): number => differences.filter((d) => d.lacking === one).length;
  const swapped = a.status === b.status && lacking('first') > lacking('second');
  const [kept, other] = swapped ? [b, a] : [a, b];
  db.exec(
    `DROP TABLE IF EXISTS temp.same_out;
     CREATE TEMP TABLE same_out (id INTEGER PRIMARY KEY);
     INSERT INTO temp.same_out ${leftOut(place, swapped ? 0 : 1)}`,
  );
  writeSameRows(db, place, { kept, other, differences, keptIs: swapped ? 'second' : 'first', amount });
  if (!only) db.exec(`UPDATE ${tableOf(place.kind)} SET in_force = 0 WHERE id IN (SELECT id FROM temp.same_out)`);
}

/** SQL of the rows of one side (0: the first file) that the other side has too without having their key: those whose key it has least first. */
const leftOut = ({ kind }: Place, side: 0 | 1): string =>
  `SELECT r.id FROM (
     SELECT l.id AS id, l.alike AS alike, row_number() OVER (PARTITION BY l.alike ORDER BY l.own IN (
         SELECT o.own FROM temp.same_row o WHERE o.alike = l.alike AND o.side <> ${side}), l.id) AS n
       FROM temp.same_row l CROSS JOIN ${tableOf(kind)} t ON t.id = l.id WHERE l.side = ${side} AND t.in_force = 1) r
   JOIN temp.same_group g ON g.alike = r.alike WHERE r.n <= g.twice`;

/** Fills TEMP same_row and same_group; where the smaller file's rows are nearly all in the other, the column of their amount. */
function amountOfSameRows(db: WriteDb, place: Place, a: SameFile, b: SameFile, looks: Looks): string | undefined {
  const small = a.monthRows < b.monthRows ? 0 : 1;
  const files = [a, b] as const;
  const amounts = sharedAmounts(db, place, a, b);
  if (amounts.length === 0) return undefined;
  for (const most of [lookedAtFirst, Number.MAX_SAFE_INTEGER]) {
    load(db, place, files, small, { ...looks, amounts, most });
    const found = counted(db, small);
    const left = found.rows - found.byKey;
    const enough = most === lookedAtFirst && found.rows === lookedAtFirst ? 50 : nearlyAll;
    if (found.twice === 0 || found.twice * 100 < left * enough) return undefined;
    if (found.rows < most) return isEnough(found, files[1 - small]!.monthRows) ? amounts[0] : undefined;
  }
  return undefined;
}

/** Rows that nothing names may agree by chance with some of a larger file. */
const isEnough = ({ sure, distinct, rows }: Counted, others: number): boolean =>
  sure || distinct >= manyAlike || (distinct >= 2 && rows * 2 >= others);

/** The amounts that both files print. */
function sharedAmounts(db: WriteDb, place: Place, a: SameFile, b: SameFile): string[] {
  const { values } = businessKeys[place.kind];
  const [of, also] = [filledColumns(db, place, a, values), filledColumns(db, place, b, values)];
  return values.filter((column) => of.has(column) && also.has(column));
}

/** Numbers and names of which a row of another business has others. */
const telling = [
  'flow_id',
  'trade_id',
  'performance_id',
  'incentive_row_id',
  'transaction_id',
  'request_id',
  'customer_id',
  'account_name',
];

interface Load {
  readonly shared: readonly string[];
  readonly own: readonly string[];
  readonly amounts: readonly string[];
  /** Rows of the smaller file at most. */
  readonly most: number;
}
function load(db: WriteDb, place: Place, files: readonly [SameFile, SameFile], small: 0 | 1, { shared, own, amounts, most }: Load): void {
  const joined = (parts: readonly string[]): string => parts.map((part) => `coalesce(${part}, '')`).join(' || char(31) || ');
  const tells = telling.filter((column) => shared.includes(column)).map((column) => `${column} IS NOT NULL`);
  const nothing = amounts.map((column) => `coalesce(${column}, 0) = 0`).join(' AND ');
  const alike = joined([...shared, ...amounts]);
  const rows = `FROM ${tableOf(place.kind)} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?`;
  const select = `INSERT INTO temp.same_row SELECT id, ?, ${alike}, ${joined(own)}, ${tells.join(' OR ') || '0'}, NOT (${nothing}), ${amounts[0]} ${rows}`;
  db.exec(
    `DROP TABLE IF EXISTS temp.same_row;
     CREATE TEMP TABLE same_row (id INTEGER PRIMARY KEY, side INTEGER NOT NULL, alike TEXT NOT NULL, own TEXT NOT NULL, sure INTEGER NOT NULL,
       filled INTEGER NOT NULL, amount INTEGER)`,
  );
  const add = (side: 0 | 1, sql: string, limit: number): void => {
    const statement = db.prepare(sql);
    let left = limit;
    for (const s of files[side]!.sheets) {
      if (left > 0) left -= statement.run(side, place.cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n, left).changes;
    }
  };
  add(small, `${select} LIMIT ?`, most);
  db.exec('CREATE INDEX temp.same_row_alike ON same_row (alike, side); CREATE INDEX temp.same_row_amount ON same_row (amount)');
  // Its amount is found sooner than its text is put together.
  const sameAmount = `(${amounts[0]} IS NULL OR ${amounts[0]} IN (SELECT amount FROM temp.same_row))`;
  const large = `${select} AND ${sameAmount} AND (${alike}) IN (SELECT alike FROM temp.same_row) LIMIT ?`;
  add(small === 0 ? 1 : 0, large, Number.MAX_SAFE_INTEGER);
}

interface Counted {
  /** Rows of the smaller file; those that the other has by their key; those that it has in another look. */
  readonly rows: number;
  readonly byKey: number;
  readonly twice: number;
  /** One of the latter has a number or a customer; different amounts among them. */
  readonly sure: boolean;
  readonly distinct: number;
}

/** Counts occurrences, as identical rows of two files are: the same row twice in the one and once in the other is there once. */
function counted(db: WriteDb, small: 0 | 1): Counted {
  db.exec(
    `DROP TABLE IF EXISTS temp.same_group;
     CREATE TEMP TABLE same_group AS
       SELECT alike, sum(least_whole) - sum(least_key) AS twice, sum(least_key) AS by_key, max(sure) AS sure, max(filled) AS filled FROM (
         SELECT alike, min(sum(side = 0), sum(side = 1)) AS least_whole, 0 AS least_key, max(sure) AS sure, max(filled) AS filled
           FROM temp.same_row GROUP BY alike
         UNION ALL
         SELECT alike, 0, min(sum(side = 0), sum(side = 1)), 0, 0 FROM temp.same_row GROUP BY alike, own)
        GROUP BY alike HAVING sum(least_whole) > 0;
     CREATE UNIQUE INDEX temp.same_group_alike ON same_group (alike)`,
  );
  const row = db
    .prepare<[number], { rows: bigint; byKey: bigint; twice: bigint; sure: bigint; distinct: bigint }>(
      `SELECT (SELECT count(*) FROM temp.same_row WHERE side = ?) AS rows, coalesce(sum(by_key), 0) AS byKey, coalesce(sum(twice), 0) AS twice,
              coalesce(max(twice > 0 AND sure), 0) AS sure, coalesce(sum(twice > 0 AND filled), 0) AS "distinct" FROM temp.same_group`,
    )
    .get(small)!;
  return {
    rows: Number(row.rows),
    byKey: Number(row.byKey),
    twice: Number(row.twice),
    sure: row.sure === 1n,
    distinct: Number(row.distinct),
  };
}
