import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostCandidates, subsetSum } from '../../../electron/core/judging/subset-sum.ts';

/** Every set tried one by one. */
function allSets(target: bigint, amounts: readonly bigint[]): number[][] {
  const found: number[][] = [];
  for (let set = 1; set < 1 << amounts.length; set++) {
    const at = amounts.flatMap((amount, i) => ((set >> i) & 1 && amount !== 0n ? [i] : []));
    if (at.length === 0 || at.length !== [...set.toString(2)].filter((b) => b === '1').length) continue;
    if (at.reduce((sum, i) => sum + amounts[i]!, 0n) === target) found.push(at);
  }
  return found;
}

describe('the one set of amounts that comes to the target', () => {
  test.each([
    ['one amount', 5n, [3n, 5n, 9n], { state: 'found', at: [1] }],
    ['several, negative ones too', 4n, [7n, 100n, -3n], { state: 'found', at: [0, 2] }],
    ['nothing fits', 6n, [5n, 2n], { state: 'none' }],
    ['two alike', 5n, [5n, 5n], { state: 'ambiguous' }],
    ['one or two others', 5n, [5n, 2n, 3n], { state: 'ambiguous' }],
    ['two alike among the first half', 101n, [1n, 1n, 100n, 1000n], { state: 'ambiguous' }],
    ['two alike among the second half', 101n, [100n, 1000n, 1n, 1n], { state: 'ambiguous' }],
    ['a zero proves nothing', 5n, [0n, 5n], { state: 'found', at: [1] }],
    ['nothing to choose from', 5n, [], { state: 'none' }],
    ['taking nothing is no answer', 0n, [1n, 2n], { state: 'none' }],
  ] as const)('%s', (_, target, amounts, answer) => {
    expect(subsetSum(target, amounts)).toEqual(answer);
  });

  test('24 are searched, 25 are not', () => {
    const amounts = Array.from({ length: mostCandidates }, (_, i) => 10n ** 8n + (1n << BigInt(i)));
    const target = amounts.reduce((sum, a) => sum + a, 0n);
    expect(subsetSum(target, amounts)).toEqual({ state: 'found', at: amounts.map((_, i) => i) });
    expect(subsetSum(target, [...amounts, 1n])).toEqual({ state: 'too-many' });
  });

  test('is what trying every set gives', () => {
    fc.assert(
      fc.property(fc.bigInt(-20n, 20n), fc.array(fc.bigInt(-9n, 15n), { maxLength: 9 }), (target, amounts) => {
        const all = allSets(target, amounts);
        const answer = subsetSum(target, amounts);
        const sets = target === 0n ? [] : all;
        expect(answer).toEqual(sets.length === 1 ? { state: 'found', at: sets[0] } : { state: sets.length === 0 ? 'none' : 'ambiguous' });
      }),
    );
  });
});
