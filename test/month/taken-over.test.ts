/** What a part of a run found before is taken over where nothing that it read has changed: the result is that of a run from nothing, byte for byte. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bigintText } from '../../db/bigint-json.ts';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { longReconcilers } from '../../db/reconciling/list.ts';
import { MonthEmpty } from '../../electron/errors.ts';
import { judgeMonth, reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { undoOneImport } from '../../electron/jobs/undo.ts';
import { worldOf } from '../bench/labelled-plan.ts';
import { Random } from '../fixtures/random.ts';
import { writeTables } from '../fixtures/write.ts';
import { importCleanly, migrations, openWorkspace } from './harness.ts';
import { enterInputs } from './inputs.ts';
import { steps } from './random-steps.ts';

const rounds = 16;
const now = (): string => '2026-01-10 09:00:00';

/** Everything that a run stores, evidence included. */
const stored = (db: WriteDb): string =>
  ['run', 'finding', 'finding_row', 'run_change']
    .map((table) => JSON.stringify(db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).raw().all(), bigintText))
    .join('\n');

function reconcileAll(db: WriteDb, months: readonly string[]): void {
  for (const month of months) {
    try {
      reconcileMonth(month, { db, now });
    } catch (error) {
      if (!(error instanceof MonthEmpty)) throw error;
    }
  }
}

/** What is kept, without the steps of parts. */
const keptParts = (db: WriteDb): string[] =>
  db.prepare("SELECT cycle, reconciler, fingerprint FROM kept_outcome WHERE reconciler NOT LIKE '%/%'").raw().all().map(String);

/** What a run of the months stores on a copy that has nothing to take over. */
function fromNothing(db: WriteDb, months: readonly string[], folder: string): string {
  const file = path.join(folder, 'from-nothing.db');
  fs.rmSync(file, { force: true });
  db.prepare('VACUUM INTO ?').run(file);
  const copy = openForWriting(file, migrations);
  try {
    copy.exec('DELETE FROM kept_outcome; DELETE FROM kept_outcome_part; DELETE FROM keys_resolved');
    reconcileAll(copy, months);
    return stored(copy);
  } finally {
    copy.close();
  }
}

test.each([2, 6])('seed %i: after anything that a person does, in any order', async (seed) => {
  const world = worldOf({ seed, scale: 60, mode: 'together', code: '' });
  const workspace = openWorkspace({ now });
  onTestFinished(() => workspace.remove());
  const tables = world.tables.filter((table) => (table.size ?? table.rows.length) > 0);
  const files = await writeTables(path.join(workspace.folder, 'exports'), tables, { format: 'csv' });
  await importCleanly(workspace, files);
  await enterInputs(workspace.db, workspace.folder, world);
  const stage = { workspace, files, months: world.months, random: new Random(seed) };
  const names = Object.keys(steps);
  let taken = 0;
  for (let round = 0; round < rounds; round++) {
    const name = names[round % names.length]!;
    await steps[name]!(stage);
    if (round % 5 === 4) await steps[stage.random.pick(names)]!(stage);
    const expected = fromNothing(workspace.db, world.months, workspace.folder);
    const kept = keptParts(workspace.db);
    reconcileAll(workspace.db, world.months);
    const after = new Set(keptParts(workspace.db));
    taken += kept.filter((one) => after.has(one)).length;
    expect([round, name, stored(workspace.db) === expected]).toEqual([round, name, true]);
    expect(after.size).toBeLessThanOrEqual(longReconcilers.length * world.months.length);
  }
  // Neither nothing nor everything was taken over, or this would prove nothing.
  expect(taken).toBeGreaterThan(rounds);
  expect(taken).toBeLessThan(rounds * longReconcilers.length * world.months.length);
});

