import { describe, expect, test } from 'vitest';
import { idsOf } from '../../../db/drilling/part-rows.ts';
import type { WriteDb } from '../../../db/open.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import type { Reconciler } from '../../../db/reconciling/context.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { readSettings } from '../../../electron/core/settings.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const M = '2025-09';
/** A day of the month, or a whole one. */
const dayOf = (at: string): string => (at.length > 2 ? at : `${M}-${at}`);
function consume(db: WriteDb, trade: string | null, [at, amount]: readonly [at: string, amount: string], more: Values = {}): bigint {
  const day = dayOf(at);
  return insert(db, 'consumption', {
    cycle: day.slice(0, 7),
    customer_id: 'c1',
    association_type: 'resale',
    product_type: 'ECS',
    bill_class: 'consumption',
    trade_id: trade,
    traded_at: `${day} 10:00:00`,
    amount_due: yuan(amount),
    cash_amount: yuan(amount),
    ...more,
  });
}
function state(db: WriteDb, trade: string | null, [at, amount]: readonly [at: string, amount: string], more: Values = {}): bigint {
  const day = dayOf(at);
  return insert(db, 'performance', {
    cycle: day.slice(0, 7),
    customer_id: 'c1',
    product_type: 'ECS',
    trade_id: trade,
    traded_at: `${day} 10:00:00`,
    amount: yuan(amount),
    ...more,
  });
}
const bill = (db: WriteDb, trade: string | null, amount: string, more: Values = {}): bigint =>
  insert(db, 'partner-bill', {
    cycle: M,
    customer_id: 'c1',
    product_type: 'ECS',
    bill_class: 'consumption',
    trade_id: trade,
    customer_amount: yuan(amount),
    settlement_amount: yuan(amount),
    ...more,
  });
/** Ours from one day to another; null: open. */
const ours = (db: WriteDb, from: string | null, to: string | null, customer = 'c1'): bigint =>
  insert(db, 'association-history', {
    customer_id: customer,
    association_type: 'resale',
    valid_from: from && `${dayOf(from)} 00:00:00`,
    valid_to: to && `${dayOf(to)} 00:00:00`,
  });
/** Both statements of another customer, so that both are there. */
function beside(db: WriteDb): void {
  consume(db, 'other', ['05', '1'], { customer_id: 'c9' });
  state(db, 'other', ['05', '1'], { customer_id: 'c9' });
  bill(db, 'other', '1', { customer_id: 'c9' });
}

function run(db: WriteDb, reconciler: Reconciler, cycle = M) {
  const context = runContext(db, cycle, { ...readSettings(new Map()), monthlySettledProducts: ['CDN'] });
  const parts: (BridgePart & { step: string })[] = [];
  const sink = { begin: () => void parts.splice(0), add: (step: string, part: BridgePart) => void parts.push({ ...part, step }) };
  const { bridge, findings } = reconciler.run({ ...context, sink });
  expect(findings.reduce((sum, f) => sum + (f.bridge?.amount ?? 0n), 0n)).toBe((bridge as Bridge).unexplained);
  // Without anybody looking into it, what agrees at once takes another way.
  expect(reconciler.run(context)).toMatchObject({ bridge, findings });
  const rowsOf = (some: readonly BridgePart[]): bigint[] =>
    some.filter((p) => !p.beside).flatMap((p) => p.evidence.flatMap((e) => [...idsOf(db, e, 1000)]));
  const placed = rowsOf(parts);
  expect(new Set(placed).size).toBe(placed.length);
  const gone = rowsOf(parts.filter((p) => p.step === 'not-associated'));
  for (const id of gone) expect(findings.flatMap((f) => [...f.left, ...f.right])).not.toContain(id);
  const step = (name: string): bigint | undefined => (bridge as Bridge).steps.find((s) => s.step === name)?.amount;
  return { brief: findings.map((f) => [f.code, f.severity, f.tradeId ?? f.productType, f.expected, f.stated]), step, gone, findings };
}
const both = [
  ['performance', consumptionPerformance, -1n],
  ['bill', billConsumption, 1n],
] as const;

