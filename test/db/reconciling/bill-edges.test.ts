import { describe, expect, test } from 'vitest';
import { addScopeMark } from '../../../db/scope-marks.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';

const before = '2025-08';
const edge = { traded_at: '2025-08-31 23:59:00' };

/** Both months, each with an order that agrees. */
function twoMonths() {
  const db = openTestDb();
  for (const cycle of [before, M]) {
    bill(db, 't0', '1', {}, cycle);
    consume(db, 't0', '1', {}, cycle);
  }
  return db;
}
const both = (db: ReturnType<typeof openTestDb>) => ({ there: run(db, {}, before), here: run(db) });

describe('rows without trade id, used in the last 24 hours of a month and billed in the next', () => {
  test('are the edge of both months', () => {
    const db = twoMonths();
    consume(db, null, '200', edge, before);
    bill(db, null, '200', edge);
    const { there, here } = both(db);
    expect([there.brief, here.brief]).toEqual([[], []]);
    expect([there.step('month-edge'), here.step('month-edge')]).toEqual([yuan('200'), yuan('-200')]);
  });

  test('are it beside what else has no trade id, which is judged without them', () => {
    const db = twoMonths();
    const disk = { product_type: '云硬盘' };
    consume(db, null, '200', edge, before);
    bill(db, null, '200', edge);
    // Of another product something else is wrong at the edge; within the month an amount is.
    consume(db, null, '30', { ...edge, ...disk }, before);
    bill(db, null, '10', disk, before);
    consume(db, null, '10', disk, before);
    bill(db, null, '41', { ...edge, ...disk });
    bill(db, null, '7');
    consume(db, null, '5');
    const { there, here } = both(db);
    expect(there.brief).toEqual([['bill.amount', 'c1|云硬盘|payPerUse|consumption', yuan('40'), yuan('10')]]);
    expect(here.brief).toEqual([
      ['bill.amount', 'c1|云主机|payPerUse|consumption', yuan('5'), yuan('7')],
      ['bill.line-without-consumption', 'c1|云硬盘|payPerUse|consumption', 0n, yuan('41')],
    ]);
    expect([there.step('month-edge'), here.step('month-edge')]).toEqual([yuan('200'), yuan('-200')]);
  });

  test('are none where the month before has billed them, or where they were used earlier', () => {
    const db = twoMonths();
    consume(db, null, '200', edge, before);
    bill(db, null, '200', edge, before);
    bill(db, null, '200', edge);
    expect(both(db)).toMatchObject({
      there: { brief: [] },
      here: { brief: [['bill.line-without-consumption', 'c1|云主机|payPerUse|consumption', 0n, yuan('200')]] },
    });
    const early = twoMonths();
    const used = { traded_at: '2025-08-30 23:59:00' };
    consume(early, null, '200', used, before);
    bill(early, null, '200', used);
    const { there, here } = both(early);
    expect(there.brief).toEqual([['bill.consumption-without-line', 'c1|云主机|payPerUse|consumption', yuan('200'), 0n]]);
    expect(here.brief).toEqual([['bill.line-without-consumption', 'c1|云主机|payPerUse|consumption', 0n, yuan('200')]]);
  });

  test('are it also where the other month is not imported, when nothing else is left to explain', () => {
    const db = openTestDb();
    bill(db, null, '200', edge);
    bill(db, null, '7');
    consume(db, null, '7');
    consume(db, 'x1', '3');
    const { brief, step } = run(db);
    expect(step('month-edge')).toBe(yuan('-200'));
    expect(brief).toEqual([['bill.consumption-without-line', 'c1|x1', yuan('3'), 0n]]);
    const twice = openTestDb();
    bill(twice, null, '200', edge);
    bill(twice, null, '8');
    consume(twice, null, '7');
    expect(run(twice).brief).toEqual([['bill.amount', 'c1|云主机|payPerUse|consumption', yuan('7'), yuan('208')]]);
  });

  test('are it beside fractions that are re-charged', () => {
    const db = openTestDb();
    bill(db, null, '10', edge);
    bill(db, null, '100');
    consume(db, null, '100');
    consume(db, null, '0.01', { bill_type: 25n });
    const { brief, step } = run(db);
    expect([brief, step('month-edge'), step('precision-adjustment')]).toEqual([[], yuan('-10'), yuan('0.01')]);
  });

  test('are it also where only one statement has trade ids', () => {
    for (const billed of [false, true]) {
      const db = twoMonths();
      const [withId, without] = billed ? [bill, consume] : [consume, bill];
      for (const cycle of [before, M]) {
        without(db, null, '100', {}, cycle);
        withId(db, `${cycle} a`, '60', {}, cycle);
        withId(db, `${cycle} b`, '40', {}, cycle);
      }
      if (billed) {
        consume(db, null, '9', edge, before);
        bill(db, 'e', '9', edge);
      } else {
        consume(db, 'e', '9', edge, before);
        bill(db, null, '9', edge);
      }
      const { there, here } = both(db);
      expect([there.brief, here.brief]).toEqual([[], []]);
      expect([there.step('month-edge'), here.step('month-edge')]).toEqual([yuan('9'), yuan('-9')]);
      // Charged too much at the edge, it is none.
      db.prepare("UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE cycle = ? AND traded_at = ?").run(yuan('12'), yuan('9'), M, edge.traded_at); // prettier-ignore
      expect(both(db).here.findings.map((f) => f.stated - f.expected)).toEqual([yuan('12')]);
    }
    // The month before is not imported.
    const db = openTestDb();
    bill(db, null, '9', edge);
    bill(db, null, '100');
    consume(db, 'a', '60');
    consume(db, 'b', '40');
    expect([run(db).brief, run(db).step('month-edge')]).toEqual([[], yuan('-9')]);
  });

  test('are the edges on both sides of a month, though what comes from one makes up for part of what goes to the other', () => {
    const next = '2025-10';
    const last = { traded_at: '2025-09-30 23:59:00' };
    for (const [came, went] of [
      ['118', '223'],
      ['223', '118'],
      ['200', '200'],
    ] as const) {
      const db = twoMonths();
      bill(db, 't0', '1', {}, next);
      consume(db, 't0', '1', {}, next);
      consume(db, null, came, edge, before);
      bill(db, null, came, edge);
      consume(db, null, went, last);
      bill(db, null, went, last, next);
      const { there, here } = both(db);
      expect([there.brief, here.brief, run(db, {}, next).brief, came]).toEqual([[], [], [], came]);
    }
    // What goes to the month after is billed at another amount there: that alone is told.
    const wrong = twoMonths();
    bill(wrong, 't0', '1', {}, next);
    consume(wrong, 't0', '1', {}, next);
    consume(wrong, null, '118', edge, before);
    bill(wrong, null, '118', edge);
    consume(wrong, null, '223', last);
    bill(wrong, null, '230', last, next);
    const key = 'c1|云主机|payPerUse|consumption';
    expect([both(wrong).there.brief, both(wrong).here.brief, run(wrong, {}, next).brief]).toEqual([
      [],
      [['bill.consumption-without-line', key, yuan('223'), 0n]],
      [['bill.line-without-consumption', key, 0n, yuan('230')]],
    ]);
    // The month before is not imported.
    const db = twoMonths();
    db.prepare('DELETE FROM consumption WHERE cycle = ?').run(before);
    db.prepare('DELETE FROM sheet_cycle WHERE cycle = ?').run(before);
    bill(db, 't0', '1', {}, next);
    consume(db, 't0', '1', {}, next);
    bill(db, null, '118', edge);
    consume(db, null, '223', last);
    bill(db, null, '223', last, next);
    expect([run(db).brief, run(db, {}, next).brief]).toEqual([[], []]);
  });

  test('a wrong settlement of theirs is told in the month of the bill', () => {
    const db = twoMonths();
    consume(db, null, '200', edge, before);
    bill(db, null, '200', { ...edge, settlement_amount: yuan('160') });
    expect(run(db).brief).toEqual([['bill.settlement', 'c1|云主机|payPerUse|consumption', yuan('150'), yuan('160')]]);
  });
});

test('an order at the edge is one too where the month beside was exported for other customers only', () => {
  const mark = (db: ReturnType<typeof openTestDb>, kind: 'consumption' | 'partner-bill', month: string) =>
    addScopeMark(db, { importId: `${kind}-${month}.csv`, kind, managers: ['甲'], customers: [], by: '', at: '2025-10-08 09:00:00' });
  const used = twoMonths();
  bill(used, 't1', '200', { ...edge, account_manager: '乙' });
  expect(run(used).brief).toEqual([['bill.line-without-consumption', 'c1|t1', 0n, yuan('200')]]);
  mark(used, 'consumption', before);
  expect([run(used).brief, run(used).step('month-edge')]).toEqual([[], yuan('-200')]);
  const billed = twoMonths();
  consume(billed, 't1', '200', { ...edge, account_manager: '乙' }, before);
  expect(both(billed).there.brief).toEqual([['bill.consumption-without-line', 'c1|t1', yuan('200'), 0n]]);
  mark(billed, 'partner-bill', M);
  expect([both(billed).there.brief, both(billed).there.step('month-edge')]).toEqual([[], yuan('200')]);
});
