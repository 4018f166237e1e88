import { createHash } from 'node:crypto';
import { tableOf, type Kind } from '../electron/core/kinds.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import { mayMend, mends, type Readability } from './corrections.ts';
import type { WriteDb } from './open.ts';
import { OverlapRows } from './overlap-rows.ts';
import { uniteFiles } from './overlap.ts';
import { leaveSameRowsOut } from './same-rows.ts';
import { stampStatement } from './statement-stamp.ts';
import { keepStatementTotal } from './statement-total.ts';

/** One statement: a kind in a month ('' for the user's own tables). */
export interface Place {
  readonly kind: Kind;
  readonly cycle: string;
}
interface SheetOf {
  readonly id: bigint;
  readonly account: string | null;
  readonly status: string | null;
  readonly exportedAt: string | null;
  readonly importId: string;
  /** JSON: the imports that the person said it replaces, and those of which it is another part. */
  readonly replaces: string | null;
  readonly partOf: string | null;
  readonly rows: bigint;
  readonly monthRows: bigint;
  readonly problems: bigint;
}
/** All sheets of one import for one statement. */
interface FileOf extends Readability {
  readonly importId: string;
  readonly sheets: bigint[];
  status: number;
  readonly exportedAt: string;
  readonly replaces: readonly string[];
  readonly partOf: readonly string[];
  rows: number;
  monthRows: number;
  problems: number;
}

const statusRank: Readonly<Record<string, number>> = {
  estimated: 1,
  draft: 2,
  awaitingConfirmation: 2,
  publicNotice: 3,
  issuing: 3,
  final: 4,
  issued: 4,
};

/** The statements that an import has rows in. */
export function touched(db: WriteDb, importRow: bigint): Place[] {
  return db
    .prepare<[bigint], Place>(
      'SELECT DISTINCT s.kind AS kind, c.cycle AS cycle FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE s.import = ?',
    )
    .all(importRow);
}

/**
 * Decides anew which rows of these statements are in force, as a pure function of the imports that are not undone (architecture decision 7): files
 * ranked by status, then export time, then import id; one that holds all business keys of a lower one replaces it (where it is ahead in
 * status: all its customers, for a draft's row may vanish from the final statement); the rest are united.
 * A file that is another one mended (fewer problems, no fewer rows, and a row for each of its rows; see corrections.ts) replaces it also where
 * nothing says which is the newer, as with a csv that was corrected and dropped again. Where both can be read just as well, equal keys with other
 * amounts stay a conflict, unless the person has said that the one replaces the other (see replacements.ts).
 */
export function recomputeInForce(db: WriteDb, places: readonly Place[]): void {
  const rows = new OverlapRows(db);
  settleRows(db, places, rows);
  rows.drop();
  noteSettled(db, places);
}

/**
 * Decides which rows are in force, and no more: before anything else is read, or the transaction ends, `noteSettled` must follow. `rows`: those of the
 * statement's files, which stay as they are from one decision to the next. `only`: nothing but where files contradict each other is noted, for a decision
 * that waits for the person's word.
 */
export function settleRows(db: WriteDb, places: readonly Place[], rows: OverlapRows, only?: 'conflicts'): void {
  for (const place of places) {
    for (const table of ['overlap_conflict', 'same_rows']) {
      db.prepare(`DELETE FROM ${table} WHERE kind = ? AND cycle = ?`).run(place.kind, place.cycle);
    }
    const sheets = sheetsOf(db, place);
    for (const account of new Set(sheets.map((s) => s.account))) {
      const files = ranked(sheets.filter((s) => s.account === account));
      const replaced = files.length < 2 ? new Set<FileOf>() : replacedFiles(db, place, files, rows);
      if (!only) setReplaced(db, place, files, replaced);
      const left = files.flatMap((file, rank) => (replaced.has(file) ? [] : [rank]));
      if (left.length < 2) continue;
      uniteFiles(db, place, files, left, only);
      // The user's own tables have no amounts that would count twice.
      if (place.cycle === '') continue;
      const others = left.map((rank) => files[rank]!);
      leaveSameRowsOut(db, place, others, only);
    }
  }
}

/** Keeps what follows from the rows in force of these statements, and stamps them. */
export function noteSettled(db: WriteDb, places: readonly Place[]): void {
  for (const place of places) {
    noteLeftOut(db, place);
    keepStatementTotal(db, place.kind, place.cycle);
    stampStatement(db, place.kind, place.cycle);
  }
}

/** Notes of every sheet in force which of its rows are not. */
function noteLeftOut(db: WriteDb, { kind, cycle }: Place): void {
  const inForce = `SELECT c.sheet FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE s.kind = :kind AND c.cycle = :cycle AND c.in_force = 1`;
  db.prepare(`UPDATE sheet_cycle SET left_out = '' WHERE cycle = :cycle AND sheet IN (${inForce})`).run({ kind, cycle });
  const rows = db.prepare<{ kind: Kind; cycle: string }, { sheet: bigint; numbers: string }>(
    `SELECT id / ${rowsPerSheet} AS sheet, group_concat(id % ${rowsPerSheet} ORDER BY id) AS numbers FROM ${tableOf(kind)}
      WHERE cycle = :cycle AND in_force = 0 AND id / ${rowsPerSheet} IN (${inForce}) GROUP BY 1`,
  );
  const note = db.prepare('UPDATE sheet_cycle SET left_out = ? WHERE sheet = ? AND cycle = ?');
  for (const { sheet, numbers } of rows.all({ kind, cycle })) note.run(createHash('sha256').update(numbers).digest('hex'), sheet, cycle);
}

