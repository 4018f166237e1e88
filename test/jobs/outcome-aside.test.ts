/** Parts of a run that a thread beside the job's takes: what it finds is what would have been found here, byte for byte, or is not used. */
import fs from 'node:fs';
import path from 'node:path';
import { deserialize } from 'node:v8';
import { inflateSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { bigintText } from '../../db/bigint-json.ts';
import { openForJudging, openForWriting, type WriteDb } from '../../db/open.ts';
import { longReconcilers } from '../../db/reconciling/list.ts';
import { monthContext } from '../../db/reconciling/month-context.ts';
import { saveSetting } from '../../db/settings.ts';
import { OutcomesAside } from '../../electron/jobs/outcome-aside.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import { runReconcilers } from '../../electron/jobs/run-reconcilers.ts';
import { undoOneImport } from '../../electron/jobs/undo.ts';
import { resolveCustomerKeys } from '../../db/customer-keys.ts';
import { openWhole } from '../bench/labelled-base.ts';
import { worldOf } from '../bench/labelled-plan.ts';
import { migrations, type Workspace } from '../month/harness.ts';

const version = 'test';
const today = '2026-01-10';
const now = (): string => `${today} 09:00:00`;
const parts = [...longReconcilers.keys()];
const text = (value: unknown): string => JSON.stringify(value, bigintText);

async function opened(seed: number): Promise<{ workspace: Workspace; months: readonly string[] }> {
  const world = worldOf({ seed, scale: 80, mode: 'together', code: '' });
  const workspace = await openWhole(world);
  onTestFinished(() => workspace.remove());
  resolveCustomerKeys(workspace.db);
  return { workspace, months: world.months };
}

/** A thread that has taken and answered every part. */
function answered(database: string, cycle: string): OutcomesAside {
  const aside = new OutcomesAside({ database, cycle, version }, parts, { from: 0 });
  for (const part of parts) aside.answer(part, () => undefined);
  return aside;
}

const here = (db: WriteDb, cycle: string) => runReconcilers({ ...monthContext(db, cycle), today }, { version, onStage: () => undefined });

test('each part is found beside as it is found here, whichever thread takes it', async () => {
  const { workspace, months } = await opened(2);
  for (const cycle of months) {
    const alone = here(workspace.db, cycle);
    const stages: string[] = [];
    const both = runReconcilers(
      { ...monthContext(workspace.db, cycle), today },
      { version, onStage: (name) => void stages.push(name), aside: () => answered(workspace.database, cycle) },
    );
    expect(text(both.outcomes)).toBe(text(alone.outcomes));
    expect(text([...both.made])).toBe(
      text([...alone.made].sort(([a], [b]) => [...both.made.keys()].indexOf(a) - [...both.made.keys()].indexOf(b))),
    );
    // None of the long ones was run here.
    expect(stages.filter((name) => longReconcilers.some((one) => one.name === name))).toEqual([]);
  }
});

test('what another connection cannot see yet is found here', async () => {
  const { workspace, months } = await opened(3);
  const [cycle] = months as [string];
  const { db } = workspace;
  const importId = db.prepare<[], string>("SELECT i.import_id FROM import i JOIN sheet s ON s.import = i.id WHERE s.kind = 'incentive' ORDER BY 1").pluck().get()!; // prettier-ignore
  const changes: readonly (() => void)[] = [
    () => saveSetting(db, 'regime', 'exact', now()),
    () => saveSetting(db, 'creditCounts', 'false', now()),
    () => void undoOneImport(db, importId, now()),
  ];
  for (const change of changes) {
    db.exec('BEGIN IMMEDIATE');
    change();
    const run: string[] = [];
    const both = runReconcilers(
      { ...monthContext(db, cycle), today },
      { version, onStage: (name) => void run.push(name), aside: () => answered(workspace.database, cycle) },
    );
    expect(text(both.outcomes)).toBe(text(here(db, cycle).outcomes));
    expect(run.filter((name) => longReconcilers.some((one) => one.name === name)).length).toBeGreaterThan(0);
    db.exec('ROLLBACK');
  }
});

test('a run shared by two threads stores what one thread stores', async () => {
  const { workspace, months } = await opened(6);
  const file = path.join(workspace.folder, 'copy.db');
  workspace.db.prepare('VACUUM INTO ?').run(file);
  const copy = openForWriting(file, migrations);
  onTestFinished(() => void copy.close());
  const stored = (db: WriteDb): string =>
    [
      ...['run', 'finding', 'finding_row', 'kept_outcome', 'statement_stamp', 'keys_resolved'].map((table) =>
        text(db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).raw().all()),
      ),
      // One text may be packed in two ways.
      ...db
        .prepare<[], { body: Buffer }>('SELECT * FROM kept_outcome_part ORDER BY cycle, reconciler, part')
        .all()
        .map(({ body, ...of }) => text([of, deserialize(inflateSync(body))])),
    ].join('\n');
  for (const cycle of months) {
    reconcileMonth(cycle, { db: workspace.db, now, aside: { from: 0 } });
    reconcileMonth(cycle, { db: copy, now });
  }
  expect(stored(workspace.db) === stored(copy)).toBe(true);
});

test('a thread that fails leaves every part to the job', async () => {
  const { workspace, months } = await opened(2);
  const [cycle] = months as [string];
  const missing = path.join(workspace.folder, 'missing.db');
  const both = runReconcilers(
    { ...monthContext(workspace.db, cycle), today },
    { version, onStage: () => undefined, aside: (wanted) => new OutcomesAside({ database: missing, cycle, version }, wanted, { from: 0 }) },
  );
  expect(text(both.outcomes)).toBe(text(here(workspace.db, cycle).outcomes));
  expect(fs.existsSync(missing)).toBe(false);
});

test('a run that is stopped while another thread takes part leaves the one before, and the next run is whole', async () => {
  const { workspace, months } = await opened(2);
  const [cycle] = months as [string];
  const { db } = workspace;
  const { runId } = reconcileMonth(cycle, { db, now });
  saveSetting(db, 'regime', 'exact', now());
  saveSetting(db, 'creditCounts', 'false', now());
  // Which parts are said here depends on which the other thread has taken; the first thing that is, and these, always are.
  for (const stopAt of [undefined, 'files', 'payments', 'save']) {
    const onStage = (stage: string): void => {
      if (stage === (stopAt ?? stage)) throw new Error('stopped');
    };
    expect(() => reconcileMonth(cycle, { db, now, onStage, aside: { from: 0 } })).toThrow('stopped');
    expect(db.inTransaction).toBe(false);
    expect(db.prepare('SELECT run_id FROM run WHERE cycle = ?').pluck().get(cycle)).toBe(runId);
  }
  expect(reconcileMonth(cycle, { db, now, aside: { from: 0 } }).runId).not.toBe(runId);
});

test('the thread beside can write nothing but TEMP tables', async () => {
  const { workspace } = await opened(2);
  const db = openForJudging(workspace.database);
  onTestFinished(() => void db.close());
  expect(() => db.exec("UPDATE setting SET value = ''")).toThrow('readonly');
  expect(() => db.exec('CREATE TEMP TABLE mine (a TEXT); INSERT INTO temp.mine VALUES (1)')).not.toThrow();
});
