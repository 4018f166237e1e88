import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSums, judgeBillGroup, surplusCopies, type BillSums } from '../../../electron/core/judging/bill-group.ts';

const none: BillSums = {
  lines: 0n,
  customer: 0n,
  adjustment: 0n,
  rows: 0n,
  due: 0n,
  truncated: 0n,
  underivable: 0n,
  precision: 0n,
  charges: 1n,
};
const judge = (sums: Partial<BillSums>, regime: 'truncatePerCharge' | 'exact' = 'truncatePerCharge') =>
  judgeBillGroup({ ...none, ...sums }, regime);

describe('a group of the bill and the consumption', () => {
  test.each([
    ['agreed', { lines: 1n, customer: 5n, rows: 2n, due: 5n }],
    ['agreed', { rows: 2n, due: 0n }],
    ['agreed', { lines: 2n, customer: 0n }],
    ['truncation', { lines: 1n, customer: 7n, rows: 1n, due: 5n, truncated: 2n }],
    ['differs', { lines: 1n, customer: 7n, rows: 1n, due: 5n, truncated: 3n }],
    ['differs', { lines: 1n, customer: 5n, rows: 1n, due: 7n, truncated: 2n }],
    ['truncation-bound', { lines: 1n, customer: 999_999n, rows: 1n, due: 0n, underivable: 1n }],
    ['differs', { lines: 1n, customer: 1_000_000n, rows: 1n, due: 0n, underivable: 1n }],
    ['adjustment', { lines: 1n, customer: -5n, adjustment: -5n }],
    ['adjustment', { lines: 2n, customer: 15n, adjustment: 5n, rows: 1n, due: 10n }],
    ['precision', { rows: 1n, due: 5n, precision: 5n }],
    ['precision', { lines: 1n, customer: 10n, rows: 2n, due: 15n, precision: 5n }],
    ['several', { lines: 2n, customer: 17n, adjustment: 5n, rows: 1n, due: 10n, truncated: 2n }],
    ['several', { lines: 1n, customer: 12n, rows: 2n, due: 11n, truncated: 2n, precision: 1n }],
    ['several', { lines: 2n, customer: 15n, adjustment: 5n, rows: 2n, due: 11n, precision: 1n }],
    ['several', { lines: 2n, customer: 4_999_999n, adjustment: 4_000_000n, rows: 1n, due: 0n, underivable: 1n }],
    ['differs', { lines: 2n, customer: 5_000_000n, adjustment: 4_000_000n, rows: 1n, due: 0n, underivable: 1n }],
    ['differs', { lines: 2n, customer: 18n, adjustment: 5n, rows: 1n, due: 10n, truncated: 2n }],
    ['line-only', { lines: 1n, customer: 5n }],
    ['consumption-only', { rows: 1n, due: 5n }],
  ] as const)('%s', (verdict, sums) => {
    expect(judge(sums)).toBe(verdict);
  });

  test('the truncation bound holds only in the truncating regime', () => {
    expect(judge({ lines: 1n, customer: 2n, rows: 1n, due: 1n, underivable: 1n }, 'exact')).toBe('differs');
  });

  test('never agrees on two sides that differ', () => {
    const amount = fc.bigInt(-1000n, 1000n);
    fc.assert(
      fc.property(amount, amount, (customer, due) => {
        const verdict = judge({ lines: 1n, rows: 1n, customer, due });
        expect(verdict === 'agreed').toBe(customer === due);
      }),
    );
  });

  test('sums add up figure by figure', () => {
    const a = { ...none, lines: 1n, customer: 5n };
    const b = { ...none, rows: 2n, due: 7n, truncated: 1n };
    expect(addSums([a, b])).toEqual({ ...none, lines: 1n, customer: 5n, rows: 2n, due: 7n, truncated: 1n, charges: 2n });
  });
});

describe('lines charged twice', () => {
  const of = (likeness: string, amount: bigint) => ({ likeness, product: 'p', amount });
  type Side = ReturnType<typeof of>[];
  const total = (side: Side): bigint => side.reduce((n, { amount }) => n + amount, 0n);
  const surplus = (lines: Side, rows: Side, more: Partial<BillSums> = {}) => {
    const sums = { lines: BigInt(lines.length), customer: total(lines), rows: BigInt(rows.length), due: total(rows) };
    return surplusCopies({ ...none, ...sums, ...more }, 'truncatePerCharge', lines, rows);
  };
  const cents = (n: bigint): bigint => n * 1_000_000n;

  test('are as many copies as the difference holds, and one stays', () => {
    const lines = [of('a', 4n), of('a', 4n), of('a', 4n), of('b', 4n)];
    expect(surplus(lines, [of('x', 8n)])).toEqual({ copies: 2n, total: 8n });
    expect(surplus(lines, [of('x', 4n)])).toBeUndefined();
    expect(surplus(lines, [of('x', 13n)])).toBeUndefined();
  });

  test('are those of each line that repeats, where all of an order is charged twice', () => {
    const order = [of('a', 10n), of('b', 5n), of('c', 3n)];
    expect(surplus([...order, ...order], order)).toEqual({ copies: 3n, total: 18n });
    expect(surplus([...order, ...order], [of('x', 18n)])).toEqual({ copies: 3n, total: 18n });
    expect(surplus([...order, ...order], [of('x', 17n)])).toBeUndefined();
  });

  test('refunds too, and beside what was truncated, known or not', () => {
    expect(surplus([of('a', -4n), of('a', -4n)], [of('x', -4n)])).toEqual({ copies: 1n, total: -4n });
    expect(surplus([of('a', 4n), of('a', 4n)], [of('x', 3n)], { truncated: 1n })).toEqual({ copies: 1n, total: 4n });
    const unknown = { underivable: 1n, charges: 1n };
    const lines = [of('a', cents(10_000n)), of('a', cents(10_000n)), of('b', cents(50n))];
    expect(surplus(lines, [of('x', cents(10_050n) + 346_751n)], unknown)).toEqual({ copies: 1n, total: cents(10_000n) });
  });

  test('also where what stays differs, as long as it is the copies that the consumption has no rows for', () => {
    expect(surplus([of('a', 21n), of('a', 21n)], [of('x', 20n)])).toEqual({ copies: 1n, total: 21n });
    expect(surplus([of('a', 19n), of('a', 19n)], [of('x', 20n)])).toEqual({ copies: 1n, total: 19n });
    expect(surplus([of('a', 10n), of('a', 10n), of('b', 7n), of('c', 6n)], [of('x', 10n), of('y', 7n), of('z', 5n)])).toEqual({ copies: 1n, total: 10n }); // prettier-ignore
    // Two rows stand behind the two lines; three lines stand for one row; most of one line is missing.
    expect(surplus([of('a', 21n), of('a', 21n)], [of('x', 21n), of('y', 20n)])).toBeUndefined();
    expect(surplus([of('a', 10n), of('a', 10n), of('a', 10n)], [of('x', 29n)])).toBeUndefined();
    expect(surplus([of('a', 10n), of('a', 10n), of('b', 25n)], [of('x', 30n)])).toBeUndefined();
  });

  test('are none where the consumption repeats as often, or the other way round', () => {
    expect(surplus([of('a', 4n), of('a', 4n)], [of('x', 4n), of('x', 4n)], { due: 4n })).toBeUndefined();
    expect(surplus([of('a', 4n), of('a', 4n)], [of('x', 12n)])).toBeUndefined();
  });
});
