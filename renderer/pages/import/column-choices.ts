import type { ImportedFile, SheetMapping } from '../../stores/imports.ts';

type Column = NonNullable<ImportedFile['sheets'][number]['columns']>[number];
type Columns = SheetMapping['columns'];

/** The kind of data that a dragged column is, so that it is told from a dragged file. */
export const draggedColumn = 'application/x-hezhang-column';

/** How a mapping names a column. */
export const labelOf = (column: Column): string => column.label ?? column.header;

/** What a column is: as it was said, else as it was recognised; '' = not read, undefined = unknown. */
export function chosenFor(column: Column, said: Columns): string | undefined {
  const own = said[labelOf(column)];
  if (own !== undefined) return own ?? '';
  const taken = column.field !== undefined && Object.values(said).includes(column.field);
  return taken ? undefined : column.field;
}

/** The column that each field is read from: as it was said, else as it was recognised. */
export function takenFields(columns: readonly Column[], said: Columns): Map<string, string> {
  return new Map(
    columns.flatMap((column) => {
      const field = chosenFor(column, said);
      return field ? [[field, labelOf(column)] as const] : [];
    }),
  );
}

/** What was said, with one column said anew: a field, null = not read, undefined = as it is recognised. A field belongs to one column only. */
export function withColumn(said: Columns, label: string, field: string | null | undefined): Columns {
  const others = Object.entries(said).filter(([other, f]) => other !== label && (field === null || field === undefined || f !== field));
  return Object.fromEntries(field === undefined ? others : [...others, [label, field]]);
}

/** The likeliest suggestion of each unknown column about which nothing was said, each field once. */
export function suggestedColumns(columns: readonly Column[], said: Columns): Record<string, string> {
  const taken = new Set([...Object.values(said), ...columns.map((c) => c.field)]);
  const found: Record<string, string> = {};
  for (const column of columns) {
    if (column.field !== undefined || said[labelOf(column)] !== undefined) continue;
    const free = column.suggestions?.find((s) => !taken.has(s.field));
    if (!free) continue;
    taken.add(free.field);
    found[labelOf(column)] = free.field;
  }
  return found;
}

/** The first two values of a column that differ. */
export function examplesOf(rows: readonly (readonly string[])[], at: number): string {
  const values = rows.map((row) => row[at]?.trim() ?? '').filter((v) => v !== '');
  return [...new Set(values)].slice(0, 2).join('、');
}
