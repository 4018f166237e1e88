import { differingImports, mayDiffer, setReplaced } from '../../db/replacements.ts';
import { recomputeInForce, touched } from '../../db/in-force.ts';
import type { ReadDb, WriteDb } from '../../db/open.ts';
import type { Text } from '../importing/recognise.ts';
import type { ImportedFile } from './import-result.ts';

type Differs = NonNullable<ImportedFile['differs']>;

/**
 * Settles which rows are in force after an import's rows are stored. Where nothing says which of two files that contradict each other is the newer, the
 * person's word counts (`as`), and without it the contradiction stays one. Returns what this file contradicts.
 */
export function settleInForce(db: WriteDb, importRow: bigint, as: 'replacement' | 'part' | undefined): Differs {
  recomputeInForce(db, touched(db, importRow));
  const differs = differingImports(db, importRow);
  if (as !== 'replacement' || differs.length === 0) return differs;
  setReplaced(
    db,
    importRow,
    differs.map((one) => one.importId),
  );
  recomputeInForce(db, touched(db, importRow));
  return differs;
}

/** Is there anything in force that a file with these sheets could contradict? Cheap, so that only such a file is compared. */
export const mayContradict = (db: ReadDb, file: ImportedFile, exportedAt: string | undefined): boolean =>
  file.sheets.some((s) => s.kind !== undefined && ['', ...s.billingCycles].some((cycle) => mayDiffer(db, s.kind!, cycle, exportedAt)));

/** What a person is told of the files that this one contradicts. */
export function differingNotes(differs: Differs, as: 'replacement' | 'part' | undefined, previewed: boolean): Text[] {
  return differs.map(({ path, at, rows }): Text => {
    const zh = `与 ${at} 导入的“${path}”有 ${rows} 行同号不同值`;
    const en = `${rows} rows differ from those of the same keys in "${path}", imported at ${at}`;
    if (as === 'replacement')
      return {
        zh: `${zh}：按您的回答，${previewed ? '将' : '已'}取代那一份（撤销这次导入即恢复）。`,
        en: `${en}: as you said, this file replaces that one (undo this import to bring it back).`,
      };
    if (as === 'part')
      return {
        zh: `${zh}：按您的回答，作为另一部分并入；这些行只计一次，并列为差异。`,
        en: `${en}: as you said, this is another part; those rows count once and are reported as findings.`,
      };
    return {
      zh: `${zh}，看不出哪一份更新：请说明这份是取代那一份（--as replacement），还是另一部分（--as part）。${previewed ? '' : '在此之前这些行只计一次，并列为差异；要改为取代，请撤销这次导入再导入。'}`,
      en: `${en}, and nothing says which is the newer: say whether this file replaces that one (--as replacement) or is another part (--as part).${previewed ? '' : ' Until then those rows count once and are reported as findings; to let it replace, undo this import and import it again.'}`,
    };
  });
}
