import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, M, run } from './bill-builder.ts';

/** An order in each of these months, so that both statements of them are there. */
function addSound(db: WriteDb, cycles: readonly string[]): void {
  for (const cycle of cycles) {
    bill(db, `sound ${cycle}`, '1', {}, cycle);
    consume(db, `sound ${cycle}`, '1', {}, cycle);
  }
}

test('a combined order of which a child was refunded agrees by its parent’s net, or the refund under its own number', () => {
  const db = openTestDb();
  bill(db, 'P', '150');
  const net = bill(db, 'P', '-50', { bill_class: 'refund' });
  consume(db, 'A', '100', { original_trade_id: 'P' });
  consume(db, 'B', '50', { original_trade_id: 'P' });
  consume(db, 'RE', '-50', { original_trade_id: 'B', bill_class: 'refund' });
  expect([run(db).brief, run(db).step('agreed')]).toEqual([[], 0n]);
  db.prepare("UPDATE partner_bill SET trade_id = 'RE', original_trade_id = 'P' WHERE id = ?").run(net);
  expect(run(db).brief).toEqual([]);
  db.prepare('DELETE FROM partner_bill WHERE id = ?').run(net);
  expect(run(db).brief).toEqual([['bill.consumption-without-line', 'c1|RE', yuan('-50'), 0n]]);
  // The refund may name the parent as its original, as the children do: it is none of them.
  db.prepare("UPDATE consumption SET original_trade_id = 'P' WHERE trade_id = 'RE'").run();
  expect(run(db).brief).toEqual([['bill.consumption-without-line', 'c1|RE', yuan('-50'), 0n]]);
});

test('a combined order that is taken back agrees by the refund that the refunds of its children name', () => {
  const db = openTestDb();
  const back = { bill_class: 'refund', bill_type: 4n };
  bill(db, 'RE', '-100', back);
  consume(db, 'RA', '-60', { ...back, original_trade_id: 'RE' });
  const part = consume(db, 'RB', '-40', { ...back, original_trade_id: 'RE' });
  expect([run(db).brief, run(db).step('agreed')]).toEqual([[], 0n]);
  db.prepare('UPDATE consumption SET amount_due = ? WHERE id = ?').run(yuan('-50'), part);
  expect(run(db).findings.map((f) => [f.code, f.severity, f.businessKey.join('|'), f.expected, f.stated])).toEqual([
    ['bill.amount', undefined, 'c1|RE', yuan('-110'), yuan('-100')],
  ]);
});

test('a child that is taken back in the next month agrees by the refund under the number of its combined order', () => {
  const db = openTestDb();
  const of = { original_trade_id: 'P', bill_type: 1n };
  const back = { bill_class: 'refund', bill_type: 4n, traded_at: '2025-10-03 08:00:00' };
  const next = '2025-10';
  bill(db, 'P', '100', { bill_type: 1n });
  consume(db, 'A', '60', of);
  consume(db, 'B', '40', of);
  const line = bill(db, 'P', '-60', back, next);
  consume(db, 'RA', '-60', { ...back, original_trade_id: 'A' }, next);
  expect([run(db).brief, run(db, {}, next).brief]).toEqual([[], []]);
  db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?').run(yuan('-50'), yuan('-37.5'), line);
  expect(run(db, {}, next).brief).toEqual([['bill.amount', 'c1|P', yuan('-60'), yuan('-50')]]);
});

test('a combined order agrees by its parent, and where the orders that name it may follow it only exactly', () => {
  const db = openTestDb();
  bill(db, 'p1', '30');
  consume(db, 'k1', '10', { original_trade_id: 'p1' });
  consume(db, 'k2', '20', { original_trade_id: 'p1' });
  bill(db, 'k3', '4', { original_trade_id: 'p2' });
  bill(db, 'k4', '5', { original_trade_id: 'p2' });
  consume(db, 'p2', '10', { traded_at: `${M}-02 08:00:00` });
  const { brief, bridge } = run(db);
  expect(brief).toEqual([
    ['bill.line-without-consumption', 'c1|k3', 0n, yuan('4')],
    ['bill.line-without-consumption', 'c1|k4', 0n, yuan('5')],
    ['bill.consumption-without-line', 'c1|p2', yuan('10'), 0n],
  ]);
  expect(bridge.steps.find((s) => s.step === 'agreed')?.rows).toBe(3);
});

