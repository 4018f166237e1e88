import { createHash } from 'node:crypto';
import type { Kind } from '../core/kinds.ts';
import { normalizeHeader, type Header } from './headers.ts';
import type { KindSpec } from './kinds/column.ts';
import { mapColumns, type ColumnMap } from './mapping.ts';

/** What a person has said about the columns of one header. */
export interface SheetMapping {
  readonly kind: Kind;
  /** The header that it is for (`signatureOf`); absent: any header that has all the columns named. */
  readonly signature?: string | undefined;
  /** Column by its label (`columnLabels`) → field, null: not read. Columns not named are recognised as always. */
  readonly columns: Readonly<Record<string, string | null>>;
}
/** A mapping whose header was found in a file. `version`: remembered from an earlier file; absent: given with this one. */
export interface FoundMapping extends SheetMapping {
  readonly signature: string;
  readonly version?: number | undefined;
}

/** The header cells of a row, without the empty ones at its end. */
export function headersOf(cells: readonly string[]): Header[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1]!.trim() === '') end--;
  return cells.slice(0, end).map(normalizeHeader);
}

/** What a header is known by from file to file: the hash of its normalised cells in their order (32 hex digits). */
export const signatureOf = (headers: readonly Header[]): string =>
  createHash('sha256')
    .update(headers.map((h) => h.key).join('\u001f'))
    .digest('hex')
    .slice(0, 32);

/** A name for each column: its header; `header#2` where it stands for the second time; `#1`, `#2` for those without one. */
export function columnLabels(headers: readonly Header[]): string[] {
  const seen = new Map<string, number>();
  return headers.map((h) => {
    const n = (seen.get(h.key) ?? 0) + 1;
    seen.set(h.key, n);
    return h.key === '' ? `#${n}` : n === 1 ? h.text : `${h.text}#${n}`;
  });
}

/** The column that a label names: as it is written, else compared as headers are. */
function columnOf(headers: readonly Header[], labels: readonly string[], label: string): number {
  const exact = labels.indexOf(label);
  if (exact >= 0) return exact;
  const { key } = normalizeHeader(label);
  return key === '' ? -1 : headers.findIndex((h) => h.key === key);
}

/** Is this mapping for this header? */
export function fitsHeader(mapping: SheetMapping, headers: readonly Header[]): boolean {
  if (mapping.signature !== undefined) return mapping.signature === signatureOf(headers);
  const labels = columnLabels(headers);
  return Object.keys(mapping.columns).every((label) => columnOf(headers, labels, label) >= 0);
}

/** The columns of a kind as recognised by their headers, then as the person said: what they say holds against every header. */
export function mapByHand(spec: KindSpec, headers: readonly Header[], columns: SheetMapping['columns']): ColumnMap {
  const found = mapColumns(spec, headers);
  const labels = columnLabels(headers);
  const index = new Map(found.index);
  const fields = [...found.fields];
  const said = Object.entries(columns).map(([label, field]) => ({ at: columnOf(headers, labels, label), field }));
  for (const { at } of said) {
    const before = fields[at];
    if (before !== undefined) index.delete(before);
    fields[at] = undefined;
  }
  for (const { at, field } of said) {
    if (at < 0 || field === null) continue;
    const before = index.get(field);
    if (before !== undefined) fields[before] = undefined;
    index.set(field, at);
    fields[at] = field;
  }
  const settled = new Set(said.map((s) => s.at));
  const passedOver = found.passedOver.filter(([read, not]) => !settled.has(not) && fields[read] === found.fields[read]);
  return { index, fields, passedOver, doubled: found.doubled.filter((columns) => !columns.some((at) => settled.has(at))) };
}