test('only the parts, and of them the steps, that read what changed are run again', async () => {
  const world = worldOf({ seed: 2, scale: 60, mode: 'clean', code: '' });
  const workspace = openWorkspace({ now });
  onTestFinished(() => workspace.remove());
  const tables = world.tables.filter((table) => (table.size ?? table.rows.length) > 0);
  const files = await writeTables(path.join(workspace.folder, 'exports'), tables, { format: 'csv' });
  await importCleanly(workspace, files);
  const month = world.months[0]!;
  const { db } = workspace;
  reconcileMonth(month, { db, now });
  /** The import of a file of this kind and month taken back, and made again. */
  const again = async (start: string): Promise<void> => {
    const file = files.find((one) => path.basename(one).startsWith(start) && one.includes(month))!;
    const { importId } = db
      .prepare<[string], { importId: string }>('SELECT import_id AS importId FROM import WHERE path = ? AND undone_at IS NULL')
      .get(file)!;
    undoOneImport(db, importId, now());
    await importCleanly(workspace, [file]);
  };
  const run = (at = now()): string[] => {
    const { made } = judgeMonth(month, { db, now: () => at });
    reconcileMonth(month, { db, now: () => at });
    return [...made].map(([name, one]) => [name, ...one!.steps.map((s) => s.step.replace(/( by one.*)?@\d+$/, ''))].join(' ')).sort();
  };
  expect(run()).toEqual([]);
  expect(run('2026-02-01 09:00:00')).toEqual([]);
  await again('激励明细');
  expect(run()).toEqual(['attribution claims', 'incentive-summary incentive', 'performance-incentive incentive']);
  await again('伙伴账单明细');
  expect(run()).toEqual(['bill-account due ledger', 'bill-consumption lines', 'bill-total-lines']);
  await again('业绩明细');
  expect(run()).toEqual([
    'attribution stated',
    'consumption-performance stated',
    'performance-incentive performance',
    'performance-summary performance',
  ]);
  await again('消费明细');
  expect(run()).toEqual([
    'bill-account',
    'bill-consumption due',
    'consumption-performance totals',
    'consumption-summary consumption due cells of consumption',
    'incentive-summary',
    'rows counts',
  ]);
  await again('收支明细_充值账户');
  expect(run()).toEqual(['account-adjustment', 'bill-account balances paid ledger']);
  await again('消费汇总');
  expect(run()).toEqual(['consumption-summary consumption-summary due cells of consumption-summary']);
});

test('of a file beside others only its own rows are added up again, and those of which it puts some out of force', async () => {
  const world = worldOf({ seed: 2, scale: 60, mode: 'together', code: '' });
  const workspace = openWorkspace({ now });
  onTestFinished(() => workspace.remove());
  const tables = world.tables.filter((table) => (table.size ?? table.rows.length) > 0);
  const write = (some: typeof tables) => writeTables(path.join(workspace.folder, 'exports'), some, { format: 'csv' });
  await importCleanly(workspace, await write(tables));
  await enterInputs(workspace.db, workspace.folder, world);
  const month = world.months[0]!;
  const { db } = workspace;
  const sheetOf = (name: string): bigint =>
    db.prepare<[string], bigint>('SELECT max(id) FROM sheet WHERE name LIKE ?').pluck().get(`${name}%`)!;
  /** The sheets whose rows the row checks counted. */
  const counted = (): Set<string> => {
    const { made } = judgeMonth(month, { db, now });
    const expected = fromNothing(db, [month], workspace.folder);
    reconcileMonth(month, { db, now });
    expect(stored(db) === expected).toBe(true);
    return new Set((made.get('rows')?.steps ?? []).map((s) => s.step.replace('counts@', '')));
  };
  const [first, second] = [sheetOf(`消费明细_${month}_1`), sheetOf(`消费明细_${month}_2`)];
  expect(counted()).toEqual(new Set([first, second].map(String)));
  const one = tables.find(({ name }) => name === `消费明细_${month}_1`)!;
  // Rows that stand in the first file too count once, in one of the two files; every other row as before.
  const order = one.header.findIndex((header) => /订单号|交易号/.test(header));
  const other = one.rows[3]!.with(order, 'another order');
  const [again] = await write([{ ...one, name: `消费明细_${month}_3`, rows: [...one.rows.slice(0, 3), other] }]);
  const { importId } = (await workspace.import([again!]))[0]!;
  const third = sheetOf(`消费明细_${month}_3`);
  const held = db.prepare<[bigint, bigint], bigint>(
    'SELECT DISTINCT id / 16777216 FROM consumption WHERE in_force = 0 AND id / 16777216 IN (?, ?)',
  );
  const out = held.pluck().all(first, third);
  expect(counted()).toEqual(new Set([third, ...out].map(String)));
  expect(out).toHaveLength(1);
  undoOneImport(db, importId!, now());
  expect(counted()).toEqual(new Set(out.filter((id) => id === first).map(String)));
});
