import { rowsPerSheet } from '../../electron/core/row-id.ts';
import type { RunContext } from './context.ts';

/**
 * FROM and WHERE of all rows in force of month `:cycle`, read in the order of their files: five times faster than by the (cycle, …) index where
 * every row is read anyway, and bounded to the sheets that hold the month. Further conditions go on with AND.
 */
export function monthScan(table: string, alias: string): string {
  return `sheet_cycle ${alias}_sheet CROSS JOIN ${table} AS ${alias} NOT INDEXED
       ON ${alias}.id BETWEEN ${alias}_sheet.sheet * ${rowsPerSheet} AND ${alias}_sheet.sheet * ${rowsPerSheet} + ${rowsPerSheet - 1n}
    WHERE ${alias}_sheet.cycle = :cycle AND ${alias}.cycle = :cycle AND ${alias}.in_force = 1`;
}

/** Has any of the month's rows in force a value in this column? Where none has, as of a column that the export lacks, all are read. */
export const statesColumn = ({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>, table: string, column: string): boolean =>
  db.prepare<{ cycle: string }>(`SELECT 1 FROM ${monthScan(table, 't')} AND t.${column} IS NOT NULL LIMIT 1`).get({ cycle }) !== undefined;
