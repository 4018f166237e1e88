import type { Kind } from '../core/kinds.ts';
import type { Column, KindSpec } from './kinds/column.ts';
import { kindSpecs } from './kinds/list.ts';
import type { Recognised } from './recognise.ts';
import type { Bound, CellReader } from './values/fault.ts';
import { readRate } from './values/rate.ts';
import { readUtcTime } from './values/time.ts';

/** One column of a sheet, compiled: where it stands, how it is read, where its value goes. */
export interface Slot {
  readonly column: Column;
  readonly header: string;
  /** Index in the row's cells. */
  readonly from: number;
  /** Index in the row's values, and of the second value of a pair (-1: none). */
  readonly to: number;
  readonly second: number;
  readonly read: CellReader;
  readonly money: boolean;
}

/** What a whole sheet says for all its rows. */
export interface SheetFacts {
  readonly cycle: string | undefined;
  readonly account: 'recharge' | 'credit' | undefined;
}

/** A sheet compiled for its row loop. The values of a row are: id, the table's columns, then cells that are not stored. */
export interface SheetPlan {
  readonly spec: KindSpec;
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly slots: readonly Slot[];
  readonly position: ReadonlyMap<string, number>;
  readonly stored: number;
  /** A row's values before its cells are read: null, or what holds for the whole sheet. */
  readonly blank: readonly Bound[];
}

const storedNames = new Map<Kind, readonly string[]>();

/** The table columns of a kind in the order in which values are bound, `id` first. */
export function storedColumns(kind: Kind): readonly string[] {
  const known = storedNames.get(kind);
  if (known) return known;
  const spec = kindSpecs[kind];
  const names = new Set<string>(['id', 'cycle']);
  if (spec.customer !== 'none') names.add('customer_key');
  for (const column of spec.columns) {
    if (column.column !== undefined) names.add(column.column);
    if (column.second !== undefined) names.add(column.second);
  }
  for (const name of spec.derived ?? []) names.add(name);
  const list = [...names];
  storedNames.set(kind, list);
  return list;
}

/** Compiles a recognised sheet. */
export function makePlan(found: Recognised, headerRow: number, facts: SheetFacts): SheetPlan {
  const { spec } = found;
  const stored = storedColumns(spec.kind);
  const extras = spec.columns.filter((c) => c.column === undefined).map((c) => c.field);
  const position = new Map([...stored, ...extras].map((name, i) => [name, i]));
  const blank: Bound[] = Array.from({ length: stored.length + extras.length }, () => null);
  const cycleAt = position.get('cycle')!;
  blank[cycleAt] = spec.month === 'none' ? '' : (facts.cycle ?? null);
  const accountAt = position.get('account');
  if (accountAt !== undefined) blank[accountAt] = facts.account ?? null;
  const slots = spec.columns.flatMap((column): Slot[] => {
    const from = found.map.index.get(column.field);
    if (from === undefined) return [];
    const header = found.headers[from]!;
    return [
      {
        column,
        header: header.text,
        from,
        to: position.get(column.column ?? column.field)!,
        second: column.second === undefined ? -1 : position.get(column.second)!,
        read: readerFor(column, header.unit),
        money: column.type === 'money',
      },
    ];
  });
  return { spec, headerRow, headers: found.headers.map((h) => h.text), slots, position, stored: stored.length, blank };
}

function readerFor(column: Column, unit: string | undefined): CellReader {
  if (column.type === 'rate' && unit === '%') return (text, kind) => readRate(text, kind, true);
  if (column.type === 'time' && unit === 'UTC') return readUtcTime;
  return column.read;
}
