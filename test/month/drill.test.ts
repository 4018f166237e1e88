import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ShareReader } from '../../db/drilling/read-shares.ts';
import { DrillReader, type StoredPart } from '../../db/drilling/read.ts';
import { partRows } from '../../db/drilling/part-rows.ts';
import { loadRun } from '../../db/runs.ts';
import { drillPair, sumShares } from '../../electron/jobs/drill.ts';
import type { Bridge, Pair } from '../../electron/core/bridge.ts';
import { isOfOdd, togetherCodes } from '../fixtures/errors/inject.ts';
import { generate, type Table, type World } from '../fixtures/generate.ts';
import { anonymous, without } from '../fixtures/shapes.ts';
import { importWorld, type Workspace } from './harness.ts';

/** The table whose rows in force are a side of the pair: each of them ends in one place. */
const sides: { readonly [P in Pair]?: { readonly left?: string; readonly right?: string } } = {
  'bill-consumption': { left: 'partner_bill', right: 'consumption' },
  'consumption-summary': { left: 'consumption_summary', right: 'consumption' },
  'consumption-performance': { left: 'consumption', right: 'performance' },
  'performance-summary': { left: 'performance_summary', right: 'performance' },
  // A performance row may be rewarded by several plans.
  'performance-incentive': { right: 'incentive' },
  'incentive-summary': { left: 'incentive_summary', right: 'incentive' },
  'bill-account': { left: 'partner_bill', right: "account_statement|AND trade_type IN ('deduction', 'refund')" },
  'account-adjustment': { left: "account_statement|AND trade_type IN ('allocation', 'retrieval', 'unbindRetrieval')", right: 'adjustment' },
};

function everyPart(reader: DrillReader, step?: string): StoredPart[] {
  return [...reader.page({ step, sort: 'key', descending: false }, 0, 1_000_000).parts];
}

/** Σ of the groups of every step is the step, to the last decimal and row; Σ of the findings is what is unexplained. */
function holdSums(reader: DrillReader, bridge: Bridge): void {
  for (const { step, amount, rows } of bridge.steps) {
    const page = reader.page({ step, sort: 'amount', descending: true }, 0, 1);
    expect([step, page.amount, page.rows], bridge.pair).toEqual([step, amount, rows]);
  }
  expect(reader.page({ step: 'unexplained', sort: 'key', descending: false }, 0, 1).amount, bridge.pair).toBe(bridge.unexplained);
}

/** What is stated plan by plan and customer by customer is all of the incentive; what is stated otherwise than computed is what is unexplained. */
function holdShares(shares: ShareReader, bridge: Bridge): void {
  const sum = (of: (share: ReturnType<typeof shares.sums>[number]) => bigint) => shares.sums().reduce((n, share) => n + of(share), 0n);
  const step = (name: string) => bridge.steps.find((s) => s.step === name)!.amount;
  expect(sum((s) => s.stated)).toBe(bridge.right.total);
  expect(sum((s) => (s.way === 'next-month' ? 0n : s.stated - s.computed))).toBe(bridge.unexplained);
  expect(sum((s) => (s.way === 'next-month' ? s.computed : 0n))).toBe(-step('next-month'));
  shares.close();
}

/** No row ends in two steps, and one that ends in none is in a finding. */
function holdRows({ db }: Workspace, cycle: string, pair: Pair, reader: DrillReader): void {
  const ended = new Map<bigint, string>();
  const found = new Set<bigint>();
  for (const part of everyPart(reader)) {
    const rows = partRows(db, reader.part(part.id)!.evidence, 100_000);
    const name = `${part.step} ${part.customerKey ?? ''} ${part.tradeId ?? ''} ${part.product ?? ''} ${part.key.join(' ')}`;
    for (const { side, row } of rows) {
      if (!sides[pair]?.[side]) continue;
      if (part.step === 'unexplained') found.add(row);
      else {
        expect(ended.get(row), `${pair} ${cycle}: ${name}`).toBe(undefined);
        ended.set(row, name);
      }
    }
  }
  for (const side of ['left', 'right'] as const) {
    const [table, where = ''] = sides[pair]?.[side]?.split('|') ?? [];
    if (table === undefined) continue;
    const all = db.prepare<[string], bigint>(`SELECT id FROM ${table} WHERE cycle = ? AND in_force = 1 ${where}`).pluck().all(cycle);
    const nowhere = all.filter((row) => !ended.has(row) && !found.has(row));
    const shown = nowhere.map((row) =>
      JSON.stringify(db.prepare(`SELECT * FROM ${table} WHERE id = ?`).get(row), (_, v: unknown) =>
        typeof v === 'bigint' ? String(v) : v,
      ),
    );
    expect(shown.slice(0, 3), `${pair} ${cycle} ${side}`).toEqual([]);
  }
}

async function drillWorld(world: World): Promise<void> {
  const workspace = await importWorld(world, { format: 'csv' });
  try {
    for (const cycle of world.months) {
      workspace.reconcile(cycle);
      const run = loadRun(workspace.db, cycle)!;
      for (const bridge of run.bridges) {
        if (!('left' in bridge)) continue;
        const file = path.join(workspace.folder, 'drill.db');
        const context = { db: workspace.db, now: () => '2026-01-11 09:00:00' };
        drillPair({ cycle, pair: bridge.pair, file }, context);
        const reader = new DrillReader(file);
        try {
          holdSums(reader, bridge);
          if (bridge.pair === 'performance-incentive') {
            const sums = path.join(workspace.folder, 'sums.db');
            sumShares({ cycle, file: sums }, context);
            holdShares(new ShareReader(sums), bridge);
          }
          holdRows(workspace, cycle, bridge.pair, reader);
        } finally {
          reader.close();
        }
      }
      expect(loadRun(workspace.db, cycle)).toEqual(run);
    }
  } finally {
    workspace.remove();
  }
}

const errors = (seed: number, codes: readonly string[]): World =>
  generate({
    seed,
    scale: 250,
    certain: 2,
    variety: { odd: codes.some(isOfOdd) ? 4 : 0 },
    errors: codes.map((code) => ({ code, month: '2025-08' })),
  });

const shapes: Readonly<Record<string, (tables: Table[]) => Table[]>> = {
  'performance without order numbers': (tables) => anonymous(tables, 'performance', true),
  'consumption without order numbers': (tables) => anonymous(tables, 'consumption', true),
  'incentive without performance ids': (tables) => tables.map((t) => (t.kind === 'incentive' ? without(t, '业绩ID') : t)),
};

describe('what is behind a bridge', () => {
  it.each([1, 2])('seed %i, nothing wrong: every step is the sum of its groups, and every row ends once', async (seed) => {
    await drillWorld(generate({ seed, scale: 150 }));
  });
  it('with every error: the same', async () => {
    await drillWorld(
      errors(
        4,
        togetherCodes(4).filter((code) => !isOfOdd(code)),
      ),
    );
  });
  it.each(Object.keys(shapes))('%s: the same', async (name) => {
    const world = errors(41, ['bill.amount', 'performance.too-low', 'incentive.amount']);
    await drillWorld({ ...world, tables: shapes[name]!(world.tables) });
  });
  it('deductions at the due with tax: the same', async () => {
    await drillWorld(generate({ seed: 9, scale: 150, deductions: 'due', taxRate: 600 }));
  });
});
