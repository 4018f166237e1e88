import { expect, it } from 'vitest';
import { openWhole } from '../bench/labelled-base.ts';
import { cleanOptions } from '../bench/labelled-plan.ts';
import { generate, type TruthFinding, type World } from '../fixtures/generate.ts';
import { varietyOf } from '../fixtures/variety.ts';
import { matches, type Found } from './harness.ts';

const codes = ['account.deducted-twice', 'account.refund-not-returned'];
const about = (f: Found | TruthFinding): string => [f.code, f.billingCycle, f.tradeId, f.expected, f.stated].join(' ');

/** Ordinary orders: of one in parts, combined, without a number or refunded under it, only the bill tells for certain. */
const worldOf = (seed: number, count: number, inside = {}): World => {
  const life = varietyOf(seed);
  const errors = [...codes, 'account.deducted-twice/over-months'].map((code) => ({ code, month: life.firstMonth, count }));
  return generate({ seed, scale: 200, certain: 2, ...life, ...inside, errors: count > 0 ? errors : [] });
};

/** Of one order in two parts, of a combined one under its own number, and of a refund. */
it.each([3, 10])('what was taken twice of orders of rare shapes is told exactly: seed %i', async (seed) => {
  const clean = cleanOptions(seed, 100);
  const errors = ['part', 'combined', 'refund'].map((what) => ({
    code: `account.deducted-twice/${what}`,
    month: clean.firstMonth!,
    count: 1,
  }));
  const world = generate({ ...clean, errors });
  const workspace = await openWhole({ ...world, tables: world.tables.filter((t) => t.kind !== 'partner-bill') });
  try {
    const found = world.months.flatMap((month) => workspace.reconcile(month).findings).filter((f) => f.code.startsWith('account.'));
    expect(world.truth.map((t) => found.filter((f) => matches(f, t)).length)).toEqual(world.truth.map(() => 1));
    expect(found).toHaveLength(world.truth.length);
  } finally {
    workspace.remove();
  }
});

/** Where an account deducts after the settlement discount, only the bill tells for certain. */
it.each([
  { count: 0, seed: 3, inside: {}, severity: 'dispute' },
  { count: 1, seed: 3, inside: {}, severity: 'dispute' },
  { count: 2, seed: 2, inside: {}, severity: 'dispute' },
  { count: 2, seed: 4, inside: { taxRate: 600, taxInside: true, deductions: 'due' }, severity: 'review' },
] as const)(
  'without any bill what was deducted twice and what never came back is told all the same: seed $seed, $count of each',
  async ({ count, seed, inside, severity }) => {
    const world = worldOf(seed, count, inside);
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
