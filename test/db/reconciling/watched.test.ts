/** What a part of a run takes long for is kept while all that it read is the same: so nothing that it read may escape the watch. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bigintText } from '../../../db/bigint-json.ts';
import { resolveCustomerKeys } from '../../../db/customer-keys.ts';
import { openForWriting, type WriteDb } from '../../../db/open.ts';
import type { DoStep, Outcome, Reconciler, RunContext, SheetOfKind } from '../../../db/reconciling/context.ts';
import { longReconcilers } from '../../../db/reconciling/list.ts';
import { unitedReads, watched, type Reads } from '../../../db/reconciling/watched.ts';
import { presentKinds } from '../../../db/runs.ts';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { loadSettings } from '../../../db/settings.ts';
import { isKind, kinds, tableOf } from '../../../electron/core/kinds.ts';
import { isScopeKind } from '../../../electron/core/scope.ts';
import { readSettings, type Settings } from '../../../electron/core/settings.ts';
import { openWhole } from '../../bench/labelled-base.ts';
import { worldOf, type Mode } from '../../bench/labelled-plan.ts';
import { migrations } from '../../month/harness.ts';
import { explained } from '../tables-read.ts';

const text = (value: unknown): string => JSON.stringify(value, bigintText);

function contextOf(db: WriteDb, cycle: string, settings: Settings): RunContext {
  const present = presentKinds(db);
  return { db, cycle, settings, has: (kind, month) => present.has(`${kind}|${month}`) };
}

/** A copy of the database that no connection has open. */
function copied(db: WriteDb): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-watched-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'hezhang.db');
  db.prepare('VACUUM INTO ?').run(file);
  return file;
}

function opened(file: string): WriteDb {
  const db = openForWriting(file, migrations);
  onTestFinished(() => void db.close());
  return db;
}

/** Leaves nothing in the database but what was read. */
function emptyTheRest(db: WriteDb, reads: Reads): void {
  db.pragma('foreign_keys = OFF');
  const unread = JSON.stringify(kinds.filter((kind) => !reads.kinds.includes(kind)));
  db.prepare('DELETE FROM sheet_cycle WHERE sheet IN (SELECT id FROM sheet WHERE kind IN (SELECT value FROM json_each(?)))').run(unread);
  db.prepare('DELETE FROM sheet WHERE kind IN (SELECT value FROM json_each(?))').run(unread);
  db.exec('DELETE FROM import WHERE id NOT IN (SELECT import FROM sheet)');
  const kept = new Set([...reads.kinds.map(tableOf), ...reads.tables, 'import', 'sheet', 'sheet_cycle']);
  const tables = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of tables.filter((name) => !kept.has(name) && !name.startsWith('sqlite_'))) db.exec(`DELETE FROM ${table}`);
}

/** Leaves of a kind the rows of one sheet only, with other customers. */
function keepOnly(db: WriteDb, { kind, id }: SheetOfKind): void {
  db.prepare(`DELETE FROM ${tableOf(kind)} WHERE id / 16777216 <> ?`).run(id);
  const named = db.prepare(`SELECT 1 FROM pragma_table_info('${tableOf(kind)}') WHERE name = 'customer_key'`).get();
  if (named) db.exec(`UPDATE ${tableOf(kind)} SET customer_key = 'another'`);
}

const settingsRead = (settings: Settings, reads: Reads): Settings => ({
  ...readSettings(new Map()),
  ...Object.fromEntries(reads.settings.map((key) => [key, settings[key]])),
});

/** A step of a part as it was done in a run. */
interface DoneStep {
  readonly name: string;
  readonly work: (context: RunContext) => unknown;
  readonly value: unknown;
  readonly reads: Reads;
  readonly sheet: SheetOfKind | undefined;
}

/** Runs one part on a connection of its own, as the first and only one; each of its steps is watched by itself. */
function watchedRun(file: string, cycle: string, reconciler: Reconciler) {
  const db = opened(file);
  const { db: traced, opened: tables } = explained(db);
  // Which kinds are there is found out before, by nobody's statement: that it is asked counts as reading the kind.
  const given = { ...contextOf(db, cycle, loadSettings(db)), db: traced };
  const steps: DoneStep[] = [];
  const step: DoStep = (name, work, { sheet } = {}) => {
    const own = watched(given, sheet ? 'sheet' : 'step');
    const value = work(own.context);
    steps.push({ name, work, value, reads: own.reads(), sheet });
    return value;
  };
  const { context, reads } = watched({ ...given, step });
  const outcome: Outcome = reconciler.run(context);
  return { outcome, reads: unitedReads([reads(), ...steps.map((s) => s.reads)]), opened: tables, steps };
}

