import { describe, expect, it } from 'vitest';
import { generate, type World } from '../fixtures/generate.ts';
import { importWorld, judge, type MonthResult, type Workspace } from './harness.ts';

/** Two months with orders split over two months, combined orders with a refunded child, and order numbers on two customers. */
const oddWorld = (seed: number, more: Partial<Parameters<typeof generate>[0]> = {}): World =>
  generate({ seed, scale: 130, months: 2, variety: { odd: 2 }, apart: true, ...more });
const step = ({ bridges }: MonthResult, pair: string, name: string) => {
  const bridge = bridges.find((b) => b.pair === pair)!;
  return 'steps' in bridge ? bridge.steps.find((s) => s.step === name) : undefined;
};
async function opened(world: World, look: (workspace: Workspace) => void): Promise<void> {
  const workspace = await importWorld(world, { format: 'csv' });
  try {
    look(workspace);
  } finally {
    workspace.remove();
  }
}

describe('orders of rare shapes', () => {
  it('are in the world as often as they were asked for, each as it should be', () => {
    const { tables } = oddWorld(3);
    const cells = (kind: string): Record<string, unknown>[] =>
      tables
        .filter((t) => t.kind === kind)
        .flatMap((t) => t.rows.map((r) => ({ month: t.billingCycle, ...Object.fromEntries(t.header.map((h, i) => [h, r[i]])) })));
    const lines = cells('partner-bill');
    const rows = cells('consumption');
    const trade = '订单号/交易号';
    const monthsOf = (all: Record<string, unknown>[]) => Map.groupBy(all, (c) => c[trade]);
    const split = [...monthsOf(lines)].filter(([id, own]) => new Set(own.map((l) => l['month'])).size === 2 && rows.some((r) => r[trade] === id));
    expect(split).toHaveLength(3);
    const parents = lines.filter((l) => !rows.some((r) => r[trade] === l[trade]) && rows.some((r) => r['原订单号'] === l[trade]));
    expect(parents).toHaveLength(8);
    const shared = [...monthsOf(lines)].filter(([, own]) => new Set(own.map((l) => l['客户ID'])).size === 2);
    expect(shared).toHaveLength(4);
    const sums = cells('account-statement').filter((c) => c['交易类型'] === '消费' && c['订单号'] === undefined);
    expect(sums).toHaveLength(4);
  }); // prettier-ignore

  it('show no finding, and stand in their steps, in the newest month and in the oldest too', async () => {
    const world = oddWorld(3);
    expect(world.truth).toEqual([]);
    await opened(world, (workspace) => {
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
      const results = world.months.map((month) => workspace.result(month));
      for (const result of results) {
        expect(result.findings.filter((f) => /^(bill|account|performance)\./.test(f.code))).toEqual([]);
        expect(step(result, 'bill-consumption', 'month-edge')!.rows).toBeGreaterThan(2);
        expect(step(result, 'bill-account', 'not-deducted')!.rows).toBeGreaterThan(0);
      }
    });
  });

  it.each([
    {
      what: 'an order that is split is charged wrongly, in its month, in the next, or not at all there',
      onSpecial: 'split',
      code: 'bill.amount',
      count: 6,
    },
    { what: 'one customer of an order number is never deducted', onSpecial: 'shared', code: 'account.bill-without-deduction', count: 1 },
  ] as const)('with a fault: $what', async ({ onSpecial, code, count }) => {
    const world = oddWorld(3, { onSpecial, errors: [{ code, month: '2025-07', count }], variety: { odd: 12 }, scale: 500 });
    expect(world.truth.map((t) => t.code)).toEqual(Array.from({ length: count }, () => code));
    await opened(world, (workspace) => expect(judge(workspace, world)).toEqual({ missed: [], false: [] }));
  });
});
