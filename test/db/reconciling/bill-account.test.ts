import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import type { BridgePart } from '../../../electron/core/bridge-part.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { bill, billsBeside, consume, deduct, M, run } from './account-builder.ts';
import { runTold } from './run-told.ts';

describe('what is sound', () => {
  test('deductions at due, at the amount before the discount, for referral orders and other months; lines without any prove nothing', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    deduct(db, 'f1', 't1', '75');
    bill(db, 't2', '40');
    deduct(db, 'f2', 't2', '30');
    deduct(db, 'f2b', 't2', '10', { account: 'credit' });
    bill(db, 't3', '8');
    consume(db, 'r1', '20', { association_type: 'referral', customer_id: 'c9' });
    deduct(db, 'f3', 'r1', '20');
    bill(db, 'n1', '16', {}, '2025-10');
    consume(db, 'n1', '16');
    deduct(db, 'f4', 'n1', '16');
    const { brief, step, bridge } = run(db);
    expect(brief).toEqual([]);
    expect(bridge.left.total).toBe(yuan('111'));
    expect(bridge.right.total).toBe(yuan('151'));
    expect(step('not-deducted')).toBe(yuan('-6'));
    expect(step('basis')).toBe(yuan('10'));
    expect(step('referral-payment')).toBe(yuan('20'));
    expect(step('other-month')).toBe(yuan('16'));
  });

  test('entries without order: one day’s lines together, a repayment by its type or by an earlier bill', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    bill(db, 't2', '20');
    insert(db, 'bill-summary', { cycle: '2025-08', amount_due: yuan('500') });
    deduct(db, 'f1', null, '90');
    deduct(db, 'f2', null, '500');
    deduct(db, 'f3', null, '3', { trade_detail_type: '还款' });
    deduct(db, 'f4', null, '4');
    const { brief, step } = run(db);
    expect(brief).toEqual([['account.deduction-without-bill', 'f4', 0n, yuan('4')]]);
    expect(step('repayment')).toBe(yuan('503'));
    expect(step('not-deducted')).toBe(0n);
  });

  test('entries without order: the pay-per-use lines of a day, or those of a customer or product, where others of the day have no entry', () => {
    const db = openTestDb();
    bill(db, 't1', '100', { billing_mode: 'yearlyMonthly' });
    bill(db, 't2', '20', { billing_mode: 'payPerUse', product_type: 'ECS' });
    bill(db, 't3', '8', { billing_mode: 'payPerUse', product_type: 'OBS' });
    bill(db, 't4', '12', { billing_mode: 'payPerUse', product_type: 'ECS', customer_id: 'c2' });
    const entry = deduct(db, 'f1', null, '30');
    const set = (amount: string) => db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan(amount), entry);
    expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], yuan('-75')]);
    set('9');
    expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], yuan('-96')]);
    set('24');
    expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], yuan('-81')]);
    deduct(db, 'f2', null, '24');
    expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f2', 0n, yuan('24')]]);
  });
});

describe('one order number on two customers', () => {
  const two = (db: WriteDb): void => {
    bill(db, 't1', '100');
    bill(db, 't1', '40', { customer_id: 'c2', account_name: 'other' });
  };

  test('of whom one is deducted: the other is not deducted', () => {
    for (const [paid, basis, left] of [
      ['75', '0', '-30'],
      ['30', '0', '-75'],
      ['100', '25', '-30'],
      ['40', '10', '-75'],
    ] as const) {
      const db = openTestDb();
      two(db);
      deduct(db, 'f1', 't1', paid);
      const { brief, step } = run(db);
      expect([brief, step('basis'), step('not-deducted')]).toEqual([[], yuan(basis), yuan(left)]);
    }
  });

  test('who are both deducted, in one sum or in two, or one of three: each at its own', () => {
    const db = openTestDb();
    two(db);
    deduct(db, 'f1', 't1', '75');
    deduct(db, 'f2', 't1', '30');
    expect([run(db).brief, run(db).step('not-deducted')]).toEqual([[], 0n]);
    bill(db, 't1', '8', { customer_id: 'c3' });
    expect([run(db).brief, run(db).step('basis'), run(db).step('not-deducted')]).toEqual([[], 0n, yuan('-6')]);
  });

  test('of whom one is deducted twice: the surplus is a finding, the other is not deducted', () => {
    const db = openTestDb();
    two(db);
    for (const flow of ['f1', 'f2']) deduct(db, flow, 't1', '75');
    const { brief, step } = run(db);
    expect(brief).toEqual([['account.deducted-twice', 'f2', yuan('75'), yuan('150')]]);
    expect([step('basis'), step('not-deducted')]).toEqual([0n, yuan('-30')]);
  });

  test('of whom one is deducted wrongly or twice: the finding names that customer, with its own amounts and entries', () => {
    const db = openTestDb();
    two(db);
    billsBeside(db);
    bill(db, 'at due', '20');
    deduct(db, 'f9', 'at due', '15');
    deduct(db, 'f1', 't1', '76');
    deduct(db, 'f2', 't1', '30');
    const named = () =>
      run(db).findings.map((f) => [f.code, f.recordId, f.customerId, f.expected, f.stated, f.left.length, f.right.length]);
    expect(named()).toEqual([['account.deduction-amount', 'f1', 'c1', yuan('75'), yuan('76'), 1, 1]]);
    db.prepare("UPDATE account_statement SET change_amount = ? WHERE trade_id = 't1'").run(-yuan('30'));
    deduct(db, 'f3', 't1', '75');
    expect(named()).toEqual([['account.deducted-twice', 'f2', 'c2', yuan('30'), yuan('60'), 1, 2]]);
  });

  test('of whom one lives from allocations: what is deducted wrongly is the other’s', () => {
    const db = openTestDb();
    two(db);
    billsBeside(db);
    bill(db, 'at due', '20');
    deduct(db, 'f9', 'at due', '15');
    deduct(db, 'a1', null, '500', { trade_type: 'allocation', customer_id: 'c2' });
    deduct(db, 'f1', 't1', '77');
    const { findings, step } = run(db);
    expect(findings.map((f) => [f.code, f.customerId, f.expected, f.stated])).toEqual([
      ['account.deduction-amount', 'c1', yuan('75'), yuan('77')],
    ]);
    expect(step('not-deducted')).toBe(yuan('-30'));
  });

  test('behind the steps each line ends once', () => {
    const db = openTestDb();
    two(db);
    deduct(db, 'f1', 't1', '75');
    const heard: [string, BridgePart][] = [];
    billAccount.run({ ...runContext(db, M), sink: { begin: () => heard.splice(0), add: (step, part) => heard.push([step, part]) } });
    expect(heard.map(([step, p]) => [step, p.customerKey, p.amount, p.left, p.leftRows, p.rightRows])).toEqual([
      ['agreed', 'c1', 0n, yuan('75'), 1n, 1n],
      ['not-deducted', 'c2', yuan('-30'), yuan('30'), 1, 0],
    ]);
  });
});

