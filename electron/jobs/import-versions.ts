import { differingImports, mayDiffer, setReplaced } from '../../db/replacements.ts';
import { noteSettled, settleRows, touched } from '../../db/in-force.ts';
import type { ReadDb, WriteDb } from '../../db/open.ts';
import { OverlapRows } from '../../db/overlap-rows.ts';
import { counted, displayCount } from '../core/display-count.ts';
import type { Text } from '../importing/recognise.ts';
import type { ImportedFile } from './import-result.ts';

type Differs = NonNullable<ImportedFile['differs']>;

/**
 * Settles which rows are in force after an import's rows are stored. Where nothing says which of two files that contradict each other is the newer, the
 * person's word counts (`as`), and without it the contradiction stays one. Returns what this file contradicts.
 */
export function settleInForce(db: WriteDb, importRow: bigint, as: 'replacement' | 'part' | undefined): Differs {
  const places = touched(db, importRow);
  const rows = new OverlapRows(db);
  const word = as === 'replacement';
  // Before the person's word counts it is enough to know what it is about.
  settleRows(db, places, rows, word ? 'conflicts' : undefined);
  const differs = differingImports(db, importRow);
  const replaced = differs.map((one) => one.importId);
  if (word && replaced.length > 0) setReplaced(db, importRow, replaced);
  if (word) settleRows(db, places, rows);
  rows.drop();
  noteSettled(db, places);
  return differs;
}

/** Is there anything in force that a file with these sheets could contradict? Cheap, so that only such a file is compared. */
export const mayContradict = (db: ReadDb, file: ImportedFile, exportedAt: string | undefined): boolean =>
  file.sheets.some((s) => s.kind !== undefined && ['', ...s.billingCycles].some((cycle) => mayDiffer(db, s.kind!, cycle, exportedAt)));

/** What follows from the person's answer about the files that this one contradicts; unanswered, it stays a question (`differs`). */
export function differingNotes(differs: Differs, as: 'replacement' | 'part' | undefined): Text[] {
  if (as === undefined) return [];
  return differs.map(({ path, at, rows }): Text => {
    const zh = `与 ${at} 导入的“${path}”有 ${displayCount(rows)} 行同号不同值：按您的回答，`;
    const en = `${counted(rows, 'row differs', 'rows differ')} from those of the same keys in "${path}", imported at ${at}: as you said, `;
    return as === 'replacement'
      ? { zh: `${zh}这份取代那一份（撤销这次导入即恢复）。`, en: `${en}this file replaces that one (undo this import to bring it back).` }
      : {
          zh: `${zh}这份是另一部分；这些行只计一次，并列为差异。`,
          en: `${en}this is another part; those rows count once and are reported as findings.`,
        };
  });
}