function sheetsOf(db: WriteDb, place: Place): SheetOf[] {
  return db
    .prepare<[string, string], SheetOf>(
      `SELECT s.id AS id, s.account AS account, c.status AS status, i.exported_at AS exportedAt, i.import_id AS importId,
              json_extract(i.answers, '$.replaces') AS replaces, json_extract(i.answers, '$.partOf') AS partOf, s.rows AS rows, c.rows AS monthRows,
              (SELECT count(*) FROM problem p WHERE p.sheet = s.id) AS problems
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = ? AND c.cycle = ? AND i.undone_at IS NULL ORDER BY i.import_id, s.position`,
    )
    .all(place.kind, place.cycle);
}

/** Highest first. */
function ranked(sheets: readonly SheetOf[]): FileOf[] {
  const files = new Map<string, FileOf>();
  for (const s of sheets) {
    const status = statusRank[s.status ?? ''] ?? 0;
    const file = files.get(s.importId);
    if (file) {
      file.sheets.push(s.id);
      file.status = Math.max(file.status, status);
      file.rows += Number(s.rows);
      file.monthRows += Number(s.monthRows);
      file.problems += Number(s.problems);
    } else {
      const { importId, exportedAt } = s;
      const [replaces, partOf] = [s.replaces, s.partOf].map((ids) => JSON.parse(ids ?? '[]') as string[]) as [string[], string[]];
      const [rows, problems, monthRows] = [Number(s.rows), Number(s.problems), Number(s.monthRows)];
      files.set(importId, { importId, sheets: [s.id], status, exportedAt: exportedAt ?? '', replaces, partOf, rows, monthRows, problems });
    }
  }
  return [...files.values()].sort((a, b) => newer(a, b) || (a.importId < b.importId ? -1 : 1));
}

/** Negative where `a` is the newer version; 0 where nothing says which is. */
const newer = (a: FileOf, b: FileOf): number => ahead(a, b) || (a.exportedAt === b.exportedAt ? 0 : a.exportedAt > b.exportedAt ? -1 : 1);

/** The last state is ahead of all; of another one a file that does not say its state may be before or behind. */
function ahead(a: FileOf, b: FileOf): number {
  const last = statusRank['final'];
  const known = (a.status > 0 && b.status > 0) || a.status === last || b.status === last;
  return known ? b.status - a.status : 0;
}

/** The files that others replace. */
function replacedFiles(db: WriteDb, place: Place, files: readonly FileOf[], rows: OverlapRows): Set<FileOf> {
  const { partial } = rows.load(place, files);
  const holds = (what: 'key' | 'scope', a: number, b: number): boolean => b !== partial && holdsAll(db, what, a, b);
  // The person's word first.
  const replaced = new Set(files.filter((file) => files.some((other) => other.replaces.includes(file.importId))));
  for (const [low, file] of files.entries()) {
    if (replaced.has(file)) continue;
    for (const [high, other] of files.entries()) {
      if (low === high || replaced.has(other)) continue;
      const order = newer(other, file);
      if (order > 0) continue;
      const mended = mayMend(other, file) && mends(db, place, high, low);
      if (!mended && !holds(ahead(other, file) < 0 ? 'scope' : 'key', high, low)) continue;
      // Nothing says which is the newer: only one that holds more than the other, and contradicts it nowhere, replaces it.
      if (!mended && order === 0 && (holds('key', low, high) || contradicts(db, high, low))) continue;
      replaced.add(file);
      break;
    }
  }
  return replaced;
}

/** Has the file at rank `b` a row that the file at rank `a` has with other values only? */
function contradicts(db: WriteDb, a: number, b: number): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM temp.overlap_row l WHERE l.rank = ? AND EXISTS (SELECT 1 FROM temp.overlap_row h WHERE h.key = l.key AND h.rank = ?)
            AND NOT EXISTS (SELECT 1 FROM temp.overlap_row h WHERE h.key = l.key AND h.rank = ? AND h.value = l.value) LIMIT 1`,
      )
      .get(b, a, a) !== undefined
  );
}

/** Does the file at rank `a` hold every business key (or scope) of the file at rank `b`? */
function holdsAll(db: WriteDb, what: 'key' | 'scope', a: number, b: number): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM temp.overlap_row l WHERE l.rank = ? AND NOT EXISTS (SELECT 1 FROM temp.overlap_row h WHERE h.${what} = l.${what} AND h.rank = ?) LIMIT 1`,
      )
      .get(b, a) === undefined
  );
}

/** Puts all rows of replaced files out of force, and those of the others in. Of a sheet that was replaced before and stays so they are out already. */
function setReplaced(db: WriteDb, { kind, cycle }: Place, files: readonly FileOf[], replaced: ReadonlySet<FileOf>): void {
  const table = tableOf(kind);
  const mark = db.prepare('UPDATE sheet_cycle SET in_force = ? WHERE sheet = ? AND cycle = ? AND in_force <> ?');
  const hide = db.prepare(`UPDATE ${table} NOT INDEXED SET in_force = 0 WHERE cycle = ? AND id BETWEEN ? AND ?`);
  const shown: string[] = [];
  for (const file of files) {
    const state = replaced.has(file) ? 0 : 1;
    for (const sheet of file.sheets) {
      const { changes } = mark.run(state, sheet, cycle, state);
      if (state === 1) shown.push(String(sheet));
      else if (changes > 0) hide.run(cycle, sheet * rowsPerSheet, (sheet + 1n) * rowsPerSheet - 1n);
    }
  }
  const show = `UPDATE ${table} SET in_force = 1 WHERE cycle = ? AND in_force = 0 AND id / ${rowsPerSheet} IN (SELECT value FROM json_each(?))`;
  db.prepare(show).run(cycle, `[${shown.join(', ')}]`);
}
