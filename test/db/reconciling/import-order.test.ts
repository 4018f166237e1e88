import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowRank } from '../../../db/row-rank.ts';
import type { WriteDb } from '../../../db/open.ts';
import { accountAdjustment } from '../../../db/reconciling/account-adjustment.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { performanceIncentive } from '../../../db/reconciling/performance-incentive.ts';
import { settleFindings } from '../../../electron/core/finding.ts';
import { tableOf } from '../../../electron/core/kinds.ts';
import { rowNumber, rowsPerSheet, sheetOf } from '../../../electron/core/row-id.ts';
import { inTestDb, insert, runContext, yuan, type Values } from '../rows.ts';
import { propertyRuns } from './property-runs.ts';

const M = '2025-09';
const months = [M, '2025-08', '2025-10'] as const;
const kinds = ['partner-bill', 'consumption', 'account-statement', 'performance', 'incentive', 'adjustment'] as const;
type File = 'a' | 'b';

/** Rows that may stand for each other: few names, times and amounts. */
const anyRow = (of: readonly (typeof kinds)[number][]) =>
  fc.record({
    kind: fc.constantFrom(...of),
    file: fc.constantFrom<File>('a', 'b'),
    customer: fc.constantFrom('c1', 'c1', 'c2'),
    trade: fc.constantFrom('A', 'B', 'C', null),
    original: fc.constantFrom(null, null, 'A', 'B'),
    back: fc.nat(4).map((n) => n === 0),
    product: fc.constantFrom('ECS', 'ECS', 'OBS'),
    amount: fc.constantFrom('15', '20', '30', '40', '60', '75', '100'),
    cycle: fc.constantFrom(M, M, M, M, ...months),
    at: fc.constantFrom('2025-09-10 08:00:00', '2025-09-10 08:00:00', '2025-09-20 09:00:00', '2025-08-31 23:00:00', '2025-09-30 23:30:00'),
    operation: fc.constantFrom('allocation', 'retrieval', null),
    id: fc.constantFrom('p1', 'p2', null),
    plan: fc.constantFrom('X', 'T', null),
    rate: fc.constantFrom(null, '0.05', '0.02'),
    base: fc.constantFrom(null, '20', '40', '60', '100'),
    paid: fc.constantFrom('1', '2', '3', '5', '-1'),
  });
type Row = ReturnType<typeof anyRow> extends fc.Arbitrary<infer T> ? T : never;

function valuesOf(r: Row, name: string): Values {
  const amount = yuan(`${r.back ? '-' : ''}${r.amount}`);
  const of = (text: string | null): bigint | null => (text === null ? null : yuan(text));
  const who: Values = { cycle: r.cycle, customer_id: r.customer, traded_at: r.at };
  const order: Values = { ...who, trade_id: r.trade, original_trade_id: r.original, product_type: r.product, bill_class: r.back ? 'refund' : 'consumption', billing_mode: 'payPerUse' }; // prettier-ignore
  switch (r.kind) {
    case 'partner-bill':
      return {
        ...order,
        customer_amount: amount,
        settlement_rate: 75_000_000n,
        settlement_amount: (amount * 3n) / 4n,
        settlement_scale: 8n,
      };
    case 'consumption':
      return { ...order, association_type: 'resale', amount_due: amount, cash_amount: amount, truncated_amount: 0n };
    case 'performance':
      return { ...order, association_type: 'resale', amount, performance_id: r.id };
    case 'incentive':
      return { ...who, trade_id: r.trade, product_type: r.product, association_type: 'resale', performance_id: r.id, plan_name: r.plan, amount: yuan(r.paid), base_amount: of(r.base), rate: of(r.rate) }; // prettier-ignore
    case 'adjustment':
      return { cycle: r.cycle, transaction_id: name, operation: r.operation ?? 'allocation', operated_at: r.at, customer_id: r.customer, amount: yuan(r.amount) }; // prettier-ignore
    case 'account-statement': {
      const entry: Values = { cycle: r.cycle, account: 'recharge', flow_id: name, traded_at: r.at, balance_after: of(r.base) };
      if (r.operation === null) return { ...entry, trade_id: r.trade, trade_type: r.back ? 'refund' : 'deduction', change_amount: -amount };
      const change = r.operation === 'allocation' ? -yuan(r.amount) : yuan(r.amount);
      return { ...entry, customer_id: r.customer, trade_type: r.operation, change_amount: change };
    }
  }
}

const own = { file: 'a', customer: 'c1', trade: null, original: null, back: false, product: 'ECS', amount: '100', at: '2025-09-20 09:00:00', operation: null, id: null, plan: 'X', rate: '0.05', base: '100', paid: '5' } as const; // prettier-ignore

