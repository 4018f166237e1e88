import { cellKinds, type CellKind } from './cells.ts';
import { normalizeHeader, type Header } from './headers.ts';
import type { Column, KindSpec } from './kinds/column.ts';
import { Fault } from './values/fault.ts';

/** A field that a column may be: by a header like an accepted one, or by the shape of its values. Never applied unasked. */
export interface Suggestion {
  readonly field: string;
  readonly by: 'header' | 'values';
}
/** A row as it stands in the file. */
export interface SampleRow {
  readonly texts: readonly string[];
  readonly kinds: readonly CellKind[];
}

const most = 3;
const likeness = 0.5;
/** A few values may be those that will be reported as problems. */
const misread = 0.2;

/** For each column that is no field yet: the fields it may be, the likeliest first, at most three. A field that could not read the column's values is none of them. */
export function suggestFields(
  spec: KindSpec,
  headers: readonly Header[],
  fields: readonly (string | undefined)[],
  rows: readonly SampleRow[],
): Suggestion[][] {
  const free = spec.columns.filter((c) => !fields.includes(c.field));
  return headers.map((header, at) => {
    if (fields[at] !== undefined) return [];
    const samples = rows.flatMap((r) => (r.texts[at]?.trim() ? [{ text: r.texts[at], kind: r.kinds[at] ?? cellKinds.text }] : []));
    if (samples.length === 0 && header.key === '') return [];
    const fitting = free.filter((c) => samples.filter((s) => c.read(s.text, s.kind) instanceof Fault).length <= samples.length * misread);
    const byHeader = fitting
      .map((column) => ({ field: column.field, score: headerLikeness(header.key, column) }))
      .filter((s) => s.score >= likeness)
      .sort((a, b) => b.score - a.score)
      .map(({ field }): Suggestion => ({ field, by: 'header' }));
    const known = new Set(byHeader.map((s) => s.field));
    const byValues = fieldsOfShape(samples.map((s) => s.text.trim()))
      .filter((field) => !known.has(field) && fitting.some((c) => c.field === field))
      .map((field): Suggestion => ({ field, by: 'values' }));
    return [...byHeader, ...byValues].slice(0, most);
  });
}

/** How like a header is to the likeliest of those that the field accepts: 0 … 1. */
function headerLikeness(key: string, column: Column): number {
  let best = 0;
  for (const accepted of column.accept) best = Math.max(best, likenessOf(key, normalizeHeader(accepted).key));
  return best;
}

/** 1 − edits ÷ length, or at least a half where one text holds the other. */
export function likenessOf(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const contained = short.length >= 2 && long.includes(short) ? 0.5 + short.length / long.length / 2 : 0;
  return Math.max(contained, 1 - edits(short, long) / long.length);
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: a.length + 1 }, (_, i) => i);
  for (let j = 1; j <= b.length; j++) {
    const next = [j];
    for (let i = 1; i <= a.length; i++) next.push(Math.min(row[i]! + 1, next[i - 1]! + 1, row[i - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[a.length]!;
}

/** What values of one shape may be (exports §1: ids, months, times, amounts). */
const shapes: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^[0-9a-f]{32}$/i, ['customerId', 'resourceId']],
  [/^(?:CS|RE|CR)\d{10,}\w*$|^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, ['tradeId', 'originalTradeId', 'performanceId', 'flowId']],
  [/^20\d{2}(?:-|\/|年)?(?:0?[1-9]|1[0-2])月?$/, ['billingCycle']],
  [/^20\d{2}[-/]\d{1,2}[-/]\d{1,2}[T ]\d{1,2}:\d{2}/, ['tradedAt', 'consumedAt', 'consumedFrom', 'formedAt', 'operatedAt']],
  [/^[-(]?[¥￥]?-?[\d,]+\.\d{1,8}\)?$/, ['amountDue', 'amount', 'settlementAmount', 'changeAmount', 'totalAmount']],
  [/^(?:包年.*|按需.*|预留实例.*|节省计划.*)$/, ['billingMode']],
  [/^(?:顾问销售|代售).*$/, ['associationType']],
];

function fieldsOfShape(samples: readonly string[]): readonly string[] {
  if (samples.length === 0) return [];
  return shapes.find(([shape]) => samples.filter((s) => !shape.test(s)).length <= samples.length * misread)?.[1] ?? [];
}
