import { expect, test } from 'vitest';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { billTotalLines } from '../../../db/reconciling/bill-total-lines.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import type { Settings } from '../../../electron/core/settings.ts';
import { kindStates } from '../../../db/status.ts';
import { saveSetting } from '../../../db/settings.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { bill as accountBill, deduct } from './account-builder.ts';
import { bill, consume, M, run } from './bill-builder.ts';
import { runTold } from './run-told.ts';

const inside: Partial<Settings> = { billTax: 'inside' };

test('tax of a line without a due is inside its settlement, or added to it, as the setting says; a printed due decides whatever it says', () => {
  const db = openTestDb();
  bill(db, 't1', '100', { tax_amount: yuan('4.25') });
  bill(db, 't2', '100', { tax_amount: yuan('4.25'), amount_due: yuan('79.25') });
  consume(db, 't1', '100');
  consume(db, 't2', '100');
  for (const [settings, left, tax] of [
    [{}, '158.5', '-8.5'],
    [{ billTax: 'outside' }, '158.5', '-8.5'],
    [inside, '154.25', '-4.25'],
  ] as const) {
    const { bridge, step, brief } = run(db, settings);
    expect([bridge.left.total, step('tax'), brief]).toEqual([yuan(left), yuan(tax), []]);
  }
});

test('the total decides only where the setting leaves it to the file', () => {
  const of = (settings: Partial<Settings>, due: string) => {
    const db = openTestDb();
    bill(db, 't1', '100', { tax_amount: yuan('4.25') });
    insert(db, 'bill-summary', { cycle: M, amount_due: yuan(due), tax_amount: yuan('4.25') });
    const { findings, bridge } = runTold(billTotalLines, runContext(db, M, settings));
    return [findings.map((f) => f.stated - f.expected), (bridge as Bridge).right.total];
  };
  expect(of({}, '75')).toEqual([[], yuan('79.25')]);
  expect(of({}, '79.25')).toEqual([[], yuan('79.25')]);
  expect(of(inside, '75')).toEqual([[], yuan('75')]);
  expect(of(inside, '79.25')).toEqual([[yuan('4.25')], yuan('75')]);
  expect(of({ billTax: 'outside' }, '75')).toEqual([[yuan('-4.25')], yuan('79.25')]);
});

test('tax that the lines do not print is inside or outside as the setting says, else as the total and its own parts do', () => {
  const of = (settings: Partial<Settings>, due: string, consumption: string | null = null) => {
    const db = openTestDb();
    bill(db, 't1', '100');
    const parts =
      consumption === null ? {} : { consumption_amount: yuan(consumption), refund_amount: 0n, adjustment_amount: 0n, coupon_amount: 0n };
    insert(db, 'bill-summary', { cycle: M, amount_due: yuan(due), tax_amount: yuan('4.25'), ...parts });
    const { findings, bridge } = runTold(billTotalLines, runContext(db, M, settings));
    const tax = (bridge as Bridge).steps.find(({ step }) => step === 'tax')?.amount;
    return [findings.map((f) => [f.code, f.stated - f.expected]), tax];
  };
  expect(of(inside, '75')).toEqual([[], 0n]);
  expect(of({}, '75')).toEqual([[], 0n]);
  expect(of({}, '79.25')).toEqual([[], yuan('-4.25')]);
  expect(of({ billTax: 'outside' }, '79.25')).toEqual([[], yuan('-4.25')]);
  expect(of(inside, '79.25')).toEqual([[['bill.total', yuan('4.25')]], 0n]);
  expect(of({ billTax: 'outside' }, '75')).toEqual([[['bill.total', yuan('-4.25')]], yuan('-4.25')]);
  // Neither comes to the lines: the total's own parts say which it is.
  expect(of({}, '76', '76')).toEqual([[['bill.total', yuan('1')]], 0n]);
  expect(of({}, '80.25', '76')).toEqual([[['bill.total', yuan('1')]], yuan('-4.25')]);
});

