import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { readKey, type MatchAction } from '../../../electron/core/manual-match.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, billsBeside, consume, deduct, M, run } from './account-builder.ts';

const match = (db: WriteDb, action: MatchAction, ...keys: string[]): bigint =>
  addMatch(db, {
    cycle: M,
    pair: 'bill-account',
    action,
    keys: keys.map((k) => readKey(k)!),
    reason: '人工核对',
    by: '王芳',
    at: '2025-10-08 09:00:00',
  });
describe('entries joined with orders by hand', () => {
  test('that agree are no finding: an entry without its order, one that names another, two orders in one', () => {
    const db = openTestDb();
    bill(db, 'T1', '100.00', { traded_at: `${M}-03 08:00:00` });
    bill(db, 'T2', '60.00');
    bill(db, 'T3', '20.00');
    deduct(db, 'F1', null, '100.00');
    deduct(db, 'F2', 'T9', '80.00');
    for (const trade of ['T1', 'T2', 'T3']) consume(db, trade, '1.00');
    expect(run(db).findings).toHaveLength(2);
    match(db, 'join', 'F1', 'c1|T1');
    match(db, 'join', 'F2', 'c1|T2', 'c1|T3');
    const { findings, step } = run(db);
    expect(findings).toEqual([]);
    expect(step('not-deducted')).toBe(0n);
    expect(step('basis')).toBe(yuan('45.00'));
  });

  test('that do not add up are one finding with the exact rest, under the entry that was named', () => {
    const db = openTestDb();
    bill(db, 'T1', '60.00');
    bill(db, 'T2', '50.00');
    deduct(db, 'F1', null, '80.00');
    match(db, 'join', 'F1', 'c1|T1', 'c1|T2');
    const { brief, findings, bridge } = run(db);
    expect(brief).toEqual([['account.deduction-amount', 'F1', yuan('82.50'), yuan('80.00')]]);
    expect(findings[0]!.reason.zh).toContain('人工合并核对：F1、T1、T2');
    expect(bridge.unexplained).toBe(yuan('-2.50'));
  });

  test('show that an order was paid once more', () => {
    const db = openTestDb();
    bill(db, 'T1', '100.00');
    deduct(db, 'F1', 'T1', '100.00');
    deduct(db, 'F2', null, '100.00', { traded_at: `${M}-11 08:00:00` });
    match(db, 'join', 'F2', 'c1|T1');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'F2', yuan('100.00'), yuan('200.00')]]);
  });

  test('may be a deduction and what came back for it, and a payment for a referral customer', () => {
    const db = openTestDb();
    bill(db, 'T0', '1.00');
    deduct(db, 'F1', 'X1', '30.00');
    deduct(db, 'F2', 'X2', '-30.00');
    consume(db, 'R1', '7.00', { association_type: 'referral' });
    deduct(db, 'F3', null, '7.00');
    expect(run(db).findings).toHaveLength(3);
    match(db, 'join', 'F1', 'F2');
    match(db, 'join', 'F3', 'c1|R1');
    const { findings, step } = run(db);
    expect(findings).toEqual([]);
    expect(step('referral-payment')).toBe(yuan('7.00'));
  });

  test('of a refund are what came back', () => {
    const db = openTestDb();
    bill(db, 'T1', '100.00');
    consume(db, 'T1', '100.00');
    deduct(db, 'F1', 'T1', '100.00');
    bill(db, 'R1', '-40.00', { bill_class: 'refund', original_trade_id: 'T1' });
    consume(db, 'R1', '-40.00', { bill_class: 'refund', original_trade_id: 'T1' });
    deduct(db, 'F2', 'OTHER', '-40.00');
    expect(new Set(run(db).brief.map(([code]) => code))).toEqual(
      new Set(['account.refund-not-returned', 'account.deduction-without-bill']),
    );
    match(db, 'join', 'c1|R1', 'F2');
    expect(run(db).findings).toEqual([]);
  });

  test('do not guess among customers: an order number on two of them is split as it was said', () => {
    const db = openTestDb();
    bill(db, 'T1', '60.00');
    bill(db, 'T1', '40.00', { customer_id: 'c2', account_name: 'other' });
    deduct(db, 'F1', null, '40.00');
    match(db, 'join', 'F1', 'c2|T1');
    const { findings, step } = run(db);
    expect(findings).toEqual([]);
    expect(step('not-deducted')).toBe(yuan('-45.00'));
  });

  test('of which only one is in the data are judged as if nothing had been said', () => {
    const db = openTestDb();
    bill(db, 'T1', '100.00');
    deduct(db, 'F1', null, '30.00');
    const alone = run(db).brief;
    match(db, 'join', 'F1', 'c1|GONE');
    expect(run(db).brief).toEqual(alone);
  });
});

