import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billConsumption } from '../../../db/reconciling/bill-consumption.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';

const next = '2025-10';
const edge = { traded_at: '2025-09-30 23:10:00' };

/** Two months that have both statements; what is wrong in them is the order's alone. */
function twoMonths(): WriteDb {
  const db = openTestDb();
  for (const cycle of [M, next]) {
    bill(db, `sound ${cycle}`, '1', {}, cycle);
    consume(db, `sound ${cycle}`, '1', {}, cycle);
  }
  return db;
}

/** Used in M: 5 within the month and 4 and 2 at its edge. */
function use(db: WriteDb): bigint[] {
  return [consume(db, 'e1', '5'), consume(db, 'e1', '4', edge), consume(db, 'e1', '2', edge)];
}

const both = (db: WriteDb) => ({ here: run(db), there: run(db, {}, next) });

describe('an order whose lines are split over both months', () => {
  test('is the edge where both months together agree', () => {
    const db = twoMonths();
    use(db);
    bill(db, 'e1', '5');
    bill(db, 'e1', '4', edge, next);
    bill(db, 'e1', '2', edge, next);
    const { here, there } = both(db);
    expect([here.brief, there.brief]).toEqual([[], []]);
    expect([here.step('month-edge'), there.step('month-edge')]).toEqual([yuan('6'), yuan('-6')]);
  });

  test('also where only some of the edge moved, where the next month has consumption of its own, and refunds', () => {
    const db = twoMonths();
    use(db);
    for (const amount of ['5', '4']) bill(db, 'e1', amount);
    for (const amount of ['2', '3']) bill(db, 'e1', amount, {}, next);
    consume(db, 'e1', '3', {}, next);
    for (const amount of ['-5', '-4']) consume(db, 'e2', amount, amount === '-4' ? edge : {});
    bill(db, 'e2', '-5');
    bill(db, 'e2', '-4', {}, next);
    const { here, there } = both(db);
    expect([here.brief, there.brief]).toEqual([[], []]);
    expect([here.step('month-edge'), there.step('month-edge')]).toEqual([yuan('-2'), yuan('2')]);
  });

  test('also where every row is at the edge, and where one row is billed in two parts', () => {
    const db = twoMonths();
    for (const amount of ['4', '2']) consume(db, 'e1', amount, edge);
    bill(db, 'e1', '4');
    bill(db, 'e1', '2', edge, next);
    consume(db, 'e2', '9', edge);
    bill(db, 'e2', '6');
    bill(db, 'e2', '3', edge, next);
    const { here, there } = both(db);
    expect([here.brief, there.brief]).toEqual([[], []]);
    expect([here.step('month-edge'), there.step('month-edge')]).toEqual([yuan('5'), yuan('-5')]);
  });

  test('truncation stays with the month that bills it', () => {
    const db = twoMonths();
    const truncated_amount = yuan('0.004');
    consume(db, 'e1', '5', { truncated_amount });
    consume(db, 'e1', '4', { ...edge, truncated_amount });
    bill(db, 'e1', '5.004');
    bill(db, 'e1', '4.004', edge, next);
    const { here, there } = both(db);
    expect([here.brief, there.brief]).toEqual([[], []]);
    expect([here.step('month-edge'), here.step('truncation')]).toEqual([yuan('4'), yuan('-0.004')]);
    expect([there.step('month-edge'), there.step('truncation')]).toEqual([yuan('-4'), yuan('-0.004')]);
  });
});

