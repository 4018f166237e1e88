import { describe, expect, it } from 'vitest';
import { injectableCodes } from '../fixtures/errors/inject.ts';
import { generate, type GenerateOptions, type Table } from '../fixtures/generate.ts';
import { anonymous, without } from '../fixtures/shapes.ts';
import { importWorld, judge } from './harness.ts';

interface Shape {
  readonly name: string;
  readonly options?: Partial<GenerateOptions>;
  readonly turn?: (tables: Table[]) => Table[];
  /** Errors that can still be named to the row in this shape. */
  readonly errors: readonly string[];
}

const only =
  (turn: (t: Table) => Table, ...kinds: readonly string[]) =>
  (tables: Table[]) =>
    tables.map((t) => (kinds.includes(t.kind) ? turn(t) : t));

const bill = ['bill.amount', 'bill.line-without-consumption', 'account.deduction-amount', 'account.deduction-without-bill'];
const earned = ['performance.missing', 'performance.too-low', 'performance.too-high', 'incentive.rate', 'incentive.amount'];

/** Other legitimate forms of the same exports: clean months stay clean, and errors are still found with the names that the files know. */
const shapes: readonly Shape[] = [
  { name: 'deductions at the due of the bill, in whole cents', options: { deductions: 'due' }, errors: bill },
  { name: 'deductions at the due with tax', options: { deductions: 'due', taxRate: 600 }, errors: bill },
  { name: 'performance without order numbers', turn: (t) => anonymous(t, 'performance'), errors: [] },
  { name: 'performance without order numbers, products settled monthly too', turn: (t) => anonymous(t, 'performance', true), errors: [] },
  {
    name: 'incentive without performance ids',
    turn: only((t) => without(t, '业绩ID'), 'incentive'),
    errors: [...earned, 'incentive.missing', 'incentive.base'],
  },
  { name: 'consumption without order numbers', turn: (t) => anonymous(t, 'consumption', true), errors: [] },
  {
    name: 'neither consumption nor performance with order numbers',
    turn: (t) => anonymous(anonymous(t, 'consumption', true), 'performance', true),
    errors: [],
  },
  {
    name: 'performance and incentive with account names only',
    turn: only((t) => without(t, '客户ID'), 'performance', 'incentive'),
    errors: [...earned, 'incentive.missing', 'performance.refund-not-reversed'],
  },
];

describe('other shapes of the same exports', () => {
  it.each(shapes)('$name', async ({ options, turn, errors }) => {
    for (const orders of [[], errors.filter((code) => injectableCodes.includes(code))]) {
      const world = generate({ seed: 41, scale: 250, ...options, errors: orders.map((code) => ({ code, month: '2025-08' })) });
      const workspace = await importWorld({ ...world, tables: turn?.(world.tables) ?? world.tables }, { format: 'csv' });
      try {
        expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set(orders));
        expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
        const found = world.months.flatMap((month) => workspace.reconcile(month).findings);
        const doubtful = found.filter((f) => f.candidates.some((c) => c.code === 'transferred') && f.tradeId === undefined);
        expect(found.length - doubtful.length).toBe(world.truth.length);
      } finally {
        workspace.remove();
      }
    }
  });
});