describe('what is set apart by hand', () => {
  test('is an entry that does not pay the order that it names', () => {
    const db = openTestDb();
    billsBeside(db);
    bill(db, 'T1', '100.00');
    deduct(db, 'F1', 'T1', '100.00');
    deduct(db, 'F2', 'T1', '30.00');
    expect(run(db).brief.map(([code]) => code)).toEqual(['account.deduction-amount']);
    match(db, 'split', 'F2');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'F2', 0n, yuan('30.00')]]);
  });

  test('is what came back for another refund than it names: that one did not come back', () => {
    const db = openTestDb();
    bill(db, 'T1', '100.00');
    consume(db, 'T1', '100.00');
    deduct(db, 'F1', 'T1', '100.00');
    bill(db, 'R1', '-40.00', { bill_class: 'refund', original_trade_id: 'T1' });
    consume(db, 'R1', '-40.00', { bill_class: 'refund', original_trade_id: 'T1' });
    deduct(db, 'F2', 'R1', '-40.00');
    expect(run(db).findings).toEqual([]);
    match(db, 'split', 'F2');
    expect(run(db).brief).toEqual([
      ['account.deduction-without-bill', 'F2', 0n, yuan('-40.00')],
      ['account.refund-not-returned', 'c1|R1', yuan('-40.00'), 0n],
    ]);
  });

  test("is an order that no day's sum pays, or an entry that is no day's sum", () => {
    const db = openTestDb();
    bill(db, 'T1', '60.00');
    bill(db, 'T2', '40.00');
    deduct(db, 'F1', null, '100.00');
    expect(run(db).findings).toEqual([]);
    const order = match(db, 'split', 'c1|T2');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'F1', 0n, yuan('100.00')]]);
    db.prepare("UPDATE manual_match SET undone_at = '2025-10-09 09:00:00' WHERE id = ?").run(order);
    expect(run(db).findings).toEqual([]);
    match(db, 'split', 'F1');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'F1', 0n, yuan('100.00')]]);
  });
});

const row = fc.record({
  side: fc.constantFrom('bill', 'entry', 'entry', 'consumption'),
  customer: fc.constantFrom('c1', 'c2'),
  trade: fc.constantFrom('A', 'B', 'C', null),
  amount: fc.constantFrom(-40, -10, 10, 30, 40, 60, 100),
});
const key = fc.oneof(
  fc.tuple(fc.constantFrom('c1', 'c2'), fc.constantFrom('A', 'B', 'C')).map((p) => p.join('|')),
  fc.nat(9).map((n) => `F${n}`),
);
const said = fc.uniqueArray(key, { maxLength: 8 }).chain((keys) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom<MatchAction>('join', 'split')), { maxLength: 4 }).map((cuts) => {
    const rest = [...keys];
    return cuts.map(([size, action]) => ({ action, keys: rest.splice(0, size) })).filter((m) => m.keys.length > 0);
  }),
);

test('whatever is joined and set apart: both ends stay, the bridge closes group by group, every entry is in one place', () => {
  const db = openTestDb();
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), said, (rows, matches) => {
      db.exec('DELETE FROM partner_bill; DELETE FROM account_statement; DELETE FROM consumption; DELETE FROM manual_match');
      for (const [n, r] of rows.entries()) {
        const names = { customer_id: r.customer, account_name: r.customer };
        if (r.side === 'bill') bill(db, r.trade, `${r.amount}`, names);
        else if (r.side === 'entry') deduct(db, `F${n}`, r.trade, `${r.amount}`);
        else consume(db, r.trade ?? 'Z', `${r.amount}`, names);
      }
      bill(db, 'Z', '1.00');
      deduct(db, 'FZ', 'Z', '1.00');
      consume(db, 'Z', '1.00');
      const before = run(db).bridge;
      for (const m of matches) match(db, m.action, ...m.keys);
      const { bridge, findings } = run(db);
      expect(bridge.left).toEqual(before.left);
      expect(bridge.right).toEqual(before.right);
      const claimed = findings.filter((f) => f.code === 'account.deduction-without-bill').flatMap((f) => f.right);
      expect(new Set(claimed).size).toBe(claimed.length);
    }),
    { numRuns: 20 },
  );
});
