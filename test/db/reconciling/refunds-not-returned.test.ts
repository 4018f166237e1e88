import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const M = '2025-09';
const code = 'account.refund-not-returned';

const bill = (db: WriteDb, trade: string, due: string, more: Values = {}): bigint =>
  insert(db, 'partner-bill', {
    cycle: M, customer_id: 'c1', trade_id: trade, customer_amount: yuan(due), settlement_rate: 100_000_000n, settlement_amount: yuan(due), ...more,
  }); // prettier-ignore
const consume = (db: WriteDb, trade: string, due: string, more: Values = {}): bigint =>
  insert(db, 'consumption', {
    cycle: M, customer_id: 'c1', association_type: 'resale', trade_id: trade, amount_due: yuan(due), bill_class: 'consumption', ...more,
  }); // prettier-ignore
/** A refund of 40 in the consumption and, unless told otherwise, in the bill. */
function refund(db: WriteDb, original: string | null, more: Values = {}, billed = true): void {
  const values = { bill_class: 'refund', original_trade_id: original, ...more };
  consume(db, 'RE1', '-40', values);
  if (billed) bill(db, 'RE1', '-40', { bill_class: 'refund', ...(more['customer_id'] ? { customer_id: more['customer_id'] } : {}) });
}
const entry = (db: WriteDb, flow: string, trade: string | null, change: string, more: Values = {}): bigint =>
  insert(db, 'account-statement', {
    cycle: M, account: 'recharge', flow_id: flow, trade_id: trade, traded_at: `${M}-12 08:00:00`,
    trade_type: yuan(change) < 0n ? 'deduction' : 'refund', change_amount: yuan(change), ...more,
  }); // prettier-ignore

/** A month in which the ledger has an entry of another customer only. */
function month(): WriteDb {
  const db = openTestDb();
  bill(db, 'other', '5', { customer_id: 'c9' });
  entry(db, 'f0', 'other', '-5');
  return db;
}
/** As `month`, with one deducted order of the refund's own customer. */
function carried(): WriteDb {
  const db = month();
  bill(db, 'sister', '7');
  entry(db, 'f1', 'sister', '-7');
  return db;
}
const found = (db: WriteDb) =>
  billAccount
    .run(runContext(db, M))
    .findings.filter((f) => f.code === code)
    .map((f) => [f.tradeId, f.expected, f.stated]);
const kept = [['RE1', yuan('-40'), 0n]];

test('the original was deducted from an imported account: also in an earlier month, also where the bill does not have the refund', () => {
  const db = month();
  refund(db, 'o1', {}, false);
  expect(found(db)).toEqual([]);
  entry(db, 'f2', 'o1', '-100', { cycle: '2025-06', traded_at: '2025-06-01 08:00:00', account: 'credit' });
  expect(found(db)).toEqual(kept);
});

test('it came back under its own number or the original’s, in its month or a neighbour, or later under its own', () => {
  for (const [trade, cycle, expected] of [
    ['RE1', M, []],
    ['o1', M, []],
    ['RE1', '2025-10', []],
    ['o1', '2025-08', []],
    ['RE1', '2025-11', []],
    ['RE1', '2027-02', []],
    ['RE1', '2025-07', kept],
    ['o1', '2025-11', kept],
    ['o1', '2025-07', kept],
  ] as const) {
    const db = carried();
    refund(db, 'o1');
    entry(db, 'f2', 'o1', '-100', { cycle: '2025-06', traded_at: '2025-06-01 08:00:00' });
    entry(db, 'back', trade, '40', { cycle, traded_at: `${cycle}-20 08:00:00` });
    expect(found(db), `${trade} ${cycle}`).toEqual(expected);
  }
});

test('an original that a month with a ledger knows and that was not deducted there: nothing left the account', () => {
  const db = carried();
  consume(db, 'o1', '100');
  refund(db, 'o1');
  expect(found(db)).toEqual([]);
});

test('a refund of the bill whose original nothing imported tells of: only where the ledger carries that customer’s orders', () => {
  for (const original of [null, 'o-of-last-year']) {
    const silent = month();
    refund(silent, original);
    expect(found(silent)).toEqual([]);
    const fires = carried();
    refund(fires, original);
    expect(found(fires)).toEqual(kept);
  }
});

