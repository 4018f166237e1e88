import type { Kind } from '../electron/core/kinds.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** What a person said of the columns of one header, kept for the next file that has it. */
export interface StoredMapping {
  readonly signature: string;
  /** Counts from 1; the highest that is not removed is applied. */
  readonly version: number;
  readonly kind: Kind;
  /** The header's cells, for display. */
  readonly header: readonly string[];
  readonly columns: Readonly<Record<string, string | null>>;
  readonly at: string;
}
interface Row {
  readonly signature: string;
  readonly version: bigint;
  readonly kind: Kind;
  readonly header: string;
  readonly columns: string;
  readonly at: string;
}
const fields = 'signature, version, kind, header, columns, at';
const read = (row: Row): StoredMapping => ({
  ...row,
  version: Number(row.version),
  header: JSON.parse(row.header) as string[],
  columns: JSON.parse(row.columns) as Record<string, string | null>,
});

/** Every mapping that is not removed, newest version first within a header; headers by the time of their newest version, then by signature. */
export function listMappings(db: ReadDb): StoredMapping[] {
  return db
    .prepare<[], Row>(
      `SELECT ${fields} FROM mapping m WHERE removed_at IS NULL
        ORDER BY (SELECT max(at) FROM mapping n WHERE n.signature = m.signature AND n.removed_at IS NULL) DESC, signature, version DESC`,
    )
    .all()
    .map(read);
}

/** The mapping that holds for a header, or undefined. */
export function mappingOf(db: ReadDb, signature: string): StoredMapping | undefined {
  const row = db
    .prepare<[string], Row>(`SELECT ${fields} FROM mapping WHERE signature = ? AND removed_at IS NULL ORDER BY version DESC LIMIT 1`)
    .get(signature);
  return row && read(row);
}

/** Is any mapping remembered? */
export const anyMapping = (db: ReadDb): boolean => db.prepare('SELECT 1 FROM mapping WHERE removed_at IS NULL LIMIT 1').get() !== undefined;

/** Keeps what was said as the newest version for its header; the same again changes nothing. */
export function rememberMapping(db: WriteDb, m: Omit<StoredMapping, 'version'>): void {
  const columns = JSON.stringify(m.columns);
  const before = mappingOf(db, m.signature);
  if (before?.kind === m.kind && JSON.stringify(before.columns) === columns) return;
  db.prepare(
    `INSERT INTO mapping (signature, version, kind, header, columns, at)
     VALUES (?, (SELECT coalesce(max(version), 0) + 1 FROM mapping WHERE signature = ?), ?, ?, ?, ?)`,
  ).run(m.signature, m.signature, m.kind, JSON.stringify(m.header), columns, m.at);
}

/** Forgets a header's mapping, all versions; imports made with it stay as they are. Returns how many versions there were. */
export function removeMapping(db: WriteDb, signature: string, at: string): number {
  return db.prepare('UPDATE mapping SET removed_at = ? WHERE signature = ? AND removed_at IS NULL').run(at, signature).changes;
}
