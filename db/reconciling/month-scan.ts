/**
 * FROM and WHERE of all rows in force of month `:cycle`, read in the order of their files: five times faster than by the (cycle, …) index where
 * every row is read anyway, and bounded to the sheets that hold the month. Further conditions go on with AND.
 */
export function monthScan(table: string, alias: string): string {
  return `sheet_cycle ${alias}_sheet CROSS JOIN ${table} AS ${alias} NOT INDEXED
       ON ${alias}.id BETWEEN ${alias}_sheet.sheet * 16777216 AND ${alias}_sheet.sheet * 16777216 + 16777215
    WHERE ${alias}_sheet.cycle = :cycle AND ${alias}.cycle = :cycle AND ${alias}.in_force = 1`;
}
