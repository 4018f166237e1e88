import { normalizeHeader, type Header } from './headers.ts';
import type { Column, KindSpec } from './kinds/column.ts';
import { kindSpecs } from './kinds/list.ts';

/** Which column of a sheet is which field. */
export interface ColumnMap {
  readonly index: ReadonlyMap<string, number>;
  /** Field of each column, undefined where it was not recognised (it stays in the file and is listed). */
  readonly fields: readonly (string | undefined)[];
  /** Columns with one and the same name that a field could take: ambiguous. */
  readonly doubled: readonly (readonly number[])[];
  /** A column that is read, and one with another name for the same field, which is not. */
  readonly passedOver: readonly (readonly [read: number, not: number])[];
}

/** Header key → rank (0 = most trusted) of each field of a kind. */
const ranks = new Map<KindSpec, { column: Column; keys: Map<string, number> }[]>();

function ranksOf(spec: KindSpec): { column: Column; keys: Map<string, number> }[] {
  const known = ranks.get(spec);
  if (known) return known;
  const built = spec.columns.map((column) => ({
    column,
    keys: new Map([...column.accept].reverse().map((header, i) => [normalizeHeader(header).key, column.accept.length - 1 - i])),
  }));
  ranks.set(spec, built);
  return built;
}

/** Gives each field the most trusted of its headers; a header serves one field only. */
export function mapColumns(spec: KindSpec, headers: readonly Header[]): ColumnMap {
  const index = new Map<string, number>();
  const fields: (string | undefined)[] = headers.map(() => undefined);
  const doubled: number[][] = [];
  const others: [number, number][] = [];
  const candidates = ranksOf(spec).flatMap(({ column, keys }) =>
    headers.flatMap((h, at) => {
      const rank = keys.get(h.key);
      return rank === undefined ? [] : [{ column, at, rank, key: h.key }];
    }),
  );
  for (const c of candidates.sort((a, b) => a.rank - b.rank || a.at - b.at)) {
    if (fields[c.at] !== undefined) continue;
    const taken = index.get(c.column.field);
    if (taken === undefined) {
      index.set(c.column.field, c.at);
      fields[c.at] = c.column.field;
    } else if (headers[taken]!.key === c.key) doubled.push([taken, c.at]);
    else others.push([taken, c.at]);
  }
  return { index, fields, doubled, passedOver: others.filter(([, not]) => fields[not] === undefined).toSorted(([, a], [, b]) => a - b) };
}

const knownKeys = new Set<string>();

/** Is this a header of any kind? */
export function isKnownHeader(cell: string): boolean {
  if (knownKeys.size === 0) {
    for (const spec of Object.values(kindSpecs)) {
      for (const column of spec.columns) for (const header of column.accept) knownKeys.add(normalizeHeader(header).key);
    }
  }
  return cell.length < 60 && knownKeys.has(normalizeHeader(cell).key);
}
