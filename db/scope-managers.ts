import { sameName } from '../electron/core/judging/attribution.ts';
import { rowsPerSheet } from '../electron/core/row-id.ts';
import type { ScopeKind } from '../electron/core/scope.ts';
import type { ReadDb } from './open.ts';

/** The statements that print whose a row is. */
const managed = ['partner_bill', 'consumption', 'performance'] as const;
type Managed = (typeof managed)[number];

/** Which account managers are known, of those that an import is said to cover. */
export interface NamedManagers {
  /** In no file, and not in the user's own table. */
  readonly nowhere: readonly string[];
  /** Those whose rows the file has; none where it prints no managers. */
  readonly inFile: readonly string[];
}

/** Holds what a person says that an import covers against what the import, the user's table and the other statements of its months name. */
export function managersNamed(db: ReadDb, said: { importId: string; kind: ScopeKind; managers: readonly string[] }): NamedManagers {
  const own = said.kind.replace('-', '_');
  const inFile = managed.includes(own as Managed) ? printedIn(db, own as Managed, said.importId) : [];
  const unknown = (names: readonly string[], among: readonly string[]): string[] =>
    names.filter((name) => !among.some((known) => sameName(name, known)));
  const inTable = db.prepare<[], string>('SELECT DISTINCT account_manager FROM manager_history WHERE in_force = 1').pluck().all();
  const left = unknown(said.managers, [...inFile, ...inTable]);
  const others = left.length === 0 ? [] : printedBeside(db, said.importId);
  // Where nobody at all is named, any name may be right.
  const nowhere = inFile.length + inTable.length + others.length === 0 ? [] : unknown(left, others);
  return { nowhere, inFile };
}

/** The managers of an import's rows; all rows are read, in the order of the file. */
function printedIn(db: ReadDb, table: Managed, importId: string): string[] {
  return db
    .prepare<[string], string>(
      `SELECT DISTINCT t.account_manager FROM import i JOIN sheet s ON s.import = i.id
        CROSS JOIN ${table} t NOT INDEXED ON t.id BETWEEN s.id * ${rowsPerSheet} AND s.id * ${rowsPerSheet} + ${rowsPerSheet - 1n}
        WHERE i.import_id = ? AND i.undone_at IS NULL AND t.account_manager IS NOT NULL ORDER BY 1`,
    )
    .pluck()
    .all(importId);
}

/** The managers that all statements in force of an import's months print. */
function printedBeside(db: ReadDb, importId: string): string[] {
  const of = (table: Managed): string[] =>
    db
      .prepare<[string], string>(
        `SELECT DISTINCT t.account_manager
           FROM (SELECT DISTINCT c.cycle AS cycle FROM import i JOIN sheet s ON s.import = i.id JOIN sheet_cycle c ON c.sheet = s.id WHERE i.import_id = ?) m
           JOIN sheet_cycle o ON o.cycle = m.cycle
          CROSS JOIN ${table} t NOT INDEXED ON t.id BETWEEN o.sheet * ${rowsPerSheet} AND o.sheet * ${rowsPerSheet} + ${rowsPerSheet - 1n}
          WHERE t.cycle = m.cycle AND t.in_force = 1 AND t.account_manager IS NOT NULL`,
      )
      .pluck()
      .all(importId);
  return managed.flatMap(of);
}
