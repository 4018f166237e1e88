import { closedOver } from '../../db/closings.ts';
import { undoImport } from '../../db/imports.ts';
import type { WriteDb } from '../../db/open.ts';
import { AppError, MonthClosed } from '../errors.ts';

/**
 * Takes one import back. Throws AppError `import.unknown` where there is none with this id, or it is undone already, and MonthClosed where a
 * closed month rests on it.
 */
export function undoOneImport(db: WriteDb, importId: string, at: string): { readonly importId: string; readonly rows: number } {
  const closed = closedOver(db, importId);
  if (closed.length > 0) {
    throw new MonthClosed(closed, { zh: '它用了这次导入，不能撤销', en: 'and rests on this import, which is not taken back' });
  }
  const undone = undoImport(db, importId, at);
  if (undone) return undone;
  throw new AppError('import.unknown', {
    zh: `没有编号为 ${importId} 的导入，或它已被撤销；请用 imports 查看导入记录。`,
    en: `There is no import ${importId}, or it is undone already: see the history with imports.`,
  });
}
