import type { Column, KindSpec } from './kinds/column.ts';
import { kindSpecs } from './kinds/list.ts';
import type { Recognised } from './recognise.ts';
import type { Bound, CellReader } from './values/fault.ts';
import { readRate } from './values/rate.ts';
import { counting1904, readsDays, readUtcTime } from './values/time.ts';

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
  /** The table's columns in the order in which values are bound, `id` first. */
  readonly stored: readonly string[];
  /** A row's values before its cells are read: null, or what holds for the whole sheet. */
  readonly blank: readonly Bound[];
}

/** The table columns that a sheet fills, `id` first: those of its headers and those that follow from them. Binding no others saves a third of the time. */
function filledColumns(spec: KindSpec, filled: ReadonlySet<string>): string[] {
  const names = new Set(['id', 'cycle']);
  if (spec.customer !== 'none') for (const name of ['customer_key', 'customer_id', 'account_name']) names.add(name);
  for (const column of spec.columns) {
    if (column.column === undefined || !filled.has(column.field)) continue;
    names.add(column.column);
    if (column.second !== undefined) names.add(column.second);
  }
  for (const name of spec.derived ?? []) names.add(name);
  return [...names];
}

/** Compiles a recognised sheet. `date1904`: its day numbers count from 1904. */
export function makePlan(found: Recognised, headerRow: number, facts: SheetFacts, date1904 = false): SheetPlan {
  const spec = kindSpecs[found.kind];
  const stored = filledColumns(spec, new Set(found.map.index.keys()));
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
        read: date1904 && readsDays(column.read) ? counting1904(readerFor(column, header.unit)) : readerFor(column, header.unit),
        money: column.type === 'money',
      },
    ];
  });
  return { spec, headerRow, headers: found.headers.map((h) => h.text), slots, position, stored, blank };
}

function readerFor(column: Column, unit: string | undefined): CellReader {
  if (column.type === 'rate' && unit === '%') return (text, kind) => readRate(text, kind, true);
  if (column.type === 'time' && unit === 'UTC') return readUtcTime;
  return column.read;
}
