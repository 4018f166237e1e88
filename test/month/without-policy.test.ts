import { describe, expect, it } from 'vitest';
import { generate, type Table } from '../fixtures/generate.ts';
import { without } from '../fixtures/shapes.ts';
import { importWorld, judge, type MonthResult } from './harness.ts';

const noTable = (tables: Table[]): Table[] => tables.filter((t) => t.kind !== 'policy');
const noRates = (tables: Table[]): Table[] => noTable(tables).map((t) => (t.kind === 'incentive' ? without(t, '激励比例') : t));

const incentive = (result: MonthResult) => {
  const bridge = result.bridges.find((b) => b.pair === 'performance-incentive');
  if (!bridge || !('steps' in bridge)) throw new Error('no bridge');
  const checks = new Map(result.checks.map((c) => [c.code, c.skipped === undefined ? 'run' : 'skipped']));
  return { bridge, run: ['base', 'amount', 'rate', 'tier', 'missing', 'no-rate'].filter((c) => checks.get(`incentive.${c}`) === 'run') };
};

describe('months without a policy table', () => {
  it('with printed rates: no finding but on what no rate covers, and wrong amounts and bases are found', async () => {
    for (const codes of [[], ['incentive.amount', 'incentive.base']]) {
      const world = generate({ seed: 61, scale: 200, errors: codes.map((code) => ({ code, month: '2025-08' })) });
      const workspace = await importWorld({ ...world, tables: noTable(world.tables) }, { format: 'csv' });
      try {
        expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
        for (const month of world.months) {
          const { bridge, run } = incentive(workspace.reconcile(month));
          expect([month, run]).toEqual([month, ['base', 'amount']]);
          expect(bridge.unexplainedFindings).toHaveLength(month === '2025-08' ? codes.length : 0);
        }
      } finally {
        workspace.remove();
      }
    }
  });

  it('without printed rates: all stated incentive is unexplained, one finding for each bill, none a dispute', async () => {
    const world = generate({ seed: 62, scale: 200 });
    const workspace = await importWorld({ ...world, tables: noRates(world.tables) }, { format: 'csv' });
    try {
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
      for (const month of world.months) {
        const result = workspace.reconcile(month);
        const { bridge, run } = incentive(result);
        expect([month, run]).toEqual([month, ['no-rate']]);
        expect(bridge.unexplained).toBe(bridge.right.total);
        const found = result.findings.filter((f) => f.code === 'incentive.no-rate');
        expect(found.map((f) => f.recordId)).toEqual([...new Set(found.map((f) => f.recordId))]);
        expect(found.length).toBe(4);
      }
    } finally {
      workspace.remove();
    }
  });
});
