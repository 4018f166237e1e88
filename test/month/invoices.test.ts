import { describe, expect, it } from 'vitest';
import { generate } from '../fixtures/generate.ts';
import { importWorld, judge } from './harness.ts';

const month = '2025-08';
const codes = [
  'invoice.sum',
  'invoice.number',
  'invoice.shared',
  'invoice.kind',
  'invoice.buyer',
  'invoice.seller',
  'invoice.rate',
  'invoice.currency',
  'invoice.arithmetic',
  'invoice.remark',
  'invoice.date',
  'payment.amount',
  'payment.late',
] as const;

describe('invoices of a generated world', () => {
  it('all of a clean month are read as printed, add up, and raise nothing', async () => {
    const world = generate({ seed: 51, scale: 60 });
    expect(new Set(world.invoices.map((i) => i.form)).size).toBeGreaterThan(3);
    const workspace = await importWorld(world, { format: 'csv' });
    try {
      for (const m of world.months) {
        const { findings, bridges, checks } = workspace.reconcile(m);
        expect(findings.filter((f) => /^(invoice|payment)\./.test(f.code))).toEqual([]);
        expect(bridges.find((b) => b.pair === 'request-invoices')).toMatchObject({ unexplained: '0.00000000' });
        expect(checks.filter((c) => /^(invoice|payment)\./.test(c.code) && 'skipped' in c)).toEqual([]);
      }
    } finally {
      workspace.remove();
    }
  });

  it.each(codes)('%s is found in each of its forms, exactly, and alone', async (code) => {
    const world = generate({ seed: 52, scale: 60, errors: [{ code, month, count: 3 }] });
    const workspace = await importWorld(world, { format: 'csv' });
    try {
      expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set([code]));
      expect(world.truth.length).toBeGreaterThan(1);
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
    } finally {
      workspace.remove();
    }
  });

  it('a number that was used before, or of a wrong shape, does not come in', async () => {
    const world = generate({ seed: 54, scale: 60 });
    const [first, ...others] = world.invoices.filter((i) => i.form === 'xml');
    const later = others.find((i) => i.requestId !== first!.requestId)!;
    for (const [number, code] of [
      [first!.number, 'invoice.shared'],
      [first!.number.slice(0, 19), 'invoice.number'],
    ] as const) {
      const invoices = world.invoices.map((i) => (i === later ? { ...i, number, form: 'typed' as const } : i));
      await expect(importWorld({ ...world, invoices }, { format: 'csv' })).rejects.toMatchObject({ code });
    }
  });

  it('all of them together are all found', async () => {
    const world = generate({ seed: 53, scale: 60, errors: codes.map((code) => ({ code, month, count: 2 })) });
    const workspace = await importWorld(world, { format: 'csv' });
    try {
      expect(new Set(world.truth.map((t) => t.code))).toEqual(new Set(codes));
      expect(judge(workspace, world)).toEqual({ missed: [], false: [] });
    } finally {
      workspace.remove();
    }
  });
});
