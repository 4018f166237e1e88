import { expect, test } from 'vitest';
import { frozenOutcome } from '../../../db/reconciling/incentive-frozen.ts';
import { taxOutcome } from '../../../db/reconciling/incentive-tax.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';

const cycle = '2025-09';
const percent = (n: number): bigint => BigInt(n) * 1_000_000n;

test('a request is its bills, converted from the product tax to the partner’s', () => {
  const db = openTestDb();
  insert(db, 'incentive-summary', { cycle, incentive_bill_id: 'b1', amount: yuan('6000') });
  insert(db, 'incentive-summary', { cycle: '2025-08', incentive_bill_id: 'b2', amount: yuan('4000') });
  const rates = { tax_rate: percent(3), product_tax_rate: percent(6) };
  const row = insert(db, 'payment-request', { cycle, request_id: 'q1', incentive_bill_ids: 'b1;b2', amount: yuan('9716.97'), ...rates });
  insert(db, 'payment-request', { cycle, request_id: 'q2', incentive_bill_ids: 'b1', amount: yuan('5830.19'), ...rates });
  insert(db, 'payment-request', { cycle, request_id: 'q3', incentive_bill_ids: 'unknown', amount: yuan('1'), ...rates });
  const { findings, checks } = taxOutcome(runContext(db, cycle));
  expect(findings).toMatchObject([
    { code: 'incentive.tax', businessKey: ['q1'], expected: yuan('9716.98'), stated: yuan('9716.97'), right: [row] },
  ]);
  expect(checks).toEqual([{ code: 'incentive.tax', compared: 2 }]);
  // Less than is due is disputed, more is only looked at.
  expect(findings[0]?.severity).toBeUndefined();
  db.prepare('UPDATE payment_request SET amount = ? WHERE id = ?').run(yuan('9716.99'), row);
  expect(taxOutcome(runContext(db, cycle)).findings).toMatchObject([{ severity: 'review', stated: yuan('9716.99') }]);
});

test('a way of payout without an invoice pays the incentive itself: a converted amount is then the fault', () => {
  const db = openTestDb();
  insert(db, 'incentive-summary', { cycle, incentive_bill_id: 'b1', amount: yuan('10000') });
  const request = (id: string, amount: string, payout: string, rates: Record<string, bigint>): bigint =>
    insert(db, 'payment-request', { cycle, request_id: id, incentive_bill_ids: 'b1', amount: yuan(amount), payout_mode: payout, ...rates });
  const rates = { tax_rate: percent(3), product_tax_rate: percent(6) };
  request('q1', '10000', '记欠票', rates);
  request('q2', '10000', '转代金券额度', {});
  const short = request('q3', '9716.98', '记欠票', rates);
  request('q4', '9716.98', '银行转账付款', rates);
  request('q5', '10000.01', '转代金券额度', {});
  const { findings, checks } = taxOutcome(runContext(db, cycle));
  expect(findings).toMatchObject([
    { recordId: 'q3', expected: yuan('10000'), stated: yuan('9716.98'), right: [short] },
    { recordId: 'q5', expected: yuan('10000'), stated: yuan('10000.01'), severity: 'review' },
  ]);
  expect(findings[0]?.severity).toBeUndefined();
  expect(findings[0]?.reason.zh).toContain('发放方式“记欠票”不开票，不换算税率，应为 10,000.00，申付 9,716.98，少 283.02');
  expect(checks).toEqual([{ code: 'incentive.tax', compared: 5 }]);
});

test('tax conversion without requests or rates is skipped', () => {
  const db = openTestDb();
  expect(taxOutcome(runContext(db, cycle)).checks[0]?.skipped).toContain('申付单');
  insert(db, 'payment-request', { cycle, request_id: 'q1', incentive_bill_ids: 'b1', amount: yuan('1') });
  expect(taxOutcome(runContext(db, cycle)).checks[0]?.skipped).toContain('税率');
});

function frozen(db: WriteDb, reason: string | null, debt: string, consumedAt: string, statedAt: string, pending = '40') {
  insert(db, 'incentive-summary', {
    cycle,
    incentive_bill_id: 'b1',
    amount: yuan('100'),
    pending_amount: yuan(pending),
    freeze_reason: reason,
  });
  insert(db, 'consumption', { cycle, customer_id: 'c1', amount_due: yuan('9'), debt_amount: yuan(debt) });
  const set = db.prepare('UPDATE import SET exported_at = ? WHERE name LIKE ?');
  set.run(consumedAt, 'consumption%');
  set.run(statedAt, 'incentive%');
  return frozenOutcome(runContext(db, cycle));
}

test('still frozen more than a day after the debts are gone', () => {
  const { findings } = frozen(openTestDb(), '客户欠费', '0', '2025-10-08 09:00:00', '2025-10-10 09:00:00');
  expect(findings).toMatchObject([{ code: 'incentive.frozen', recordId: 'b1', expected: yuan('100'), stated: yuan('60') }]);
});

test('a bill of which nothing waits to be requested is frozen as a whole', () => {
  const { findings } = frozen(openTestDb(), '客户欠费', '0', '2025-10-08 09:00:00', '2025-10-10 09:00:00', '0');
  expect(findings).toMatchObject([{ expected: yuan('100'), stated: 0n }]);
  expect(findings[0]?.reason.zh).toContain('仍冻结 100.00');
});

test('a negative bill that is frozen is in our favour', () => {
  const db = openTestDb();
  insert(db, 'incentive-summary', { cycle, incentive_bill_id: 'b0', amount: yuan('-30'), freeze_reason: '客户欠费' });
  const { findings } = frozen(db, '客户欠费', '0', '2025-10-08 09:00:00', '2025-10-10 09:00:00');
  expect(findings.map((f) => [f.expected - f.stated, f.severity])).toEqual([
    [yuan('-30'), 'review'],
    [yuan('40'), undefined],
  ]);
});

test('frozen within the day, or while there is debt, is right; no freeze is nothing to check', () => {
  expect(frozen(openTestDb(), '客户欠费', '0', '2025-10-08 09:00:00', '2025-10-09 09:00:00')).toMatchObject({
    findings: [],
    checks: [{ compared: 1 }],
  });
  const debt = frozen(openTestDb(), '客户欠费', '3', '2025-10-08 09:00:00', '2025-10-20 09:00:00');
  expect([debt.findings, debt.checks[0]?.skipped?.includes('欠费')]).toEqual([[], true]);
  expect(frozen(openTestDb(), null, '0', '2025-10-08 09:00:00', '2025-10-20 09:00:00').checks[0]?.skipped).toContain('没有冻结原因');
});
