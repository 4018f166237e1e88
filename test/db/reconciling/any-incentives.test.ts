import fc from 'fast-check';
import { expect, test } from 'vitest';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import type { WriteDb } from '../../../db/open.ts';
import { inTestDb, insert, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { propertyRuns } from './property-runs.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';

/** A row of performance or incentive, whatever it names and states. */
const anyRow = fc.record({
  kind: fc.constantFrom('performance', 'incentive', 'incentive'),
  customer: fc.constantFrom('c1', 'c1', 'c2'),
  trade: fc.constantFrom('A', 'B', 'C', null),
  id: fc.constantFrom('p1', 'p2', 'p3', null),
  plan: fc.constantFrom('X', 'X', 'Y', 'T'),
  product: fc.constantFrom('ECS', 'ECS', 'OBS'),
  type: fc.constantFrom('resale', 'resale', 'referral'),
  amount: fc.constantFrom('0', '-20', '20', '40', '60', '100'),
  paid: fc.constantFrom('0', '1', '2', '3', '5', '-1', '-2'),
  rate: fc.constantFrom(null, '0.05', '0.02', '0.03'),
  base: fc.constantFrom(null, '20', '40', '60', '100', '-20'),
  cycle: fc.constantFrom(M, M, M, '2025-08', '2025-10'),
});
type Row = typeof anyRow extends fc.Arbitrary<infer T> ? T : never;

/** Tables that the user may have or not. */
const policies: readonly (readonly Values[])[] = [
  [{ plan_name: 'X', method: 'perRow', rate: yuan('0.05') }],
  [{ plan_name: 'Y', method: 'perRow', rate: yuan('0.02'), product_type: 'ECS' }],
  [{ plan_name: 'X', method: 'perRow', rate: yuan('0.03'), association_type: 'referral' }],
  (
    [
      ['0', '0.02'],
      ['50', '0.03'],
      ['150', '0.05'],
    ] as const
  ).map(([threshold, rate]) => ({ plan_name: 'T', method: 'tier', threshold: yuan(threshold), rate: yuan(rate) })),
];

function add(db: WriteDb, r: Row, name: string): void {
  const more: Values = {
    cycle: r.cycle,
    customer_id: r.customer,
    trade_id: r.trade,
    performance_id: r.id,
    product_type: r.product,
    association_type: r.type,
    traded_at: `${r.cycle}-10 08:00:00`,
  };
  const of = (text: string | null): bigint | null => (text === null ? null : yuan(text));
  if (r.kind === 'performance') insert(db, 'performance', { ...more, amount: yuan(r.amount) });
  else insert(db, 'incentive', { ...more, incentive_row_id: name, plan_name: r.plan, amount: yuan(r.paid), base_amount: of(r.base), rate: of(r.rate) }); // prettier-ignore
}

test('whatever performance, incentive and policy there are, each row is told of', () => {
  const inMonth = (db: WriteDb, table: string): bigint[] =>
    db.prepare<[string], bigint>(`SELECT id FROM ${table} WHERE cycle = ?`).pluck().all(M);
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 12 }), fc.subarray([...policies]), (rows, tables) =>
      inTestDb((db) => {
        for (const row of tables.flat()) insert(db, 'policy', row);
        for (const [at, row] of rows.entries()) add(db, row, `i${at}`);
        // Every month has both statements.
        for (const cycle of [M, '2025-08', '2025-10'] as const) {
          const both = { customer: 'c1', trade: null, id: null, plan: 'X', product: 'ECS', type: 'resale', amount: '100', paid: '5', rate: '0.05', base: '100', cycle } as const; // prettier-ignore
          for (const kind of ['performance', 'incentive'] as const) add(db, { ...both, kind }, `own ${cycle}`);
        }
        const told = new Set<bigint>();
        const outcome = runTold(performanceIncentive, runContext(db, M), (id) => told.add(id));
        closed(outcome);
        for (const { left, right } of outcome.findings) for (const id of [...left, ...right]) told.add(id);
        expect([...inMonth(db, 'performance'), ...inMonth(db, 'incentive')].filter((id) => !told.has(id))).toEqual([]);
      }),
    ),
    propertyRuns(60),
  );
});
