import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const at = '2025-09-10 08:00:00';

/** A line whose due is 3/4 of the customer's amount. */
function bill(db: WriteDb, trade: string, amount: string, more: Values = {}): void {
  const settlement = (yuan(amount) * 3n) / 4n;
  const line = { customer_amount: yuan(amount), settlement_rate: 75_000_000n, settlement_amount: settlement, amount_due: settlement };
  insert(db, 'partner-bill', { cycle, customer_id: 'c1', trade_id: trade, traded_at: at, ...line, ...more });
}
function deduct(db: WriteDb, trade: string | null, amount: string): void {
  const type = yuan(amount) < 0n ? 'refund' : 'deduction';
  const entry = { account: 'recharge', flow_id: `f-${trade}-${amount}`, traded_at: at, trade_type: type };
  insert(db, 'account-statement', { cycle, trade_id: trade, change_amount: -yuan(amount), ...entry });
}
function run(db: WriteDb) {
  const { bridge, findings } = runTold(billAccount, runContext(db, cycle));
  const step = (name: string) => (bridge as Bridge).steps.find((s) => s.step === name)?.amount;
  return { step, brief: findings.map((f) => [f.code, f.businessKey.join('|'), f.expected, f.stated]) };
}

describe('deductions in whole cents', () => {
  test('of the due, rounded or cut, differ by less than a cent an order: the step basis, not a finding', () => {
    const db = openTestDb();
    bill(db, 't1', '111.11'); // due 83.3325
    deduct(db, 't1', '83.33');
    bill(db, 't2', '111.13'); // due 83.3475
    deduct(db, 't2', '83.35');
    bill(db, 't3', '-111.13');
    deduct(db, 't3', '-83.34');
    const { brief, step } = run(db);
    expect(brief).toEqual([]);
    expect(step('basis')).toBe(yuan('-0.0025') + yuan('0.0025') + yuan('0.0075'));
  });

  test('a cent too much is a finding, expected in cents as the account deducts', () => {
    const db = openTestDb();
    bill(db, 't1', '111.11');
    deduct(db, 't1', '83.33');
    bill(db, 't2', '111.13');
    deduct(db, 't2', '83.36');
    for (const month of ['2025-08', '2025-10']) bill(db, 'beside', '1', { cycle: month });
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f-t2-83.36', yuan('83.35'), yuan('83.36')]]);
  });

  test('parts of a cent are exact: only whole cents may be rounded', () => {
    const db = openTestDb();
    bill(db, 't1', '111.11');
    deduct(db, 't1', '83.3324');
    expect(run(db).brief).toEqual([['account.deduction-amount', 'f-t1-83.3324', yuan('83.3325'), yuan('83.3324')]]);
  });

  test('of a whole day in one sum, each order rounded on its own', () => {
    const db = openTestDb();
    for (const trade of ['t1', 't2', 't3']) bill(db, trade, '111.13'); // 3 × 83.3475 = 250.0425, 3 × 83.35 = 250.05
    deduct(db, null, '250.05');
    const { brief, step } = run(db);
    expect(brief).toEqual([]);
    expect([step('basis'), step('not-deducted')]).toEqual([yuan('0.0075'), 0n]);
  });
});

test('the due with tax that the printed due leaves out is a basis too', () => {
  const db = openTestDb();
  for (const trade of ['t1', 't2']) bill(db, trade, '200', { tax_amount: yuan('9') }); // due 150 without tax
  deduct(db, 't1', '159');
  deduct(db, 't2', '160');
  for (const month of ['2025-08', '2025-10']) bill(db, 'beside', '1', { cycle: month });
  const { brief, step } = run(db);
  expect(brief).toEqual([['account.deduction-amount', 'f-t2-160', yuan('159'), yuan('160')]]);
  expect(step('basis')).toBe(yuan('18'));
});