/** Two files of every statement of every month, imported in this order; the first of them has a row of its own. */
function fill(db: WriteDb, rows: readonly Row[], order: readonly File[]): void {
  for (const table of [...kinds.map(tableOf), 'sheet_cycle', 'sheet', 'import']) db.exec(`DELETE FROM ${table}`);
  const sheets = new Map<string, bigint>();
  for (const file of order)
    for (const kind of kinds)
      for (const cycle of months) {
        const name = `${file} ${kind} ${cycle}`;
        const imported = db.prepare('INSERT INTO import (import_id, sha256, path, name, bytes, at) VALUES (?, ?, ?, ?, 0, ?)').run(name, name, name, name, '2026-01-01 00:00:00').lastInsertRowid; // prettier-ignore
        const sheet = db.prepare("INSERT INTO sheet (import, position, name, kind, header_row, header, columns, rows, accepted) VALUES (?, 0, ?, ?, 1, '[]', '{}', 0, 0)").run(imported, name, kind).lastInsertRowid as bigint; // prettier-ignore
        db.prepare('INSERT INTO sheet_cycle (sheet, cycle, rows) VALUES (?, ?, 1)').run(sheet, cycle);
        sheets.set(name, sheet);
      }
  const beside = kinds.flatMap((kind) => months.map((cycle): Row => ({ ...own, kind, cycle })));
  for (const [at, row] of [...rows, ...beside].entries()) {
    const sheet = sheets.get(`${row.file} ${row.kind} ${row.cycle}`)!;
    insert(db, row.kind, { id: sheet * rowsPerSheet + BigInt(at) + 2n, ...valuesOf(row, `n${at}`) });
  }
}

/**
 * What once depended on the order: two records that one entry may be, two rows of an unknown 业绩ID of which only one names its order, and entries of one
 * second none of whose balances follows.
 */
const known: readonly Row[][] = [
  [
    { ...own, kind: 'account-statement', cycle: M, operation: 'allocation', amount: '15' },
    { ...own, kind: 'adjustment', cycle: M, file: 'b', operation: 'allocation', amount: '75' },
    { ...own, kind: 'adjustment', cycle: M, operation: 'allocation', amount: '75' },
  ],
  [
    { ...own, kind: 'performance', cycle: M, trade: 'A', id: 'p1', back: true, amount: '15' },
    { ...own, kind: 'incentive', cycle: M, file: 'b', trade: 'A', id: 'p2', base: null, rate: null, paid: '1' },
    { ...own, kind: 'incentive', cycle: M, id: 'p2', rate: null, paid: '2' },
  ],
  [
    { ...own, kind: 'account-statement', cycle: M, file: 'b', operation: 'allocation', amount: '15' },
    { ...own, kind: 'account-statement', cycle: M, operation: 'allocation', amount: '15' },
    { ...own, kind: 'account-statement', cycle: M, operation: 'allocation', amount: '15', at: '2025-08-31 23:00:00', base: null },
  ],
];

const policies: readonly Values[] = [
  { plan_name: 'X', method: 'perRow', rate: yuan('0.05') },
  { plan_name: 'T', method: 'tier', threshold: yuan('0'), rate: yuan('0.02') },
  { plan_name: 'T', method: 'tier', threshold: yuan('50'), rate: yuan('0.03') },
];

test.each([
  ['bill against consumption', billConsumption, ['partner-bill', 'consumption']],
  ['bill against account', billAccount, ['partner-bill', 'consumption', 'account-statement']],
  ['account against adjustments', accountAdjustment, ['account-statement', 'adjustment']],
  ['consumption against performance', consumptionPerformance, ['consumption', 'performance']],
  ['performance against incentive', performanceIncentive, ['performance', 'incentive']],
] as const)('%s: whichever of two files is imported first, the same is found, in the same rows', (_, reconciler, of) => {
  const said = (db: WriteDb): unknown => {
    const { bridge, findings, checks } = reconciler.run(runContext(db, M));
    const nameOf = db.prepare<[bigint], string>('SELECT name FROM sheet WHERE id = ?').pluck();
    const places = (ids: readonly bigint[]): string[] => ids.map((id) => `${nameOf.get(sheetOf(id))!} ${rowNumber(id)}`);
    return [bridge, checks, settleFindings(findings, M, rowRank(db)).map((f) => ({ ...f, left: places(f.left), right: places(f.right) }))];
  };
  fc.assert(
    fc.property(fc.array(anyRow(of), { minLength: 1, maxLength: 12 }), (rows) =>
      inTestDb((db) => {
        for (const policy of policies) insert(db, 'policy', policy);
        fill(db, rows, ['a', 'b']);
        const first = said(db);
        fill(db, rows, ['b', 'a']);
        expect(said(db)).toEqual(first);
      }),
    ),
    { ...propertyRuns(30), examples: known.map((rows): [Row[]] => [rows]) },
  );
});
