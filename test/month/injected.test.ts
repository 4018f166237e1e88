import { describe, expect, it } from 'vitest';
import { codeOf, injectableCodes } from '../fixtures/errors/inject.ts';
import { generate } from '../fixtures/generate.ts';
import { importWorld, judge } from './harness.ts';

/** Each of these alone in the middle month of a generated world must be found with its exact amounts, and nothing else with it. */
const codes = [
  'bill.line-without-consumption',
  'bill.consumption-without-line',
  'bill.amount',
  'bill.total',
  'account.balance-walk',
  'account.deduction-without-bill',
  'account.bill-without-deduction',
  'performance.missing',
  'performance.too-low',
  'performance.too-high',
  'performance.summary',
  'incentive.rate',
  'incentive.amount',
  'incentive.summary',
  'incentive.frozen',
  'incentive.deadline',
] as const;

describe('injected errors', () => {
  it.each(codes)('%s is found, exactly, and alone', async (code) => {
    const world = generate({ seed: 11, scale: 150, errors: [{ code, month: '2025-08' }] });
    const workspace = await importWorld(world, { format: 'csv' });
    try {
      expect(world.truth.map((t) => t.code)).toContain(code);
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
    } finally {
      workspace.remove();
    }
  });

  it('all of them together, with those of our own invoices, are all found', async () => {
    const all = [...codes, ...injectableCodes.filter((code) => /^(invoice|payment)\./.test(code))];
    const world = generate({ seed: 12, scale: 400, errors: all.map((code) => ({ code, month: '2025-08', count: 2 })) });
    const workspace = await importWorld(world, { format: 'xlsx' });
    try {
      expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set(all.map(codeOf)));
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
    } finally {
      workspace.remove();
    }
  });

  it('several faults in one account keep their own steps: a balance carries every fault before it', async () => {
    const errors = [
      { code: 'account.balance-walk', month: '2025-08', count: 8 },
      { code: 'account.deducted-twice', month: '2025-08', count: 3 },
      { code: 'account.adjustment', month: '2025-08', count: 2 },
    ];
    const world = generate({ seed: 13, scale: 300, errors });
    const workspace = await importWorld(world, { format: 'csv' });
    try {
      expect(world.truth).toHaveLength(13);
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
    } finally {
      workspace.remove();
    }
  });
});
