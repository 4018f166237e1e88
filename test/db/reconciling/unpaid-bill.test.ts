import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { allotRepayment, listRepayments } from '../../../db/repayments.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { DueDay } from '../../../electron/core/due-date.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';
const code = 'account.bill-without-deduction';
const at = '2025-11-01 00:00:00';

const line = (db: WriteDb, trade: string | null, due: string, more: Values = {}): bigint =>
  insert(db, 'partner-bill', {
    cycle: M, customer_id: 'c1', account_name: 'acme', trade_id: trade, traded_at: `${M}-10 08:00:00`,
    customer_amount: yuan(due), settlement_rate: 100_000_000n, settlement_amount: yuan(due), ...more,
  }); // prettier-ignore
const entry = (db: WriteDb, flow: string | null, time: string, change: string, more: Values = {}): bigint =>
  insert(db, 'account-statement', {
    cycle: time.slice(0, 7), account: 'recharge', flow_id: flow, traded_at: `${time} 08:00:00`, trade_type: 'deduction',
    change_amount: yuan(change), ...more,
  }); // prettier-ignore

/** A ledger of the bill's month with one deducted order of c1, and one of the next month that reaches the 25th. */
function ledgers(): WriteDb {
  const db = openTestDb();
  line(db, 'paid', '5');
  entry(db, 'f0', `${M}-10`, '-5', { trade_id: 'paid' });
  entry(db, 'end', '2025-10-25', '1', { trade_type: 'recharge' });
  return db;
}
function run(db: WriteDb, due: DueDay | null = { day: 20, monthsAfter: 1 }) {
  const outcome = runTold(billAccount, runContext(db, M, { billDueDate: due }));
  const check = outcome.checks.find((c) => c.code === code)!;
  const findings = outcome.findings.filter((f) => f.code === code);
  const bridge = outcome.bridge as Bridge;
  expect(findings.every((f) => f.bridge?.amount === 0n)).toBe(true);
  return { check, findings, bridge, brief: findings.map((f) => [f.businessKey.join('|'), f.expected, f.stated]), others: outcome.findings.length - findings.length, ahead: outcome.ahead };
} // prettier-ignore