test('the customer’s other order may be known from the consumption of an earlier month, and its entry a refund', () => {
  const db = month();
  refund(db, null);
  consume(db, 'before', '9', { cycle: '2025-08' });
  expect(found(db)).toEqual([]);
  entry(db, 'f3', 'before', '9', { cycle: '2025-08', traded_at: '2025-08-15 08:00:00' });
  expect(found(db)).toEqual(kept);
});

test('without an original it must be in the bill', () => {
  const db = carried();
  refund(db, null, {}, false);
  expect(found(db)).toEqual([]);
});

test('a customer on allocations: paid back to the allocation, unless the original itself was deducted here', () => {
  for (const type of ['allocation', 'retrieval']) {
    const db = carried();
    refund(db, 'o-of-last-year');
    expect(found(db)).toEqual(kept);
    entry(db, 'a', null, '-900', { trade_type: type, customer_id: 'c1' });
    expect(found(db)).toEqual([]);
    entry(db, 'f4', 'o-of-last-year', '-100', { cycle: '2025-06', traded_at: '2025-06-01 08:00:00' });
    expect(found(db)).toEqual(kept);
  }
});

test('never for referral customers, and not for what is no refund or adds up to none', () => {
  const referral = carried();
  refund(referral, 'o1', { association_type: 'referral' });
  entry(referral, 'f2', 'o1', '-100');
  expect(found(referral)).toEqual([]);
  const nothing = carried();
  refund(nothing, null);
  consume(nothing, 'RE1', '40', { bill_class: 'refund' });
  expect(found(nothing)).toEqual([]);
});

test('of two refunds of one order only one came back under its number, in this month or the one before: the other is missing', () => {
  for (const cycle of [M, '2025-08']) {
    const db = carried();
    entry(db, 'f2', 'o1', '-100', { cycle: '2025-06', traded_at: '2025-06-01 08:00:00' });
    refund(db, 'o1');
    for (const make of [consume, bill]) make(db, 'RE0', '-25', { cycle, bill_class: 'refund', original_trade_id: 'o1' });
    entry(db, 'back', 'o1', '25', { cycle, traded_at: `${cycle}-20 08:00:00` });
    expect(found(db), cycle).toEqual(kept);
    entry(db, 'other', 'o1', '12', { cycle: '2025-10', traded_at: '2025-10-02 08:00:00' });
    expect(found(db), cycle).toEqual([]);
  }
});

test('the same without the bill', () => {
  const db = openTestDb();
  entry(db, 'f2', 'o1', '-100');
  consume(db, 'o1', '100');
  refund(db, 'o1', {}, false);
  consume(db, 'RE0', '-25', { bill_class: 'refund', original_trade_id: 'o1' });
  entry(db, 'back', 'o1', '25');
  expect(found(db)).toEqual(kept);
});

test('a refund in the last hours of the month may come back in the next, whose ledger is not there yet', () => {
  const db = carried();
  entry(db, 'f2', 'o1', '-100');
  refund(db, 'o1', { traded_at: `${M}-30 23:58:00` });
  expect(found(db)).toEqual([]);
  entry(db, 'next', null, '5', { cycle: '2025-10', traded_at: '2025-10-03 08:00:00' });
  expect(found(db)).toEqual(kept);
});

test('a refund of which coupons leave nothing to return', () => {
  const db = carried();
  entry(db, 'f2', 'o1', '-100');
  consume(db, 'RE1', '-40', { bill_class: 'refund', original_trade_id: 'o1' });
  bill(db, 'RE1', '-40', { bill_class: 'refund', coupon_amount: yuan('-40') });
  expect(found(db)).toEqual([]);
});

test('a refund under the number of its purchase, which the month before deducted, is not returned by that', () => {
  const db = carried();
  for (const make of [consume, bill]) {
    make(db, 'o1', '100', { cycle: '2025-08' });
    make(db, 'o1', '-40', { bill_class: 'refund' });
  }
  entry(db, 'f2', 'o1', '-100', { cycle: '2025-08', traded_at: '2025-08-10 08:00:00' });
  expect(found(db)).toEqual([['o1', yuan('-40'), 0n]]);
  entry(db, 'back', 'o1', '40');
  expect(found(db)).toEqual([]);
});
