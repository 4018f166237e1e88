import type { FindingStatus } from '../../electron/core/checks.ts';
import { sheetOf } from '../../electron/core/row-id.ts';
import type { EvidenceRow } from '../findings.ts';
import type { ReadDb } from '../open.ts';

/** Where a row stands: its import, file and sheet; undefined where no such row is kept. */
export function placeOf(db: ReadDb, row: bigint): Omit<EvidenceRow, 'side'> | undefined {
  return db
    .prepare<[bigint, bigint], Omit<EvidenceRow, 'side'>>(
      `SELECT ? AS row, i.import_id AS importId, i.name AS file, s.name AS sheet, s.id AS sheetId, s.kind AS kind
         FROM sheet s
         JOIN import i ON i.id = s.import
        WHERE s.id = ? AND i.undone_at IS NULL`,
    )
    .get(row, sheetOf(row));
}

/** A finding that rests on a row; its difference in 1e-8 yuan. */
export interface RestingFinding {
  readonly key: string;
  readonly code: string;
  readonly cycle: string;
  readonly status: FindingStatus;
  readonly difference: bigint;
}

/** The findings that hold today and have the row among their evidence, months in order. */
export function findingsOfRow(db: ReadDb, row: bigint): RestingFinding[] {
  return db
    .prepare<[bigint], RestingFinding>(
      `SELECT key, code, cycle, status, difference
         FROM finding
        WHERE resolved_by_data = 0
          AND key IN (SELECT key FROM finding_row WHERE row = ?)
        ORDER BY cycle, position, key`,
    )
    .all(row);
}
