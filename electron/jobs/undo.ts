import { undoImport } from '../../db/imports.ts';
import type { WriteDb } from '../../db/open.ts';
import { AppError } from '../errors.ts';

/** Takes one import back. Throws AppError `import.unknown` where there is none with this id, or it is undone already. */
export function undoOneImport(db: WriteDb, importId: string, at: string): { readonly importId: string; readonly rows: number } {
  const undone = undoImport(db, importId, at);
  if (undone) return undone;
  throw new AppError('import.unknown', {
    zh: `没有编号为 ${importId} 的导入，或它已被撤销；请用 imports 查看导入记录。`,
    en: `There is no import ${importId}, or it is undone already: see the history with imports.`,
  });
}
