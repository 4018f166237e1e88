import { expect, test } from 'vitest';
import { addScopeMark, listScopeMarks, undoScopeMark } from '../../db/scope-marks.ts';
import { listImports } from '../../db/imports.ts';
import { openWhole } from '../bench/labelled-base.ts';
import { cleanOptions } from '../bench/labelled-plan.ts';
import type { ScopeKind } from '../../electron/core/scope.ts';
import { generate, type Table } from '../fixtures/generate.ts';
import { byCustomers, byManager, withSubAccounts } from '../fixtures/partial.ts';
import { importWorld, type MonthResult, type Workspace } from './harness.ts';

const month = '2025-08';
const world = generate({ seed: 41, scale: 250 });
const at = '2025-10-08 09:00:00';
const manager = '王岚';

function mark({ db }: Workspace, kind: ScopeKind, scope: { managers?: string[]; customers?: string[] }): void {
  for (const { importId, kinds } of listImports(db)) {
    if (kinds.includes(kind)) addScopeMark(db, { importId, kind, managers: [], customers: [], ...scope, by: '王芳', at });
  }
}
const imported = (tables: Table[]): Promise<Workspace> => importWorld({ ...world, tables }, { format: 'csv' });
const briefs = ({ findings }: MonthResult): string[] =>
  findings.filter((f) => f.status === 'open' && f.severity !== 'info').map((f) => `${f.code} ${f.customerId}`);
const stepsOf = ({ bridges }: MonthResult, step: string): Record<string, { rows: number; amount: string }> =>
  Object.fromEntries(
    bridges.flatMap((b) => ('steps' in b ? b.steps.filter((s) => s.step === step && s.rows > 0).map((s) => [b.pair, s]) : [])),
  );

test.each(['consumption', 'performance', 'partner-bill'] as const)(
  '%s exported for one manager: honest without the mark, silent with it, as before when it is taken back',
  async (kind) => {
    const clean = await imported(world.tables);
    const whole = briefs(clean.reconcile(month));
    clean.remove();
    const workspace = await imported(byManager(world.tables, kind, manager));
    try {
      const before = workspace.reconcile(month);
      const missing = before.findings.filter((f) => f.candidates.some((c) => c.code === 'partial-export'));
      expect(missing.length).toBeGreaterThan(5);
      expect(missing[0]!.candidates.find((c) => c.code === 'partial-export')!.zh).toContain(manager);
      mark(workspace, kind, { managers: [manager] });
      const after = workspace.reconcile(month);
      expect(briefs(after).filter((f) => !whole.includes(f))).toEqual([]);
      expect(Object.keys(stepsOf(after, 'scope'))).toContain(kind === 'performance' ? 'consumption-performance' : 'bill-consumption');
      for (const { id } of listScopeMarks(workspace.db)) undoScopeMark(workspace.db, id, '王芳', at);
      expect(briefs(workspace.reconcile(month))).toEqual(briefs(before));
    } finally {
      workspace.remove();
    }
  },
  120_000,
);

test.each([7, 10])(
  'consumption exported for one manager: orders over two months, combined, shared, or of days of two managers are no findings: seed %i',
  async (seed) => {
    const own = generate(cleanOptions(seed, 100));
    const tables = byManager(own.tables, 'consumption', manager);
    const workspace = await openWhole({ ...own, tables });
    try {
      mark(workspace, 'consumption', { managers: [manager] });
      const results = own.months.map((cycle) => workspace.reconcile(cycle));
      expect(results.flatMap(briefs)).toEqual([]);
      expect(results.map((result) => stepsOf(result, 'scope')['bill-account']?.rows)).toEqual(results.map(() => expect.any(Number)));
    } finally {
      workspace.remove();
    }
  },
);

test('consumption and its summary exported for some customers', async () => {
  const ids = world.tables.find((t) => t.kind === 'customer')!.rows.map((row) => row[0] as string);
  const some = ids.slice(0, 4);
  const workspace = await imported(byCustomers(world.tables, 'consumption', new Set(some)));
  try {
    mark(workspace, 'consumption', { customers: some });
    const after = workspace.reconcile(month);
    expect(after.findings.filter((f) => f.severity === 'dispute')).toEqual([]);
    expect(Object.keys(stepsOf(after, 'scope')).sort((a, b) => (a < b ? -1 : 1))).toEqual(
      expect.arrayContaining(['bill-consumption', 'consumption-performance', 'consumption-summary']),
    );
  } finally {
    workspace.remove();
  }
});

test('sub-accounts: the difference names the other customer until the table is there; with it the month is silent', async () => {
  const summary = world.tables.find((t) => t.kind === 'consumption-summary' && t.billingCycle === month)!;
  const id = summary.header.indexOf('客户ID');
  const [main, sub, other] = [...new Set(summary.rows.map((row) => row[id] as string))];
  const mains = new Map([
    [sub!, main!],
    [other!, main!],
  ]);
  const without = await imported(withSubAccounts(world.tables, new Map([[sub!, main!]]), false));
  const found = without.reconcile(month).findings.filter((f) => f.code === 'consumption.summary');
  without.remove();
  const said = found.filter((f) => f.candidates.some((c) => c.code === 'sub-account'));
  expect(said.length).toBeGreaterThan(0);
  expect(new Set(said.map((f) => f.customerId))).toEqual(new Set([main, sub]));
  const workspace = await imported(withSubAccounts(world.tables, mains));
  try {
    const result = workspace.reconcile(month);
    expect(result.findings.filter((f) => f.code === 'consumption.summary')).toEqual([]);
    expect(stepsOf(result, 'sub-account')['consumption-summary']).toMatchObject({ amount: '0.00000000' });
  } finally {
    workspace.remove();
  }
});
