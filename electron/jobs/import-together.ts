import { storeForComparison } from './import-file.ts';
import type { ImportContext, ImportOptions } from './import.ts';
import type { ImportedFile } from './import-result.ts';

/** Files of one preview with more rows than this together are not compared with each other before they are imported. */
export const mostCompared = 300_000;

/**
 * Tells of the files of one preview which contradict another before them, as they would once they are imported one after another: nothing says which is
 * the newer. Only files of the same kind and month are stored and compared, in a transaction that is taken back.
 */
export async function compareTogether(files: readonly ImportedFile[], options: ImportOptions, context: ImportContext): Promise<void> {
  const rivals = rivalsOf(files);
  if (rivals.length === 0) return;
  const rows = rivals.reduce((n, file) => n + file.sheets.reduce((sum, sheet) => sum + sheet.rows, 0), 0);
  if (rows > mostCompared) {
    for (const file of rivals) file.notes.push(tooMany);
    return;
  }
  const { db } = context;
  const before = new Map<string, string>();
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const file of rivals) {
      const found = await storeForComparison({ path: file.path, options, context, seen: new Set() });
      const here = found.filter((one) => before.has(one.importId)).map((one) => ({ ...one, sameDrop: true }));
      if (here.length > 0) file.differs = [...(file.differs ?? []), ...here];
      before.set(file.importId!, file.path);
    }
  } finally {
    // An error of SQLite's own may have ended the transaction already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

const tooMany = {
  zh: '这一批里有同类型、同账期的其他文件，行数很多，预览时没有互相比较；若有同号不同值的行，导入后会列为差异。',
  en: 'This drop has other files of the same kind and month, with very many rows: they were not compared with each other beforehand. Rows of the same key with other values become findings after the import.',
};

/** Readable files that share a kind and month with another of them, in their order. */
function rivalsOf(files: readonly ImportedFile[]): ImportedFile[] {
  const places = (file: ImportedFile): string[] =>
    file.sheets.flatMap(({ kind, billingCycles }) =>
      kind === undefined ? [] : (billingCycles.length > 0 ? billingCycles : ['']).map((cycle) => `${kind} ${cycle}`),
    );
  const ready = files.filter((file) => file.status === 'previewed' && file.importId !== undefined);
  const counts = new Map<string, number>();
  for (const file of ready) for (const place of new Set(places(file))) counts.set(place, (counts.get(place) ?? 0) + 1);
  return ready.filter((file) => places(file).some((place) => counts.get(place)! > 1));
}
