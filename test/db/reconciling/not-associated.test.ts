import { describe, expect, test } from 'vitest';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import { consumptionPerformance } from '../../../db/reconciling/consumption-performance.ts';
import { openTestDb, yuan } from '../rows.ts';
import { beside, bill, consume, ours, run, state } from './not-associated-builder.ts';

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

  test('before it joined for good, long ago, is not judged either, whatever month states it', () => {
    const db = openTestDb();
    beside(db);
    ours(db, '2025-03-10', null);
    const cycle = '2025-09';
    const rows = ['2025-03-02', '2025-03-09'].map((at, i) => consume(db, `old ${i}`, [at, '10'], { cycle }));
    const { brief, step, gone } = run(db, reconciler);
    expect([brief, step('not-associated'), gone]).toEqual([[], sign * yuan('20'), rows]);
    consume(db, 'first', ['2025-03-11', '3'], { cycle });
    expect(run(db, reconciler).brief).toEqual([[missing, severity, 'first', yuan('3'), 0n]]);
    // On its first day, one of two conventions says that it was not ours yet.
    consume(db, 'edge', ['2025-03-10', '4'], { cycle });
    const edge = run(db, reconciler).findings.find(({ tradeId }) => tradeId === 'edge');
    expect(edge?.severity).toBe('review');
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
