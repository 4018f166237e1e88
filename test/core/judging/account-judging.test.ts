import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairAllocations, type Allocation } from '../../../electron/core/judging/allocation-pairs.ts';
import { judgeOrder } from '../../../electron/core/judging/order-deduction.ts';
import { isMonthEdge } from '../../../electron/core/judging/month-edge.ts';
import { judgeBillTotal } from '../../../electron/core/judging/bill-total.ts';

describe('the deductions of an order', () => {
  const billed = { due: 75n, taxed: 80n, customer: 100n };

  test('are sound at any amount the order is known to come to', () => {
    for (const paid of [75n, 80n, 100n, 60n])
      expect(judgeOrder({ billed, bases: [60n], usual: 100n }, { amounts: [paid] }).kind).toBe('sound');
    expect(judgeOrder({ bases: [100n], usual: 100n }, { amounts: [30n, 70n] }).kind).toBe('sound');
  });

  test('are unknown, twice or different', () => {
    expect(judgeOrder({ bases: [], usual: undefined }, { amounts: [5n] })).toEqual({ kind: 'unknown' });
    expect(judgeOrder({ bases: [100n], usual: 100n }, { amounts: [60n, 40n, 60n] })).toEqual({
      kind: 'twice',
      amount: 60n,
      copies: 1,
      entries: 2,
      order: 100n,
    });
    expect(judgeOrder({ bases: [50n], usual: 50n }, { amounts: [50n, 50n, 50n] })).toMatchObject({ copies: 2, entries: 3, order: 50n });
    expect(judgeOrder({ billed, bases: [], usual: undefined }, { amounts: [81n] })).toEqual({ kind: 'differs', expected: 75n });
  });

  test('that are equal, wrong and each nearer to the order than together are twice; instalments differ', () => {
    const of = (usual: bigint, ...amounts: bigint[]) => judgeOrder({ bases: [usual], usual }, { amounts });
    expect(of(150n, 155n, 155n)).toEqual({ kind: 'twice', amount: 155n, copies: 1, entries: 2, order: 150n });
    expect(of(-150n, -145n, -145n, -145n)).toMatchObject({ kind: 'twice', copies: 2, order: -150n });
    expect(of(150n, 70n, 70n, 70n)).toMatchObject({ kind: 'twice', copies: 1 });
    for (const differs of [of(150n, 70n, 70n), of(150n, 100n, 100n), of(150n, 155n, 156n), of(150n, -155n, -155n), of(0n, 5n, 5n)]) {
      expect(differs).toMatchObject({ kind: 'differs' });
    }
  });
});

describe('allocations', () => {
  let id = 0n;
  const allocation = fc
    .record({
      customerKey: fc.constantFrom('', 'a', 'b'),
      operation: fc.constantFrom('allocation', 'retrieval' as const),
      at: fc.constantFrom('1', '2', '3'),
      amount: fc.bigInt(1n, 4n),
    })
    .map((a): Allocation => ({ id: id++, ...a }));

  test('every row is in exactly one pair, and both sides with the same rows pair completely', () => {
    fc.assert(
      fc.property(fc.array(allocation), fc.array(allocation), (ledger, records) => {
        const pairs = pairAllocations(ledger, records);
        const ids = pairs.flatMap((p) => [...p.ledger, ...p.records]).map((row) => row.id);
        expect(new Set(ids)).toEqual(new Set([...ledger, ...records].map((a) => a.id)));
        expect(ids).toHaveLength(ledger.length + records.length);
        const copies = ledger.map((l) => ({ ...l, id: -1n - l.id }));
        const same = pairAllocations(ledger, copies);
        expect(same.every((p) => p.ledger[0]?.amount === p.records[0]?.amount)).toBe(true);
      }),
    );
  });
});

test.each([
  ['2025-09-30 00:00:00', '2025-09', true],
  ['2025-10-01 00:00:00', '2025-09', true],
  ['2025-10-01 00:00:01', '2025-09', false],
  ['2025-09-29 23:59:59', '2025-09', false],
  ['2024-02-29 12:00:00', '2024-02', true],
])('month edge: %s of %s is %s', (time, cycle, edge) => {
  expect(isMonthEdge({ tradedAt: time, consumedFrom: null, consumedTo: null }, cycle)).toBe(edge);
});

test('a yearly order’s end of use does not decide its month edge', () => {
  expect(isMonthEdge({ tradedAt: '2025-09-10 10:00:00', consumedFrom: '2025-09-10 10:00:00', consumedTo: '2026-09-30 23:59:59' }, '2025-09')).toBe(false); // prettier-ignore
  expect(isMonthEdge({ tradedAt: '2025-09-30 10:00:00', consumedFrom: null, consumedTo: '2026-09-30 23:59:59' }, '2025-09')).toBe(true);
});

test('a bill total bridges to its lines whatever is printed', () => {
  const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n);
  const maybe = fc.option(amount, { nil: null });
  const stated = fc.record({ due: amount, consumed: maybe, refunds: maybe, coupon: maybe, tax: maybe, adjustment: maybe });
  const flag = fc.boolean();
  const lines = fc
    .record({ due: amount, before: amount, hasDue: flag, hasCoupon: flag, hasTax: flag, hasAdjustment: flag, taxAdded: amount })
    .map(({ before, ...l }) => ({ ...l, unrounded: () => before, ...((l.hasDue || !l.hasTax) && { taxAdded: 0n }) }));
  fc.assert(
    fc.property(stated, lines, fc.constantFrom('fromFile', 'inside', 'outside'), (s, l, tax) => {
      const b = judgeBillTotal(s, l, tax);
      expect(s.due + b.coupon + b.tax + b.adjustment + b.zeroFloor + b.rounding + b.rest).toBe(l.due);
      expect([0n, b.expected - s.due]).toContain(b.rest);
    }),
  );
});