describe('what is not', () => {
  test('twice the due, which a partner coupon makes the half of what the customer paid: still twice', () => {
    const db = openTestDb();
    bill(db, 't', '1678.4', { coupon_amount: yuan('419.6'), amount_due: yuan('839.2') });
    deduct(db, 'f1', 't', '839.2');
    deduct(db, 'f2', 't', '839.2');
    // Without the consumption the bill may lack half of the order.
    expect(run(db).brief).toEqual([]);
    consume(db, 't', '1678.4');
    expect(run(db).brief).toEqual([['account.deducted-twice', 'f2', yuan('839.2'), yuan('1678.4')]]);
    for (const trade of ['a', 'b']) {
      bill(db, trade, '100');
      consume(db, trade, '100');
      deduct(db, `f-${trade}`, trade, '100');
    }
    // The account pays what the customer paid: this order in two halves.
    expect(run(db).brief).toEqual([]);
  });

  test('the same amount twice for one order, named by the later entry', () => {
    const db = openTestDb();
    bill(db, 't1', '100');
    deduct(db, 'late', 't1', '100', { traded_at: '2025-09-12 10:00:00' });
    deduct(db, 'early', 't1', '100', { traded_at: '2025-09-11 10:00:00' });
    const { brief, findings, bridge, step } = run(db);
    expect(brief).toEqual([['account.deducted-twice', 'late', yuan('100'), yuan('200')]]);
    expect(findings[0]).toMatchObject({ customerId: 'c1', tradeId: 't1', recordId: 'late' });
    expect(bridge.unexplained).toBe(yuan('100'));
    expect(step('basis')).toBe(yuan('25'));
  });

  test('another amount than the order’s, against what the account usually deducts', () => {
    const db = openTestDb();
    for (const [trade, paid] of [['t1', '75'], ['t2', '75'], ['t3', '80']] as const) {
      bill(db, trade, '100');
      consume(db, trade, '100');
      deduct(db, `f-${trade}`, trade, paid);
    } // prettier-ignore
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f-t3', yuan('75'), yuan('80')]]);
    deduct(db, 'f-t4', 't4', '90');
    for (const trade of ['t5', 't6', 't7']) {
      bill(db, trade, '100');
      deduct(db, `f-${trade}`, trade, '100');
    }
    consume(db, 't4', '95', { association_type: 'referral' });
    const { brief, findings } = run(db);
    expect(brief).toEqual([
      ['account.deduction-amount', 'f-t3', yuan('100'), yuan('80')],
      ['account.deduction-amount', 'f-t4', yuan('95'), yuan('90')],
    ]);
    expect(findings.map((f) => f.severity)).toEqual(['review', 'review']);
  });

  test('a refund that never came back, only where the original left the account, never for referral customers', () => {
    const db = openTestDb();
    for (const [trade, type] of [['o1', 'resale'], ['o2', 'resale'], ['o3', 'referral'], ['o4', 'resale']] as const) {
      consume(db, trade, '100', { association_type: type });
      const refund = { association_type: type, bill_class: 'refund', original_trade_id: trade };
      consume(db, `RE-${trade}`, '-40', refund);
      if (type === 'resale') {
        bill(db, trade, '100');
        bill(db, `RE-${trade}`, '-40', { bill_class: 'refund' });
      }
    } // prettier-ignore
    for (const trade of ['o1', 'o2', 'o3']) deduct(db, `f-${trade}`, trade, '100');
    deduct(db, 'back', 'RE-o2', '-40');
    const { brief, findings, bridge, step } = run(db);
    expect(brief).toEqual([['account.refund-not-returned', 'c1|RE-o1', yuan('-40'), 0n]]);
    expect(findings[0]).toMatchObject({ tradeId: 'RE-o1', customerId: 'c1' });
    expect(bridge.unexplained).toBe(yuan('40'));
    expect(step('not-deducted')).toBe(yuan('-45'));
  });
});