/** Says of every statement in force that it holds the customers of two managers of the bill only. */
function markEverything(db: WriteDb): void {
  const statements = db
    .prepare<[], { importId: string; kind: string }>(
      `SELECT DISTINCT i.import_id AS importId, s.kind AS kind FROM sheet s JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL ORDER BY i.import_id, s.kind`,
    )
    .all();
  const managers = db
    .prepare<[], string>('SELECT DISTINCT account_manager FROM partner_bill WHERE account_manager IS NOT NULL ORDER BY 1 LIMIT 2')
    .pluck()
    .all();
  for (const { importId, kind } of statements) {
    if (isScopeKind(kind)) addScopeMark(db, { importId, kind, managers, customers: [], by: '王', at: '2026-01-10 09:00:00' });
  }
}

const worlds: readonly (readonly [number, Mode, boolean])[] = [
  [2, 'together', false],
  [3, 'together-refunds', true],
  [6, 'together-edges', false],
];

test.each(worlds)(
  'seed %i, %s: what is not said to be read changes nothing',
  async (seed, mode, marked) => {
    const world = worldOf({ seed, scale: 100, mode, code: '' });
    const workspace = await openWhole(world);
    onTestFinished(() => workspace.remove());
    resolveCustomerKeys(workspace.db);
    const settings = loadSettings(workspace.db);
    if (marked) markEverything(workspace.db);
    const seen = new Set<string>();
    for (const cycle of world.months) {
      const one = contextOf(workspace.db, cycle, settings);
      for (const reconciler of longReconcilers) {
        const name = `${cycle} ${reconciler.name}`;
        const file = copied(workspace.db);
        const { outcome, reads, opened: tables, steps } = watchedRun(file, cycle, reconciler);
        for (const { name: step, work, value, reads: own, sheet } of steps) {
          seen.add(step.replace(/( by one.*)?@\d+$/, ''));
          const alone = opened(copied(workspace.db));
          emptyTheRest(alone, own);
          if (sheet) keepOnly(alone, sheet);
          expect([name, step, text(work(contextOf(alone, cycle, settingsRead(settings, own))))]).toEqual([name, step, text(value)]);
        }
        const said = [...reads.kinds.map(tableOf), ...reads.tables];
        expect([name, [...tables].filter((table) => !said.includes(table))]).toEqual([name, []]);
        expect([name, reads.tables.filter(isKind)]).toEqual([name, []]);
        const rest = opened(file);
        emptyTheRest(rest, reads);
        expect([name, text(reconciler.run(contextOf(rest, cycle, settingsRead(settings, reads))))]).toEqual([name, text(outcome)]);
        // After the others on one connection, as when nothing is taken over.
        expect([name, text(reconciler.run(one))]).toEqual([name, text(outcome)]);
      }
    }
    // Of statements that are said to hold a part only, not everything is compared.
    if (marked) return;
    expect([...seen].sort()).toEqual([
      'balances',
      'cells of consumption',
      'cells of consumption-summary',
      'claims',
      'consumption due',
      'consumption-summary due',
      'counts',
      'debts',
      'due',
      'incentive',
      'incentive-summary',
      'ledger',
      'lines',
      'paid',
      'performance',
      'performance-summary',
      'stated',
      'totals',
    ]);
  },
  120_000,
);

test('a part of a run that asks the database for anything that cannot be watched is refused', async () => {
  const workspace = await openWhole(worldOf({ seed: 2, scale: 100, mode: 'tiny', code: '' }));
  onTestFinished(() => workspace.remove());
  const { context } = watched(contextOf(workspace.db, '2025-01', loadSettings(workspace.db)));
  expect(() => context.db.pragma('user_version')).toThrow('pragma');
});

test('a step of a part that reads a TEMP table which it did not make is refused', async () => {
  const workspace = await openWhole(worldOf({ seed: 2, scale: 100, mode: 'tiny', code: '' }));
  onTestFinished(() => workspace.remove());
  const { context } = watched(contextOf(workspace.db, '2025-01', loadSettings(workspace.db)), 'step');
  context.db.exec('DROP TABLE IF EXISTS temp.own; CREATE TEMP TABLE own (a INTEGER)');
  expect(context.db.prepare('SELECT a FROM temp.own').all()).toEqual([]);
  workspace.db.exec('CREATE TEMP TABLE foreign_one (a INTEGER)');
  expect(() => context.db.prepare('SELECT a FROM temp.foreign_one')).toThrow('foreign_one');
});

test('every setting counts that is looked at, one by one or all together', async () => {
  const workspace = await openWhole(worldOf({ seed: 2, scale: 100, mode: 'tiny', code: '' }));
  onTestFinished(() => workspace.remove());
  const settings = loadSettings(workspace.db);
  const one = watched(contextOf(workspace.db, '2025-01', settings));
  expect(one.context.settings.regime).toBe(settings.regime);
  expect(one.reads().settings).toEqual(['regime']);
  const all = watched(contextOf(workspace.db, '2025-01', settings));
  expect({ ...all.context.settings }).toEqual(settings);
  expect(all.reads().settings).toEqual(Object.keys(settings).sort());
});
