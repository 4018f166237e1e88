import type { PartRows } from '../../electron/core/bridge-part.ts';
import { kinds, tableOf } from '../../electron/core/kinds.ts';
import { sheetOf, type RowId } from '../../electron/core/row-id.ts';
import type { EvidenceRow } from '../findings.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';

const tables = new Set(kinds.map(tableOf));
const column = (name: string): string => {
  if (name === 'product') return 'coalesce(product_type, product_type_code)';
  if (!/^[a-z_]+$/.test(name)) throw new Error(`no such column: ${name}`);
  return name;
};

/** The ids of the rows that a group names, at most `limit`, in file order. */
export function idsOf(db: ReadDb, rows: PartRows, limit: number): RowId[] {
  if ('ids' in rows) return rows.ids.slice(0, limit);
  if (!tables.has(rows.table)) throw new Error(`no such table: ${rows.table}`);
  const conditions = Object.keys(rows.match).map((name) => ` AND ${column(name)} IS ?`);
  if (rows.nonZero !== undefined) conditions.push(` AND ${column(rows.nonZero)} <> 0`);
  return prepared<unknown[], bigint>(
    db,
    `SELECT id FROM ${rows.table} WHERE cycle = ? AND in_force = 1${conditions.join('')} ORDER BY id LIMIT ?`,
  )
    .pluck()
    .all(rows.cycle, ...Object.values(rows.match), limit);
}

/** The rows of a group with the file, sheet and kind of each: left before right, each row once, at most `limit` a side. */
export function partRows(db: ReadDb, evidence: readonly PartRows[], limit: number): EvidenceRow[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const ids = new Set<RowId>();
    for (const rows of evidence) {
      if (rows.side !== side) continue;
      for (const id of idsOf(db, rows, limit)) {
        if (ids.size === limit) break;
        ids.add(id);
      }
    }
    const sheets = new Map<bigint, Omit<EvidenceRow, 'side' | 'row'>>();
    return [...ids].flatMap((row): EvidenceRow[] => {
      const sheet = sheetOf(row);
      const known = sheets.get(sheet) ?? placeOf(db, sheet);
      if (!known) return [];
      sheets.set(sheet, known);
      return [{ side, row, ...known }];
    });
  });
}

const placeOf = (db: ReadDb, sheet: bigint): Omit<EvidenceRow, 'side' | 'row'> | undefined =>
  prepared<[bigint], Omit<EvidenceRow, 'side' | 'row'>>(
    db,
    `SELECT i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
       FROM sheet s JOIN import i ON i.id = s.import WHERE s.id = ?`,
  ).get(sheet);
