import { describe, expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, billsBeside, consume, deduct, run } from './account-builder.ts';

const all = { settlement_rate: 100_000_000n };

describe('what is expected is the due of the lines, unless the ledger proves another basis', () => {
  test('no other deduction says anything, or as many say one thing as the other', () => {
    const db = openTestDb();
    bill(db, 'plain', '100', { ...all, settlement_amount: yuan('100') });
    deduct(db, 'f0', 'plain', '100');
    bill(db, 't1', '200');
    consume(db, 't1', '200', { cash_amount: yuan('20'), coupon_amount: yuan('180') });
    deduct(db, 'f1', 't1', '170');
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f1', yuan('150'), yuan('170')]]);
    for (const [trade, paid] of [['t2', '75'], ['t3', '100']] as const) {
      bill(db, trade, '100');
      deduct(db, trade, trade, paid);
    } // prettier-ignore
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f1', yuan('150'), yuan('170')]]);
    bill(db, 't4', '100');
    deduct(db, 't4', 't4', '100');
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f1', yuan('200'), yuan('170')]]);
  });

  test('after the partner’s coupon; the settlement without it is too much', () => {
    const db = openTestDb();
    bill(db, 't1', '200', { coupon_amount: yuan('30') });
    consume(db, 't1', '200');
    deduct(db, 'f1', 't1', '150');
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f1', yuan('120'), yuan('150')]]);
  });

  test('of an order of the month before, and of a refund that never came back', () => {
    const db = openTestDb();
    bill(db, 'old', '200', {}, '2025-08');
    consume(db, 'old', '200', {}, '2025-08');
    bill(db, 't1', '70', { ...all, settlement_amount: yuan('70') });
    deduct(db, 'f0', 't1', '70');
    deduct(db, 'f1', 'old', '160');
    consume(db, 'RE', '-80', { bill_class: 'refund', original_trade_id: 'old' });
    bill(db, 'RE', '-80', { bill_class: 'refund' });
    expect(run(db).brief).toEqual([
      ['account.deduction-amount', 'f1', yuan('150'), yuan('160')],
      ['account.refund-not-returned', 'c1|RE', yuan('-60'), 0n],
    ]);
  });

  test('an entry beside those that come to the order is all that is too much', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    deduct(db, 'f1', 't1', '40');
    deduct(db, 'f2', 't1', '60');
    deduct(db, 'f3', 't1', '7');
    billsBeside(db);
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f3', yuan('100'), yuan('107')]]);
  });
});

describe('a bill line that is missing is the bill’s fault alone', () => {
  test('where the ledger has the order, or its refund, at the customer’s settlement rate', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    deduct(db, 'f1', 't1', '75');
    consume(db, 't2', '200', { cash_amount: 0n, coupon_amount: yuan('200') });
    deduct(db, 'f2', 't2', '150');
    consume(db, 'RE', '-80', { bill_class: 'refund', original_trade_id: 't2' });
    const back = deduct(db, 'back', 'RE', '-60');
    const { brief, step } = run(db);
    expect([brief, step('other-month')]).toEqual([[], yuan('90')]);
    db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(yuan('50'), back);
    expect(run(db).brief).toEqual([['account.deduction-amount', 'back', yuan('-60'), yuan('-50')]]);
    db.prepare('DELETE FROM account_statement WHERE id = ?').run(back);
    expect(run(db).brief).toEqual([['account.refund-not-returned', 'c1|RE', yuan('-60'), 0n]]);
  });

  test('with the tax that the customer’s other lines have, and with what was truncated', () => {
    const db = openTestDb();
    bill(db, 't1', '100', { tax_amount: yuan('4.5'), amount_due: yuan('79.5') });
    deduct(db, 'f1', 't1', '79.5');
    consume(db, 't2', '392.51', { truncated_amount: yuan('0.00560033') });
    const entry = deduct(db, 'f2', 't2', '312.04670025');
    expect(run(db).brief).toEqual([]);
    db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan('313'), entry);
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f2', yuan('312.0425'), yuan('313')]]);
  });

  test('less a partner coupon, which only the missing line would say, where the bill has any', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    deduct(db, 'f1', 't1', '75');
    consume(db, 't2', '200');
    const entry = deduct(db, 'f2', 't2', '120');
    const told = [['account.deduction-amount', 'f2', yuan('150'), yuan('120')]];
    expect(run(db).brief).toEqual(told);
    bill(db, 't3', '100', { coupon_amount: yuan('10'), customer_id: 'c2' });
    expect(run(db).brief).toEqual([]);
    db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan('160'), entry);
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f2', yuan('150'), yuan('160')]]);
    db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan('120'), entry);
    deduct(db, 'f3', 't2', '120');
    expect(run(db).brief.length).toBe(1);
  });

  test('at one of several rates; another amount is held against the rate of its product', () => {
    const db = openTestDb();
    const of = (product_type: string, rate: bigint, settlement: string) =>
      ({ product_type, settlement_rate: rate * 1_000_000n, settlement_amount: yuan(settlement) }); // prettier-ignore
    bill(db, 't1', '100', of('ECS', 75n, '75'));
    bill(db, 't2', '100', of('OBS', 90n, '90'));
    for (const [trade, paid] of [['t1', '75'], ['t2', '90']] as const) deduct(db, trade, trade, paid); // prettier-ignore
    consume(db, 't3', '200', { product_type: 'OBS' });
    const entry = deduct(db, 'f3', 't3', '180');
    expect(run(db).brief).toEqual([]);
    db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan('160'), entry);
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f3', yuan('180'), yuan('160')]]);
  });
});

