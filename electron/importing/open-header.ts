import type { Kind } from '../core/kinds.ts';
import { cellKinds, type SheetRow } from './cells.ts';
import { columnLabels, fitsHeader, headersOf, signatureOf, type FoundMapping } from './header-mapping.ts';
import type { Header } from './headers.ts';
import type { KindSpec } from './kinds/column.ts';
import { kindSpecs } from './kinds/list.ts';
import { mapColumns } from './mapping.ts';
import { suggestFields, type SampleRow, type Suggestion } from './suggest.ts';

/** A column as a person sees it when they map it by hand. */
export interface SheetColumn {
  readonly label: string;
  readonly header: string;
  readonly field: string | undefined;
  readonly suggestions: readonly Suggestion[];
}
/** The header of a sheet that was not read, and what stands below it. */
export interface OpenHeader {
  readonly row: number;
  readonly signature: string;
  readonly kind: Kind | undefined;
  readonly columns: readonly SheetColumn[];
  readonly sample: readonly SampleRow[];
}

const sampleRows = 20;

/** The columns of a header; without a kind there is nothing that they could be. */
export function describeColumns(
  spec: KindSpec | undefined,
  headers: readonly Header[],
  fields: readonly (string | undefined)[],
  sample: readonly SampleRow[],
): SheetColumn[] {
  const labels = columnLabels(headers);
  const suggestions = spec ? suggestFields(spec, headers, fields, sample) : [];
  return headers.map((h, at) => ({ label: labels[at]!, header: h.text, field: fields[at], suggestions: suggestions[at] ?? [] }));
}

/** What can be shown of a header that does not settle its sheet: `kind` named or likely, the columns, and the first rows. */
export function openHeader(header: SheetRow, rows: readonly SheetRow[], kind: Kind | undefined, said?: FoundMapping): OpenHeader {
  const headers = headersOf(header.texts);
  const sample = rows.filter((r) => r.row > header.row).slice(0, sampleRows);
  const of = kind ?? likelyKind(headers, sample);
  const spec = of && kindSpecs[of];
  const fields = spec ? [...mapColumns(spec, headers).fields] : headers.map(() => undefined);
  const labels = columnLabels(headers);
  for (const [label, field] of Object.entries(said?.columns ?? {})) {
    const at = labels.indexOf(label);
    if (at >= 0) fields[at] = field ?? undefined;
  }
  const columns = describeColumns(spec, headers, fields, sample);
  return { row: header.row, signature: signatureOf(headers), kind: of, columns, sample: sample.map(copied) };
}

const copied = (row: SheetRow): SampleRow => ({ texts: [...row.texts], kinds: [...row.kinds] });

/** The mapping whose header stands among these rows, and that row. */
export function mappedHeader(
  rows: readonly SheetRow[],
  mappings: readonly FoundMapping[],
): { header: SheetRow; said: FoundMapping } | undefined {
  if (mappings.length === 0) return undefined;
  for (const header of rows) {
    const headers = headersOf(header.texts);
    const said = mappings.find((m) => fitsHeader(m, headers));
    if (said) return { header, said };
  }
  return undefined;
}

/** Where no row holds known headers: the first with at least 3 texts, no number or date among them, and as wide as what follows. */
export function likelyHeader(rows: readonly SheetRow[]): SheetRow | undefined {
  const width = (row: SheetRow): number => row.texts.filter((t) => t.trim() !== '').length;
  const widest = rows.reduce((n, row) => Math.max(n, width(row)), 0);
  return rows.find(
    (row, at) => at < rows.length - 1 && width(row) >= Math.max(3, widest * 0.8) && row.texts.every((t, i) => isWord(t, row.kinds[i])),
  );
}

const isWord = (text: string, kind: number | undefined): boolean =>
  kind !== cellKinds.number && kind !== cellKinds.date && kind !== cellKinds.error && !/^[-\d\s./:,%¥￥]+$/.test(text.trim() || 'x');

/** The kind of which most columns are known or may be known, those that it must have above all; undefined where fewer than three are. */
function likelyKind(headers: readonly Header[], sample: readonly SampleRow[]): Kind | undefined {
  let best: { kind: Kind; score: number } | undefined;
  for (const spec of Object.values(kindSpecs)) {
    const { fields } = mapColumns(spec, headers);
    const maybe = suggestFields(spec, headers, fields, sample);
    const reached = new Set([...fields, ...maybe.map((s) => s[0]?.field)].filter((f) => f !== undefined));
    const needed = spec.columns.filter((c) => c.header === 'required').map((c) => c.field);
    const known = fields.filter((f) => f !== undefined).length;
    const score = known + reached.size + needed.reduce((n, field) => n + (reached.has(field) ? 2 : -2), 0);
    if (reached.size >= 3 && (best === undefined || score > best.score)) best = { kind: spec.kind, score };
  }
  return best?.kind;
}
