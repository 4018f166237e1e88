import { closedMonths } from '../../db/closings.ts';
import type { ReadDb } from '../../db/open.ts';
import { closedText } from '../core/closing.ts';
import type { SheetRead } from '../importing/read-sheet.ts';
import type { Refusal } from './import-result.ts';

/** Why a file is not taken in that has rows of closed months; undefined where it has none. */
export function closedFault(db: ReadDb, read: readonly { readonly sheet: SheetRead }[]): Refusal | undefined {
  const met = new Set(
    read.flatMap(({ sheet }) => [...sheet.data.cycles].flatMap(([cycle, rows]) => (rows > 0 || sheet.data.rows === 0 ? [cycle] : []))),
  );
  const closed = closedMonths(db).flatMap(({ cycle }) => (met.has(cycle) ? [cycle] : []));
  if (closed.length === 0) return undefined;
  const text = closedText(closed, {
    zh: '文件里有它的行，整个文件未导入',
    en: 'and the file has rows of it: nothing of the file was imported',
  });
  return { status: 'refused', code: 'month.closed', text };
}