describe('fires', () => {
  test('for an order that nothing paid by the due date; its row stays in the step not-deducted', () => {
    const db = ledgers();
    const row = line(db, 't1', '30');
    line(db, 'late', '7');
    entry(db, 'f9', '2025-10-21', '-7', { trade_id: 'late' });
    const { check, brief, findings, bridge } = run(db);
    expect(check).toEqual({ code, compared: 3 });
    expect(brief).toEqual([
      ['c1|late', yuan('7'), 0n],
      ['c1|t1', yuan('30'), 0n],
    ]);
    expect(findings[1]).toMatchObject({ customerId: 'c1', accountName: 'acme', tradeId: 't1', left: [row], right: [] });
    expect(findings[1]!.reason.zh).toBe('订单 t1 应还 30.00，至 2025-10-20 没有扣款记录，也没有分配到本月的还款。');
    expect(bridge.unexplained).toBe(0n);
    expect(bridge.steps.find((s) => s.step === 'not-deducted')).toMatchObject({ amount: yuan('-37'), rows: 2 });
  });

  test('for the customers of an order number that was deducted for others only, in whatever month', () => {
    const db = ledgers();
    const other = { customer_id: 'c2', account_name: 'other' };
    line(db, 'two', '60');
    const open = line(db, 'two', '40', other);
    entry(db, 'f1', `${M}-11`, '-60', { trade_id: 'two' });
    line(db, 'later', '8');
    line(db, 'later', '3', other);
    entry(db, 'f2', '2025-10-03', '-3', { trade_id: 'later' });
    expect(run(db).brief).toEqual([
      ['c1|later', yuan('8'), 0n],
      ['c2|two', yuan('40'), 0n],
    ]);
    expect(run(db).findings[1]).toMatchObject({ customerId: 'c2', accountName: 'other', left: [open] });
    entry(db, 'f3', '2025-10-04', '-40', { trade_id: 'two' });
    entry(db, 'f4', '2025-10-21', '-8', { trade_id: 'later' });
    expect(run(db).brief).toEqual([['c1|later', yuan('8'), 0n]]);
  });

  test('for one of two customers of a deducted order number, though a sum of the same day pays another order of theirs', () => {
    const db = ledgers();
    line(db, 'two', '60');
    line(db, 'two', '40', { customer_id: 'c2' });
    entry(db, 'f1', `${M}-11`, '-60', { trade_id: 'two' });
    line(db, 'day', '70', { customer_id: 'c2' });
    entry(db, 'f2', `${M}-10`, '-70');
    expect(run(db).brief).toEqual([['c2|two', yuan('40'), 0n]]);
  });

  test('once for a customer of whose orders the ledger has none', () => {
    const db = ledgers();
    const rows = ['a', 'b'].map((trade) => line(db, trade, '10', { customer_id: 'c2' }));
    const { brief, findings } = run(db);
    expect(brief).toEqual([['c2', yuan('20'), 0n]]);
    expect(findings[0]).toMatchObject({ customerId: 'c2', left: rows });
    expect(findings[0]!.tradeId).toBeUndefined();
  });

  test('once for the month where the repayments allotted to it cover a part only, and then no more', () => {
    const db = ledgers();
    line(db, 't1', '30');
    line(db, 't2', '20', { customer_id: 'c2' });
    entry(db, 'r1', '2025-10-12', '15', { account: 'credit', trade_type: 'recharge', trade_detail_type: '还款' });
    entry(db, 'r2', '2025-10-19', '-35', { trade_type: 'transfer', trade_detail_type: '还款' });
    entry(db, 'r3', '2025-10-20', '500', { account: 'credit', trade_type: 'recharge' });
    expect(run(db).brief).toHaveLength(2);
    allotRepayment(db, 'credit', 'r1', M, at);
    allotRepayment(db, 'credit', 'r3', '2025-08', at);
    expect(run(db).brief).toEqual([['', yuan('50'), yuan('15')]]);
    expect(run(db).findings[0]!.reason.en).toContain('35.00 is missing');
    allotRepayment(db, 'recharge', 'r2', M, at);
    expect(run(db).brief).toEqual([]);
    expect(listRepayments(db, M).map((r) => [r.flow, r.amount, r.allotted])).toEqual([
      ['r1', yuan('15'), M],
      ['r2', yuan('35'), M],
    ]);
  });

  test('not for a repayment of what the bill asks for: less its refunds that the ledger does not have, and in whole cents', () => {
    const db = ledgers();
    line(db, 't1', '100.00412345');
    line(db, 'RE1', '-20', { bill_class: 'refund' });
    line(db, 'RE2', '-7', { bill_class: 'refund' });
    entry(db, 'back', `${M}-20`, '7', { trade_id: 'RE2', trade_type: 'refund' });
    const repay = (flow: string, amount: string) => {
      entry(db, flow, '2025-10-12', amount, { account: 'credit', trade_type: 'recharge' });
      allotRepayment(db, 'credit', flow, M, at);
    };
    repay('r1', '79.99');
    expect(run(db).brief).toEqual([['', yuan('80.00412345'), yuan('79.99')]]);
    repay('r2', '0.01');
    expect(run(db).brief).toEqual([]);
  });

  test('by the due date of the contract: a later month, whose ledger must then be there', () => {
    const db = ledgers();
    line(db, 't1', '30');
    entry(db, 'f1', '2025-11-03', '-30', { trade_id: 't1' });
    expect(run(db).brief).toHaveLength(1);
    expect(run(db, { day: 3, monthsAfter: 2 }).brief).toEqual([]);
    expect(run(db, { day: 2, monthsAfter: 2 }).brief).toHaveLength(1);
  });
});

