import { tableOf } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { LookDifference } from './file-looks.ts';
import type { Place } from './in-force.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { printedHeader } from './printed-header.ts';
import type { SameFile } from './same-rows.ts';

/** In what two files with the same rows differ: a column that one of them lacks, or times that it does not tell to the hour or the second. */
export interface SameRowsDifference {
  readonly header: string;
  readonly lacking: 'kept' | 'other';
  readonly what: LookDifference['what'];
}
interface Pair {
  readonly kept: SameFile;
  readonly other: SameFile;
  readonly differences: readonly LookDifference[];
  readonly keptIs: 'first' | 'second';
  /** The column that is added up. */
  readonly amount: string;
}

/** Notes that two files of a statement have the same rows, those in TEMP same_out being the ones of the other file that do not count. */
export function writeSameRows(db: WriteDb, place: Place, { kept, other, differences, keptIs, amount }: Pair): void {
  const first = db
    .prepare<[], { id: bigint; alike: string; side: bigint }>(
      `SELECT id, alike, side FROM temp.same_row WHERE id = (SELECT min(id) FROM temp.same_out)`,
    )
    .get();
  // Every one of them may be out of force already for the sake of a third file.
  if (first === undefined) return;
  const twin = db
    .prepare<[string, bigint], bigint>('SELECT min(id) FROM temp.same_row WHERE alike = ? AND side <> ?')
    .pluck()
    .get(first.alike, first.side)!;
  const sum = db
    .prepare<[], { rows: bigint; amount: bigint }>(
      `SELECT count(*) AS rows, coalesce(sum(amount), 0) AS amount FROM temp.same_row WHERE id IN (SELECT id FROM temp.same_out)`,
    )
    .get()!;
  const noted = new Map(
    differences.map((d) => {
      const [has, lacking] = d.lacking === keptIs ? [other, 'kept' as const] : [kept, 'other' as const];
      const header = headerOf(db, has, d.column);
      return [`${header} ${d.what}`, { header, lacking, what: d.what } satisfies SameRowsDifference];
    }),
  );
  const [a, b] = [totalOf(db, place, kept, amount), totalOf(db, place, other, amount)];
  db.prepare(
    `INSERT INTO same_rows (kind, cycle, kept, other, rows, amount, kept_rows, kept_total, other_rows, other_total, differences)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    place.kind,
    place.cycle,
    twin,
    first.id,
    sum.rows,
    sum.amount,
    a.rows,
    a.total,
    b.rows,
    b.total,
    JSON.stringify([...noted.values()]),
  );
}

function headerOf(db: ReadDb, { sheets }: SameFile, column: string): string {
  const sheet = db.prepare<[bigint], { header: string; columns: string }>('SELECT header, columns FROM sheet WHERE id = ?');
  const found = sheets.map((id) => sheet.get(id)!).map(({ header, columns }) => printedHeader(column, header, columns));
  return found.find((header) => header !== undefined) ?? column;
}

function totalOf(db: ReadDb, { kind, cycle }: Place, { sheets }: SameFile, amount: string): { rows: bigint; total: bigint } {
  const select = db.prepare<[string, bigint, bigint], { rows: bigint; total: bigint }>(
    `SELECT count(*) AS rows, coalesce(sum(${amount}), 0) AS total FROM ${tableOf(kind)} NOT INDEXED WHERE cycle = ? AND id BETWEEN ? AND ?`,
  );
  const all = sheets.map((s) => select.get(cycle, s * rowsPerSheet, (s + 1n) * rowsPerSheet - 1n)!);
  return { rows: all.reduce((n, one) => n + one.rows, 0n), total: all.reduce((n, one) => n + one.total, 0n) };
}

/** An import that has the same rows as another in another look, seen from the other one (`here`). */
export interface SameRowsImport {
  readonly importId: string;
  readonly path: string;
  readonly at: string;
  /** Rows that both have, and what they come to. */
  readonly rows: number;
  readonly amount: bigint;
  readonly here: { readonly rows: number; readonly total: bigint };
  readonly there: { readonly rows: number; readonly total: bigint };
  readonly differences: readonly { readonly header: string; readonly lacking: 'here' | 'there'; readonly what: LookDifference['what'] }[];
}
interface Noted {
  readonly mine: bigint;
  readonly importId: string;
  readonly path: string;
  readonly at: string;
  readonly rows: bigint;
  readonly amount: bigint;
  readonly keptRows: bigint;
  readonly keptTotal: bigint;
  readonly otherRows: bigint;
  readonly otherTotal: bigint;
  readonly differences: string;
}

/** The imports whose rows this one (by row id) has too in another look, by import id; of several months or accounts, added up. */
export function importsWithSameRows(db: ReadDb, importRow: bigint): SameRowsImport[] {
  const noted = db
    .prepare<{ mine: bigint }, Noted>(
      `SELECT k.import = :mine AS mine, i.import_id AS importId, i.path AS path, i.at AS at, r.rows AS rows, r.amount AS amount, r.kept_rows AS keptRows,
              r.kept_total AS keptTotal, r.other_rows AS otherRows, r.other_total AS otherTotal, r.differences AS differences
         FROM same_rows r
         JOIN sheet k ON k.id = r.kept / ${rowsPerSheet}
         JOIN sheet x ON x.id = r.other / ${rowsPerSheet}
         JOIN import i ON i.id = iif(k.import = :mine, x.import, k.import)
        WHERE (k.import = :mine) <> (x.import = :mine)
        ORDER BY i.import_id, r.kind, r.cycle, r.kept`,
    )
    .all({ mine: importRow });
  const found = new Map<string, SameRowsImport>();
  for (const one of noted) {
    const seen = seenFromMine(one);
    const before = found.get(one.importId);
    found.set(one.importId, before ? together(before, seen) : seen);
  }
  return [...found.values()];
}

function seenFromMine(n: Noted): SameRowsImport {
  const kept = { rows: Number(n.keptRows), total: n.keptTotal };
  const other = { rows: Number(n.otherRows), total: n.otherTotal };
  const mine = n.mine === 1n ? 'kept' : 'other';
  const differences = (JSON.parse(n.differences) as SameRowsDifference[]).map(({ header, lacking, what }) => ({
    header,
    lacking: lacking === mine ? ('here' as const) : ('there' as const),
    what,
  }));
  const { importId, path, at, amount } = n;
  const [here, there] = mine === 'kept' ? [kept, other] : [other, kept];
  return { importId, path, at, rows: Number(n.rows), amount, here, there, differences };
}

const together = (a: SameRowsImport, b: SameRowsImport): SameRowsImport => ({
  ...a,
  rows: a.rows + b.rows,
  amount: a.amount + b.amount,
  here: { rows: a.here.rows + b.here.rows, total: a.here.total + b.here.total },
  there: { rows: a.there.rows + b.there.rows, total: a.there.total + b.there.total },
  differences: [...a.differences, ...b.differences.filter((d) => !a.differences.some((c) => c.header === d.header && c.what === d.what))],
});