describe('an order that may be split with a month that is not imported', () => {
  /** Only this month is there. */
  const alone = (use_: (db: WriteDb) => void) => {
    const db = openTestDb();
    bill(db, 'sound', '1');
    consume(db, 'sound', '1');
    use_(db);
    return { db, ...run(db) };
  };
  const before = { traded_at: '2025-08-31 23:10:00' };

  test('waits for the next bill: what was used at the edge is the edge, in charges and in refunds', () => {
    const { brief, step, db } = alone((db) => {
      use(db);
      bill(db, 'e1', '5');
      for (const amount of ['-5', '-4']) consume(db, 'e2', amount, amount === '-4' ? edge : {});
      bill(db, 'e2', '-5');
    });
    expect(brief).toEqual([]);
    expect(step('month-edge')).toBe(yuan('2'));
    bill(db, 'sound', '1', {}, next);
    expect(run(db).brief.map(([code, key]) => [code, key])).toEqual([
      ['bill.amount', 'c1|e1'],
      ['bill.amount', 'c1|e2'],
    ]);
  });

  test('waits for the consumption of the month before: lines for its end are the edge', () => {
    const { brief, step, db } = alone((db) => {
      consume(db, 'e1', '5');
      bill(db, 'e1', '5');
      bill(db, 'e1', '4', before);
    });
    expect(brief).toEqual([]);
    expect(step('month-edge')).toBe(yuan('-4'));
    consume(db, 'sound', '1', {}, '2025-08');
    expect(run(db).brief).toEqual([['bill.amount', 'c1|e1', yuan('5'), yuan('9')]]);
  });

  test('is to be looked at where the edge could explain it, though no rows of it do; told in which statement it would be', () => {
    const { findings } = alone((db) => {
      for (const amount of ['-5', '-4']) consume(db, 'e1', amount, amount === '-4' ? edge : {});
      bill(db, 'e1', '-6');
      consume(db, 'e2', '5');
      bill(db, 'e2', '5');
      bill(db, 'e2', '4', before);
      bill(db, 'e2', '-1');
    });
    expect(findings.map((f) => [f.tradeId, f.code, f.severity, f.candidates[0]?.code])).toEqual([
      ['e1', 'bill.amount', 'review', 'month-edge'],
      ['e2', 'bill.amount', 'review', 'month-edge'],
    ]);
    expect(findings.map((f) => f.candidates[0]!.zh)).toEqual([expect.stringContaining('2025-10'), expect.stringContaining('2025-08')]);
  });

  test('leaves other faults of its lines what they are', () => {
    const { findings } = alone((db) => {
      consume(db, 'e1', '5');
      consume(db, 'e1', '-4', edge);
      bill(db, 'e1', '2', { settlement_amount: yuan('2') });
      for (const amount of ['3', '3', '9', '-4']) bill(db, 'e2', amount);
      for (const amount of ['3', '9', '-4']) consume(db, 'e2', amount, amount === '-4' ? edge : {});
    });
    expect(findings.map((f) => [f.tradeId, f.code, f.severity])).toEqual([
      ['e1', 'bill.settlement', undefined],
      ['e1', 'bill.amount', 'review'],
      ['e2', 'bill.duplicate', undefined],
    ]);
  });

  test('is in dispute where the edge cannot explain it', () => {
    const { findings } = alone((db) => {
      use(db);
      bill(db, 'e1', '12');
      bill(db, 'e2', '9');
      consume(db, 'e2', '5');
    });
    expect(findings.map((f) => [f.tradeId, f.code, f.severity])).toEqual([
      ['e1', 'bill.amount', undefined],
      ['e2', 'bill.amount', undefined],
    ]);
  });
});