describe.each(both)('consumption traded while the customer was not ours (%s)', (_, reconciler, sign) => {
  const severity = reconciler === billConsumption ? 'review' : undefined;
  const missing = reconciler === billConsumption ? 'bill.consumption-without-line' : 'performance.missing';

  test.each(['t', null])('before it joined, between two entries and after it left stands in a step of its own (order %s)', (trade) => {
    const db = openTestDb();
    beside(db);
    ours(db, '10', '12');
    ours(db, '18', '20');
    const rows = ['02', '08', '15', '25'].map((at, i) => consume(db, trade && trade + String(i), [at, '10']));
    const { brief, step, gone } = run(db, reconciler);
    expect([brief, step('not-associated'), gone]).toEqual([[], sign * yuan('40'), rows]);
  });

  test('is judged like any other of customers that the history does not know, while an entry is open, and without a history', () => {
    const db = openTestDb();
    beside(db);
    const late = ours(db, '10', null);
    consume(db, 'open', ['2025-09-28', '7']);
    consume(db, 'unknown', ['02', '5'], { customer_id: 'c2' });
    expect(run(db, reconciler).brief).toEqual([
      [missing, severity, 'open', yuan('7'), 0n],
      [missing, severity, 'unknown', yuan('5'), 0n],
    ]);
    consume(db, 'before', ['02', '3']);
    expect(run(db, reconciler).step('not-associated')).toBe(sign * yuan('3'));
    db.prepare('DELETE FROM association_history WHERE id = ?').run(late);
    const { brief, step } = run(db, reconciler);
    expect([brief.length, step('not-associated')]).toEqual([3, undefined]);
  });

  test('of an order over the edge only the rows on the other side stand there, and the rest agrees', () => {
    const db = openTestDb();
    beside(db);
    ours(db, null, '15');
    consume(db, 't', ['10', '100']);
    const gone = consume(db, 't', ['20', '50']);
    bill(db, 't', '100');
    state(db, 't', ['10', '100']);
    expect(run(db, reconciler)).toMatchObject({ brief: [], gone: [gone] });
  });

  test('hides nothing of what was traded while it was ours', () => {
    const db = openTestDb();
    beside(db);
    ours(db, null, '15');
    for (const trade of ['missing', 'off']) {
      consume(db, trade, ['10', '100']);
      consume(db, trade, ['20', '50']);
    }
    bill(db, 'off', '90');
    state(db, 'off', ['10', '90']);
    const off = reconciler === billConsumption ? 'bill.amount' : 'performance.too-low';
    const { brief, step } = run(db, reconciler);
    expect(brief).toEqual([
      [missing, severity, 'missing', yuan('100'), 0n],
      [off, severity, 'off', yuan('100'), yuan('90')],
    ]);
    expect(step('not-associated')).toBe(sign * yuan('100'));
  });

  test.each(['t', null])('agrees where it is stated and billed all the same (order %s)', (trade) => {
    const db = openTestDb();
    beside(db);
    ours(db, null, '15');
    consume(db, trade, ['10', '100']);
    consume(db, trade, ['20', '50']);
    consume(db, trade && 'alone', ['25', '30'], { product_type: 'OBS' });
    bill(db, trade, '150');
    bill(db, trade && 'alone', '30', { product_type: 'OBS' });
    state(db, trade, ['10', '150']);
    state(db, trade && 'alone', ['25', '30'], { product_type: 'OBS' });
    const { brief, step } = run(db, reconciler);
    expect([brief, step('not-associated')]).toEqual([[], undefined]);
  });

  test('is no dispute where something else than it is stated or billed', () => {
    const db = openTestDb();
    beside(db);
    ours(db, null, '15');
    consume(db, 't', ['20', '50']);
    bill(db, 't', '30');
    state(db, 't', ['20', '30']);
    const { brief } = run(db, reconciler);
    expect(brief.map(([code, level]) => [code, level])).toEqual([
      [reconciler === billConsumption ? 'bill.amount' : 'performance.too-low', 'review'],
    ]);
  });

  test('on the day it joined and on the day after its last is only to be looked at', () => {
    const db = openTestDb();
    beside(db);
    ours(db, '10', '20');
    consume(db, 'first', ['10', '1']);
    consume(db, 'last', ['20', '2']);
    consume(db, 'next', ['21', '4']);
    consume(db, 'before', ['09', '8']);
    consume(db, 'after', ['22', '16']);
    const { brief, step } = run(db, reconciler);
    expect(brief).toEqual([
      [missing, 'review', 'first', yuan('1'), 0n],
      [missing, severity, 'last', yuan('2'), 0n],
      [missing, 'review', 'next', yuan('4'), 0n],
    ]);
    expect(step('not-associated')).toBe(sign * yuan('24'));
  });

  test('one entry that follows another without a gap leaves no edge', () => {
    const db = openTestDb();
    beside(db);
    // In whatever order they stand in the file.
    ours(db, '11', null);
    ours(db, null, '10');
    consume(db, 't', ['11', '1']);
    consume(db, 'u', ['2025-09-10', '1']);
    expect(run(db, reconciler).brief.map(([, level]) => level)).toEqual([severity, severity]);
  });

  test('a refund after it left is judged by the order that it takes back', () => {
    const db = openTestDb();
    beside(db);
    ours(db, '2025-08-10', '15');
    const refund = { bill_class: 'refund' } as const;
    consume(db, 'ours', ['10', '100']);
    bill(db, 'ours', '100');
    state(db, 'ours', ['10', '100']);
    consume(db, 'back', ['25', '-40'], { ...refund, original_trade_id: 'ours' });
    consume(db, 'earlier', ['2025-08-20', '100']);
    consume(db, 'back earlier', ['25', '-41'], { ...refund, original_trade_id: 'earlier' });
    consume(db, 'unknown', ['25', '-42'], { ...refund, original_trade_id: 'never seen' });
    const theirs = consume(db, 'theirs', ['20', '50']);
    const back = consume(db, 'back theirs', ['25', '-50'], { ...refund, original_trade_id: 'theirs' });
    const early = consume(db, 'before', ['2025-09-02', '-5'], { ...refund, customer_id: 'c3' });
    ours(db, '20', null, 'c3');
    const { brief, gone } = run(db, reconciler);
    expect(brief.map(([, , trade]) => trade)).toEqual(['back', 'back earlier', 'unknown']);
    expect(new Set(gone)).toEqual(new Set([theirs, back, early]));
  });

  test('of rows without a time a month through which it was not ours tells', () => {
    const db = openTestDb();
    beside(db);
    ours(db, null, '2025-08-15');
    const gone = consume(db, 't', ['10', '3'], { traded_at: null });
    ours(db, null, '15', 'c2');
    consume(db, 'u', ['10', '4'], { customer_id: 'c2', traded_at: null });
    ours(db, '2025-10-01', null, 'c3');
    consume(db, 'v', ['10', '5'], { customer_id: 'c3', traded_at: null });
    const found = run(db, reconciler);
    expect([found.gone, found.brief]).toEqual([
      [gone],
      [
        [missing, severity, 'u', yuan('4'), 0n],
        [missing, severity, 'v', yuan('5'), 0n],
      ],
    ]);
  });
});