describe('a bill line that is wrong is the bill’s fault alone, where the ledger has what it should have been', () => {
  test('a settlement beside its rate, an amount that was not consumed, a line twice: the rest is in the step basis', () => {
    for (const [amounts, more, basis] of [
      [['200'], { settlement_amount: yuan('160') }, '-10'],
      [['210'], {}, '-7.5'],
      [['200', '200'], {}, '-150'],
      [['210'], { coupon_amount: yuan('30') }, '-7.5'],
      [['200', '200'], { coupon_amount: yuan('30') }, '-120'],
    ] as const) {
      const db = openTestDb();
      bill(db, 't1', '100');
      deduct(db, 'f1', 't1', '75');
      for (const amount of amounts) bill(db, 't2', amount, more);
      consume(db, 't2', '200');
      const entry = deduct(db, 'f2', 't2', 'coupon_amount' in more ? '120' : '150');
      expect([run(db).brief, run(db).step('basis')], amounts.join()).toEqual([[], yuan(basis)]);
      db.prepare('UPDATE account_statement SET change_amount = change_amount - 100000000 WHERE id = ?').run(entry);
      expect(run(db).brief.map((b) => b.slice(0, 2))).toEqual([['account.deduction-amount', 'f2']]);
    }
  });

  test('of two products at two rates, with tax in what is due', () => {
    const db = openTestDb();
    bill(db, 't1', '200', { tax_amount: yuan('9'), amount_due: yuan('159') });
    bill(db, 't1', '110', {
      settlement_rate: 90_000_000n,
      settlement_amount: yuan('99'),
      tax_amount: yuan('5.94'),
      amount_due: yuan('104.94'),
    });
    consume(db, 't1', '300');
    deduct(db, 'f1', 't1', '254.4'); // (150 + 90) × 1.06
    const { brief, step } = run(db);
    expect([brief, step('basis')]).toEqual([[], yuan('-9.54')]);
  });

  test('deducted twice at the right price: one finding, of the ledger', () => {
    const db = openTestDb();
    bill(db, 't1', '210');
    consume(db, 't1', '200');
    for (const flow of ['f1', 'f2']) deduct(db, flow, 't1', '150');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', yuan('150'), yuan('300')]]);
  });
});

test('an order that the bill has with an adjustment, which the ledger has in an entry of its own', () => {
  const db = openTestDb();
  for (const trade of ['k1', 'k2', 't1']) {
    bill(db, trade, '200');
    consume(db, trade, '200');
    deduct(db, `f-${trade}`, trade, '150');
  }
  for (const make of [bill, consume]) make(db, 't1', '-20', { bill_class: 'adjustment' });
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f-t1', yuan('135'), yuan('150')]]);
  deduct(db, 'back', 't1', '-15', { trade_type: 'adjustment' });
  expect([run(db).brief, run(db).step('basis')]).toEqual([[], yuan('15')]);
});
