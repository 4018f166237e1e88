import { describe, expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

describe('orders of other months, refunds and customers', () => {
  test('an order of any stored month, earlier or later, by its bill or its consumption; only what none knows is a finding', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    consume(db, 't0', '1');
    const far = [['2024-11', 'a1', '10'], ['2025-03', 'a2', '20'], ['2025-12', 'a3', '30'], ['2026-08', 'a4', '40']] as const; // prettier-ignore
    for (const [month, trade, amount] of far) {
      bill(db, trade, amount, {}, month);
      bill(db, `${trade}-other`, '5', { customer_id: 'c2' }, month);
      deduct(db, `f-${trade}`, trade, amount);
    }
    consume(db, 'r1', '7', { association_type: 'referral', customer_id: 'c9' }, '2026-01');
    deduct(db, 'f-r1', 'r1', '7');
    const first = run(db);
    expect(first.brief).toEqual([]);
    expect(first.ahead).toBe(true);
    expect(first.step('other-month')).toBe(yuan('100'));
    expect(first.step('referral-payment')).toBe(yuan('7'));
    deduct(db, 'f-ghost', 'ghost', '3');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f-ghost', 0n, yuan('3')]]);
  });

  test('later months are looked at only for an order that none before them knows', () => {
    const db = openTestDb();
    bill(db, 't1', '10');
    deduct(db, 'f1', 't1', '10');
    deduct(db, 'f2', 'old', '20');
    bill(db, 'old', '20', {}, '2025-01');
    bill(db, 'old', '999', {}, '2026-05');
    const { brief, ahead, step } = run(db);
    expect([brief, ahead, step('other-month')]).toEqual([[], false, yuan('20')]);
  });

  test('a month of many customers is read once instead of customer by customer, with the same result', () => {
    const db = openTestDb();
    bill(db, 't0', '1');
    for (let i = 0; i < 40; i++) bill(db, `x${i}`, '1', { customer_id: `c${i}` }, '2026-02');
    for (let i = 0; i < 8; i++) deduct(db, `f${i}`, `x${i}`, '1');
    expect([run(db).brief, run(db).step('other-month')]).toEqual([[], yuan('8')]);
    db.prepare("UPDATE sheet_cycle SET rows = 1000000 WHERE cycle = '2026-02'").run();
    expect([run(db).brief, run(db).step('other-month')]).toEqual([[], yuan('8')]);
  });

  test('refunds entered under the number of their original, each against one refund, whatever month the original is of', () => {
    const db = openTestDb();
    consume(db, 'o1', '100', {}, '2025-07');
    const refund = { bill_class: 'refund', original_trade_id: 'o1' };
    for (const [trade, amount] of [['RE1', '-20'], ['RE2', '-12']] as const) {
      consume(db, trade, amount, refund);
      bill(db, trade, amount, refund);
    } // prettier-ignore
    consume(db, 'o2', '50');
    bill(db, 'o2', '50');
    consume(db, 'RE3', '-8', { bill_class: 'refund', original_trade_id: 'o2' });
    for (const [flow, trade, amount] of [['f1', 'o1', '-20'], ['f2', 'o1', '-12'], ['f3', 'o2', '50'], ['f4', 'o2', '-8']] as const) {
      deduct(db, flow, trade, amount);
    } // prettier-ignore
    const { brief, step } = run(db);
    expect(brief).toEqual([]);
    expect([step('not-deducted'), step('basis'), step('other-month')]).toEqual([0n, yuan('4.5'), yuan('-8')]);
    deduct(db, 'f5', 'o1', '-12');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f5', yuan('-12'), yuan('-24')]]);
  });

  test('an order of which the ledger has nothing but its refund was not deducted', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    bill(db, 'RE', '-100', { original_trade_id: 't1', bill_class: 'refund' });
    deduct(db, 'f1', 't1', '-75');
    const { brief, step } = run(db);
    expect([brief, step('agreed'), step('not-deducted')]).toEqual([[], 0n, yuan('-75')]);
  });

  test('a refund entered under the number of its original in parts: of two accounts, or of two months; what is missing of it is its fault', () => {
    const world = (booked = '2025-09') => {
      const db = openTestDb();
      for (const month of ['2025-08', '2025-09', '2025-10']) {
        bill(db, `x${month}`, '80', {}, month);
        consume(db, `x${month}`, '80', {}, month);
        deduct(db, `fx${month}`, `x${month}`, '60', {}, month);
      }
      bill(db, 'o1', '200', {}, '2025-08');
      consume(db, 'o1', '200', {}, '2025-08');
      deduct(db, 'f1', 'o1', '100', {}, '2025-08');
      deduct(db, 'f2', 'o1', '50', { account: 'credit' }, '2025-08');
      const refund = { bill_class: 'refund', original_trade_id: 'o1' };
      consume(db, 'RE1', '-40', refund, booked);
      bill(db, 'RE1', '-40', refund, booked);
      deduct(db, 'b1', 'o1', '-20');
      return db;
    };
    const accounts = world();
    deduct(accounts, 'b2', 'o1', '-10', { account: 'credit' });
    expect([run(accounts).brief, run(accounts).step('not-deducted')]).toEqual([[], 0n]);
    const months = world();
    deduct(months, 'b2', 'o1', '-10', {}, '2025-10');
    expect([run(months).brief, run(months, '2025-10').brief]).toEqual([[], []]);
    const short = world();
    const { brief, findings, step } = run(short);
    expect(brief).toEqual([['account.deduction-amount', 'b1', yuan('-30'), yuan('-20')]]);
    expect(findings[0]).toMatchObject({ customerId: 'c1', left: [expect.anything()] });
    expect([findings[0]?.severity, step('not-deducted')]).toEqual([undefined, 0n]);
    const more = world();
    deduct(more, 'b2', 'o1', '-13');
    expect(run(more).findings.map((f) => [f.code, f.severity, f.expected, f.stated])).toEqual([
      ['account.deduction-amount', 'review', yuan('-30'), yuan('-33')],
    ]);
    for (const [amount, severity] of [
      ['-7', undefined],
      ['-14', 'review'],
    ] as const) {
      const parts = world();
      deduct(parts, 'b2', 'o1', amount, {}, '2025-10');
      expect(run(parts).brief).toEqual([]);
      const last = run(parts, '2025-10').findings.map((f) => [f.code, f.severity, f.expected, f.stated]);
      expect(last).toEqual([['account.deduction-amount', severity, yuan('-10'), yuan(amount)]]);
    }
    // The first part may come back before the refund is booked.
    for (const [amount, told] of [
      ['-10', []],
      ['-7', [['account.deduction-amount', 'b2', yuan('-10'), yuan('-7')]]],
    ] as const) {
      const early = world('2025-10');
      deduct(early, 'b2', 'o1', amount, {}, '2025-10');
      expect([run(early).brief, run(early, '2025-10').brief]).toEqual([[], told]);
    }
    // Of what two accounts paid only one has it back, and that to the amount that it paid.
    const whole = world();
    whole.exec(`DELETE FROM account_statement WHERE flow_id = 'b1';
      UPDATE consumption SET amount_due = amount_due * 5, cash_amount = cash_amount * 5 WHERE trade_id = 'RE1';
      UPDATE partner_bill SET customer_amount = customer_amount * 5, settlement_amount = settlement_amount * 5 WHERE trade_id = 'RE1'`);
    deduct(whole, 'b2', 'o1', '-50', { account: 'credit' });
    expect(run(whole).brief).toEqual([['account.deduction-amount', 'b2', yuan('-150'), yuan('-50')]]);
    // What was taken once too often and given back is no refund.
    const taken = world();
    deduct(taken, 'f3', 'o1', '20');
    expect(run(taken).brief.map(([code]) => code)).toEqual([]);
  });

  test('an order that is billed in two months may be deducted once, at the due of both', () => {
    const db = openTestDb();
    consume(db, 't1', '100');
    bill(db, 't1', '60');
    bill(db, 't1', '40', {}, '2025-10');
    deduct(db, 'f1', 't1', '75');
    const { brief, step } = run(db);
    expect([brief, step('basis')]).toEqual([[], yuan('30')]);
  });

  test('one order number of two customers: the ledger may have the order of one of them, or of both', () => {
    const db = openTestDb();
    for (const [customer_id, amount] of [['c1', '100'], ['c2', '60']] as const) {
      bill(db, 't', amount, { customer_id });
      consume(db, 't', amount, { customer_id });
    } // prettier-ignore
    deduct(db, 'f1', 't', '60');
    expect(run(db).brief).toEqual([]);
    deduct(db, 'f2', 't', '100');
    expect(run(db).brief).toEqual([]);
    deduct(db, 'f3', 't', '7');
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f3', yuan('160'), yuan('167')]]);
  });

  test('an entry of nothing has nothing to explain, with or without an order', () => {
    const db = openTestDb();
    bill(db, 't1', '10');
    consume(db, 't1', '10');
    for (const trade of ['ghost', null]) deduct(db, `f ${trade}`, trade, '0');
    expect([run(db).brief, run(db).step('agreed')]).toEqual([[], 0n]);
  });
});
