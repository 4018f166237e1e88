import { tableOf, type Kind } from '../../electron/core/kinds.ts';
import { rowsPerSheet } from '../../electron/core/row-id.ts';
import type { WriteDb } from '../open.ts';
import type { RunContext } from './context.ts';
import { sheetsByRank } from './rows-of.ts';

/** Answers a SELECT about the rows of one sheet; it is given what those are FROM and WHERE. */
export type AskSheet = <Row>(sql: (from: string, where: string) => string) => Row[];

/**
 * What the month's rows of a kind come to that tell each by themselves, sheet by sheet: of a sheet whose rows are the same as in the month's newest run it
 * is taken over, so that a small file beside a large one costs what the small one is. What is asked may not depend on customer keys, which other files
 * resolve. `alias`: of the kind's table.
 */
export function inSheets<T>(
  context: RunContext,
  name: string,
  [kind, alias]: readonly [Kind, string],
  work: (ask: AskSheet, context: RunContext) => T,
): T[] {
  const { cycle } = context;
  const from = `${tableOf(kind)} AS ${alias} NOT INDEXED`;
  const where = `${alias}.id BETWEEN :sheet * ${rowsPerSheet} AND :sheet * ${rowsPerSheet} + ${rowsPerSheet - 1n} AND ${alias}.cycle = :cycle AND ${alias}.in_force = 1`;
  const asking =
    (db: WriteDb, sheet: bigint): AskSheet =>
    <Row>(sql: (from: string, where: string) => string) =>
      db.prepare<{ sheet: bigint; cycle: string }, Row>(sql(from, where)).all({ sheet, cycle });
  return sheetsByRank(context.db, kind, cycle).map((sheet) => {
    const ofSheet = (own: RunContext): T => work(asking(own.db, sheet), own);
    return context.step ? context.step(`${name}@${sheet}`, ofSheet, { sheet: { kind, id: sheet } }) : ofSheet(context);
  });
}

/** Σ of an expression over the month's rows of a kind, 1e-8 yuan; of each row by itself, as `inSheets` asks. */
export function sumInSheets(context: RunContext, name: string, of: readonly [Kind, string], sql: string): bigint {
  const sums = inSheets(context, name, of, (ask) =>
    ask<{ sum: bigint }>((from, where) => `SELECT coalesce(sum(${sql}), 0) AS sum FROM ${from} WHERE ${where}`),
  );
  return sums.flat().reduce((total, { sum }) => total + sum, 0n);
}
