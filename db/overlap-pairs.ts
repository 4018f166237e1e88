import { nearestPairs } from './overlap-nearest.ts';

/** A row of a business key; `value`: all its values, in the order of the kind's. */
export interface KeyRow {
  readonly id: bigint;
  readonly value: string;
}

interface Cells extends KeyRow {
  readonly cells: readonly string[];
}
type Pair = readonly [kept: Cells, other: Cells];

/**
 * Which row of the file that holds (`kept`) each differing row of another file contradicts. Rows that are equal in both files contradict nothing; of
 * the others those come together first that differ in one value only, then those alike in the first values, the most of them first, and the nearest
 * amounts among them. Where the other file has more rows, the surplus stands against the nearest. `all`: the rows of the other file; `others`: those
 * of them whose values the kept file does not have.
 */
export function contradictedRows(kept: readonly KeyRow[], all: readonly KeyRow[], others: readonly KeyRow[]): Map<bigint, bigint> {
  const changed = without(kept, all);
  const mine = (changed.length > 0 ? changed : kept).map(split);
  const theirs = others.map(split);
  const found = mine.length === 1 ? theirs.map((row): Pair => [mine[0]!, row]) : pairs(mine, theirs);
  return new Map(found.map(([a, b]) => [b.id, a.id]));
}

const split = (row: KeyRow): Cells => ({ ...row, cells: row.value.split('\u001f') });

/** The rows but for those that `taken` has, as often as it has them. */
function without(rows: readonly KeyRow[], taken: readonly KeyRow[]): KeyRow[] {
  const left = new Map<string, number>();
  for (const { value } of taken) left.set(value, (left.get(value) ?? 0) + 1);
  return rows.filter(({ value }) => {
    const n = left.get(value) ?? 0;
    if (n > 0) left.set(value, n - 1);
    return n === 0;
  });
}

function pairs(mine: readonly Cells[], theirs: readonly Cells[]): Pair[] {
  const columns = [...mine[0]!.cells.keys()].filter((c) => new Set([...mine, ...theirs].map(({ cells }) => cells[c])).size > 1);
  const butOne = columns.map((by) => ({ by, alike: columns.filter((c) => c !== by) }));
  const first = columns.map((by, n) => ({ by, alike: columns.slice(0, n) })).toReversed();
  const found: Pair[] = [];
  const [paired, told] = [new Set<Cells>(), new Set<Cells>()];
  for (const { by, alike } of [...butOne, ...first]) {
    const same = ({ cells }: Cells): string => alike.map((c) => cells[c]).join('\u001f');
    const groups = Map.groupBy(mine.filter((row) => !paired.has(row)), same); // prettier-ignore
    for (const [of, rows] of Map.groupBy(
      theirs.filter((row) => !told.has(row)),
      same,
    )) {
      for (const pair of nearestPairs(groups.get(of) ?? [], rows, amountOf(by))) {
        paired.add(pair[0]);
        told.add(pair[1]);
        found.push(pair);
      }
    }
  }
  const surplus = theirs.filter((row) => !told.has(row));
  return [...found, ...beside(mine, surplus, amountOf(columns[0]!))];
}

/** The amount of a column; texts are neither near nor far. */
const amountOf =
  (column: number) =>
  ({ cells }: Cells): number =>
    Number(cells[column]) || 0;

/** Each row of the surplus with the nearest of `mine`. */
function beside(mine: readonly Cells[], surplus: readonly Cells[], amount: (row: Cells) => number): Pair[] {
  const byAmount = (rows: readonly Cells[]): Cells[] => rows.toSorted((a, b) => amount(a) - amount(b));
  const line = byAmount(mine);
  let at = 0;
  return byAmount(surplus).map((row): Pair => {
    const off = (n: number): number => Math.abs(amount(line[n]!) - amount(row));
    while (at + 1 < line.length && off(at + 1) <= off(at)) at++;
    return [line[at]!, row];
  });
}
