/**
 * "No step is ever computed as the rest": rows drawn at random are removed one by one (in a savepoint that is rolled back), and each bridge that the
 * row stands in must change by exactly what `removals-*.ts` predict from the rows — its amount becomes unexplained, and no step takes it over.
 *   npx vitest run test/month/removal.test.ts                        150 removals
 * Besides rows of any kind there are those of orders over the month's edge, of orders with several lines and of rare shapes, with sub-resources and of
 * customers whose manager changed, which chance alone would rarely hit.
 *   HEZHANG_REMOVALS=1000 npx vitest run test/month/removal.test.ts  as many as you like; HEZHANG_SEED=7 of other worlds
 */
import { describe, expect, it } from 'vitest';
import { reconcilers } from '../../db/reconciling/list.ts';
import { presentKinds } from '../../db/runs.ts';
import { loadSettings } from '../../db/settings.ts';
import type { Bridge } from '../../electron/core/bridge.ts';
import { addMonths } from '../../electron/core/month.ts';
import { generate, type GenerateOptions, type Table } from '../fixtures/generate.ts';
import { Random } from '../fixtures/random.ts';
import { without } from '../fixtures/shapes.ts';
import { importWorld, type Workspace } from './harness.ts';
import { billRemovals } from './removals-bill.ts';
import { earnedRemovals } from './removals-earned.ts';
import { oddRows } from './removals-odd.ts';
import { minus, type Change, type Predictions, type Removed } from './removals.ts';

const removals = Number(process.env['HEZHANG_REMOVALS'] ?? 150);
const seed = Number(process.env['HEZHANG_SEED'] ?? 31);

/** Where the rows of a case are, and which of them stand in its bridges. */
const several = (table: string): string =>
  `trade_id IN (SELECT trade_id FROM ${table} WHERE cycle = :month AND in_force = 1 GROUP BY trade_id HAVING count(*) > 1)`;
const overEdge = (other: string): string =>
  `trade_id IN (SELECT trade_id FROM ${other} WHERE cycle <> :month AND in_force = 1)
     AND trade_id NOT IN (SELECT trade_id FROM ${other} WHERE cycle = :month AND in_force = 1 AND trade_id IS NOT NULL)`;
const sources: Record<string, { table: string; amount: string; where?: string }> = {
  bill_summary: { table: 'bill_summary', amount: 'amount_due' },
  partner_bill: { table: 'partner_bill', amount: 'customer_amount' },
  'partner_bill several': { table: 'partner_bill', amount: 'customer_amount', where: several('partner_bill') },
  'partner_bill edge': { table: 'partner_bill', amount: 'customer_amount', where: overEdge('consumption') },
  consumption_summary: { table: 'consumption_summary', amount: 'amount_due' },
  consumption: { table: 'consumption', amount: 'amount_due' },
  'consumption several': { table: 'consumption', amount: 'amount_due', where: several('consumption') },
  'consumption edge': { table: 'consumption', amount: 'amount_due', where: `association_type = 'resale' AND ${overEdge('partner_bill')}` },
  // Without one entry of a combined order, or the one for several orders of a day, it is not the entry's amount alone that moves.
  account_statement: {
    table: 'account_statement',
    amount: 'change_amount',
    where: `trade_type IN ('deduction', 'refund') AND (${oddRows.combined}) = 0`,
  },
  'account_statement allocations': {
    table: 'account_statement',
    amount: 'change_amount',
    where: "trade_type IN ('allocation', 'retrieval', 'unbindRetrieval')",
  },
  adjustment: { table: 'adjustment', amount: 'amount' },
  performance: { table: 'performance', amount: 'amount' },
  incentive: { table: 'incentive', amount: 'amount' },
  performance_summary: { table: 'performance_summary', amount: 'total_amount' },
  incentive_summary: { table: 'incentive_summary', amount: 'amount' },
  invoice: { table: 'invoice', amount: 'total' },
};
/** Orders of rare shapes, sub-resources and customers whose manager changed, in every statement that has them. */
for (const table of ['partner_bill', 'consumption', 'performance', 'incentive', 'account_statement'])
  for (const [shape, rows] of Object.entries(oddRows)) {
    if (table === 'account_statement' && shape === 'combined') continue;
    const { amount } = sources[table]!;
    sources[`${table} ${shape}`] = { table, amount, where: table === 'account_statement' ? `trade_type = 'deduction' AND ${rows}` : rows };
  }
const cases: [string, Predictions][] = Object.keys(sources).map((name) => {
  const rows = name === 'account_statement allocations' ? name : name.replace(/ .*$/, '');
  return [name, { ...billRemovals[rows], ...earnedRemovals[rows] }];
});

const noTable = (tables: Table[]): Table[] => tables.filter((t) => t.kind !== 'policy');
const noRates = (tables: Table[]): Table[] => noTable(tables).map((t) => (t.kind === 'incentive' ? without(t, '激励比例') : t));