describe('is silent', () => {
  test('for an order number of two customers whose entry comes to what either may pay: the one that lives from allocations pays nothing', () => {
    const db = ledgers();
    line(db, 'two', '75', { customer_amount: yuan('100'), settlement_rate: 75_000_000n });
    line(db, 'two', '100', { customer_id: 'c3' });
    entry(db, 'f1', `${M}-11`, '-100', { trade_id: 'two' });
    entry(db, 'f3', '2025-07-01', '-900', { trade_type: 'allocation', customer_id: 'c3' });
    const { brief, others, bridge } = run(db);
    expect([brief, others]).toEqual([[], 0]);
    expect(bridge.steps.filter(({ amount }) => amount !== 0n)).toMatchObject([
      { step: 'not-deducted', amount: yuan('-100') },
      { step: 'basis', amount: yuan('25') },
    ]);
  });

  test('for what was deducted in any month, refunds, allocations, a day’s sum, combined orders, and a month that asks for nothing', () => {
    const db = ledgers();
    line(db, 'before', '10');
    entry(db, 'f1', '2025-08-31', '-10', { trade_id: 'before', account: 'credit' });
    line(db, 'after', '11');
    entry(db, 'f2', '2025-10-20', '-11', { trade_id: 'after' });
    line(db, 'RE1', '-3', { bill_class: 'refund' });
    line(db, 'fed', '12', { customer_id: 'c3' });
    entry(db, 'f3', '2025-07-01', '-900', { trade_type: 'allocation', customer_id: 'c3' });
    line(db, 'taken', '13', { customer_id: 'c4' });
    entry(db, 'f6', `${M}-20`, '40', { trade_type: 'retrieval', customer_id: 'c4' });
    line(db, 'recorded', '14', { customer_id: 'c5' });
    insert(db, 'adjustment', {
      cycle: '2025-08',
      customer_id: 'c5',
      operation: 'allocation',
      operated_at: '2025-08-02 08:00:00',
      amount: yuan('90'),
    });
    line(db, 'day1', '4', { traded_at: `${M}-15 08:00:00` });
    line(db, 'day2', '6', { traded_at: `${M}-15 09:00:00` });
    entry(db, 'f4', `${M}-15`, '-10');
    line(db, 'extra', '9', { bill_class: 'adjustment' });
    entry(db, 'f7', `${M}-16`, '-9', { trade_id: 'extra', trade_type: 'adjustment' });
    line(db, 'child', '8', { original_trade_id: 'parent' });
    entry(db, 'f5', `${M}-16`, '-8', { trade_id: 'parent' });
    expect(run(db).brief).toEqual([]);
    line(db, 'RE2', '-900', { bill_class: 'refund' });
    line(db, 't1', '30');
    expect(run(db)).toMatchObject({ brief: [], check: { compared: 13 } });
  });

  test('for an order that was cancelled before anything was taken, to what it is, and for less than a cent', () => {
    const db = ledgers();
    line(db, 't1', '30');
    line(db, 't2', '20');
    line(db, 't3', '0.004');
    for (const [trade, due, original_trade_id] of [['RE1', '-30', 't1'], ['RE2', '-5', 't2']] as const) {
      line(db, trade, due, { bill_class: 'refund', original_trade_id });
    } // prettier-ignore
    expect(run(db).brief).toEqual([['c1|t2', yuan('15'), 0n]]);
    entry(db, 'back', `${M}-20`, '5', { trade_id: 'RE2', trade_type: 'refund' });
    expect(run(db).brief).toEqual([['c1|t2', yuan('20'), 0n]]);
  });

  test('for an order that the consumption does not know: that is a fault of the bill', () => {
    const db = ledgers();
    line(db, 't1', '30');
    line(db, 'ghost', '9');
    insert(db, 'consumption', { cycle: M, customer_id: 'c1', trade_id: 't1', amount_due: yuan('30') });
    const referral = { trade_id: 'ghost', amount_due: yuan('9'), association_type: 'referral' };
    insert(db, 'consumption', { cycle: M, customer_id: 'c1', ...referral });
    expect(run(db).brief).toEqual([['c1|t1', yuan('30'), 0n]]);
    insert(db, 'consumption', { cycle: M, customer_id: 'c1', trade_id: null, amount_due: yuan('9') });
    expect(run(db).brief).toHaveLength(2);
  });
});

