import { expect, test } from 'vitest';
import { nearestPairs } from '../../db/overlap-nearest.ts';

const same = (n: number): number => n;
const apart = (pairs: readonly (readonly [number, number])[]): number => pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0);

test('the two nearest first, or all in order where that is nearer', () => {
  expect(nearestPairs([300], [100, 301, 298], same)).toEqual([[300, 301]]);
  expect(nearestPairs([100, 300], [301, 500], same)).toEqual(expect.arrayContaining([[300, 301], [100, 500]])); // prettier-ignore
  expect(nearestPairs([100, 105, 110], [104, 109, 114, 900], same)).toEqual([[100, 104], [105, 109], [110, 114]]); // prettier-ignore
  expect(nearestPairs([], [1], same)).toEqual([]);
});

/** Looks through all pairs for the nearest, again and again. */
function slowly(mine: readonly number[], theirs: readonly number[]): [number, number][] {
  const all = mine.flatMap((a) => theirs.map((b): [number, number] => [a, b]));
  const [nearest] = all.sort((x, y) => apart([x]) - apart([y]));
  if (nearest === undefined) return [];
  const but = (rows: readonly number[], one: number): number[] => rows.toSpliced(rows.indexOf(one), 1);
  return [nearest, ...slowly(but(mine, nearest[0]), but(theirs, nearest[1]))];
}

test('finds what looking through all pairs finds, or pairs that are nearer all together', () => {
  let seed = 5;
  const pick = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const worlds = Array.from({ length: 400 }, () => {
    const amounts = Array.from({ length: 2 + pick(12) }, () => pick(1_000_000_000));
    const cut = 1 + pick(amounts.length - 1);
    const [mine, theirs] = [amounts.slice(0, cut), amounts.slice(cut)];
    return [nearestPairs(mine, theirs, same), slowly(mine, theirs)] as const;
  });
  const byMine = (pairs: readonly (readonly [number, number])[]) => pairs.toSorted(([a], [b]) => a - b);
  expect(worlds.filter(([fast, slow]) => fast.length !== slow.length || apart(fast) > apart(slow))).toEqual([]);
  const asNear = worlds.filter(([fast, slow]) => apart(fast) === apart(slow));
  expect(asNear.length).toBeGreaterThan(200);
  for (const [fast, slow] of asNear) expect(byMine(fast)).toEqual(byMine(slow));
});
