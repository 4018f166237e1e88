import type { Money } from '../money.ts';
import type { LedgerEntry } from './balance-step.ts';

/** An entry leads from the balance before it to that after it; a jump, where the chain breaks, has no entry. */
interface Edge<E> {
  readonly entry?: E;
  readonly from: Money;
  readonly to: Money;
}

/** More breaks than this are not looked for here. */
const mostBreaks = 2;

/** A circle of balances, of which nothing says where it begins, is begun at so many of them. */
const mostBegins = 8;

/**
 * Orders in which each entry begins at the balance where the one before ended, but for the fewest breaks, at most two: paths over balances that use
 * every entry once (Euler), for each way to jump from a balance that is reached once too often to one that is left once too often.
 */
export function chains<E extends LedgerEntry>(entries: readonly E[], start: Money | undefined, freezeMoves: boolean): E[][] {
  const edges: Edge<E>[] = [];
  for (const entry of entries) {
    if (entry.balance === null) return [];
    const moves = freezeMoves || !entry.freeze;
    edges.push({ entry, from: moves ? entry.balance - entry.change : entry.balance, to: entry.balance });
  }
  const { left, reached } = openEnds(edges, start);
  if (left.length > mostBreaks + 1) return [];
  const begins: readonly { begin: Money; open: readonly Money[] }[] =
    start !== undefined
      ? [{ begin: start, open: left }]
      : left.length === 0
        ? [...new Set(edges.map((edge) => edge.from))].slice(0, mostBegins).map((begin) => ({ begin, open: [] }))
        : left.map((begin, i) => ({ begin, open: left.filter((_, j) => j !== i) }));
  return begins.flatMap(({ begin, open }) =>
    open.length > mostBreaks ? [] : jumpsTo<E>(open, reached).flatMap((jumps) => through<E>([...edges, ...jumps], begin, entries.length)),
  );
}

/** The balances that are left more often than reached, and the reverse, each as often. */
function openEnds<E>(edges: readonly Edge<E>[], start: Money | undefined): { left: Money[]; reached: Money[] } {
  const surplus = new Map<Money, number>(start === undefined ? [] : [[start, -1]]);
  for (const { from, to } of edges) {
    surplus.set(from, (surplus.get(from) ?? 0) + 1);
    surplus.set(to, (surplus.get(to) ?? 0) - 1);
  }
  const times = (sign: 1 | -1): Money[] => [...surplus].flatMap(([at, n]) => Array.from({ length: Math.max(0, n * sign) }, () => at));
  return { left: times(1), reached: times(-1) };
}

/** Every way to reach each of the open balances from another of those that are reached too often. */
function jumpsTo<E>([first, ...open]: readonly Money[], reached: readonly Money[]): Edge<E>[][] {
  if (first === undefined) return [[]];
  return reached.flatMap((from, i) => {
    const left = reached.filter((_, j) => j !== i);
    return jumpsTo<E>(open, left).map((jumps) => [{ from, to: first }, ...jumps]);
  });
}

/** The entries along a path over all edges (Hierholzer), where there is one. */
function through<E>(edges: readonly Edge<E>[], begin: Money, entries: number): E[][] {
  const leaving = new Map<Money, Edge<E>[]>();
  for (const edge of edges.toReversed()) {
    const known = leaving.get(edge.from);
    if (known) known.push(edge);
    else leaving.set(edge.from, [edge]);
  }
  const path: E[] = [];
  const stack: { at: Money; edge?: Edge<E> }[] = [{ at: begin }];
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const next = leaving.get(top.at)?.pop();
    if (next) stack.push({ at: next.to, edge: next });
    else if (stack.pop()!.edge?.entry) path.push(top.edge!.entry!);
  }
  return path.length === entries ? [path.reverse()] : [];
}
