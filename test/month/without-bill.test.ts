import { expect, it } from 'vitest';
import { openWhole } from '../bench/labelled-base.ts';
import { worldOf } from '../bench/labelled-plan.ts';
import type { TruthFinding } from '../fixtures/generate.ts';
import type { Found } from './harness.ts';

const codes = ['account.deducted-twice', 'account.refund-not-returned'];
const about = (f: Found | TruthFinding): string => [f.code, f.billingCycle, f.tradeId, f.expected, f.stated].join(' ');

/** Errors that only the bill's own amounts tell. */
const toldByBill = ['account.deducted-twice/refund', 'account.deducted-twice/refund-over-months', 'account.deducted-twice/wrong-amount'];

/** Where an account deducts after the settlement discount (together-inside of seed 4), only the bill tells for certain. */
it.each([
  { mode: 'clean', seed: 3, severity: 'dispute' },
  { mode: 'together', seed: 3, severity: 'dispute' },
  { mode: 'together-two', seed: 2, severity: 'dispute' },
  { mode: 'together-inside', seed: 4, severity: 'review' },
] as const)(
  'without any bill what was deducted twice and what never came back is told all the same: $mode',
  async ({ mode, seed, severity }) => {
    const world = worldOf({ seed, scale: 100, mode, code: '' }, { prefix: 'account.', without: toldByBill, months: undefined });
    const workspace = await openWhole({ ...world, tables: world.tables.filter((t) => t.kind !== 'partner-bill') });
    try {
      const results = world.months.map((month) => workspace.reconcile(month));
      const found = results.flatMap((r) => r.findings).filter((f) => codes.includes(f.code));
      const truth = world.truth.filter((t) => codes.includes(t.code));
      expect(found.map(about).toSorted()).toEqual(truth.map(about).toSorted());
      expect(found.every((f) => f.severity === severity)).toBe(true);
      const accounts = (c: { code: string; skipped?: unknown }): boolean => c.code === codes[0] && c.skipped === undefined;
      expect(results.every((r) => r.checks.some(accounts))).toBe(true);
    } finally {
      workspace.remove();
    }
  },
);
