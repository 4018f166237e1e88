import { expect, test } from 'vitest';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { readKey } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';
import { consume, deduct, M } from './account-builder.ts';
import { runTold } from './run-told.ts';

const referral = { association_type: 'referral' };

/** A month without a bill. */
function run(db: WriteDb) {
  const { findings, checks, bridge } = runTold(billAccount, runContext(db, M));
  expect(bridge).toEqual({ pair: 'bill-account', missing: ['partner-bill'] });
  expect(findings.every((f) => f.bridge === undefined)).toBe(true);
  const brief = findings.map((f) => [f.code.slice('account.'.length), f.businessKey.join('|'), f.severity, f.expected, f.stated]);
  const check = (code: string) => checks.find((c) => c.code === `account.${code}`)!;
  return { brief, findings, amount: check('deduction-amount'), unknown: check('deduction-without-bill') };
}

test('of a referral-only month the consumption says what was to be deducted: order by order, once, at its amount', () => {
  const db = openTestDb();
  for (const [trade, due, more] of [
    ['t1', '100', {}],
    ['t2', '200', { cash_amount: yuan('150'), credit_amount: yuan('30'), coupon_amount: yuan('20') }],
    ['t3', '60', {}],
    ['RE2', '-80', { bill_class: 'refund', original_trade_id: 't2' }],
    ['old', '30', {}],
  ] as const) {
    consume(db, trade, due, { ...referral, ...more }, trade === 'old' ? '2025-07' : M);
  }
  for (const [flow, trade, paid] of [['f1', 't1', '100'], ['f2', 't1', '100'], ['f3', 'ghost', '55'], ['f4', 't2', '150'], ['f5', 't2', '30'], ['f6', 't3', '70'], ['f7', 'old', '30']] as const) deduct(db, flow, trade, paid); // prettier-ignore
  const { brief, findings, amount, unknown } = run(db);
  expect(brief).toEqual([
    ['deducted-twice', 'f2', undefined, yuan('100'), yuan('200')],
    ['deduction-without-bill', 'f3', undefined, 0n, yuan('55')],
    ['deduction-amount', 'f6', undefined, yuan('60'), yuan('70')],
  ]);
  expect(findings[2]).toMatchObject({ customerId: 'c1', tradeId: 't3', recordId: 'f6' });
  expect([amount, unknown]).toEqual([
    { code: 'account.deduction-amount', compared: 5 },
    { code: 'account.deduction-without-bill', compared: 5 },
  ]);
});

test('what came back of an order is one of its refunds, and what came back of none is to be looked at', () => {
  const db = openTestDb();
  consume(db, 't1', '100', referral);
  consume(db, 'RE', '-40', { ...referral, bill_class: 'refund', original_trade_id: 't1' });
  deduct(db, 'f1', 't1', '100');
  deduct(db, 'f2', 't1', '-40');
  expect(run(db).brief).toEqual([]);
  deduct(db, 'f3', 'ghost', '-7');
  expect(run(db).brief).toEqual([['deduction-without-bill', 'f3', 'review', 0n, yuan('-7')]]);
});

test('of an order of two customers, each may be deducted alone; an entry that a person set apart or joined is left', () => {
  const db = openTestDb();
  for (const [customer_id, due] of [['c1', '60'], ['c2', '40']] as const) consume(db, 't1', due, { ...referral, customer_id }); // prettier-ignore
  const entry = deduct(db, 'f1', 't1', '40');
  expect(run(db).brief).toEqual([]);
  db.prepare('UPDATE account_statement SET change_amount = ? WHERE id = ?').run(-yuan('41'), entry);
  expect(run(db).brief).toEqual([['deduction-amount', 'f1', 'review', yuan('100'), yuan('41')]]);
  addMatch(db, { cycle: M, pair: 'bill-account', action: 'split', keys: [readKey('f1')!], reason: '人工核对', by: '王芳', at: '2025-10-08 09:00:00' }); // prettier-ignore
  expect(run(db).brief).toEqual([]);
});

test('one row that is resale, or of which nobody says what it is: the bill is missing, and what needs it is skipped', () => {
  for (const association_type of ['resale', null]) {
    const db = openTestDb();
    consume(db, 't1', '100', referral);
    consume(db, 't2', '100', { association_type });
    deduct(db, 'f1', 'ghost', '55');
    const { brief, amount, unknown } = run(db);
    expect([brief, amount.skipped, unknown.skipped]).toEqual([
      [],
      '缺 2025-09 伙伴账单明细 / Partner bill lines of 2025-09 not imported',
      '缺 2025-09 伙伴账单明细 / Partner bill lines of 2025-09 not imported',
    ]);
  }
});

test('what a customer is may be said by the association history', () => {
  const db = openTestDb();
  consume(db, 't1', '100', { association_type: null });
  deduct(db, 'f1', 'ghost', '55');
  insert(db, 'association-history', { customer_id: 'c1', association_type: 'referral', valid_from: '2025-01-01' });
  expect(run(db).brief).toEqual([['deduction-without-bill', 'f1', undefined, 0n, yuan('55')]]);
});
