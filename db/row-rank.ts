import { rowsPerSheet, sheetOf, type RowId } from '../electron/core/row-id.ts';
import type { ReadDb } from './open.ts';

/** Orders rows by what they are instead of when they came: sheets ranked by import id and position, then the row in the sheet. */
export function rowRank(db: ReadDb): (row: RowId) => bigint {
  const sheets = db
    .prepare<[], { id: bigint }>('SELECT s.id AS id FROM sheet s JOIN import i ON i.id = s.import ORDER BY i.import_id, s.position')
    .all();
  const ranks = new Map(sheets.map((s, index) => [s.id, BigInt(index)]));
  return (row) => (ranks.get(sheetOf(row)) ?? -1n) * rowsPerSheet + (row % rowsPerSheet);
}

/** Of rows that fit equally well the first in this order is taken: it must not be the one that was imported first. */
export function ranked<R extends { readonly id: RowId }>(rank: (row: RowId) => bigint, rows: readonly R[]): readonly R[] {
  if (rows.length < 2) return rows;
  return rows
    .map((row) => ({ row, at: rank(row.id) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ row }) => row);
}
