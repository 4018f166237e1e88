import { describe, expect, it } from 'vitest';
import { Random } from '../fixtures/random.ts';
import { generate } from '../fixtures/generate.ts';
import { importWorld } from './harness.ts';

describe('order of import', () => {
  it('never changes what a month says, byte for byte', async () => {
    const errors = ['bill.amount', 'performance.too-low', 'account.balance-walk', 'row.payment-parts'].map((code) => ({
      code,
      month: '2025-08',
      count: 2,
    }));
    const world = generate({ seed: 21, scale: 120, errors });
    const results: string[] = [];
    for (const order of [(f: string[]) => f, (f: string[]) => f.toReversed(), (f: string[]) => shuffled(f, 5)]) {
      const workspace = await importWorld(world, { format: 'csv' }, order);
      results.push(JSON.stringify(world.months.map((m) => workspace.reconcile(m))));
      workspace.remove();
    }
    expect(results[0]).toContain('bill.amount');
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
  });
});

function shuffled(files: string[], seed: number): string[] {
  const random = new Random(seed);
  return files
    .map((file) => ({ file, at: random.hex(8) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((x) => x.file);
}
