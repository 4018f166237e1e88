import { tableOf, type Kind } from '../electron/core/kinds.ts';
import type { WriteDb } from './open.ts';

/** Values as a row has them: text, integers as bigint, NULL. */
type Value = string | bigint | null;

/** Writes the rows of one sheet. */
export interface RowInserter {
  /** Takes the id and the first values of `values` from its second on, in the order of the columns. */
  add(id: bigint, values: readonly Value[]): void;
  /** The columns of the table in which no row had a value so far, in alphabetical order. */
  empty(): string[];
}

/** Rows looked at before it is settled which value is usual in which column. */
const learningRows = 256;
/** Statements kept; rows of a rarer shape bind everything. */
const mostShapes = 400;
/** Columns that the two numbers of a shape have bits for. */
const shapedColumns = 60;

type Run = (...values: readonly Value[]) => unknown;

/**
 * The prepared INSERTs of a kind; values in the order of `columns`, `id` first. Binding a value costs more than storing it, and most columns of an
 * export nearly always say the same (nothing, zero, the month): such values stand in the statement itself, one for each combination of them.
 */
export function rowInserter(db: WriteDb, kind: Kind, columns: readonly string[]): RowInserter {
  const width = columns.length;
  const table = tableOf(kind);
  const into = (values: readonly string[]): Run => {
    const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`);
    return statement.run.bind(statement) as Run;
  };
  const whole = into(columns.map(() => '?'));
  const counts: Map<Value, number>[] = columns.map(() => new Map());
  const shapes = new Map<number, Run>();
  const bound: Value[] = [];
  let usual: Value[] = [];
  let literals: (string | undefined)[] = [];
  let learnt = 0;
  let [lastLow, lastHigh, last]: [number, number, Run | undefined] = [0, 0, undefined];

  // The columns in which every row since said the usual.
  let [alwaysLow, alwaysHigh] = [-1, -1];

  const learn = (values: readonly Value[]): void => {
    for (let i = 1; i < width; i++) counts[i]!.set(values[i]!, (counts[i]!.get(values[i]!) ?? 0) + 1);
    if (++learnt < learningRows) return;
    const found = counts.map((count, i) => (i === 0 || i > shapedColumns ? undefined : usualOf(count)));
    usual = found.map((f) => f?.value ?? null);
    literals = found.map((f) => f?.literal);
  };
  const shapeOf = (low: number, high: number): Run | undefined => {
    const key = high * 2 ** 30 + low;
    const known = shapes.get(key);
    if (known !== undefined || shapes.size >= mostShapes) return known;
    const set = (i: number): boolean => i > 0 && ((i > 30 ? high >>> (i - 31) : low >>> (i - 1)) & 1) === 1;
    const run = into(columns.map((_, i) => (set(i) ? literals[i]! : '?')));
    shapes.set(key, run);
    return run;
  };
  const bindAll = (id: bigint, values: readonly Value[]): void => {
    bound.length = width;
    bound[0] = id;
    for (let i = 1; i < width; i++) bound[i] = values[i]!;
    whole.apply(undefined, bound);
  };
  return {
    add(id, values) {
      if (learnt < learningRows) {
        bindAll(id, values);
        return learn(values);
      }
      let low = 0;
      let high = 0;
      let n = 0;
      bound.length = 0;
      bound[n++] = id;
      for (let i = 1; i < width; i++) {
        const value = values[i]!;
        if (literals[i] === undefined || value !== usual[i]) bound[n++] = value;
        else if (i > 30) high |= 1 << (i - 31);
        else low |= 1 << (i - 1);
      }
      alwaysLow &= low;
      alwaysHigh &= high;
      if (last === undefined || low !== lastLow || high !== lastHigh) {
        last = shapeOf(low, high);
        lastLow = low;
        lastHigh = high;
      }
      if (last === undefined) bindAll(id, values);
      else last.apply(undefined, bound);
    },
    empty() {
      const settled = learnt >= learningRows;
      const wasAlways = (i: number): boolean => ((i > 30 ? alwaysHigh >>> (i - 31) : alwaysLow >>> (i - 1)) & 1) === 1;
      const isEmpty = (i: number): boolean =>
        i > 0 && (counts[i]!.get(null) ?? 0) === learnt && (!settled || (literals[i] === 'NULL' && wasAlways(i)));
      const others = db.prepare<[], string>(
        `SELECT name FROM pragma_table_info('${table}') WHERE "notnull" = 0 AND dflt_value IS NULL AND pk = 0`,
      );
      const absent = others
        .pluck()
        .all()
        .filter((name) => !columns.includes(name));
      return [...columns.filter((_, i) => isEmpty(i)), ...absent].sort();
    },
  };
}

/** The value of two rows in three, if it can be written as a literal. */
function usualOf(counts: ReadonlyMap<Value, number>): { value: Value; literal: string } | undefined {
  for (const [value, count] of counts) {
    if (count * 3 < learningRows * 2) continue;
    if (value === null) return { value, literal: 'NULL' };
    if (typeof value === 'bigint') return value >= 0n && value < 2n ** 53n ? { value, literal: String(value) } : undefined;
    return value.includes('\0') ? undefined : { value, literal: `'${value.replaceAll("'", "''")}'` };
  }
  return undefined;
}
