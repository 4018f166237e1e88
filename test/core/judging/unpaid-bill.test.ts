import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meets } from '../../../electron/core/judging/order-deduction.ts';
import { judgeUnpaid, type Unpaid } from '../../../electron/core/judging/unpaid-bill.ts';

const order = (customerKey: string, tradeId: string, due: bigint) => ({ customerKey, tradeId, due });
const brief = (found: readonly Unpaid[]) =>
  found.map((u) => [u.kind, u.kind === 'order' ? u.order.tradeId : u.orders.map((o) => o.tradeId).join(' '), u.due]);

const orders = [order('c1', 't1', 10n), order('c1', 't2', 20n), order('c2', 't3', 30n), order('c2', 't4', 40n)];

test('names the orders of customers whose others are deducted, else the customer', () => {
  expect(brief(judgeUnpaid(orders, 0n, new Set(['c1'])))).toEqual([
    ['order', 't1', 10n],
    ['order', 't2', 20n],
    ['customer', 't3 t4', 70n],
  ]);
});

test('names the only order of a customer', () => {
  expect(brief(judgeUnpaid([order('c3', 't9', 5n)], 0n, new Set()))).toEqual([['order', 't9', 5n]]);
});

test('a repayment covers all or leaves one rest that names no order', () => {
  expect(judgeUnpaid(orders, 100n, new Set(['c1']))).toEqual([]);
  expect(judgeUnpaid(orders, 250n, new Set())).toEqual([]);
  const [rest, ...more] = judgeUnpaid(orders, 99n, new Set(['c1']));
  expect(more).toEqual([]);
  expect(rest).toEqual({ kind: 'rest', orders, due: 100n, repaid: 99n });
  expect(judgeUnpaid([], 0n, new Set())).toEqual([]);
});

test('what is found comes to the dues less what was repaid, but for what a payment in whole cents leaves', () => {
  const some = fc.array(fc.record({ customerKey: fc.constantFrom('a', 'b', 'c'), tradeId: fc.string(), due: fc.bigInt(1n, 10n ** 12n) }));
  fc.assert(
    fc.property(some, fc.bigInt(0n, 10n ** 12n), fc.subarray(['a', 'b', 'c']), (list, repaid, deducted) => {
      const missing = judgeUnpaid(list, repaid, new Set(deducted)).reduce((n, u) => n + u.due - (u.kind === 'rest' ? u.repaid : 0n), 0n);
      const due = list.reduce((n, o) => n + o.due, 0n);
      expect(missing).toBe(due > repaid && !(repaid > 0n && meets(repaid, due)) ? due - repaid : 0n);
    }),
  );
});