describe('is skipped', () => {
  test('without a due date, and where a ledger up to it is missing or ends before it', () => {
    const db = ledgers();
    line(db, 't1', '30');
    expect(run(db, null).check.skipped).toBe('没有设置账单还款日 / no due date of the bill is set');
    expect(run(db, { day: 26, monthsAfter: 1 }).check.skipped).toMatch(/^缺 2025-10 收支明细（要到还款日 2025-10-26 为止） \/ /);
    expect(run(db, { day: 1, monthsAfter: 3 }).check.skipped).toContain('2025-11 收支明细、2025-12 收支明细');
    expect(run(db, null).findings).toEqual([]);
  });

  test('not where the statement of an account runs on past that day: in one file, or by balances that follow over the end of the month', () => {
    const short = (): WriteDb => {
      const db = openTestDb();
      line(db, 'paid', '5');
      line(db, 't1', '30');
      entry(db, 'f0', `${M}-10`, '-5', { trade_id: 'paid', balance_after: yuan('95') });
      return db;
    };
    const inOneFile = (db: WriteDb) =>
      db.exec(`INSERT OR IGNORE INTO sheet_cycle (sheet, cycle, rows) SELECT min(s.id), c.cycle, 1 FROM sheet s, sheet_cycle c
                WHERE s.kind = 'account-statement' AND c.cycle <> '${M}' GROUP BY c.cycle`);
    const more = (db: WriteDb, flow: string, time: string, balance: string | null, values: Values = {}): bigint =>
      entry(db, flow, time, '1', { trade_type: 'recharge', balance_after: balance && yuan(balance), ...values });
    const found = [['c1|t1', yuan('30'), 0n]];
    const file = short();
    more(file, 'f1', '2025-10-10', null);
    inOneFile(file);
    expect(run(file)).toMatchObject({ brief: [], ahead: true, check: { skipped: expect.stringContaining('2025-10') } });
    more(file, 'f2', '2025-11-10', null);
    expect(run(file).brief).toEqual([]);
    inOneFile(file);
    expect(run(file)).toMatchObject({ brief: found, ahead: true });
    // Nothing moved in the month of the due date.
    const idle = short();
    more(idle, 'f2', '2025-11-10', null);
    expect(run(idle).brief).toEqual([]);
    inOneFile(idle);
    expect(run(idle).brief).toEqual(found);
    for (const [balance, brief] of [['97', found], ['67', []], [null, []]] as const) {
      const files = short();
      more(files, 'f1', '2025-10-10', '96');
      more(files, 'f2', '2025-11-10', balance);
      expect(run(files).brief).toEqual(brief);
      more(files, 'f3', '2025-11-01', '1', { account: 'credit' });
      expect(run(files).brief).toEqual(brief);
    } // prettier-ignore
  });

  test('without a bill, and where the bill names no orders', () => {
    const db = openTestDb();
    entry(db, 'f0', `${M}-10`, '-5', { trade_id: 'paid' });
    expect(run(db).check.skipped).toContain('2025-09 伙伴账单');
    line(db, null, '5');
    entry(db, 'end', '2025-10-25', '1', { trade_type: 'recharge' });
    expect(run(db).check.skipped).toContain('没有订单号');
  });
});

test('an entry without an order that the person allotted is a repayment, whatever its type says', () => {
  const db = ledgers();
  entry(db, null, `${M}-22`, '-123.45');
  expect(run(db).others).toBe(1);
  allotRepayment(db, 'recharge', `${M}-22 08:00:00`, '2025-08', at);
  const { others, bridge } = run(db);
  expect(others).toBe(0);
  expect(bridge.steps.find((s) => s.step === 'repayment')?.amount).toBe(yuan('123.45'));
  allotRepayment(db, 'recharge', `${M}-22 08:00:00`, null, at);
  expect(run(db).others).toBe(1);
});