describe('an order whose lines are split over both months, with a fault', () => {
  const order = (lines: readonly string[], later: readonly string[]) => {
    const db = twoMonths();
    const rows = use(db);
    for (const amount of lines) bill(db, 'e1', amount);
    for (const amount of later) bill(db, 'e1', amount, edge, next);
    const { here, there } = both(db);
    const all = [...here.findings.map((f) => ({ ...f, cycle: M })), ...there.findings.map((f) => ({ ...f, cycle: next }))];
    return { rows, all, brief: all.map((f) => [f.cycle, f.code, f.expected, f.stated, f.bridge?.amount]) };
  };

  test('charged too much, too little or twice in the later month: one finding, there', () => {
    expect(order(['5'], ['4', '3']).brief).toEqual([[next, 'bill.amount', yuan('6'), yuan('7'), yuan('-1')]]);
    expect(order(['5'], ['4']).brief).toEqual([[next, 'bill.amount', yuan('6'), yuan('4'), yuan('2')]]);
    expect(order(['5'], ['4', '4', '2']).brief).toEqual([[next, 'bill.duplicate', yuan('6'), yuan('10'), yuan('-4')]]);
  });

  test('charged wrongly in the month of use: one finding, there', () => {
    expect(order(['7'], ['4', '2']).brief).toEqual([[M, 'bill.amount', yuan('5'), yuan('7'), yuan('-2')]]);
    expect(order(['5', '5'], ['4', '2']).brief).toEqual([[M, 'bill.duplicate', yuan('5'), yuan('10'), yuan('-5')]]);
    expect(order([], ['4', '2']).brief).toEqual([[M, 'bill.consumption-without-line', yuan('5'), 0n, yuan('5')]]);
  });

  test('shows the rows that the later month bills, and says when they were used', () => {
    const { rows, all } = order(['5'], ['4', '3']);
    expect(all[0]?.right).toEqual(rows.slice(1));
    expect(all[0]?.reason.zh).toContain('2025-09 月末的代售消费');
    expect(all[0]?.reason.en).toContain('used at the end of 2025-09');
  });

  test('behind the steps each row ends once, those of the month before stand beside', () => {
    const db = twoMonths();
    use(db);
    bill(db, 'e1', '5');
    bill(db, 'e1', '4', edge, next);
    bill(db, 'e1', '2', edge, next);
    const parts = (cycle: string) => {
      const heard: [string, BridgePart][] = [];
      billConsumption.run({
        ...runContext(db, cycle),
        sink: { begin: () => heard.splice(0), add: (step, part) => heard.push([step, part]) },
      });
      return heard.flatMap(([step, p]) => (p.tradeId === 'e1' ? [[step, p.amount, p.leftRows, p.rightRows, p.beside ?? false]] : []));
    };
    const discount = (due: string, lines: bigint) => ['settlement-discount', yuan(due), lines, 0, true];
    expect(parts(M)).toEqual([discount('1.25', 1n), ['month-edge', yuan('6'), 0n, 2n, false], ['agreed', 0n, 1n, 1n, false]]);
    expect(parts(next)).toEqual([discount('1.5', 2n), ['month-edge', yuan('-6'), 0n, 2n, true], ['agreed', 0n, 2n, 2n, false]]);
  });

  test('what was not used at the edge is no edge', () => {
    const db = twoMonths();
    for (const amount of ['5', '4']) consume(db, 'e1', amount);
    bill(db, 'e1', '5');
    bill(db, 'e1', '4', {}, next);
    const { here, there } = both(db);
    expect(here.brief).toEqual([['bill.cycle', 'c1|e1', yuan('9'), yuan('5')]]);
    expect(there.brief).toEqual([['bill.cycle', 'c1|e1', 0n, yuan('4')]]);
    expect(here.step('month-edge')).toBe(0n);
  });

  test('all of which came in the next month: what was used at the edge belongs there, the rest is in the wrong month', () => {
    const db = twoMonths();
    use(db);
    bill(db, 'e1', '5', {}, next);
    for (const amount of ['4', '2']) bill(db, 'e1', amount, edge, next);
    const { here, there } = both(db);
    expect(here.brief).toEqual([['bill.cycle', 'c1|e1', yuan('5'), 0n]]);
    expect(there.brief).toEqual([['bill.cycle', 'c1|e1', 0n, yuan('5')]]);
    expect([here.step('month-edge'), there.step('month-edge')]).toEqual([yuan('6'), yuan('-6')]);
    // Where the lines do not say which of them are for the edge, all of it is in the wrong month.
    db.prepare('UPDATE partner_bill SET traded_at = ? WHERE cycle = ?').run('2025-10-01 03:00:00', next);
    expect([both(db).here.brief, both(db).there.brief]).toEqual([
      [['bill.cycle', 'c1|e1', yuan('11'), 0n]],
      [['bill.cycle', 'c1|e1', 0n, yuan('11')]],
    ]);
  });
});
