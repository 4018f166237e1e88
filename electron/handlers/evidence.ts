import type { EvidenceRow } from '../../db/findings.ts';
import type { ReadDb } from '../../db/open.ts';
import { tableOf, type Kind } from '../core/kinds.ts';
import { displayMoney, displayRate } from '../core/money.ts';
import type { Output } from '../contract.ts';

type EvidenceTable = Output<'findings.evidence'>['sides'][number]['tables'][number];

/** Columns that hold 1e-8 units: shown as decimals; rates as percent. */
const decimals = /(?:^|_)(?:amount|amount_due|price|balance_after|quantity|threshold|indicator_value)$/;
const rates = /(?:^|_)rate$/;

const columnOf = (field: string): string => field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

function shown(column: string, value: string | bigint | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return rates.test(column) ? displayRate(value) : decimals.test(column) ? displayMoney(value) : String(value);
}

/**
 * The rows behind a finding, one table per sheet: the file's own header cells (of the columns that were read) and each row's values as
 * stored, in the file's column order. Rows of an import that was undone since are left out.
 */
export function evidenceTables(db: ReadDb, rows: readonly EvidenceRow[]): EvidenceTable[] {
  const bySheet = new Map<bigint, EvidenceRow[]>();
  for (const row of rows) bySheet.set(row.sheetId, [...(bySheet.get(row.sheetId) ?? []), row]);
  return [...bySheet.values()].map((group) => tableFor(db, group));
}

function tableFor(db: ReadDb, group: readonly EvidenceRow[]): EvidenceTable {
  const first = group[0]!;
  const kind = first.kind as Kind;
  const sheet = db
    .prepare<[bigint], { header: string; columns: string }>('SELECT header, columns FROM sheet WHERE id = ?')
    .get(first.sheetId)!;
  const header = JSON.parse(sheet.header) as string[];
  const table = tableOf(kind);
  const known = new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map((c) => c.name));
  const columns = Object.entries(JSON.parse(sheet.columns) as Record<string, number>)
    .map(([field, index]) => ({ name: columnOf(field), index }))
    .filter((c) => known.has(c.name))
    .sort((a, b) => a.index - b.index);
  const read = db.prepare<[bigint], Record<string, string | bigint | null>>(`SELECT * FROM ${table} WHERE id = ?`);
  return {
    kind,
    file: first.file,
    sheet: first.sheet,
    header: columns.map((c) => header[c.index] ?? c.name),
    rows: group.flatMap((r) => {
      const stored = read.get(r.row);
      return stored ? [{ row: Number(r.row % 16_777_216n), cells: columns.map((c) => shown(c.name, stored[c.name])) }] : [];
    }),
  };
}
