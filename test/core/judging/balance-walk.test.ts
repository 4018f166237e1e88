import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BalanceWalk, type LedgerEntry } from '../../../electron/core/judging/balance-walk.ts';

let next = 0n;
const entry = (change: bigint, balance: bigint | null, freeze = false): LedgerEntry => ({ id: next++, at: '', change, balance, freeze });
const walk = (seconds: LedgerEntry[][], opening?: bigint) => {
  const w = new BalanceWalk<LedgerEntry>(opening);
  return seconds.flatMap((s) => w.walk(s)).map((b) => [b.entry.balance, b.expected]);
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
});
