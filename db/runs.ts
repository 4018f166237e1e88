import { assertCloses, type Bridge, type Pair, type SkippedBridge } from '../electron/core/bridge.ts';
import type { Finding } from '../electron/core/finding.ts';
import type { BillingCycle } from '../electron/core/month.ts';
import { bigintText, textBigint } from './bigint-json.ts';
import { closedMonth } from './closings.ts';
import { saveFindings } from './save-findings.ts';
import { inputsHash, runInputs, type RunInput } from './inputs.ts';
import { recordChanges } from './run-changes.ts';
import type { ReadDb, WriteDb } from './open.ts';
import type { CheckReport } from './reconciling/context.ts';

export interface Run {
  readonly cycle: BillingCycle;
  readonly runId: string;
  readonly at: string;
  readonly inputs: readonly RunInput[];
  readonly checks: readonly (CheckReport & { readonly findings: number })[];
  readonly bridges: readonly (Bridge | SkippedBridge)[];
  /** The last day on which its findings on deadlines read as they do; absent where no day changes them. */
  readonly standsUntil?: string;
  /** It looked in the months after the next too, so that importing those can change it. */
  readonly looksAhead: boolean;
}

/** yes = its result stands (that of a closed month always does); stale = inputs or settings changed since; no = never run. */
export type Reconciled = 'yes' | 'no' | 'stale';

interface RunRow {
  run_id: string;
  inputs_hash: string;
  at: string;
  inputs: string;
  checks: string;
  bridges: string;
  stands_until: string | null;
  looks_ahead: bigint;
}

const readBridges = (stored: string): (Bridge | SkippedBridge)[] => JSON.parse(stored, textBigint) as (Bridge | SkippedBridge)[];

/** The bridges of a month's run as they are stored, proven by nobody yet. */
export function storedBridges(db: ReadDb, cycle: BillingCycle): (Bridge | SkippedBridge)[] {
  const stored = db.prepare<[string], string>('SELECT bridges FROM run WHERE cycle = ?').pluck().get(cycle);
  return stored === undefined ? [] : readBridges(stored);
}

/** Writes a run and its findings as one unit, replacing the month's previous run. */
export function saveRun(db: WriteDb, run: Run, hash: string, findings: readonly Finding[]): void {
  db.transaction(() => {
    recordChanges(db, run, findings);
    db.prepare(
      `INSERT INTO run (cycle, run_id, inputs_hash, at, inputs, checks, bridges, stands_until, looks_ahead) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (cycle) DO UPDATE SET run_id = excluded.run_id, inputs_hash = excluded.inputs_hash, at = excluded.at,
         inputs = excluded.inputs, checks = excluded.checks, bridges = excluded.bridges,
         stands_until = excluded.stands_until, looks_ahead = excluded.looks_ahead`,
    ).run(
      run.cycle,
      run.runId,
      hash,
      run.at,
      JSON.stringify(run.inputs),
      JSON.stringify(run.checks),
      JSON.stringify(run.bridges, bigintText),
      run.standsUntil ?? null,
      run.looksAhead ? 1n : 0n,
    );
    saveFindings(db, run.cycle, findings, run.at);
    db.prepare('INSERT INTO journal (at, action, detail) VALUES (?, ?, ?)').run(
      run.at,
      'reconcile',
      JSON.stringify({ cycle: run.cycle, runId: run.runId }),
    );
  }).immediate();
}

/**
 * The month's newest run, its bridges proven to close once more after reading; undefined where it was never run. It is stale by `today`: a promise
 * that has passed since, or a deadline that has come near, can change the result; absent: by the day of the run.
 */
export function loadRun(db: ReadDb, cycle: BillingCycle, today?: string): (Run & { readonly stale: boolean }) | undefined {
  const row = db
    .prepare<[string], RunRow>(
      'SELECT run_id, inputs_hash, at, inputs, checks, bridges, stands_until, looks_ahead FROM run WHERE cycle = ?',
    )
    .get(cycle);
  if (!row) return undefined;
  const bridges = readBridges(row.bridges);
  for (const bridge of bridges) if ('left' in bridge) assertCloses(bridge);
  return {
    cycle,
    runId: row.run_id,
    at: row.at,
    inputs: JSON.parse(row.inputs) as RunInput[],
    checks: JSON.parse(row.checks) as Run['checks'],
    bridges,
    ...(row.stands_until !== null && { standsUntil: row.stands_until }),
    looksAhead: row.looks_ahead === 1n,
    stale: !stands(db, cycle, row, today),
  };
}

/** The state by `today`, an ISO date. */
export function reconciledState(db: ReadDb, cycle: BillingCycle, today: string): Reconciled {
  const row = db.prepare<[string], Standing>('SELECT inputs_hash, at, stands_until, looks_ahead FROM run WHERE cycle = ?').get(cycle);
  if (!row) return 'no';
  return stands(db, cycle, row, today) ? 'yes' : 'stale';
}

type Standing = Pick<RunRow, 'inputs_hash' | 'at' | 'stands_until' | 'looks_ahead'>;

/** A closed month's run is not run again, so what came later does not make it stale. */
const stands = (db: ReadDb, cycle: BillingCycle, run: Standing, today = run.at.slice(0, 10)): boolean =>
  closedMonth(db, cycle) !== undefined ||
  ((run.stands_until === null || today <= run.stands_until) &&
    run.inputs_hash === inputsHash(db, cycle, runInputs(db, cycle, run.looks_ahead === 1n), today));

/** Months with rows or a run, newest first. */
export function listMonths(db: ReadDb): BillingCycle[] {
  return db
    .prepare<[], { cycle: string }>(
      `SELECT DISTINCT c.cycle AS cycle
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL AND c.cycle <> ''
        UNION SELECT cycle FROM run
        UNION SELECT cycle FROM typed_request
        ORDER BY cycle DESC`,
    )
    .all()
    .map((r) => r.cycle);
}

/** Which kinds have rows in force in which month, for the run's `has`. */
export function presentKinds(db: ReadDb): Set<string> {
  const rows = db
    .prepare<[], { kind: string; cycle: string }>(
      `SELECT DISTINCT s.kind AS kind, c.cycle AS cycle
         FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE i.undone_at IS NULL AND c.in_force = 1`,
    )
    .all();
  return new Set(rows.map((r) => `${r.kind}|${r.cycle}`));
}

export type { Pair };
