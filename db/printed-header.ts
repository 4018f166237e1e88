/** Fields that fill a column other than the one of its name. */
const otherFields: Readonly<Record<string, readonly string[]>> = {
  change_amount: ['changeAmountPrinted', 'income', 'expense'],
  consumed_from: ['consumedAt'],
  consumed_to: ['consumedAt'],
  bill_class: ['billType'],
};

/** The field that a column of a table is named after. */
export const fieldOf = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The header cell of the column of a table in a sheet, of which `header` and `columns` are as they are stored; undefined where it has none. */
export function printedHeader(column: string, header: string, columns: string): string | undefined {
  const places = JSON.parse(columns) as Record<string, number>;
  const cells = JSON.parse(header) as (string | null)[];
  const field = fieldOf(column);
  const place = [field, ...(otherFields[column] ?? [])].map((f) => places[f]).find((at) => at !== undefined);
  return (place === undefined ? undefined : cells[place]?.trim()) || undefined;
}

/** The other way round: the column of a table that a sheet fills from under this header cell; undefined where there is none of just that sum. */
export function columnUnder(printed: string, header: string, columns: string): string | undefined {
  const cells = JSON.parse(header) as (string | null)[];
  const found = Object.entries(JSON.parse(columns) as Record<string, number>).find(([, at]) => cells[at]?.trim() === printed.trim());
  if (found === undefined || found[0] === 'income' || found[0] === 'expense') return undefined;
  return found[0] === 'changeAmountPrinted' ? 'change_amount' : found[0].replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
