import { expect, test } from 'vitest';
import { addScopeMark } from '../../../db/scope-marks.ts';
import type { WriteDb } from '../../../db/open.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { ScopeKind } from '../../../electron/core/scope.ts';
import { readSettings } from '../../../electron/core/settings.ts';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { closed } from './closed.ts';

const M = '2025-09';
const row = { cycle: M, customer_id: 'c1', product_type: '云硬盘' };
type Dated = readonly [at: string, amount: string];
const consume = (db: WriteDb, trade: string | null, [at, amount]: Dated, cycle = M, product = row.product_type) =>
  insert(db, 'consumption', {
    ...row,
    cycle,
    product_type: product,
    trade_id: trade,
    traded_at: `${at} 10:00:00`,
    amount_due: yuan(amount),
    cash_amount: yuan(amount),
  });
const state = (db: WriteDb, trade: string | null, [at, amount]: Dated, cycle = M, product = row.product_type) =>
  insert(db, 'performance', { ...row, cycle, product_type: product, trade_id: trade, traded_at: `${at} 10:00:00`, amount: yuan(amount) });
const exported = (db: WriteDb, at: string): void =>
  void db.prepare("UPDATE import SET exported_at = ? WHERE name LIKE 'performance%'").run(at);

function run(db: WriteDb, cycle = M) {
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const context = runContext(db, cycle, { ...readSettings(new Map()), monthlySettledProducts: ['CDN'] });
  const { bridge, findings } = consumptionPerformance.run({ ...context, sink });
  closed({ bridge, findings });
  const rowsIn = (step: string): bigint[] =>
    parts.filter((p) => p.step === step && !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
  const placed = ['agreed', 'scope', 'too-fresh', 'monthly-settled-out'].flatMap(rowsIn);
  expect(new Set(placed).size).toBe(placed.length);
  const found = findings.flatMap((f) => [...f.left, ...f.right]);
  for (const id of [...rowsIn('scope'), ...rowsIn('too-fresh')]) expect(found).not.toContain(id);
  return {
    brief: findings.map((f) => [f.code, f.tradeId ?? f.productType, f.expected, f.stated]),
    step: (name: string) => (bridge as Bridge).steps.find((s) => s.step === name)?.amount ?? 0n,
    rowsIn,
  };
}

test.each(['t1', null])('of one order (%s) only the rows that were not due yet are too fresh; the others agree', (trade) => {
  const db = openTestDb();
  const old = consume(db, trade, ['2025-09-10', '100']);
  const fresh = consume(db, trade, ['2025-09-24', '70']);
  const stated = state(db, trade, ['2025-09-10', '100']);
  exported(db, '2025-09-24 12:00:00');
  const { brief, step, rowsIn } = run(db);
  expect([brief, step('too-fresh'), rowsIn('too-fresh'), rowsIn('agreed')]).toEqual([[], yuan('-70'), [fresh], [old, stated]]);
});

test('a row that is too fresh hides no older one that is missing, nor one that is stated too low', () => {
  const db = openTestDb();
  state(db, 'other', ['2025-09-01', '1']);
  consume(db, 'other', ['2025-09-01', '1']);
  for (const trade of ['missing', 'low', 'arrived', 'at-once']) {
    consume(db, trade, ['2025-09-10', '100']);
    consume(db, trade, ['2025-09-24', '70']);
  }
  state(db, 'low', ['2025-09-10', '90']);
  state(db, 'arrived', ['2025-09-10', '40']);
  state(db, 'arrived', ['2025-09-24', '70']);
  // Both in one row, of which nobody can tell the time.
  state(db, 'at-once', ['2025-09-10', '165']);
  exported(db, '2025-09-24 12:00:00');
  const { brief, step } = run(db);
  expect(step('too-fresh')).toBe(yuan('-140'));
  expect(brief).toEqual([
    ['performance.too-low', 'arrived', yuan('170'), yuan('110')],
    ['performance.too-low', 'at-once', yuan('170'), yuan('165')],
    ['performance.too-low', 'low', yuan('100'), yuan('90')],
    ['performance.missing', 'missing', yuan('100'), 0n],
  ]);
});

test('of what is lacking beside fresh rows the part that stands in another month is in the wrong month, and the fresh rows are not', () => {
  const db = openTestDb();
  for (const at of ['2025-09-10', '2025-09-11']) consume(db, 't', [at, at === '2025-09-10' ? '100' : '30']);
  consume(db, 'next', ['2025-10-05', '1'], '2025-10');
  const fresh = consume(db, 't', ['2025-09-24', '70']);
  state(db, 't', ['2025-09-10', '100']);
  exported(db, '2025-09-24 12:00:00');
  state(db, 't', ['2025-09-11', '30'], '2025-10');
  const { brief, step, rowsIn } = run(db);
  expect([brief, step('too-fresh'), rowsIn('too-fresh')]).toEqual([
    [['performance.cycle', 't', yuan('130'), yuan('100')]],
    yuan('-70'),
    [fresh],
  ]);
  // All of what is lacking stands there: none of it is still to come.
  state(db, 't', ['2025-09-24', '70'], '2025-10');
  expect(run(db).brief).toEqual([['performance.cycle', 't', yuan('200'), yuan('100')]]);
});

test('of several fresh rows only the newest are still to come', () => {
  const db = openTestDb();
  consume(db, 't', ['2025-09-10', '100']);
  consume(db, 't', ['2025-09-23', '20']);
  const newest = consume(db, 't', ['2025-09-24', '70']);
  state(db, 't', ['2025-09-10', '120']);
  exported(db, '2025-09-24 09:00:00');
  const { brief, step, rowsIn } = run(db);
  expect([brief, step('too-fresh'), rowsIn('too-fresh')]).toEqual([[], yuan('-70'), [newest]]);
});

/** The customer was 甲's until the 14th, then 乙's. */
function moved(db: WriteDb): void {
  insert(db, 'manager-history', { customer_id: 'c1', account_manager: '甲', valid_from: '2024-01-01', valid_to: '2025-09-14' });
  insert(db, 'manager-history', { customer_id: 'c1', account_manager: '乙', valid_from: '2025-09-15' });
}
function mark(db: WriteDb, kind: ScopeKind, cycle = M): void {
  addScopeMark(db, { importId: `${kind}-${cycle}.csv`, kind, managers: ['甲'], customers: [], by: '', at: '2025-10-08 09:00:00' });
}

test.each(['t1', null])('of one order (%s) only the rows outside what the performance covers stand in the step scope', (trade) => {
  const db = openTestDb();
  moved(db);
  const own = consume(db, trade, ['2025-09-05', '100']);
  const other = consume(db, trade, ['2025-09-20', '70']);
  const stated = state(db, trade, ['2025-09-05', '100']);
  expect(run(db).brief).toHaveLength(1);
  mark(db, 'performance');
  const { brief, step, rowsIn } = run(db);
  expect([brief, step('scope'), rowsIn('scope'), rowsIn('agreed')]).toEqual([[], yuan('-70'), [other], [own, stated]]);
});

test('the rows inside of what the performance covers are judged without the others', () => {
  const db = openTestDb();
  moved(db);
  for (const trade of ['missing', 'low']) {
    consume(db, trade, ['2025-09-05', '100']);
    consume(db, trade, ['2025-09-20', '70']);
  }
  state(db, 'low', ['2025-09-05', '60']);
  mark(db, 'performance');
  const { brief, step } = run(db);
  expect(step('scope')).toBe(yuan('-140'));
  expect(brief).toEqual([
    ['performance.too-low', 'low', yuan('100'), yuan('60')],
    ['performance.missing', 'missing', yuan('100'), 0n],
  ]);
});

test('the performance of one order outside what the consumption covers stands in the step scope alone', () => {
  const db = openTestDb();
  moved(db);
  consume(db, 't', ['2025-09-05', '100']);
  state(db, 't', ['2025-09-05', '100']);
  const other = state(db, 't', ['2025-09-20', '70']);
  mark(db, 'consumption');
  const { brief, step, rowsIn } = run(db);
  expect([brief, step('scope'), rowsIn('scope')]).toEqual([[], yuan('70'), [other]]);
});

test('of monthly-settled consumption the rows outside are neither missing in the next month nor held against what arrives there', () => {
  const db = openTestDb();
  moved(db);
  const next = '2025-10';
  for (const trade of ['part', 'none']) {
    consume(db, trade, ['2025-09-05', '100'], M, 'CDN');
    consume(db, trade, ['2025-09-20', '70'], M, 'CDN');
  }
  for (const cycle of [M, next]) {
    consume(db, `own-${cycle}`, [`${cycle}-05`, '1'], cycle);
    state(db, `own-${cycle}`, [`${cycle}-05`, '1'], cycle);
  }
  state(db, 'part', ['2025-09-05', '100'], next, 'CDN');
  insert(db, 'manager-history', { customer_id: 'c1', account_manager: '甲', valid_from: '2025-10-01', valid_to: '2025-10-31' });
  mark(db, 'performance', next);
  const here = run(db);
  expect([here.step('monthly-settled-out'), here.step('scope')]).toEqual([yuan('-170'), yuan('-70')]);
  expect(here.brief).toEqual([['performance.missing', 'none', yuan('100'), 0n]]);
  const there = run(db, next);
  expect([there.step('monthly-settled-in'), there.brief]).toEqual([yuan('100'), []]);
});

test('monthly-settled performance of which the month before has nothing is outside like any other', () => {
  const db = openTestDb();
  moved(db);
  consume(db, 'before', ['2025-08-05', '1'], '2025-08');
  consume(db, 'own', ['2025-09-05', '1']);
  state(db, 'own', ['2025-09-05', '1']);
  state(db, 't', ['2025-09-20', '70'], M, 'CDN');
  expect(run(db).brief).toEqual([['performance.without-consumption', 't', 0n, yuan('70')]]);
  mark(db, 'consumption');
  const { brief, step } = run(db);
  expect([brief, step('scope')]).toEqual([[], yuan('70')]);
});

test('what the month before left for products settled monthly, of which its consumption as marked has nothing, stands outside', () => {
  const db = openTestDb();
  consume(db, 't0', ['2025-08-05', '10'], '2025-08');
  consume(db, 't1', ['2025-09-05', '10']);
  state(db, 't1', ['2025-09-05', '10']);
  state(db, 'cdn', ['2025-08-28', '44'], M, 'CDN');
  for (const [customer, codes, outside] of [
    ['c1', ['performance.without-consumption'], '0'],
    ['c2', [], '44'],
  ] as const) {
    const of = { importId: 'consumption-2025-08.csv', kind: 'consumption', managers: [], customers: [customer] } as const;
    addScopeMark(db, { ...of, by: '', at: '2025-10-08 09:00:00' });
    expect([run(db).brief.map(([code]) => code), run(db).step('scope')]).toEqual([codes, yuan(outside)]);
  }
});