test('a combined order of new purchases that does not agree is one finding of its parent, with the refund of a child in its net', () => {
  const db = openTestDb();
  const of = { original_trade_id: 'P', bill_type: 1n };
  const line = bill(db, 'P', '101', { bill_type: 1n });
  consume(db, 'A', '100', of);
  consume(db, 'B', '50', of);
  consume(db, 'RE', '-50', { original_trade_id: 'B', bill_class: 'refund', bill_type: 4n });
  expect(run(db).brief).toEqual([['bill.amount', 'c1|P', yuan('100'), yuan('101')]]);
  expect([run(db).findings[0]!.right.length, run(db).findings[0]!.reason.zh]).toEqual([3, expect.stringContaining('组合交易单')]);
  db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?').run(yuan('100'), yuan('75'), line);
  expect(run(db).brief).toEqual([]);
  bill(db, 'P', '100', { bill_type: 1n });
  expect(run(db).brief).toEqual([['bill.duplicate', 'c1|P', yuan('100'), yuan('200')]]);
});

test('orders that are no new purchases: one with the order that they name where that is no older, two where it is, else only to be looked at', () => {
  const apart = (severity: string | undefined) => [
    ['bill.consumption-without-line', 'c1|A', 'review'],
    ['bill.consumption-without-line', 'c1|B', 'review'],
    ['bill.line-without-consumption', 'c1|P', severity],
  ];
  for (const [traded_at, expected] of [
    [`${M}-10 08:00:00`, [['bill.amount', 'c1|P', undefined]]],
    [`${M}-09 08:00:00`, apart(undefined)],
    [`${M}-10 07:00:00`, apart('review')],
    [null, apart('review')],
  ] as const) {
    const db = openTestDb();
    bill(db, 'P', '31', { bill_type: 1n, traded_at });
    consume(db, 'A', '10', { original_trade_id: 'P', bill_type: 3n });
    consume(db, 'B', '20', { original_trade_id: 'P', bill_type: 2n });
    const found = () => run(db).findings.map((f) => [f.code, f.businessKey.join('|'), f.severity]);
    expect(found(), `${traded_at}`).toEqual(expected);
    const doubtful = run(db).findings.filter((f) => f.candidates.some((c) => c.code === 'combined-order'));
    expect(doubtful.length).toBe(expected[0][0] === 'bill.amount' || expected[2]![2] === undefined ? 0 : 3);
    consume(db, 'P', '5', {}, '2025-06');
    // Used in another month, it is an order of its own.
    expect(found().map(([code]) => code)).toEqual([...apart(undefined).slice(0, 2).map(([code]) => code), 'bill.cycle']);
  } // prettier-ignore
});

test('a combined order that is billed in the month beside its own is in the wrong month, one finding in each; used at the edge it is none', () => {
  const db = openTestDb();
  const next = '2025-10';
  addSound(db, [M, next]);
  bill(db, 'P', '100', { bill_type: 1n }, next);
  const of = { original_trade_id: 'P', bill_type: 1n };
  consume(db, 'A', '100', of);
  consume(db, 'B', '50', of);
  consume(db, 'RE', '-50', { original_trade_id: 'B', bill_class: 'refund', bill_type: 4n });
  const both = () => [run(db).brief, run(db, {}, next).brief];
  expect(both()).toEqual([[['bill.cycle', 'c1|P', yuan('100'), 0n]], [['bill.cycle', 'c1|P', 0n, yuan('100')]]]);
  expect([run(db).findings[0]!.right.length, run(db, {}, next).findings[0]!.right.length]).toEqual([4, 3]);
  const again = bill(db, 'P', '100', { bill_type: 1n });
  expect(both()).toEqual([[], [['bill.line-without-consumption', 'c1|P', 0n, yuan('100')]]]);
  db.prepare('DELETE FROM partner_bill WHERE id = ?').run(again);
  db.prepare("UPDATE consumption SET traded_at = '2025-09-30 20:00:00' WHERE trade_id IN ('A', 'B', 'RE')").run();
  expect(both()).toEqual([[], []]);
  expect([run(db).step('month-edge'), run(db, {}, next).step('month-edge')]).toEqual([yuan('100'), yuan('-100')]);
});

test.each([
  ['no older than they are', `${M}-10 08:00:00`, ['bill.cycle c1|P'], ['bill.cycle c1|P']],
  ['that they follow', `${M}-09 08:00:00`, ['bill.consumption-without-line c1|A'], ['bill.line-without-consumption c1|P']],
] as const)('a renewal used in the month beside that of the order that it names, one %s', (_, traded_at, here, there) => {
  const db = openTestDb();
  const next = '2025-10';
  addSound(db, [M, next]);
  consume(db, 'A', '100', { original_trade_id: 'P', bill_type: 2n });
  bill(db, 'P', '100', { traded_at }, next);
  const told = (cycle: string) => run(db, {}, cycle).findings.map((f) => `${f.code} ${f.businessKey.join('|')}`);
  expect([told(M), told(next)]).toEqual([here, there]);
});

