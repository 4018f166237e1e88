import fs from 'node:fs';
import { closedMonth } from '../../db/closings.ts';
import { resolveCustomerKeys } from '../../db/customer-keys.ts';
import { collectShares } from '../../db/drilling/collect-shares.ts';
import { collectParts } from '../../db/drilling/collect.ts';
import { ShareSums } from '../../db/drilling/share-sums.ts';
import { DrillWriter } from '../../db/drilling/store.ts';
import { undoImport } from '../../db/imports.ts';
import { runInputs } from '../../db/inputs.ts';
import type { WriteDb } from '../../db/open.ts';
import { loadRun, type Run } from '../../db/runs.ts';
import type { Bridge, Pair } from '../core/bridge.ts';
import { AppError, NotReconciled } from '../errors.ts';

/** Which pair of which month is looked into, and the file that takes its groups. */
export interface DrillRequest {
  readonly cycle: string;
  readonly pair: Pair;
  readonly file: string;
}
export interface DrillContext {
  readonly db: WriteDb;
  now(): string;
  /** Throw from it to cancel. */
  onProgress?(groups: number): void;
}

/**
 * Writes the groups behind one bridge of the month's run into `file`; the database is left as it was. Throws as `lookInto` does.
 */
export function drillPair({ cycle, pair, file }: DrillRequest, context: DrillContext): { groups: number } {
  const writer = new DrillWriter(file);
  let done = false;
  try {
    lookInto({ cycle, pair }, context, (today, byId) => collectParts({ ...context, cycle, pair, today, writer, byId }));
    writer.close();
    done = true;
    return { groups: writer.written };
  } finally {
    if (!done) {
      writer.abandon();
      fs.rmSync(file, { force: true });
    }
  }
}

/** What the incentive of which month comes to, and the file that takes its sums. */
export interface SharesRequest {
  readonly cycle: string;
  readonly file: string;
}

/** Writes what performance ↔ incentive of the month's run came to, plan by plan and customer by customer, into `file`. Throws as `lookInto` does. */
export function sumShares({ cycle, file }: SharesRequest, context: DrillContext): void {
  const sums = new ShareSums();
  lookInto({ cycle, pair: 'performance-incentive' }, context, (today) => collectShares({ ...context, cycle, today, sums }));
  sums.write(file);
}

/**
 * Runs one pair again and leaves the database as it was. Throws NotReconciled where the run is not of these inputs, and AppError
 * `drill.other-settings` where a closed month's can no longer be had.
 */
function lookInto(
  { cycle, pair }: Pick<DrillRequest, 'cycle' | 'pair'>,
  { db, now }: DrillContext,
  collect: (today: string, byId: boolean) => Bridge | undefined,
): void {
  db.exec('BEGIN');
  try {
    const run = loadRun(db, cycle);
    if (!run) throw new NotReconciled(cycle, 'never');
    if (run.stale) throw new NotReconciled(cycle, 'changed');
    const closed = closedMonth(db, cycle) !== undefined;
    const byId = closed && takeBackLater(db, run, now());
    const bridge = collect(run.at.slice(0, 10), byId);
    const stored = run.bridges.find((b) => b.pair === pair);
    if (!same(bridge, stored && 'left' in stored ? stored : undefined))
      throw closed ? otherSettings(cycle) : new NotReconciled(cycle, 'changed');
  } finally {
    // An error of SQLite's own may have ended the transaction already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** A closed month is looked into as it was run: what was imported since is taken back, inside the transaction that is rolled back. */
function takeBackLater(db: WriteDb, run: Run, at: string): boolean {
  const known = new Set(run.inputs.map((i) => i.importId));
  const later = new Set(
    runInputs(db, run.cycle, run.looksAhead)
      .map((i) => i.importId)
      .filter((id) => !known.has(id)),
  );
  for (const importId of later) undoImport(db, importId, at);
  if (later.size > 0) resolveCustomerKeys(db);
  return later.size > 0;
}

const same = (a: Bridge | undefined, b: Bridge | undefined): boolean => bridgeText(a) === bridgeText(b);
const bridgeText = (bridge: Bridge | undefined): string =>
  bridge === undefined
    ? ''
    : [bridge.left.total, ...bridge.steps.map((s) => `${s.step} ${s.amount} ${s.rows}`), bridge.unexplained, bridge.right.total].join('\n');

const otherSettings = (cycle: string): AppError =>
  new AppError('drill.other-settings', {
    zh: `${cycle} 结账后设置、手工录入或发票有变化，不能再列出它当时的明细。结果本身不变；要看明细，请恢复当时的设置，或撤销结账后重新对账。`,
    en: `Settings, typed entries or invoices changed since ${cycle} was closed, so its rows can no longer be listed as they were. The result stands; restore the settings, or reopen the month and reconcile it again.`,
  });