test('what an account deducts is held against the due by the setting, and against the due with tax', () => {
  for (const paid of ['75', '79.25']) {
    const db = openTestDb();
    accountBill(db, 't1', '100', { tax_amount: yuan('4.25') });
    deduct(db, 'f1', 't1', paid);
    expect(runTold(billAccount, runContext(db, M, inside))).toMatchObject({
      findings: [],
      bridge: { left: { total: yuan('75') }, unexplained: 0n },
    });
  }
});

test('tax that only the lines print is in the parts of the total as well', () => {
  const of = (due: string, settings: Partial<Settings> = {}) => {
    const db = openTestDb();
    bill(db, 't1', '100', { tax_amount: yuan('4.25') });
    const none = { refund_amount: 0n, adjustment_amount: 0n, coupon_amount: 0n };
    insert(db, 'bill-summary', { cycle: M, amount_due: yuan(due), consumption_amount: yuan('75'), ...none });
    return runTold(billTotalLines, runContext(db, M, settings)).findings.map((f) => [f.code, f.expected, f.stated]);
  };
  expect([of('79.25'), of('75'), of('79.25', { billTax: 'outside' }), of('75', inside)]).toEqual([[], [], [], []]);
  expect(of('80.25', { billTax: 'outside' })).toEqual([['bill.total', yuan('79.25'), yuan('80.25')]]);
});

test('where the file says whether tax is inside, the account may deduct either way', () => {
  const of = (paid: string, settings: Partial<Settings> = {}) => {
    const db = openTestDb();
    accountBill(db, 't1', '100', { tax_amount: yuan('4.25') });
    deduct(db, 'f1', 't1', paid);
    const { findings, bridge } = runTold(billAccount, runContext(db, M, settings));
    return [findings.map((f) => [f.code, f.expected, f.stated]), (bridge as Bridge).steps.find(({ step }) => step === 'basis')?.amount];
  };
  expect(of('75')).toEqual([[], yuan('-4.25')]);
  expect(of('79.25')).toEqual([[], 0n]);
  expect(of('75', { billTax: 'outside' })).toEqual([[['account.deduction-amount', yuan('79.25'), yuan('75')]], 0n]);
});

test('a bill whose total says that tax is inside is paid by what that asks for', () => {
  const of = (repaid: string | null, settings: Partial<Settings> = {}) => {
    const db = openTestDb();
    for (const trade of ['t1', 't2']) accountBill(db, trade, '100', { tax_amount: yuan('4.25') });
    insert(db, 'bill-summary', { cycle: M, amount_due: yuan('150'), tax_amount: yuan('8.5') });
    deduct(db, 'f0', null, '1', { trade_type: 'freeze' });
    deduct(db, 'f1', null, repaid ?? '0', { traded_at: '2025-10-10 08:00:00' }, '2025-10');
    deduct(db, 'f2', null, '1', { traded_at: '2025-10-25 08:00:00', trade_type: 'freeze' }, '2025-10');
    if (repaid !== null) db.prepare("INSERT INTO repayment (account, flow, cycle, updated_at) VALUES ('recharge', 'f1', ?, '')").run(M);
    const due = { billDueDate: { day: 20, monthsAfter: 1 } };
    const { findings, bridge } = runTold(billAccount, runContext(db, M, { ...due, ...settings }));
    return [findings.map((f) => [f.code, f.expected, f.stated]), (bridge as Bridge).left.total];
  };
  const code = 'account.bill-without-deduction';
  expect(of('150')).toEqual([[], yuan('158.5')]);
  expect(of('150', { billTax: 'outside' })).toEqual([[[code, yuan('158.5'), yuan('150')]], yuan('158.5')]);
  expect([of('140')[0], of(null)[0]]).toEqual([[[code, yuan('150'), yuan('140')]], [[code, yuan('150'), 0n]]]);
});

test("the month's total of the bill follows the setting, as its bridges do", () => {
  const db = openTestDb();
  bill(db, 't1', '100', { tax_amount: yuan('4.25') });
  const total = () => kindStates(db, M).find(({ kind }) => kind === 'partner-bill')?.total;
  expect(total()).toBe(yuan('79.25'));
  saveSetting(db, 'billTax', 'inside', '2025-10-05 10:00:00');
  expect(total()).toBe(yuan('75'));
});
