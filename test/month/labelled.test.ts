import { describe, expect, it } from 'vitest';
import { Base, openWhole } from '../bench/labelled-base.ts';
import { casesOf, cleanOptions, modes, worldOf, type Mode } from '../bench/labelled-plan.ts';
import { skipsOf } from '../bench/labelled-skips.ts';
import { verdictOf } from '../bench/labelled-verdict.ts';
import { codeOf, injectableCodes, togetherCodes } from '../fixtures/errors/inject.ts';
import { generate, type World } from '../fixtures/generate.ts';

const silent = { missed: [], inexact: [], falseDisputes: [], falseReviews: [], open: [], unbuilt: [] };

/** A world judged on a copy of its seed's clean import. */
async function onBase(base: Base, world: World) {
  const { workspace, changed } = await base.open(world);
  const results = world.months.map((month) => workspace.reconcile(month));
  workspace.remove();
  return { changed, text: JSON.stringify(results) };
}

describe('the run over many seeds', () => {
  it('judges a world on a copy of the clean import as it judges it imported whole, byte for byte', async () => {
    const seed = 2;
    const base = await Base.of(generate(cleanOptions(seed, 100)));
    for (const code of ['bill.amount', 'performance.missing', 'file.overlap-conflict', 'invoice.sum', 'incentive.deadline']) {
      const world = worldOf({ seed, scale: 100, mode: 'alone', code });
      const { changed, text } = await onBase(base, world);
      expect([code, changed > 0 || code.startsWith('invoice.') || code.endsWith('deadline'), changed < world.tables.length / 2]).toEqual([
        code,
        true,
        true,
      ]);
      const whole = await openWhole(world);
      expect(text === JSON.stringify(world.months.map((month) => whole.reconcile(month))), code).toBe(true);
      whole.remove();
    }
    base.remove();
  });

  it.each([2, 3])(
    'is silent on the clean and the tiny world of seed %i, and finds all errors together, on odd orders and with tax in the settlement too',
    async (seed) => {
      for (const mode of ['clean', 'inside', 'tiny', 'together', 'together-odd', 'together-inside'] as const) {
        const world = worldOf({ seed, scale: 100, mode, code: '' });
        const workspace = await openWhole(world);
        expect([mode, verdictOf(workspace, world)]).toMatchObject([mode, silent]);
        expect(new Set(world.truth.map((t) => t.code)).size).toBe(
          mode.startsWith('together') ? new Set(togetherCodes(seed).map(codeOf)).size : 0,
        );
        workspace.remove();
      }
    },
  );

  it('has an older version of a refund that is a refund too, or its file would be refused', async () => {
    const versions = (world: World) => world.truth.filter((t) => t.code === 'performance.changed').flatMap((t) => [t.expected, t.stated]);
    const worldOfSeed = (seed: number) => worldOf({ seed, scale: 100, mode: 'together-refunds', code: '' });
    let seed = 1;
    let world = worldOfSeed(seed);
    while (versions(world).every((amount) => !amount.startsWith('-')) && seed < 60) world = worldOfSeed(++seed);
    expect(versions(world).map((amount) => amount.startsWith('-'))).toEqual([true, true]);
    const workspace = await openWhole(world);
    expect(verdictOf(workspace, world)).toMatchObject(silent);
    workspace.remove();
  });

  it('tells what is missed, inexact and false', async () => {
    const world = worldOf({ seed: 4, scale: 100, mode: 'two', code: 'bill.amount' });
    const workspace = await openWhole(world);
    const [first, second] = world.truth;
    const { key: _, ...rest } = { key: '', ...first! };
    const other: World = {
      ...world,
      truth: [
        { ...rest, stated: '0.00000001' },
        { ...rest, tradeId: 'not there' },
      ],
    };
    const { missed, inexact, falseDisputes, falseReviews } = verdictOf(workspace, other);
    expect([missed.length, inexact.length, falseDisputes.length + falseReviews.length]).toEqual([1, 1, 1]);
    expect([...falseDisputes, ...falseReviews][0]).toContain(second!.tradeId);
    workspace.remove();
  });

  it('tells a bridge that lacks a side from one that should have been built', () => {
    const world = worldOf({ seed: 1, scale: 100, mode: 'clean', code: '' });
    const [month = ''] = world.months;
    const without = { ...world, tables: world.tables.filter((t) => t.kind !== 'performance' || t.billingCycle !== month) };
    const skipped = (pair: 'consumption-performance' | 'bill-account', missing: string[]) => ({ pair, skipped: { missing } });
    const told = { code: 'performance.missing', compared: 0, findings: 0, skipped: { zh: '', en: '' } };
    const of = (w: World, bridge: ReturnType<typeof skipped>, checks = [told]) => skipsOf(w, month, { bridges: [bridge], checks });
    const right = skipped('consumption-performance', ['performance']);
    expect(of(without, right)).toEqual({ rightly: ['consumption-performance: no performance'], wrongly: [] });
    expect(of(without, right, []).wrongly).toHaveLength(1);
    expect(of(without, skipped('consumption-performance', ['consumption'])).wrongly).toHaveLength(1);
    expect(of(world, right).wrongly).toHaveLength(1);
    expect(of(without, skipped('bill-account', ['partner-bill'])).wrongly).toHaveLength(1);
  });

  it('goes through every mode, and with a share through every code in as many seeds', () => {
    const wanted = { modes: modes as readonly Mode[], prefix: '', without: [], share: 1 };
    const whole = casesOf(1, 100, wanted);
    expect(new Set(whole.map((one) => one.mode))).toEqual(new Set(modes));
    expect(whole.filter((one) => one.mode === 'alone').map((one) => one.code)).toEqual(injectableCodes);
    const shared = [1, 2, 3, 4].flatMap((seed) => casesOf(seed, 100, { ...wanted, share: 4 }));
    expect(
      shared
        .filter((one) => one.mode === 'two')
        .map((one) => one.code)
        .toSorted(),
    ).toEqual(injectableCodes.toSorted());
  });
});
