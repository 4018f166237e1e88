import type { Kind } from '../electron/core/kinds.ts';
import { deleteImportRows } from './import-rows.ts';
import { recomputeInForce, touched } from './in-force.ts';
import { recordInJournal } from './journal.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** One line of the import history. */
export interface ImportRecord {
  readonly importId: string;
  readonly path: string;
  readonly at: string;
  readonly kinds: readonly Kind[];
  readonly billingCycles: readonly string[];
  readonly rows: number;
  readonly problems: number;
  readonly undone: boolean;
}

/** Every import, undone ones too, by time; those of one moment by their path. */
export function listImports(db: ReadDb): ImportRecord[] {
  const imports = db
    .prepare<[], { id: bigint; importId: string; path: string; at: string; undone: bigint; rows: bigint; problems: bigint }>(
      `SELECT i.id AS id, i.import_id AS importId, i.path AS path, i.at AS at, i.undone_at IS NOT NULL AS undone,
              (SELECT coalesce(sum(accepted), 0) FROM sheet WHERE import = i.id) AS rows,
              (SELECT count(*) FROM problem p JOIN sheet s ON s.id = p.sheet WHERE s.import = i.id) AS problems
         FROM import i ORDER BY i.at, i.path, i.import_id`,
    )
    .all();
  const kinds = db.prepare<[bigint], { kind: Kind }>('SELECT DISTINCT kind FROM sheet WHERE import = ? ORDER BY kind');
  const cycles = db.prepare<[bigint], { cycle: string }>(
    "SELECT DISTINCT c.cycle AS cycle FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet WHERE s.import = ? AND c.cycle <> '' ORDER BY c.cycle",
  );
  return imports.map((i) => ({
    importId: i.importId,
    path: i.path,
    at: i.at,
    kinds: kinds.all(i.id).map((k) => k.kind),
    billingCycles: cycles.all(i.id).map((c) => c.cycle),
    rows: Number(i.rows),
    problems: Number(i.problems),
    undone: i.undone === 1n,
  }));
}

/** What an import was made from: the original's hash and name, and the answers that it was read by (JSON). */
export function importSource(db: ReadDb, importId: string): { sha256: string; name: string; answers: object } | undefined {
  const row = db
    .prepare<[string], { sha256: string; name: string; answers: string }>('SELECT sha256, name, answers FROM import WHERE import_id = ?')
    .get(importId);
  return row && { ...row, answers: JSON.parse(row.answers) as object };
}

/** Takes an import back as one unit; what it had replaced is in force again. Undefined where there is no such import or it is undone already. */
export function undoImport(db: WriteDb, importId: string, at: string): { importId: string; rows: number } | undefined {
  return db
    .transaction(() => {
      const found = db.prepare<[string], { id: bigint }>('SELECT id FROM import WHERE import_id = ? AND undone_at IS NULL').get(importId);
      if (!found) return undefined;
      const places = touched(db, found.id);
      const rows = deleteImportRows(db, found.id);
      db.prepare('UPDATE import SET undone_at = ? WHERE id = ?').run(at, found.id);
      recomputeInForce(db, places);
      recordInJournal(db, at, 'import.undo', { importId, rows });
      return { importId, rows };
    })
    .immediate();
}
