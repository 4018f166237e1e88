interface Placed<Row> {
  readonly row: Row;
  readonly isMine: boolean;
  readonly at: number;
}
type Pair<Row> = readonly [mine: Row, theirs: Row];

/**
 * Pairs as many rows of two lists as there can be, again and again the two that are nearest; in the order of their amounts, where they come nearer
 * to each other so, all together: amounts that were all raised stay beside what they were.
 */
export function nearestPairs<Row>(mine: readonly Row[], theirs: readonly Row[], amount: (row: Row) => number): Pair<Row>[] {
  const place = (rows: readonly Row[], isMine: boolean): Placed<Row>[] => rows.map((row) => ({ row, isMine, at: amount(row) }));
  // Sorting is stable: of equal amounts the first rows come first.
  const line = [...place(mine, true), ...place(theirs, false)].sort((a, b) => a.at - b.at);
  const nearest = neighbours(line);
  const chosen = new Set(nearest.flat());
  const inLine = line.filter((row) => chosen.has(row));
  const others = inLine.filter((row) => !row.isMine);
  const inOrder = inLine.filter((row) => row.isMine).map((row, i) => [row, others[i]!] as const);
  return (apart(inOrder) < apart(nearest) ? inOrder : nearest).map(([a, b]) => [a.row, b.row]);
}

const apart = (pairs: readonly Pair<Placed<unknown>>[]): number => pairs.reduce((sum, [a, b]) => sum + Math.abs(a.at - b.at), 0);

/**
 * The two nearest rows of a sorted line, one of either list, taken out of it until one list is empty. Any two of which each is the other's nearest come
 * together sooner or later, so that one walk along the line takes out all of them.
 */
function neighbours<Row>(line: readonly Placed<Row>[]): Pair<Placed<Row>>[] {
  const found: Pair<Placed<Row>>[] = [];
  for (let left = line; ;) {
    const next = nearestOf(left);
    const taken = new Set<Placed<Row>>();
    for (const row of left) {
      const other = next.get(row);
      if (!row.isMine || other === undefined || next.get(other) !== row) continue;
      found.push([row, other]);
      taken.add(row).add(other);
    }
    if (taken.size === 0) return found;
    left = left.filter((row) => !taken.has(row));
  }
}

/** The nearest row of the other list for each row of a sorted line; of two as near the one before it. */
function nearestOf<Row>(line: readonly Placed<Row>[]): Map<Placed<Row>, Placed<Row>> {
  const nearest = lastOther(line);
  for (const [row, after] of lastOther(line.toReversed())) {
    const before = nearest.get(row);
    if (before === undefined || after.at - row.at < row.at - before.at) nearest.set(row, after);
  }
  return nearest;
}

/** For each row the last one before it that is of the other list. */
function lastOther<Row>(line: readonly Placed<Row>[]): Map<Placed<Row>, Placed<Row>> {
  const found = new Map<Placed<Row>, Placed<Row>>();
  const last = new Map<boolean, Placed<Row>>();
  for (const row of line) {
    const other = last.get(!row.isMine);
    if (other) found.set(row, other);
    last.set(row.isMine, row);
  }
  return found;
}
