import { expect, test } from 'vitest';
import { insert, openTestDb, yuan } from '../rows.ts';
import { bill, consume, run } from './bill-builder.ts';

test('the edge of a month leads to the next one only: billed two months on it is in the wrong month', () => {
  const db = openTestDb();
  const edge = { traded_at: '2025-07-31 23:10:00' };
  consume(db, 'e1', '9', edge, '2025-07');
  bill(db, 'e1', '9', edge);
  bill(db, 't0', '1');
  consume(db, 't0', '1');
  bill(db, 't0', '1', {}, '2025-07');
  consume(db, 't0', '1', {}, '2025-07');
  expect([run(db).brief, run(db).step('month-edge')]).toEqual([[['bill.cycle', 'c1|e1', 0n, yuan('9')]], 0n]);
});

test('a month in which the order agrees by itself holds nobody else’s counterpart; the very lines of it are charged twice', () => {
  const db = openTestDb();
  const before = '2025-08';
  for (const cycle of [before, '2025-09']) {
    bill(db, 't0', '1', {}, cycle);
    consume(db, 't0', '1', {}, cycle);
  }
  const used = { traded_at: '2025-08-12 10:00:00' };
  const both = (trade: string, amount: string): bigint => {
    consume(db, trade, amount, used, before);
    return bill(db, trade, amount, used, before);
  };
  const first = both('s1', '9');
  bill(db, 's1', '9', used);
  both('s2', '9');
  for (let copies = 0; copies < 2; copies++) bill(db, 's2', '9', used);
  // Another amount, another time, another line beside it: not the same ones.
  for (const trade of ['s3', 's4', 's5']) both(trade, '9');
  bill(db, 's3', '8', used);
  bill(db, 's4', '9');
  for (const amount of ['9', '8']) bill(db, 's5', amount, used);
  const next = run(db);
  expect(next.brief).toEqual([
    ['bill.duplicate', 'c1|s1', 0n, yuan('9')],
    ['bill.duplicate', 'c1|s2', 0n, yuan('18')],
    ['bill.line-without-consumption', 'c1|s3', 0n, yuan('8')],
    ['bill.line-without-consumption', 'c1|s4', 0n, yuan('9')],
    ['bill.line-without-consumption', 'c1|s5', 0n, yuan('17')],
  ]);
  expect(next.findings[0]?.right).toEqual([first]);
  expect(next.findings[0]?.reason.zh).toContain(before);
  expect(run(db, {}, before).brief).toEqual([]);
});

test('neither rows of 0 yuan nor an order that its own adjustment explains are the counterpart of another month', () => {
  const db = openTestDb();
  const before = '2025-08';
  bill(db, 'z1', '100');
  consume(db, 'z1', '0', {}, before);
  bill(db, 'a1', '100');
  bill(db, 'a1', '100', { traded_at: '2025-08-12 10:00:00' }, before);
  bill(db, 'a1', '-5', { bill_class: 'adjustment', settlement_rate: 100_000_000n, settlement_amount: yuan('-5') }, before);
  consume(db, 'a1', '100', { traded_at: '2025-08-12 10:00:00' }, before);
  bill(db, 't0', '1');
  consume(db, 't0', '1');
  expect(run(db).brief).toEqual([
    ['bill.line-without-consumption', 'c1|a1', 0n, yuan('100')],
    ['bill.line-without-consumption', 'c1|z1', 0n, yuan('100')],
  ]);
});

test('what was used at the edge and billed in its own month is charged twice in the next', () => {
  const db = openTestDb();
  const edge = { traded_at: '2025-08-31 23:10:00' };
  consume(db, 'e1', '9', edge, '2025-08');
  bill(db, 'e1', '9', edge, '2025-08');
  bill(db, 'e1', '9', edge);
  bill(db, 't0', '1');
  consume(db, 't0', '1');
  expect(run(db).brief).toEqual([['bill.duplicate', 'c1|e1', 0n, yuan('9')]]);
  expect(run(db, {}, '2025-08').brief).toEqual([]);
});

test('an order that is billed whole here and was used half in the month before is in the wrong month by that half', () => {
  const db = openTestDb();
  const before = '2025-08';
  const used = { traded_at: '2025-08-12 10:00:00' };
  const half = consume(db, 'h1', '100', used, before);
  bill(db, 'h1', '100', used);
  bill(db, 'h1', '101', used);
  consume(db, 'h1', '101', used);
  // Each month has a part of both sides; and a refund.
  for (const amount of ['5', '6']) consume(db, 'h2', amount, used, before);
  const billed = bill(db, 'h2', '5', used, before);
  bill(db, 'h2', '6', used);
  bill(db, 'h2', '7', used);
  consume(db, 'h2', '7', used);
  consume(db, 'h3', '-2', used, before);
  bill(db, 'h3', '-2', used);
  bill(db, 'h3', '-3', used);
  consume(db, 'h3', '-3', used);
  // What the month before is short of is not what is too much here.
  consume(db, 'd1', '100', used, before);
  bill(db, 'd1', '102', used);
  consume(db, 'd1', '1', used);
  const next = run(db);
  expect(next.brief).toEqual([
    ['bill.amount', 'c1|d1', yuan('1'), yuan('102')],
    ['bill.cycle', 'c1|h1', yuan('101'), yuan('201')],
    ['bill.cycle', 'c1|h2', yuan('7'), yuan('13')],
    ['bill.cycle', 'c1|h3', yuan('-3'), yuan('-5')],
  ]);
  expect(next.findings[1]?.right).toContain(half);
  expect(next.findings[1]?.reason.zh).toContain('2025-08');
  const here = run(db, {}, before);
  expect(here.brief).toEqual([
    ['bill.cycle', 'c1|d1', yuan('100'), 0n],
    ['bill.cycle', 'c1|h1', yuan('100'), 0n],
    ['bill.cycle', 'c1|h2', yuan('11'), yuan('5')],
    ['bill.cycle', 'c1|h3', yuan('-2'), 0n],
  ]);
  expect(here.findings[2]?.left).toEqual([billed]);
});

