import { differingImports, mayDiffer, setPartOf, setReplaced } from '../../db/replacements.ts';
import { noteSettled, settleRows, touched } from '../../db/in-force.ts';
import { mayLookDifferent } from '../../db/file-looks.ts';
import type { ReadDb, WriteDb } from '../../db/open.ts';
import { OverlapRows } from '../../db/overlap-rows.ts';
import { importsWithSameRows, type SameRowsImport } from '../../db/same-rows-noted.ts';
import { counted, displayCount } from '../core/display-count.ts';
import { formatMoney } from '../core/money.ts';
import { sameRowsReason } from '../core/wording/files.ts';
import type { Text } from '../importing/recognise.ts';
import type { SheetRead } from '../importing/read-sheet.ts';
import { lookOf } from './import-look.ts';
import type { ImportedFile } from './import-result.ts';

type Differs = NonNullable<ImportedFile['differs']>;

/**
 * Settles which rows are in force after an import's rows are stored. Where nothing says which of two files that contradict each other is the newer, or
 * they have the same rows in two looks, the person's word counts (`as`), and without it such rows count once. Returns what this is asked of.
 */
export function settleInForce(db: WriteDb, importRow: bigint, as: 'replacement' | 'part' | undefined): Differs {
  const places = touched(db, importRow);
  const rows = new OverlapRows(db);
  const word = as === 'replacement';
  // Before the person's word counts it is enough to know what it is about.
  settleRows(db, places, rows, word ? 'conflicts' : undefined);
  const same = importsWithSameRows(db, importRow);
  const differs = [...differingImports(db, importRow), ...same.map(sameAsOther)];
  const replaced = differs.map((one) => one.importId);
  if (word && replaced.length > 0) setReplaced(db, importRow, replaced);
  const part = as === 'part' && same.length > 0;
  if (part)
    setPartOf(
      db,
      importRow,
      same.map((one) => one.importId),
    );
  if (word || part) settleRows(db, places, rows);
  rows.drop();
  noteSettled(db, places);
  return differs;
}

function sameAsOther({ amount, here, there, differences, ...one }: SameRowsImport): Differs[number] {
  const shown = ({ rows, total }: SameRowsImport['here']): { rows: number; total: string } => ({ rows, total: formatMoney(total) });
  const reason = sameRowsReason({ rows: one.rows, here, there, differences });
  const { importId, path, at, rows } = one;
  const same = { amount: formatMoney(amount), here: shown(here), there: shown(there), differences: [...differences], reason };
  return { importId, path, at, rows, same };
}

/** Is there anything in force that a file with these sheets could contradict, or have the rows of in another look? Cheap, so that only such a file is compared. */
export const mayContradict = (db: ReadDb, sheets: readonly SheetRead[], exportedAt: string | undefined): boolean =>
  sheets.some((sheet) => {
    const { kind } = sheet.found;
    const look = lookOf(sheet);
    return ['', ...sheet.data.cycles.keys()].some(
      (cycle) => mayDiffer(db, kind, cycle, exportedAt) || (cycle !== '' && mayLookDifferent(db, { kind, cycle }, look)),
    );
  });

/** What follows from the person's answer about the files that this one contradicts; unanswered, it stays a question (`differs`). */
export function differingNotes(differs: Differs, as: 'replacement' | 'part' | undefined): Text[] {
  if (as === undefined) return [];
  return differs.map(({ path, at, rows, same }): Text => {
    if (same) return sameNote(path, at, rows, as);
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

function sameNote(path: string, at: string, rows: number, as: 'replacement' | 'part'): Text {
  const zh = `与 ${at} 导入的“${path}”有 ${displayCount(rows)} 行相同、只是写法不同：按您的回答，`;
  const en = `${counted(rows, 'row is', 'rows are')} those of "${path}", imported at ${at}, in another look: as you said, `;
  return as === 'replacement'
    ? { zh: `${zh}这份取代那一份（撤销这次导入即恢复）。`, en: `${en}this file replaces that one (undo this import to bring it back).` }
    : { zh: `${zh}这份是另一部分，两份都计入。`, en: `${en}this is another part, and both count.` };
}
