import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../electron/core/judging/balance-step.ts';
import { BalanceWalk } from '../../../electron/core/judging/balance-walk.ts';

let next = 0n;
const entry = (change: bigint, balance: bigint | null, freeze = false): LedgerEntry => ({ id: next++, at: '', change, balance, freeze });
const walk = (seconds: LedgerEntry[][], opening?: bigint) => {
  const w = new BalanceWalk<LedgerEntry>(opening);
  for (const second of seconds) w.walk(second);
  return w.breaks.map((b) => [b.entry.balance, b.expected]);
};
/** Entries whose balances follow from 100, in their true order. */
const chain = (changes: readonly bigint[]): LedgerEntry[] => {
  let balance = 100n;
  return changes.map((change) => entry(change, (balance += change)));
};
const changes = fc.array(fc.bigInt(-50n, 50n), { minLength: 1, maxLength: 12 });

describe('the walk over balances', () => {
  test('follows entries of one second in whatever order they are listed', () => {
    fc.assert(
      fc.property(
        changes.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list.map((_, i) => i), { minLength: list.length }))),
        fc.boolean(),
        ([list, order], known) => {
          const entries = chain(list);
          expect(walk([order.map((i) => entries[i]!)], known ? 100n : undefined)).toEqual([]);
        },
      ),
    );
  }); // prettier-ignore

  test('finds a missing entry once, wherever it is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 50n), { minLength: 3, maxLength: 9 }), fc.nat(), (list, n) => {
        const entries = chain(list);
        const at = 1 + (n % (list.length - 2));
        const rest = entries.filter((_, i) => i !== at).map((e) => [e]);
        expect(walk(rest, 100n)).toEqual([[entries[at + 1]!.balance, entries[at + 1]!.balance! - list[at]!]]);
      }),
    );
  });

  test('goes on from the stated balance, and a single wrong balance is one break', () => {
    expect(walk([[entry(10n, 110n)], [entry(5n, 120n)], [entry(5n, 125n)]], 100n)).toEqual([[120n, 115n]]);
    expect(walk([[entry(10n, 110n)], [entry(5n, 999n)], [entry(5n, 120n)], [entry(1n, 121n)]], 100n)).toEqual([[999n, 115n]]);
  });

  test('a freeze may move the balance or not', () => {
    expect(walk([[entry(-10n, 100n, true)], [entry(-10n, 90n, true)], [entry(5n, 95n)]], 100n)).toEqual([]);
    expect(walk([[entry(-10n, 95n, true)]], 100n)).toEqual([[95n, 100n]]);
  });

  test('an entry without balance is carried along', () => {
    expect(walk([[entry(10n, null)], [entry(5n, 115n)], [entry(1n, null), entry(1n, 117n)]], 100n)).toEqual([]);
  });

  test('one break among entries of one second is one break of its exact amount, in whatever order they are listed', () => {
    // 1,500 − 100, + 10, and + 10 that ends five too high; the first two in the wrong order.
    const second = [entry(10n, 1410n), entry(-100n, 1400n), entry(10n, 1425n)];
    for (const listed of [second, second.toReversed()]) expect(walk([listed], 1500n)).toEqual([[1425n, 1420n]]);
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(-50n, 50n).filter((n) => n !== 0n), { minLength: 2, maxLength: 7 }),
        fc.nat(),
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.nat()),
        (list, n, lengths, random) => {
          const at = n % list.length;
          // Far from what the others move, so that no other order breaks as little.
          let balance = 10_000n;
          const entries = list.map((change, i) => entry(change, (balance += change + (i === at ? 1_000n : 0n))));
          const expected = entries[at]!.balance! - 1_000n;
          const seconds: LedgerEntry[][] = [];
          for (let i = 0; i < entries.length; i += lengths) {
            const own = entries.slice(i, i + lengths).map((e) => ({ e, by: random.next().value! }));
            seconds.push(own.sort((a, b) => a.by - b.by).map(({ e }) => e)); // prettier-ignore
          }
          // What follows tells which of two entries that take each other back came first.
          expect(walk([...seconds, [entry(7n, balance + 7n)]], 10_000n)).toEqual([[entries[at]!.balance, expected]]);
        },
      ),
    );
  }); // prettier-ignore

  test('of orders that break equally often, the one that is off by least, and then the one that what follows agrees with', () => {
    const a = entry(10n, 115n);
    const b = entry(5n, 120n);
    expect(walk([[b, a]], 100n)).toEqual([[115n, 110n]]);
    expect(walk([[b, a], [entry(1n, 121n)]], 100n)).toEqual([[115n, 110n]]);
    expect(walk([[b, a], [entry(1n, 116n)]], 100n)).toEqual([[120n, 105n]]);
  });

  test('where an account begins with a circle of balances, what follows says where', () => {
    const circle = [entry(5n, 100n), entry(-5n, 95n)];
    for (const next of [100n, 95n]) expect(walk([circle, [entry(7n, next + 7n)]])).toEqual([]);
  });

  test('of a second with many entries, one break is found by following the balances', () => {
    const list = Array.from({ length: 200 }, (_, i) => BigInt((i * 37) % 101) - 40n);
    let balance = 1_000_000n;
    const entries = list.map((change, i) => entry(change, (balance += change + (i === 150 ? 7_777n : 0n))));
    const listed = entries.map((e, i) => ({ e, by: (i * 71) % 200 })).sort((x, y) => x.by - y.by).map(({ e }) => e); // prettier-ignore
    const off = walk([listed], 1_000_000n);
    expect(off).toHaveLength(1);
    expect(Number(off[0]![0]! - off[0]![1]!)).toBe(7_777);
  });

  test('beyond what can be tried it ends, with the order of the file or its reverse', () => {
    const many = Array.from({ length: 400 }, (_, i) => entry(BigInt(i % 2), BigInt(1_000 * i)));
    expect(walk([many], 0n).length).toBeGreaterThan(300);
  });
});
