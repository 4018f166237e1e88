import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** An earlier import that a file contradicts although nothing says which of the two is the newer. */
export interface DifferingImport {
  readonly importId: string;
  readonly path: string;
  readonly at: string;
  /** Rows of both, with other values in the one than in the other. */
  readonly rows: number;
}

/**
 * The imports in force that this one (by row id) contradicts, by import id: of the same state (draft, final …), or of one that is not known, and exported
 * at the same time, or at none that is known. Which is right only the person knows.
 */
export function differingImports(db: ReadDb, importRow: bigint): DifferingImport[] {
  const found = db
    .prepare<{ mine: bigint }, { importId: string; path: string; at: string; rows: bigint }>(
      `SELECT i.import_id AS importId, i.path AS path, i.at AS at, count(*) AS rows
         FROM overlap_conflict o
         JOIN sheet k ON k.id = o.kept / ${rowsPerSheet}
         JOIN sheet x ON x.id = o.other / ${rowsPerSheet}
         JOIN sheet_cycle kc ON kc.sheet = k.id AND kc.cycle = o.cycle
         JOIN sheet_cycle xc ON xc.sheet = x.id AND xc.cycle = o.cycle
         JOIN import m ON m.id = :mine
         JOIN import i ON i.id = iif(k.import = :mine, x.import, k.import)
        WHERE (k.import = :mine) <> (x.import = :mine)
          AND i.exported_at IS m.exported_at
          AND (kc.status IS xc.status OR (kc.status IS NULL OR xc.status IS NULL) AND coalesce(kc.status, xc.status) NOT IN ('final', 'issued'))
        GROUP BY i.id
        ORDER BY i.import_id`,
    )
    .all({ mine: importRow });
  return found.map((one) => ({ ...one, rows: Number(one.rows) }));
}

/** May a file of this import contradict another? There is one in force of the same kind and month that is exported at the same time, or at none. */
export function mayDiffer(db: ReadDb, kind: string, cycle: string, exportedAt: string | undefined): boolean {
  return (
    db
      .prepare(
        `SELECT 1 FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
          WHERE s.kind = ? AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL AND i.exported_at IS ? LIMIT 1`,
      )
      .get(kind, cycle, exportedAt ?? null) !== undefined
  );
}

/** Notes that the person said of an import that it replaces these, and with them whatever they had replaced. Returns all of them. */
export function setReplaced(db: WriteDb, importRow: bigint, importIds: readonly string[]): string[] {
  const replacedBy = db.prepare<[string], string | null>(
    "SELECT json_extract(answers, '$.replaces') FROM import WHERE import_id = ? AND undone_at IS NULL",
  );
  const all = new Set<string>();
  const add = (importId: string): void => {
    if (all.has(importId)) return;
    all.add(importId);
    for (const further of JSON.parse(replacedBy.pluck().get(importId) ?? '[]') as string[]) add(further);
  };
  importIds.forEach(add);
  const sorted = [...all].sort();
  db.prepare("UPDATE import SET answers = json_set(answers, '$.replaces', json(?)) WHERE id = ?").run(JSON.stringify(sorted), importRow);
  return sorted;
}

/** Notes that the person said of an import that it is another part than these, whose rows look the same. */
export function setPartOf(db: WriteDb, importRow: bigint, importIds: readonly string[]): void {
  const sorted = JSON.stringify(importIds.toSorted());
  db.prepare("UPDATE import SET answers = json_set(answers, '$.partOf', json(?)) WHERE id = ?").run(sorted, importRow);
}