test('bill lines without order numbers meet the orders of a customer without what was traded while it was not ours', () => {
  const db = openTestDb();
  beside(db);
  ours(db, '05', '15');
  consume(db, 'a', ['10', '100'], { product_type: 'OBS' });
  consume(db, 'b', ['12', '30']);
  const gone = [consume(db, 'a', ['20', '50']), consume(db, 'c', ['2025-09-30', '20'])];
  bill(db, null, '130', { product_type: 'cloud' });
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone });
});

test('what was traded on the last day of a month after the customer left waits for no line of the next', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  const gone = consume(db, 't', ['30', '50']);
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone: [gone] });
  bill(db, 'other', '2', { cycle: '2025-10', customer_id: 'c9' });
  expect(run(db, billConsumption)).toMatchObject({ brief: [], gone: [gone] });
});

test('monthly-settled consumption earns nothing in the next month, unless it does all the same', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  const cdn = { product_type: 'CDN' };
  consume(db, 'split', ['10', '100'], cdn);
  const gone = [consume(db, 'split', ['20', '50'], cdn), consume(db, 'gone', ['25', '20'], cdn)];
  consume(db, 'paid', ['26', '7'], cdn);
  const next = '2025-10';
  consume(db, 'other', [`${next}-05`, '1'], { customer_id: 'c9' });
  expect(run(db, consumptionPerformance).step('not-associated')).toBe(yuan('-77'));
  state(db, 'other', [`${next}-05`, '1'], { customer_id: 'c9' });
  state(db, 'split', [`${next}-03`, '100'], cdn);
  state(db, 'paid', [`${next}-03`, '7'], cdn);
  const found = run(db, consumptionPerformance);
  expect([found.brief, found.step('not-associated'), found.step('monthly-settled-out')]).toEqual([[], yuan('-70'), yuan('-107')]);
  expect(found.gone).toEqual([gone[1], gone[0]]);
  const later = run(db, consumptionPerformance, next);
  expect([later.brief, later.step('monthly-settled-in')]).toEqual([[], yuan('107')]);
});

test('performance of it in another month is looked at there alone', () => {
  const db = openTestDb();
  beside(db);
  ours(db, null, '15');
  consume(db, 't', ['20', '50']);
  state(db, 't', ['2025-10-02', '50']);
  consume(db, 'x', ['2025-10-02', '1'], { customer_id: 'c9' });
  expect(run(db, consumptionPerformance).brief).toEqual([]);
  expect(run(db, consumptionPerformance, '2025-10').brief.map(([code, level]) => [code, level])).toContainEqual([
    'performance.cycle',
    'review',
  ]);
});