describe('the balance', () => {
  function entry(db: WriteDb, flow: string, at: string, change: string, balance: string, more: Values = {}): bigint {
    const values = { cycle: at.slice(0, 7), account: 'recharge', flow_id: flow, traded_at: at, trade_type: 'recharge' };
    return insert(db, 'account-statement', { ...values, change_amount: yuan(change), balance_after: yuan(balance), ...more });
  }
  const walk = (db: WriteDb, cycle = M) => {
    const { findings, checks } = runTold(billAccount, runContext(db, cycle));
    return {
      found: findings.filter((f) => f.code === 'account.balance-walk').map((f) => [f.recordId, f.expected, f.stated, f.severity]),
      check: checks.find((c) => c.code === 'account.balance-walk'),
    };
  };

  test('follows over months, accounts, freezes, equal seconds and files with the newest first', () => {
    const db = openTestDb();
    entry(db, 'p', '2025-08-31 10:00:00', '100', '100');
    entry(db, 'd', '2025-09-05 10:00:00', '-10', '85');
    entry(db, 'c', '2025-09-05 10:00:00', '-5', '95');
    entry(db, 'b', '2025-09-03 10:00:00', '-50', '100', { trade_type: 'freeze' });
    entry(db, 'x', '2025-09-04 10:00:00', '7', '7', { account: 'credit' });
    expect(walk(db)).toEqual({ found: [], check: { code: 'account.balance-walk', compared: 4 } });
  });

  test('a balance that is off from one entry on, or in one entry alone, is one finding', () => {
    const db = openTestDb();
    entry(db, 'a', '2025-09-01 10:00:00', '100', '100');
    entry(db, 'b', '2025-09-02 10:00:00', '-10', '80');
    entry(db, 'c', '2025-09-03 10:00:00', '-10', '70');
    entry(db, 'd', '2025-09-04 10:00:00', '-10', '65');
    entry(db, 'e', '2025-09-05 10:00:00', '-10', '50');
    expect(walk(db).found).toEqual([
      ['b', yuan('90'), yuan('80'), undefined],
      ['d', yuan('60'), yuan('65'), 'review'],
    ]);
  });

  test('rows of the sheet that were refused are named as what may be missing', () => {
    const db = openTestDb();
    entry(db, 'a', '2025-09-01 10:00:00', '100', '100');
    entry(db, 'b', '2025-09-03 10:00:00', '-10', '80');
    const candidates = () => runTold(billAccount, runContext(db, M)).findings.map((f) => f.candidates.map((c) => c.code));
    expect(candidates()).toEqual([[]]);
    db.exec('UPDATE sheet SET rows = 3, accepted = 2');
    expect(candidates()).toEqual([['rows-left-out']]);
  });

  test('the first balance must follow the month before, where that was imported', () => {
    const db = openTestDb();
    entry(db, 'a', '2025-09-01 10:00:00', '10', '50');
    expect(walk(db).found).toEqual([]);
    entry(db, 'p', '2025-08-20 10:00:00', '10', '45');
    expect(walk(db).found).toEqual([['a', yuan('55'), yuan('50'), undefined]]);
  });

  test('without a ledger or without balances it is skipped', () => {
    const db = openTestDb();
    bill(db, 't1', '1');
    expect(walk(db).check?.skipped).toContain('2025-09 收支明细');
    entry(db, 'a', '2025-09-01 10:00:00', '10', '50', { balance_after: null });
    expect(walk(db).check?.skipped).toContain('变更后余额');
  });
});

test('without the bill the bridge and its checks are skipped, the walk is not', () => {
  const db = openTestDb();
  deduct(db, 'f1', 't1', '1', { balance_after: yuan('9') });
  const outcome = runTold(billAccount, runContext(db, M));
  expect(outcome.bridge).toEqual({ pair: 'bill-account', missing: ['partner-bill'] });
  expect(outcome.checks.map((c) => [c.code, c.skipped !== undefined])).toEqual([
    ['account.balance-walk', false],
    ['account.deducted-twice', true],
    ['account.deduction-without-bill', true],
    ['account.deduction-amount', true],
    ['account.refund-not-returned', true],
    ['account.bill-without-deduction', true],
  ]);
});