test('of overlapping entries of the association history the one that began last decides', () => {
  const db = openTestDb();
  const history = (type: string, from: string) =>
    insert(db, 'association-history', { customer_id: 'c8', association_type: type, valid_from: from, valid_to: null });
  bill(db, 't0', '1');
  consume(db, 't0', '1');
  history('resale', '2025-01-01');
  history('referral', '2025-09-05');
  consume(db, 'h0', '4', { association_type: null, customer_id: 'c8', traded_at: '2025-09-04 10:00:00' });
  consume(db, 'h1', '6', { association_type: null, customer_id: 'c8', traded_at: '2025-09-05 10:00:00' });
  expect([run(db).brief, run(db).step('referral')]).toEqual([[['bill.consumption-without-line', 'c8|h0', yuan('4'), 0n]], yuan('6')]);
});

test('a refund without a printed association follows the order that it takes back, whatever its customer became since', () => {
  const db = openTestDb();
  const history = (customer: string, type: string, from: string, to: string | null) =>
    insert(db, 'association-history', { customer_id: customer, association_type: type, valid_from: from, valid_to: to });
  const of = (customer: string, time: string) => ({ association_type: null, customer_id: customer, traded_at: `${time} 10:00:00` });
  const back = { bill_class: 'refund', bill_type: 4n };
  const before = '2025-08';
  bill(db, 't0', '1');
  consume(db, 't0', '1');
  history('c8', 'referral', '2025-01-01', '2025-08-31');
  history('c8', 'resale', '2025-09-01', null);
  consume(db, 'b1', '4', of('c8', '2025-08-10'), before);
  consume(db, 'RE1', '-4', { ...of('c8', '2025-09-05'), ...back, original_trade_id: 'b1' });
  // Taken back under its own number; and an order of the resale time, which the bill lacks.
  consume(db, 'b2', '7', of('c8', '2025-08-11'), before);
  consume(db, 'b2', '-7', { ...of('c8', '2025-09-06'), ...back });
  consume(db, 'b3', '3', of('c8', '2025-09-02'));
  bill(db, 'b3', '3', { customer_id: 'c8' });
  consume(db, 'RE3', '-3', { ...of('c8', '2025-09-06'), ...back, original_trade_id: 'b3' });
  // Of an order that is not imported only its own time tells.
  consume(db, 'RE4', '-2', { ...of('c8', '2025-09-06'), ...back, original_trade_id: 'b4' });
  // The other way round it is the bill's.
  history('c9', 'resale', '2025-01-01', '2025-08-31');
  history('c9', 'referral', '2025-09-01', null);
  consume(db, 'b5', '9', of('c9', '2025-08-10'), before);
  bill(db, 'RE5', '-9', { customer_id: 'c9', ...back });
  consume(db, 'RE5', '-9', { ...of('c9', '2025-09-05'), ...back, original_trade_id: 'b5' });
  expect([run(db).brief, run(db).step('referral')]).toEqual([
    [
      ['bill.consumption-without-line', 'c8|RE3', yuan('-3'), 0n],
      ['bill.consumption-without-line', 'c8|RE4', yuan('-2'), 0n],
    ],
    yuan('-11'),
  ]);
});

test('what list price, discount and due leave is truncated only below a cent', () => {
  const db = openTestDb();
  const printed = { truncated_amount: null, discount_amount: 0n };
  bill(db, 't1', '1.00999999');
  consume(db, 't1', '1', { ...printed, list_price: yuan('1.00999999') });
  bill(db, 't2', '1.01');
  consume(db, 't2', '1', { ...printed, list_price: yuan('1.01') });
  expect([run(db).brief, run(db).step('truncation')]).toEqual([[['bill.amount', 'c1|t2', yuan('1'), yuan('1.01')]], yuan('-0.00999999')]);
});

test('a row without trade id may add up what was truncated of many charges, where it prints it', () => {
  const db = openTestDb();
  const printed = { truncated_amount: yuan('0.35'), discount_amount: 0n, list_price: yuan('10.35') };
  bill(db, null, '10.35');
  consume(db, null, '10', printed);
  const other = { customer_id: 'c2' };
  bill(db, 't1', '10.35', other);
  consume(db, 't1', '10', { ...printed, ...other });
  const { brief, step } = run(db);
  expect([brief, step('truncation')]).toEqual([[['bill.amount', 'c2|t1', yuan('10'), yuan('10.35')]], yuan('-0.35')]);
});
