import { precisionOf, timeColumns, type Precision, type SeenLook } from '../../db/file-looks.ts';
import { kindSpecs } from '../importing/kinds/list.ts';
import type { SheetRead } from '../importing/read-sheet.ts';
import { Fault, Pair, type Bound } from '../importing/values/fault.ts';

/** What the first rows of a sheet, which a preview shows too, tell of its look. */
export function lookOf({ found, sample }: SheetRead): SeenLook {
  const filled = new Set<string>();
  const precision = new Map<string, Precision>();
  const see = (column: string | undefined, value: Bound): void => {
    if (column === undefined || value === null) return;
    filled.add(column);
    if (!timeColumns.has(column) || typeof value !== 'string') return;
    precision.set(column, Math.max(precision.get(column) ?? 10, precisionOf(value)) as Precision);
  };
  for (const column of kindSpecs[found.kind].columns) {
    const at = found.map.index.get(column.field);
    if (at === undefined) continue;
    for (const { texts, kinds } of sample) {
      const value = column.read(texts[at] ?? '', kinds[at] ?? 0);
      if (value instanceof Fault) continue;
      if (value instanceof Pair) {
        see(column.column, value.first);
        see(column.second, value.second);
      } else see(column.column, value);
    }
  }
  return { filled, precision };
}