interface Sample {
  readonly name: string;
  readonly options: GenerateOptions;
  readonly rates: Removed['rates'];
  readonly turn?: (tables: Table[]) => Table[];
}
const samples: readonly Sample[] = [
  { name: 'with a policy table', options: { seed }, rates: 'table' },
  {
    name: 'with tax lines, deductions at the due, no truncation',
    options: { seed: seed + 1, taxRate: 600, deductions: 'due', regime: 'exact' },
    rates: 'table',
  },
  { name: 'without a policy table, rates printed', options: { seed: seed + 2 }, rates: 'printed', turn: noTable },
  { name: 'without a policy table or printed rates', options: { seed: seed + 3 }, rates: 'none', turn: noRates },
];

describe('no step is the rest', () => {
  it.each(samples)('removals $name', { timeout: 300_000 + removals * 500 }, async ({ options, rates, turn = (t) => t }) => {
    const world = generate({ scale: 180, edges: 9, variety: { odd: 3 }, ...options });
    const month = world.months[1]!;
    // What is too fresh to be judged has labelled months of its own; here every row is old enough.
    for (const table of world.tables) if (table.kind === 'performance') delete table.titles;
    const workspace = await importWorld({ ...world, tables: turn(world.tables) }, { format: 'csv' });
    try {
      for (const m of world.months) workspace.reconcile(m);
      const random = new Random(options.seed);
      const before = new Map<string, Bridge>();
      for (let i = 0; i < removals / samples.length; i++) {
        const [name, predictions] = random.pick(cases);
        const source = sources[name]!;
        const row = drawRow(workspace, source, month, random);
        const removed: Removed = { db: workspace.db, month, row, rates, deducted: options.deductions ?? 'customerAmount' };
        for (const [where, predict] of Object.entries(predictions)) {
          const [pair, back] = where.split('@') as [string, string?];
          const cycle = back ? addMonths(month, Number(back)) : month;
          const key = `${pair} ${cycle}`;
          if (!before.has(key)) before.set(key, bridgeOf(workspace, pair, cycle));
          const expected = predict(removed);
          const after = inSavepoint(workspace, source.table, row, () => bridgeOf(workspace, pair, cycle));
          expect({ row: `${key} ${name} ${row['id']}`, ...moved(after, before.get(key)!) }).toEqual({
            row: `${key} ${name} ${row['id']}`,
            ...exactly(expected),
          });
        }
      }
    } finally {
      workspace.remove();
    }
  });
});

type Row = Removed['row'];

/** Orders of shapes that matter to performance alone have labelled months of their own: what leaves with one of their rows depends on the others. */
const ofEarners = "account_name LIKE 'hz!_yj!_%' ESCAPE '!'";
const named = new Set(['partner_bill', 'consumption', 'consumption_summary', 'performance', 'incentive']);

function drawRow({ db }: Workspace, { table, amount, where = '1' }: (typeof sources)[string], month: string, random: Random): Row {
  const requests = 'removed_at IS NULL AND request_id IN (SELECT request_id FROM payment_request WHERE cycle = :month AND in_force = 1)';
  const plain = named.has(table) ? `AND (${ofEarners}) IS NOT 1` : '';
  const of = table === 'invoice' ? requests : `cycle = :month AND in_force = 1 ${plain}`;
  const ids = db
    .prepare<{ month: string }, bigint>(`SELECT id FROM ${table} WHERE ${of} AND ${amount} <> 0 AND ${where} ORDER BY id`)
    .pluck()
    .all({ month });
  return db.prepare<[bigint], Row>(`SELECT * FROM ${table} WHERE id = ?`).get(random.pick(ids))!;
}

function inSavepoint<T>({ db }: Workspace, table: string, row: Row, look: () => T): T {
  db.exec('SAVEPOINT removal');
  try {
    const set = table === 'invoice' ? "removed_at = '2026-01-10 09:00:00'" : 'in_force = 0';
    db.prepare(`UPDATE ${table} SET ${set} WHERE id = ?`).run(row['id']);
    return look();
  } finally {
    db.exec('ROLLBACK TO removal; RELEASE removal');
  }
}

/** One bridge of a month; it closes, or building it throws. */
function bridgeOf({ db }: Workspace, pair: string, cycle: string): Bridge {
  const present = presentKinds(db);
  const outcome = reconcilers
    .find((r) => r.name === pair)!
    .run({ db, cycle, today: '2026-01-10', settings: loadSettings(db), has: (kind, m) => present.has(`${kind}|${m}`) });
  const bridge = outcome.bridge as Bridge;
  const found = outcome.findings.reduce((sum, f) => sum + (f.bridge?.pair === pair ? f.bridge.amount : 0n), 0n);
  expect(found).toBe(bridge.unexplained);
  return bridge;
}

const standing = (b: Bridge): Change => ({ unexplained: b.unexplained, steps: Object.fromEntries(b.steps.map((s) => [s.step, s.amount])) });
const exactly = ({ unexplained, steps }: Change): Change => ({
  unexplained,
  steps: Object.fromEntries(Object.entries(steps).filter(([, by]) => by !== 0n)),
});
const moved = (after: Bridge, before: Bridge): Change => exactly(minus(standing(after), standing(before)));