test('a combined order over the edge that is charged too much or too little: the difference alone, in the month of the bill', () => {
  const db = openTestDb();
  const next = '2025-10';
  const edge = { traded_at: '2025-09-30 23:10:00' };
  addSound(db, [M, next]);
  const line = bill(db, 'P', '120', { ...edge, bill_type: 1n }, next);
  const of = { ...edge, original_trade_id: 'P', bill_type: 1n };
  consume(db, 'A', '60', of);
  const part = consume(db, 'B', '40', of);
  const both = () => [run(db).brief, run(db, {}, next).brief];
  const steps = () => [run(db).step('month-edge'), run(db, {}, next).step('month-edge')];
  expect(both()).toEqual([[], [['bill.amount', 'c1|P', yuan('100'), yuan('120')]]]);
  expect(steps()).toEqual([yuan('100'), yuan('-100')]);
  expect(run(db, {}, next).findings[0]!.reason.zh).toContain(M);
  const printed = db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?');
  printed.run(yuan('80'), yuan('60'), line);
  expect(both()).toEqual([[], [['bill.amount', 'c1|P', yuan('100'), yuan('80')]]]);
  // What the month of the bill has of its own children is what it bills.
  printed.run(yuan('30'), yuan('22.5'), line);
  const own = consume(db, 'C', '30', { original_trade_id: 'P', bill_type: 1n }, next);
  const unbilled = [
    ['bill.consumption-without-line', 'c1|A', yuan('60'), 0n],
    ['bill.consumption-without-line', 'c1|B', yuan('40'), 0n],
  ];
  expect(both()).toEqual([unbilled, []]);
  // Used before the last day, it is no edge.
  db.prepare('DELETE FROM consumption WHERE id = ?').run(own);
  db.prepare("UPDATE consumption SET traded_at = '2025-09-12 10:00:00' WHERE id = ?").run(part);
  expect(both()).toEqual([unbilled, [['bill.line-without-consumption', 'c1|P', 0n, yuan('30')]]]);
});

test('a combined order whose bill is split over the edge agrees in both months; what is wrong is told in one of them', () => {
  const db = openTestDb();
  const next = '2025-10';
  const edge = { traded_at: '2025-09-30 23:10:00' };
  addSound(db, [M, next]);
  const of = { original_trade_id: 'P', bill_type: 1n };
  bill(db, 'P', '60', { bill_type: 1n });
  const line = bill(db, 'P', '40', { ...edge, bill_type: 1n }, next);
  consume(db, 'A', '60', of);
  const part = consume(db, 'B', '40', { ...of, ...edge });
  const both = () => [run(db).brief, run(db, {}, next).brief];
  const steps = () => [run(db).step('month-edge'), run(db, {}, next).step('month-edge')];
  expect([both(), steps()]).toEqual([
    [[], []],
    [yuan('40'), yuan('-40')],
  ]);
  const printed = db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?');
  printed.run(yuan('44'), yuan('33'), line);
  expect([both(), steps()]).toEqual([
    [[], [['bill.amount', 'c1|P', yuan('40'), yuan('44')]]],
    [yuan('40'), yuan('-40')],
  ]);
  // The amount of no row, but both months together agree.
  printed.run(yuan('40'), yuan('30'), line);
  db.prepare('UPDATE consumption SET amount_due = ? WHERE trade_id = ?').run(yuan('50'), 'A');
  db.prepare('UPDATE consumption SET amount_due = ? WHERE trade_id = ?').run(yuan('50'), 'B');
  expect([both(), steps()]).toEqual([
    [[], []],
    [yuan('40'), yuan('-40')],
  ]);
  // Used before the last day, it is no edge.
  db.prepare("UPDATE consumption SET traded_at = '2025-09-12 10:00:00' WHERE id = ?").run(part);
  expect(both()).toEqual([[['bill.cycle', 'c1|P', yuan('100'), yuan('60')]], [['bill.cycle', 'c1|P', 0n, yuan('40')]]]);
});

