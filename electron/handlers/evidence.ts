import type { EvidenceRow } from '../../db/findings.ts';
import type { ReadDb } from '../../db/open.ts';
import { tableOf, type Kind } from '../core/kinds.ts';
import { absolute, displayMoney, displayRate } from '../core/money.ts';
import type { Output } from '../contract.ts';
import { rowNumber } from '../core/row-id.ts';
import type { Column } from '../importing/kinds/column.ts';
import { kindSpecs } from '../importing/kinds/list.ts';

type EvidenceTable = Output<'findings.evidence'>['sides'][number]['tables'][number];
type Stored = string | bigint | null | undefined;
type Row = Readonly<Record<string, Stored>>;

/** Columns of other numbers in 1e-8 units. */
const quantities = /^(?:quantity|usage_amount|indicator_value)$/;

function shown(column: Column, name: string, value: Stored): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (column.type === 'rate') return displayRate(value);
  return column.type === 'money' || quantities.test(name) ? displayMoney(value) : String(value);
}

/** The amount of an account entry is stored once, signed, however the file prints it: with its sign, or in one of two columns. */
const entryAmounts: Readonly<Record<string, (change: bigint) => string>> = {
  changeAmountPrinted: displayMoney,
  income: (change) => (change > 0n ? displayMoney(change) : ''),
  expense: (change) => (change < 0n ? displayMoney(absolute(change)) : ''),
};

/** How one cell of a stored row is shown; undefined for a column of the file that is not kept (the currency). */
function cellOf(column: Column): ((row: Row) => string) | undefined {
  const entryAmount = entryAmounts[column.field];
  if (entryAmount) return (row) => entryAmount(row['change_amount'] as bigint);
  const name = column.column;
  if (name === undefined) return undefined;
  if (name === 'consumed_from' && column.second !== undefined)
    return (row) => [row['consumed_from'], row['consumed_to']].filter((time) => time !== null).join(' ~ ');
  // A bill type that the file names only by its class has no number.
  return (row) => shown(column, name, row[name]) || (name === 'bill_type' ? shown(column, name, row['bill_class']) : '');
}

/**
 * The rows behind a finding, one table per sheet: the file's own header cells (of the columns that were read) and each row's values as
 * stored, in the file's column order. Rows of an import that was undone since are left out.
 */
export function evidenceTables(db: ReadDb, rows: readonly EvidenceRow[]): EvidenceTable[] {
  return [...Map.groupBy(rows, (row) => row.sheetId).values()].map((group) => tableFor(db, group));
}

/** A column of a file that was read: its header there, and how a stored row is shown in it. */
export interface EvidenceColumn {
  readonly field: string;
  readonly header: string;
  /** Its place in the file, from 0. */
  readonly at: number;
  /** Its cells are decimals as `displayMoney` writes them, or ''. */
  readonly decimal: boolean;
  cell(row: Row): string;
}

/** The columns of a sheet that were read, in the file's order. */
export function evidenceColumns(db: ReadDb, sheetId: bigint, kind: Kind): EvidenceColumn[] {
  const sheet = db.prepare<[bigint], { header: string; columns: string }>('SELECT header, columns FROM sheet WHERE id = ?').get(sheetId)!;
  const header = JSON.parse(sheet.header) as string[];
  return Object.entries(JSON.parse(sheet.columns) as Record<string, number>)
    .sort(([, a], [, b]) => a - b)
    .flatMap(([field, index]) => {
      const column = kindSpecs[kind].columns.find((c) => c.field === field);
      const cell = column && cellOf(column);
      if (!cell) return [];
      const decimal = column.type === 'money' || Object.hasOwn(entryAmounts, field) || quantities.test(column.column ?? '');
      return [{ field, header: header[index] ?? field, at: index, decimal, cell }];
    });
}

/** Reads stored rows of a kind by their id. */
export function storedRows(db: ReadDb, kind: Kind): (row: bigint) => Row | undefined {
  const read = db.prepare<[bigint], Row>(`SELECT * FROM ${tableOf(kind)} WHERE id = ?`);
  return (row) => read.get(row);
}

function tableFor(db: ReadDb, group: readonly EvidenceRow[]): EvidenceTable {
  const first = group[0]!;
  const kind = first.kind as Kind;
  const columns = evidenceColumns(db, first.sheetId, kind);
  const read = storedRows(db, kind);
  return {
    kind,
    file: first.file,
    sheet: first.sheet,
    header: columns.map((c) => c.header),
    fields: columns.map((c) => c.field),
    columns: columns.map((c) => c.at + 1),
    rows: group.flatMap(({ row }) => {
      const stored = read(row);
      return stored ? [{ row: rowNumber(row), cells: columns.map((c) => c.cell(stored)) }] : [];
    }),
  };
}
