import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { WriteDb } from '../../../db/open.ts';
import { inTestDb, insert, runContext, yuan, type Values } from '../rows.ts';
import { deduct } from './account-builder.ts';
import { bill, consume, M } from './bill-builder.ts';
import { closed } from './closed.ts';
import { propertyRuns } from './property-runs.ts';
import { runTold } from './run-told.ts';

/** A row as it may stand in any statement: its number may be of several customers, name any order as its original, or be missing. */
const anyRow = fc.record({
  of: fc.constantFrom('bill', 'consumption', 'entry', 'performance'),
  customer: fc.constantFrom('c1', 'c1', 'c2'),
  trade: fc.constantFrom('A', 'B', 'C', 'D', 'Z', null),
  original: fc.constantFrom(null, null, 'A', 'B', 'C'),
  back: fc.nat(4).map((n) => n === 0),
  product: fc.constantFrom('ECS', 'ECS', 'OBS'),
  amount: fc.constantFrom('15', '20', '30', '40', '45', '60', '75', '80', '100'),
  cycle: fc.constantFrom(M, M, M, M, '2025-08', '2025-10'),
  at: fc.constantFrom('2025-09-10 08:00:00', '2025-09-20 09:00:00', '2025-08-31 23:00:00', '2025-09-30 23:30:00', '2025-09-01 00:10:00'),
});
type Row = typeof anyRow extends fc.Arbitrary<infer T> ? T : never;

function add(db: WriteDb, r: Row, at: number): void {
  const amount = `${r.back ? '-' : ''}${r.amount}`;
  const more: Values = { customer_id: r.customer, account_name: r.customer, product_type: r.product, traded_at: r.at };
  const order: Values = { ...more, bill_class: r.back ? 'refund' : 'consumption', original_trade_id: r.original };
  if (r.of === 'bill') bill(db, r.trade, amount, order, r.cycle);
  else if (r.of === 'consumption') consume(db, r.trade, amount, { ...order, cash_amount: yuan(amount) }, r.cycle);
  else if (r.of === 'entry') deduct(db, `F${at}`, r.trade, amount, { traded_at: r.at }, r.cycle);
  else insert(db, 'performance', { cycle: r.cycle, ...order, trade_id: r.trade, amount: yuan(amount) });
}

/** Every month has a row of each statement, so that none is missing. */
function fill(db: WriteDb, rows: readonly (readonly [Row, number])[]): void {
  db.exec('DELETE FROM partner_bill; DELETE FROM consumption; DELETE FROM account_statement; DELETE FROM performance');
  for (const [row, at] of rows) add(db, row, at);
  const beside = {
    customer: 'c1',
    trade: 'Z',
    original: null,
    back: false,
    product: 'ECS',
    amount: '100',
    at: '2025-09-10 08:00:00',
  } as const;
  for (const cycle of [M, '2025-08', '2025-10'] as const)
    for (const of of ['bill', 'consumption', 'entry', 'performance'] as const) add(db, { ...beside, of, cycle }, -1);
}

test.each([
  [billConsumption, ['partner_bill', 'consumption']],
  [billAccount, ['partner_bill', 'account_statement']],
  [consumptionPerformance, ['consumption', 'performance']],
] as const)('whatever rows there are, each is told of, in whatever order they came (%#)', (reconciler, tables) => {
  const here = (db: WriteDb): bigint[] =>
    tables.flatMap((table) => db.prepare<[string], bigint>(`SELECT id FROM ${table} WHERE cycle = ?`).pluck().all(M));
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 12 }), (rows) =>
      inTestDb((db) => {
        const numbered = rows.map((row, at) => [row, at] as const);
        fill(db, numbered);
        const ended = new Set<bigint>();
        const outcome = runTold(reconciler, runContext(db, M), (id) => ended.add(id));
        closed(outcome);
        const found = outcome.findings.flatMap((f) => [...f.left, ...f.right]);
        expect(here(db).filter((id) => !ended.has(id) && !found.includes(id))).toEqual([]);
        const brief = ({ bridge, findings }: typeof outcome) => [
          bridge,
          findings.map((f) => [
            f.code,
            f.businessKey,
            f.severity,
            f.expected,
            f.stated,
            f.reason,
            f.candidates,
            f.left.length,
            f.right.length,
          ]),
        ];
        fill(db, numbered.toReversed());
        expect(brief(reconciler.run(runContext(db, M)))).toEqual(brief(outcome));
      }),
    ),
    propertyRuns(50),
  );
});