test('a child of a combined order that is billed in the next month though not used at the edge is in the wrong month', () => {
  const amount = [
    ['bill.amount', 'c1|P', yuan('100'), yuan('60')],
    ['bill.line-without-consumption', 'c1|P', 0n, yuan('44')],
  ];
  const late = ['bill.cycle', 'c1|B', yuan('40'), 0n];
  for (const [number, here, wrong] of [
    ['P', ['bill.cycle', 'c1|P', yuan('100'), yuan('60')], amount],
    ['B', late, [late, ['bill.cycle', 'c1|B', 0n, yuan('44')]]],
  ] as const) {
    const db = openTestDb();
    const next = '2025-10';
    addSound(db, [M, next]);
    const of = { original_trade_id: 'P', bill_type: 1n };
    bill(db, 'P', '60', { bill_type: 1n });
    const line = bill(db, number, '40', { traded_at: '2025-09-15 08:00:00', bill_type: 1n }, next);
    consume(db, 'A', '60', of);
    consume(db, 'B', '40', { ...of, traded_at: '2025-09-15 08:00:00' });
    const both = () => [...run(db).brief, ...run(db, {}, next).brief];
    expect(both()).toEqual([here, ['bill.cycle', `c1|${number}`, 0n, yuan('40')]]);
    expect(run(db).findings.map((f) => f.bridge?.amount)).toEqual([yuan('40')]);
    const renewal = { original_trade_id: 'P', bill_type: 2n };
    bill(db, 'D', '7', renewal, next);
    consume(db, 'D', '7', renewal, next);
    expect(both()).toEqual([here, ['bill.cycle', `c1|${number}`, 0n, yuan('40')]]);
    // At another amount it is another fault.
    db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?').run(yuan('44'), yuan('33'), line);
    expect(both()).toEqual(wrong);
  }
});

test('a combined order agrees with its children also where the consumption has its own number at 0 yuan', () => {
  const db = openTestDb();
  const next = '2025-10';
  const line = bill(db, 'P', '100', { bill_type: 1n });
  consume(db, 'P', '0', { bill_type: 1n });
  const children = [
    consume(db, 'A', '60', { original_trade_id: 'P', bill_type: 1n }),
    consume(db, 'B', '40', { original_trade_id: 'P', bill_type: 1n }),
  ];
  expect([run(db).brief, run(db).step('agreed')]).toEqual([[], 0n]);
  const printed = db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?');
  printed.run(yuan('104'), yuan('78'), line);
  expect(run(db).brief).toEqual([['bill.amount', 'c1|P', yuan('100'), yuan('104')]]);
  // They are one also where they are renewals, and where their bill is split over the edge.
  for (const row of children) db.prepare('UPDATE consumption SET bill_type = 2 WHERE id = ?').run(row);
  expect(run(db).brief).toEqual([['bill.amount', 'c1|P', yuan('100'), yuan('104')]]);
  printed.run(yuan('60'), yuan('45'), line);
  db.prepare("UPDATE consumption SET traded_at = '2025-09-30 23:10:00' WHERE id = ?").run(children[1]);
  bill(db, 'P', '40', { bill_type: 1n, traded_at: '2025-09-30 23:10:00' }, next);
  addSound(db, [M, next]);
  expect([run(db).brief, run(db, {}, next).brief]).toEqual([[], []]);
  // Without children a row of 0 yuan is all there is.
  for (const row of children) db.prepare('DELETE FROM consumption WHERE id = ?').run(row);
  expect(run(db).brief).toEqual([['bill.amount', 'c1|P', 0n, yuan('60')]]);
});

test('the same where the consumption has the parent and the bill its children', () => {
  const db = openTestDb();
  const next = '2025-10';
  addSound(db, [M, next]);
  const of = { original_trade_id: 'P', bill_type: 1n };
  bill(db, 'A', '60', of);
  const line = bill(db, 'B', '40', { ...of, traded_at: '2025-09-15 08:00:00' }, next);
  consume(db, 'P', '100', { bill_type: 1n });
  const both = () => [...run(db).brief, ...run(db, {}, next).brief];
  expect(both()).toEqual([
    ['bill.cycle', 'c1|P', yuan('100'), yuan('60')],
    ['bill.cycle', 'c1|P', 0n, yuan('40')],
  ]);
  db.prepare('UPDATE partner_bill SET customer_amount = ?, settlement_amount = ? WHERE id = ?').run(yuan('44'), yuan('33'), line);
  expect(both()).toEqual([
    ['bill.amount', 'c1|P', yuan('100'), yuan('60')],
    ['bill.line-without-consumption', 'c1|B', 0n, yuan('44')],
  ]);
});
