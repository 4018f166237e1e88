/** Swapping the two sides of a pair mirrors its bridge: the same orders are found, with the amounts exchanged; and what goes in is what comes out. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountAdjustment } from '../../../db/reconciling/account-adjustment.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const yuan = 100_000_000n;

/** One side of a month: for every order the amounts of its rows, none where the side does not have it. */
type Side = readonly (readonly bigint[])[];
const amount = fc.oneof(fc.bigInt(-50n, 50n), fc.bigInt(-(10n ** 12n), 10n ** 12n)).filter((a) => a !== 0n);
const rows = fc.array(amount, { maxLength: 3 });
/** Every second order agrees, so that both kinds are in every month. */
const months = fc
  .array(fc.tuple(rows, rows), { minLength: 1, maxLength: 6 })
  .map((orders) => orders.map(([a, b], i) => (i % 2 === 0 ? [a, b] : [a, a.toReversed()]) as [bigint[], bigint[]]));

const sum = (side: Side): bigint => side.flat().reduce((n, a) => n + a, 0n);
const stampOf = (order: number, row: number): string => `${cycle}-${10 + order} 08:0${row}:00`;

function run(db: WriteDb, reconciler: Reconciler) {
  const { bridge, findings } = runTold(reconciler, runContext(db, cycle));
  const { left, right, unexplained, steps } = closed({ bridge, findings });
  return { left: left.total, right: right.total, unexplained, steps: new Map(steps.map((s) => [s.step, s])), findings };
}

function cleared(db: WriteDb, ...tables: readonly string[]): WriteDb {
  for (const table of tables) db.exec(`DELETE FROM ${table}`);
  return db;
}

test('bill ↔ consumption', () => {
  const db = openTestDb();
  const order = (i: number) => ({ cycle, customer_id: `c${i % 2}`, trade_id: `t${i}`, product_type: '云主机' });
  const look = (bill: Side, consumption: Side) => {
    cleared(db, 'partner_bill', 'consumption');
    // The month has both files, whatever is in them.
    insert(db, 'partner-bill', { cycle, customer_id: 'c0', trade_id: 't', customer_amount: 0n, amount_due: 0n });
    insert(db, 'consumption', { cycle, customer_id: 'c0', trade_id: 't', association_type: 'resale', amount_due: 0n });
    bill.forEach((amounts, i) => amounts.forEach((a, j) => insert(db, 'partner-bill', { ...order(i), traded_at: stampOf(i, j), customer_amount: a, amount_due: a }))); // prettier-ignore
    consumption.forEach((amounts, i) => amounts.forEach((a, j) => insert(db, 'consumption', { ...order(i), traded_at: stampOf(i, j), association_type: 'resale', truncated_amount: 0n, amount_due: a }))); // prettier-ignore
    const found = run(db, billConsumption);
    return { ...found, orders: found.findings.map((f) => [f.tradeId, f.expected, f.stated] as const), codes: found.findings.map((f) => f.code) }; // prettier-ignore
  };
  const mirrored: Record<string, string> = {
    'bill.amount': 'bill.amount',
    'bill.line-without-consumption': 'bill.consumption-without-line',
    'bill.consumption-without-line': 'bill.line-without-consumption',
  };
  fc.assert(
    fc.property(months, (month) => {
      const [a, b] = [month.map((m) => m[0]), month.map((m) => m[1])];
      const [here, there] = [look(a, b), look(b, a)];
      expect([here.left, here.right]).toEqual([sum(a), sum(b)]);
      expect([there.left, there.right, there.unexplained]).toEqual([here.right, here.left, -here.unexplained]);
      expect(here.unexplained).toBe(sum(b) - sum(a));
      expect(there.orders).toEqual(here.orders.map(([trade, expected, stated]) => [trade, stated, expected]));
      expect(there.codes).toEqual(here.codes.map((code) => mirrored[code]));
      expect(there.steps).toEqual(here.steps);
    }),
    { seed: 7, numRuns: 15 },
  );
});

test('account statement ↔ adjustment records', () => {
  const db = openTestDb();
  const look = (ledger: Side, records: Side) => {
    cleared(db, 'account_statement', 'adjustment');
    insert(db, 'account-statement', { cycle, account: 'recharge', flow_id: 'f', trade_type: 'recharge', traded_at: stampOf(0, 0), change_amount: 1n }); // prettier-ignore
    insert(db, 'adjustment', { cycle, operation: 'allocation', operated_at: stampOf(0, 9), customer_id: 'c9', amount: yuan });
    insert(db, 'account-statement', { cycle, account: 'recharge', flow_id: 'g', trade_type: 'allocation', traded_at: stampOf(0, 9), change_amount: -yuan, customer_id: 'c9' }); // prettier-ignore
    const each = (side: Side, put: (a: bigint, kind: string, i: number, j: number) => void): void =>
      side.forEach((amounts, i) => amounts.forEach((a, j) => put(a < 0n ? -a : a, a < 0n ? 'retrieval' : 'allocation', i, j)));
    each(ledger, (a, kind, i, j) => insert(db, 'account-statement', { cycle, account: 'recharge', flow_id: `f${i}-${j}`, trade_type: kind, traded_at: stampOf(i, j), customer_id: `c${i}`, change_amount: kind === 'allocation' ? -a : a })); // prettier-ignore
    each(records, (a, kind, i, j) => insert(db, 'adjustment', { cycle, transaction_id: `r${i}-${j}`, operation: kind, operated_at: stampOf(i, j), customer_id: `c${i}`, amount: a })); // prettier-ignore
    return run(db, accountAdjustment);
  };
  fc.assert(
    fc.property(months, (month) => {
      const [a, b] = [month.map((m) => m[0]), month.map((m) => m[1])];
      const [here, there] = [look(a, b), look(b, a)];
      expect([here.left, here.right]).toEqual([sum(a) + yuan, sum(b) + yuan]);
      expect(here.unexplained).toBe(sum(b) - sum(a));
      expect([there.left, there.right, there.unexplained]).toEqual([here.right, here.left, -here.unexplained]);
      const amounts = (f: typeof here) => f.findings.map((x) => x.bridge!.amount).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
      expect(amounts(there)).toEqual(amounts(here).map((x) => -x).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0))); // prettier-ignore
      expect(there.steps).toEqual(here.steps);
    }),
    { seed: 8, numRuns: 15 },
  );
});
