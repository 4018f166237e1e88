import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bridgeFindings, findingRows, listFindings } from '../../db/findings.ts';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { loadRun } from '../../db/runs.ts';
import { wireBridge, wireChecks, wireFinding } from '../../electron/handlers/wire.ts';
import { importFiles } from '../../electron/jobs/import.ts';
import { reconcileMonth } from '../../electron/jobs/reconcile.ts';
import type { TruthFinding, World } from '../fixtures/generate.ts';
import { writeTables, type Variant } from '../fixtures/write.ts';
import { enterInputs } from './inputs.ts';

export const migrations = path.resolve(import.meta.dirname, '../../db/migrations');

/** A workspace of its own in a temporary folder, with the world's files written and imported in the given order. */
export interface Workspace {
  readonly db: WriteDb;
  readonly folder: string;
  readonly files: readonly string[];
  readonly database: string;
  /** `asideFrom`: from how many bytes on a file is read by a thread of its own. */
  import(paths: readonly string[], asideFrom?: number): Promise<Awaited<ReturnType<typeof importFiles>>>;
  reconcile(cycle: string): MonthResult;
  /** Runs the month and says nothing yet. */
  judge(cycle: string): void;
  /** What the month's newest run says. */
  result(cycle: string): MonthResult;
  remove(): void;
}

/** Everything a run says about a month, in the shapes of the command line. */
export interface MonthResult {
  readonly runId: string;
  readonly findings: ReturnType<typeof wireFinding>[];
  readonly bridges: ReturnType<typeof wireBridge>[];
  readonly checks: ReturnType<typeof wireChecks>;
}

/** What a workspace is opened with: a folder that may have one already, and the clock. */
export interface Opening {
  readonly folder?: string;
  readonly now?: () => string;
}

/** A new one, or, in a folder that has one already, that one. */
export function openWorkspace({
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-month-')),
  now = () => '2026-01-10 09:00:00',
}: Opening = {}): Workspace {
  const database = path.join(folder, 'hezhang.db');
  const db = openForWriting(database, migrations);
  const files: string[] = [];
  const result = (cycle: string): MonthResult => {
    const run = loadRun(db, cycle)!;
    const findings = listFindings(db, cycle);
    return {
      runId: run.runId,
      findings: findings.map((f) => wireFinding(f, findingRows(db, f.key))),
      bridges: run.bridges.map((b) => wireBridge(b, (pair) => bridgeFindings(db, cycle, pair))),
      checks: wireChecks(run.checks),
    };
  };
  const judge = (cycle: string): void => void reconcileMonth(cycle, { db, now });
  return {
    db,
    database,
    judge,
    result,
    folder,
    files,
    async import(paths, asideFrom) {
      files.push(...paths);
      const options = { answers: {}, strict: false, dryRun: false, language: 'zh' } as const;
      return importFiles(paths, options, {
        db,
        filesFolder: path.join(folder, 'files'),
        now,
        ...(asideFrom !== undefined && { asideFrom }),
      });
    },
    reconcile(cycle) {
      judge(cycle);
      return result(cycle);
    },
    remove() {
      db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the world's tables in one variant, imports them in an order of the caller's, and enters what its person types. */
export async function importWorld(world: World, variant: Variant, order: (files: string[]) => string[] = (f) => f): Promise<Workspace> {
  const workspace = openWorkspace();
  const files = await writeTables(path.join(workspace.folder, 'exports'), world.tables, variant);
  await importCleanly(workspace, order(files));
  await enterInputs(workspace.db, workspace.folder, world);
  return workspace;
}

/** Imports files of which nothing may be refused or doubted; gives their import ids by path. */
export async function importCleanly(workspace: Workspace, files: readonly string[]): Promise<Map<string, string>> {
  const imported = await workspace.import(files);
  const bad = imported.filter((f) => f.status !== 'imported' || f.sheets.some((s) => s.problems.length > 0));
  if (bad.length > 0) throw new Error(`not imported cleanly: ${JSON.stringify(bad, null, 1).slice(0, 3000)}`);
  return new Map(imported.map((f) => [f.path, f.importId ?? '']));
}

export type Found = MonthResult['findings'][number];
export const named = ['customerId', 'tradeId', 'recordId', 'key'] as const;

/** A finding matches a truth when code, month, severity and amounts are the same and it has every name that the truth gives. */
export const matches = (found: Found, truth: TruthFinding): boolean =>
  (['code', 'billingCycle', 'severity', 'expected', 'stated', 'difference'] as const).every((k) => found[k] === truth[k]) &&
  named.every((k) => truth[k] === undefined || found[k] === truth[k]);

/** One finding or truth in one line. */
export const line = (f: Found | TruthFinding): string =>
  [f.severity, f.code, f.billingCycle, ...named.map((k) => f[k] ?? '-'), f.expected, f.stated, f.difference].join(' ');

export interface Verdict {
  /** Truths that no finding matches to the last digit. */
  readonly missed: string[];
  /** Findings of severity dispute, or of an injected code, that no truth matches. */
  readonly false: string[];
}

/** Reconciles every month of the world and holds what was found against the truth, one finding for one truth. */
export function judge(workspace: Workspace, world: World): Verdict {
  const found = world.months.flatMap((month) => workspace.reconcile(month).findings);
  const codes = new Set(world.truth.map((t) => t.code));
  const missed = world.truth.filter((truth) => {
    const at = found.findIndex((f) => matches(f, truth));
    if (at >= 0) found.splice(at, 1);
    return at < 0;
  });
  return { missed: missed.map(line), false: found.filter((f) => f.severity === 'dispute' || codes.has(f.code)).map(line) };
}
