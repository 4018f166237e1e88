import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';
import { runTold } from './run-told.ts';

const [M, next, third] = ['2025-09', '2025-10', '2025-11'] as const;

/** t1 comes to 150 (200 at 75 %) in September; each month has another order that is deducted rightly. */
function world(): WriteDb {
  const db = openTestDb();
  consume(db, 't1', '200');
  bill(db, 't1', '200');
  for (const month of [M, next, third]) {
    bill(db, `x${month}`, '80', {}, month);
    consume(db, `x${month}`, '80', {}, month);
    deduct(db, `fx${month}`, `x${month}`, '60', {}, month);
  }
  return db;
}
const brief = (db: WriteDb) => [M, next, third].map((month) => run(db, month).brief);
const twice = (flow: string, expected: string, stated: string) => ['account.deducted-twice', flow, yuan(expected), yuan(stated)];

describe('one order in the ledgers of several months', () => {
  test('deducted in the last second of a month and the first of the next: told once, in the month of the second', () => {
    const db = world();
    deduct(db, 'f2', 't1', '150', { traded_at: '2025-10-01 00:00:00' }, next);
    expect(brief(db)).toEqual([[], [], []]);
    deduct(db, 'f1', 't1', '150', { traded_at: '2025-09-30 23:59:59' });
    expect(brief(db)).toEqual([[], [twice('f2', '150', '300')], []]);
    const { step, findings } = run(db, next);
    expect([step('other-month'), findings[0]?.severity, findings[0]?.right.length]).toEqual([0n, undefined, 3]);
  });

  test('a third time, a month later, is told once more, by itself', () => {
    const db = world();
    for (const [flow, month] of [['f1', M], ['f2', next], ['f3', third]] as const) deduct(db, flow, 't1', '150', {}, month); // prettier-ignore
    expect(brief(db)).toEqual([[], [twice('f2', '150', '300')], [twice('f3', '150', '300')]]);
  });

  test('twice in one month and again in the next: each copy is told in its month', () => {
    const db = world();
    for (const [flow, month] of [['f1', M], ['f2', M], ['f3', next]] as const) deduct(db, flow, 't1', '150', {}, month); // prettier-ignore
    expect(brief(db)).toEqual([[twice('f2', '150', '300')], [twice('f3', '150', '300')], []]);
  });

  test('paid before the month whose bill has it, and again in that month; its line is not deducted then', () => {
    const db = world();
    bill(db, 't2', '100', {}, next);
    consume(db, 't2', '100', {}, next);
    deduct(db, 'f0', 't1', '150');
    deduct(db, 'f1', 't2', '75');
    deduct(db, 'f2', 't2', '75', {}, next);
    expect(brief(db)).toEqual([[], [twice('f2', '75', '150')], []]);
    expect(run(db, next).step('not-deducted')).toBe(yuan('-75'));
  });

  test('a refund that comes back in both months, under its own number or its original’s, is to be looked at', () => {
    const db = world();
    deduct(db, 'f0', 't1', '150');
    for (const [trade, entered] of [
      ['RE1', 'RE1'],
      ['RE2', 't1'],
    ] as const) {
      const more = { bill_class: 'refund', original_trade_id: 't1' };
      const amount = trade === 'RE1' ? '-40' : '-80';
      consume(db, trade, amount, more);
      bill(db, trade, amount, more);
      for (const month of [M, next]) deduct(db, `f${trade}${month}`, entered, trade === 'RE1' ? '-30' : '-60', {}, month);
    }
    expect(brief(db)).toEqual([[], [twice('fRE12025-10', '-30', '-60'), twice('fRE22025-10', '-60', '-120')], []]);
    expect(run(db, next).findings.map((f) => f.severity)).toEqual(['review', 'review']);
  });

  test('deducted in two parts, equal or not, over the month boundary: no fault in either month', () => {
    for (const parts of [
      ['75', '75'],
      ['100', '50'],
    ] as const) {
      const db = world();
      parts.forEach((part, i) => deduct(db, `f${i}`, 't1', part, {}, [M, next][i]));
      expect(brief(db)).toEqual([[], [], []]);
      const [first, second] = [run(db, M), run(db, next)];
      expect([first.step('basis'), second.step('other-month')]).toEqual([yuan(parts[0]) - yuan('150'), yuan(parts[1])]);
      deduct(db, 'f9', 't1', parts[1], {}, third);
      const sound = parts.filter((part) => part === parts[1]).length;
      const stated = yuan(parts[1]) * BigInt(sound + 1);
      expect(brief(db)[2]).toEqual([['account.deducted-twice', 'f9', stated - yuan(parts[1]), stated]]);
    }
  });

  test('deducted in three parts over three months; what is missing of it is told once, in the last month that has one', () => {
    const db = world();
    [M, next, third].forEach((month, i) => deduct(db, `f${i}`, 't1', ['70', '50', '30'][i]!, {}, month));
    expect(brief(db)).toEqual([[], [], []]);
    db.exec("DELETE FROM account_statement WHERE flow_id = 'f2'");
    expect(brief(db)).toEqual([[], [['account.deduction-amount', 'f1', yuan('80'), yuan('50')]], []]);
  });

  test('parts over months that come to more, of a charge or of a refund: the last is the fault, by what is too much', () => {
    for (const [trade, due, parts, rest] of [
      ['t2', '200', ['100', '60'], '50'],
      ['RE2', '-160', ['-90', '-40'], '-30'],
    ] as const) {
      const db = world();
      deduct(db, 'f0', 't1', '150');
      const more = due.startsWith('-') ? { bill_class: 'refund', original_trade_id: 't1' } : {};
      bill(db, trade, due, more);
      consume(db, trade, due, more);
      [M, next].forEach((month, i) => deduct(db, `p${i}`, trade, parts[i]!, {}, month));
      expect(brief(db)).toEqual([[], [['account.deduction-amount', 'p1', yuan(rest), yuan(parts[1])]], []]);
      expect(run(db, next).findings[0]!.reason.zh).toContain(due.startsWith('-') ? '该退款此前账期已退 90.00，还应退 30.00' : '该订单此前账期已扣 100.00，还应扣 50.00'); // prettier-ignore
    }
  });

  test('the first month takes more than the whole, the next its part all the same: each is told by what it took too much', () => {
    const db = world();
    for (const flow of ['p0', 'p1']) deduct(db, flow, 't1', '80');
    deduct(db, 'p2', 't1', '70', {}, next);
    expect(brief(db)).toEqual([[['account.deduction-amount', 'p1', yuan('150'), yuan('160')]], [['account.deduction-amount', 'p2', 0n, yuan('70')]], []]); // prettier-ignore
    expect(run(db, next).findings[0]!.reason.zh).toContain('此前账期已扣 160.00，还应扣 0.00');
  });

  test('billed again in the next month with a line of its own: no fault, unless that month takes it twice', () => {
    const db = world();
    for (const month of [next, third]) {
      bill(db, 't1', '200', {}, month);
      consume(db, 't1', '200', {}, month);
    }
    for (const month of [M, next, third]) deduct(db, `f${month}`, 't1', '150', {}, month);
    expect(brief(db)).toEqual([[], [], []]);
    deduct(db, 'f4', 't1', '150', { traded_at: '2025-11-20 00:00:00' }, third);
    expect(brief(db)).toEqual([[], [], [twice('f4', '450', '600')]]);
  });

  test('money that was taken twice and comes back in the next month is not taken for a fault of that month', () => {
    const db = world();
    for (const [flow, amount, month] of [['f1', '150', M], ['f2', '150', M], ['f3', '-150', next]] as const) deduct(db, flow, 't1', amount, {}, month); // prettier-ignore
    expect(brief(db)).toEqual([[twice('f2', '150', '300')], [], []]);
  });

  test('where the statements of the earlier month are not there, nothing is said of what it took', () => {
    const db = world();
    deduct(db, 'f1', 't0', '75', {}, '2025-08');
    deduct(db, 'f2', 't0', '75');
    bill(db, 't0', '100');
    consume(db, 't0', '100');
    expect(run(db, M).brief).toEqual([]);
    bill(db, 'other', '1', {}, '2025-08');
    consume(db, 'other', '1', {}, '2025-08');
    expect(run(db, M).brief).toEqual([twice('f2', '75', '150')]);
  });

  test('an order paid whole, of which the next month takes another amount: all of that is too much', () => {
    const db = world();
    deduct(db, 'f1', 't1', '150');
    deduct(db, 'f2', 't1', '140', {}, next);
    deduct(db, 'f3', 't1', '200', {}, third);
    const wrong = (flow: string, amount: string) => ['account.deduction-amount', flow, 0n, yuan(amount)];
    expect(brief(db)).toEqual([[], [wrong('f2', '140')], [wrong('f3', '200')]]);
  });

  test('taken twice in a month, each time wrongly: one finding that holds both', () => {
    const db = world();
    for (const flow of ['f1', 'f2']) deduct(db, flow, 't1', '155');
    expect(brief(db)).toEqual([[twice('f2', '150', '310')], [], []]);
    expect(run(db).bridge.unexplained).toBe(yuan('160'));
  });

  test('an order number of two customers, of whom one is deducted again in the next month: that one is named', () => {
    for (const first of ['c1', 'c2']) {
      const db = world();
      for (const [customer_id, amount] of [['c1', '100'], ['c2', '200']] as const) {
        for (const make of [consume, bill]) make(db, 't2', amount, { customer_id });
      } // prettier-ignore
      const paid = first === 'c1' ? '75' : '150';
      deduct(db, 'f1', 't2', '75');
      deduct(db, 'f2', 't2', '150');
      deduct(db, 'f3', 't2', paid, {}, next);
      expect(brief(db)).toEqual([[], [twice('f3', paid, String(2 * Number(paid)))], []]);
      const { findings } = run(db, next);
      expect([findings[0]?.customerId, findings[0]?.left.length]).toEqual([first, 1]);
    }
  });

  test('a refund that comes back twice in a month under the number of its order, which the month took too', () => {
    const db = world();
    deduct(db, 'f0', 't1', '150');
    const more = { bill_class: 'refund', original_trade_id: 't1' };
    consume(db, 'RE1', '-80', more);
    bill(db, 'RE1', '-80', more);
    for (const flow of ['f1', 'f2']) deduct(db, flow, 't1', '-60');
    expect(brief(db)).toEqual([[twice('f2', '-60', '-120')], [], []]);
    expect(run(db).findings[0]?.severity).toBe('review');
  });
});

test('the rest of an order is taken months later, by the due date; what its own bill of then asks for is no rest of it', () => {
  const db = world();
  deduct(db, 'f1', 't1', '100');
  const short = ['account.deduction-amount', 'f1', yuan('150'), yuan('100')];
  expect([run(db).brief, run(db).ahead]).toEqual([[short], true]);
  deduct(db, 'f2', 't1', '50', {}, third);
  expect(brief(db)).toEqual([[], [], []]);
  const due = (day: number) => runTold(billAccount, runContext(db, M, { billDueDate: { day, monthsAfter: 2 } })).findings;
  expect([due(20).length, due(5).map((f) => f.code)]).toEqual([0, ['account.deduction-amount']]);
  bill(db, 't1', '66.67', {}, third);
  expect(run(db).brief).toEqual([short]);
});
