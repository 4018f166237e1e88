import { expect, it } from 'vitest';
import { openWhole } from '../bench/labelled-base.ts';
import { cleanOptions } from '../bench/labelled-plan.ts';
import { generate, type World } from '../fixtures/generate.ts';
import { matches, line, type MonthResult } from './harness.ts';

/** What the accounts show while no consumption is imported: findings by month, all bridges built. */
async function accountsOf(world: World): Promise<MonthResult[]> {
  const workspace = await openWhole({ ...world, tables: world.tables.filter((t) => t.kind !== 'consumption') });
  try {
    return world.months.map((month) => workspace.reconcile(month));
  } finally {
    workspace.remove();
  }
}
const ofAccounts = (results: readonly MonthResult[]) => results.flatMap((r) => r.findings).filter((f) => f.code.startsWith('account.'));
const bridgeOf = ({ bridges }: MonthResult) => bridges.find((b) => b.pair === 'bill-account')!;
const reasonOf = ({ checks }: MonthResult) => checks.find((c) => c.code === 'account.deduction-amount')?.skipped?.zh;

it.each([8, 10, 11])(
  'orders over two months, combined, in parts and refunded show nothing while no consumption is imported: seed %i',
  async (seed) => {
    const results = await accountsOf(generate(cleanOptions(seed, 100)));
    expect(ofAccounts(results).map(line)).toEqual([]);
    expect(results.map(bridgeOf)).toEqual(results.map(() => expect.objectContaining({ unexplained: '0.00000000' })));
    expect(reasonOf(results.at(-1)!)).toMatch(/缺 .*消费明细/);
  },
);

it.each([8, 16])('errors of a month between two others whose bills are there are found all the same: seed %i', async (seed) => {
  const clean = cleanOptions(seed, 100);
  const errors = ['account.deduction-amount', 'account.deducted-twice'].map((code) => ({ code, month: '2025-08', count: 2 }));
  const world = generate({ ...clean, errors });
  const found = ofAccounts(await accountsOf(world));
  expect(world.truth.map((t) => found.filter((f) => matches(f, t)).length)).toEqual(world.truth.map(() => 1));
  expect(found).toHaveLength(world.truth.length);
});
