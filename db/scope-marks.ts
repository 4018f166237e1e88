import type { ScopeKind, Scope } from '../electron/core/scope.ts';
import { recordInJournal } from './journal.ts';
import type { ReadDb, WriteDb } from './open.ts';
import { prepared } from './prepared.ts';

/** What a person said that one import covers of one statement. Times are "YYYY-MM-DD HH:MM:SS" in GMT+08:00; an undone one has no effect. */
export interface ScopeMark extends Scope {
  readonly id: bigint;
  readonly importId: string;
  readonly kind: ScopeKind;
  readonly by: string;
  readonly at: string;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
}
type Raw = Omit<ScopeMark, 'managers' | 'customers'> & { readonly managers: string; readonly customers: string };
const columns = `m.id AS id, m.import_id AS importId, m.kind AS kind, m.managers AS managers, m.customers AS customers, m.made_by AS "by", m.at AS at,
  m.undone_at AS undoneAt, m.undone_by AS undoneBy`;
const decode = (raw: Raw): ScopeMark => ({
  ...raw,
  managers: JSON.parse(raw.managers) as string[],
  customers: JSON.parse(raw.customers) as string[],
});

/** Every mark, undone ones too, newest first. */
export const listScopeMarks = (db: ReadDb): ScopeMark[] =>
  db.prepare<[], Raw>(`SELECT ${columns} FROM scope_mark m ORDER BY m.id DESC`).all().map(decode);

export function findScopeMark(db: ReadDb, id: bigint): ScopeMark | undefined {
  const raw = db.prepare<[bigint], Raw>(`SELECT ${columns} FROM scope_mark m WHERE m.id = ?`).get(id);
  return raw && decode(raw);
}

/** Marks an import, in the place of what was said of it before, with a line in the journal; names are sorted by the caller. */
export function addScopeMark(db: WriteDb, mark: Omit<ScopeMark, 'id' | 'undoneAt' | 'undoneBy'>): bigint {
  const { importId, kind, managers, customers, by, at } = mark;
  db.prepare('UPDATE scope_mark SET undone_at = ?, undone_by = ? WHERE import_id = ? AND kind = ? AND undone_at IS NULL').run(
    at,
    by,
    importId,
    kind,
  );
  const { lastInsertRowid } = db
    .prepare('INSERT INTO scope_mark (import_id, kind, managers, customers, made_by, at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(importId, kind, JSON.stringify(managers), JSON.stringify(customers), by, at);
  const id = BigInt(lastInsertRowid);
  recordInJournal(db, at, 'scope.mark', { id: Number(id), importId, kind, managers, customers, by });
  return id;
}

/** Takes a mark back; false where it was taken back before. */
export function undoScopeMark(db: WriteDb, id: bigint, by: string, at: string): boolean {
  const { changes } = db.prepare('UPDATE scope_mark SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL').run(at, by, id);
  if (changes === 1) recordInJournal(db, at, 'scope.undo', { id: Number(id), by });
  return changes === 1;
}

/** The statements and months of an import that can be marked, whether or not it is undone. */
export function markableOf(db: ReadDb, importId: string): { readonly kind: string; readonly cycle: string }[] {
  return db
    .prepare<[string], { kind: string; cycle: string }>(
      `SELECT DISTINCT s.kind AS kind, c.cycle AS cycle FROM import i JOIN sheet s ON s.import = i.id JOIN sheet_cycle c ON c.sheet = s.id
        WHERE i.import_id = ? AND i.undone_at IS NULL ORDER BY s.kind, c.cycle`,
    )
    .all(importId);
}

/**
 * What a month's statement covers: the marks of the files in force that hold it; undefined where one of them has none, for that one covers all. Sorted,
 * so that the order of marking never matters.
 */
export function scopesOf(db: ReadDb, kind: string, cycle: string): readonly Scope[] | undefined {
  const files = prepared<[string, string], { managers: string | null; customers: string | null }>(
    db,
    `SELECT DISTINCT i.import_id, m.managers AS managers, m.customers AS customers
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
         LEFT JOIN scope_mark m ON m.import_id = i.import_id AND m.kind = s.kind AND m.undone_at IS NULL
        WHERE s.kind = ? AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL ORDER BY m.managers, m.customers`,
  ).all(kind, cycle);
  if (files.length === 0 || files.some((f) => f.managers === null)) return undefined;
  return files.map((f) => ({ managers: JSON.parse(f.managers!) as string[], customers: JSON.parse(f.customers!) as string[] }));
}

/** The same of these imports, whether or not they are in force. */
export function scopesOfImports(db: ReadDb, kind: string, importIds: readonly string[]): readonly Scope[] | undefined {
  const marks = db
    .prepare<[string, string], { managers: string; customers: string }>(
      `SELECT managers, customers FROM scope_mark WHERE kind = ? AND undone_at IS NULL AND import_id IN (SELECT value FROM json_each(?))
        ORDER BY managers, customers`,
    )
    .all(kind, JSON.stringify(importIds));
  if (marks.length < importIds.length) return undefined;
  return marks.map((m) => ({ managers: JSON.parse(m.managers) as string[], customers: JSON.parse(m.customers) as string[] }));
}

/** The marks of these imports that have effect, as one text, the same whatever order they were made in. */
export function scopeMarksText(db: ReadDb, importIds: ReadonlySet<string>): string {
  return db
    .prepare<[], { importId: string; text: string }>(
      `SELECT import_id AS importId, json_array(import_id, kind, managers, customers) AS text FROM scope_mark WHERE undone_at IS NULL
        ORDER BY import_id, kind`,
    )
    .all()
    .flatMap(({ importId, text }) => (importIds.has(importId) ? [text] : []))
    .join('\n');
}
