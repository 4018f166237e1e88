import { describe, expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { allotRepayment, listRepayments } from '../../../db/repayments.ts';
import { insert, openTestDb, yuan, type Values } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

test('an earlier bill is repaid once: the same amount taken again repays nothing', () => {
  const db = openTestDb();
  bill(db, 't1', '100');
  deduct(db, 'f1', 't1', '75');
  insert(db, 'bill-summary', { cycle: '2025-08', amount_due: yuan('500') });
  deduct(db, 'f2', null, '500');
  deduct(db, 'f3', null, '500', { traded_at: '2025-09-11 08:00:00' });
  expect([run(db).brief, run(db).step('repayment')]).toEqual([[['account.deduction-without-bill', 'f3', 0n, yuan('500')]], yuan('500')]);
  insert(db, 'bill-summary', { cycle: '2025-07', amount_due: yuan('500') });
  expect([run(db).brief, run(db).step('repayment')]).toEqual([[], yuan('1000')]);
});

test('an earlier bill whose total nothing states is repaid by what its lines come to, in whole cents', () => {
  const db = openTestDb();
  bill(db, 't1', '100');
  deduct(db, 'f1', 't1', '75');
  for (const amount of ['400', '0.0055']) bill(db, `old ${amount}`, amount, {}, '2025-07'); // 300.004125
  deduct(db, 'f2', null, '300');
  expect([run(db).brief, run(db).step('repayment')]).toEqual([[], yuan('300')]);
  insert(db, 'bill-summary', { cycle: '2025-07', amount_due: yuan('310') });
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f2', 0n, yuan('300')]]);
});

/** August's bill: 300 of it was deducted under its number, 75 was not. */
function august(): WriteDb {
  const db = openTestDb();
  bill(db, 't1', '100');
  consume(db, 't1', '100');
  deduct(db, 'f1', 't1', '75');
  bill(db, 'paid', '400', {}, '2025-08');
  deduct(db, 'f0', 'paid', '300', {}, '2025-08');
  bill(db, 'open', '100', {}, '2025-08');
  return db;
}
const day = (d: string): Values => ({ traded_at: `2025-09-${d} 08:00:00` });
const said = { trade_detail_type: '还款' };
const told = (db: WriteDb, cycle?: string) =>
  run(db, cycle).findings.map((f) => [f.code, f.businessKey.join('|'), f.severity, f.expected, f.stated, f.bridge?.amount]);
const allot = (db: WriteDb, flow: string, cycle: string): void => allotRepayment(db, 'recharge', flow, cycle, '2025-11-01 00:00:00');
const again = (flow: string, severity?: string, amount = '75') => [
  'account.deduction-without-bill', flow, severity, 0n, yuan(amount), yuan(amount),
]; // prettier-ignore

describe('a bill that is repaid twice', () => {
  test('is told by what came second, for review until the person says whose it is', () => {
    const db = august();
    deduct(db, 'r1', null, '75', { ...said, ...day('12') });
    expect(told(db)).toEqual([]);
    deduct(db, 'r2', null, '75', { ...said, ...day('13') });
    expect([told(db), run(db).step('repayment')]).toEqual([[again('r2', 'review')], yuan('75')]);
    expect(run(db).findings[0]!.reason).toEqual({
      zh: '还款 75.00：该金额的账单（2025-08）已有另一笔还款，这一笔没有可还的账单。',
      en: 'A repayment of 75.00: the bill of that amount (2025-08) has another repayment already, so this one has no bill to repay.',
    });
    for (const flow of ['r1', 'r2']) allot(db, flow, '2025-08');
    expect(told(db)).toEqual([again('r2')]);
    allot(db, 'r2', '2025-07');
    expect(told(db)).toEqual([]);
  });

  test('over the months; where another bill came to the same it is none', () => {
    const db = august();
    deduct(db, 'r1', null, '75', { ...said, ...day('12') });
    bill(db, 'later', '8', {}, '2025-10');
    deduct(db, 'r2', null, '75', said, '2025-10');
    expect([told(db), told(db, '2025-10')]).toEqual([[], [again('r2', 'review')]]);
    bill(db, 'july', '100', {}, '2025-07');
    expect(told(db, '2025-10')).toEqual([]);
    deduct(db, 'r3', null, '75', { ...said, traded_at: '2025-10-20 08:00:00' }, '2025-10');
    expect(told(db, '2025-10')).toEqual([again('r3', 'review')]);
    db.exec("UPDATE partner_bill SET cycle = '2024-01' WHERE cycle = '2025-07'; UPDATE sheet_cycle SET in_force = 0 WHERE cycle = '2025-09' AND sheet IN (SELECT id FROM sheet WHERE kind = 'partner-bill')"); // prettier-ignore
    expect(told(db, '2025-10')).toEqual([again('r3', 'review')]);
    db.exec("DELETE FROM account_statement WHERE flow_id = 'r3'");
    expect(told(db, '2025-10')).toEqual([]);
  });

  test('is none: equal parts of it, other accounts, another amount', () => {
    const db = august();
    for (const [flow, amount] of [['r1', '25'], ['r2', '25'], ['r3', '25'], ['r4', '30'], ['r5', '30']] as const) deduct(db, flow, null, amount, { ...said, ...day('12') }); // prettier-ignore
    expect(told(db)).toEqual([]);
    deduct(db, 'r6', null, '75', { ...said, ...day('13') });
    deduct(db, 'r7', null, '75', { ...said, account: 'credit', ...day('13') });
    expect(told(db)).toEqual([]);
  });

  test('by a transfer, which is outside of both totals; by an entry whose type does not say so', () => {
    const db = august();
    for (const d of ['12', '13']) deduct(db, `r${d}`, null, '75', { ...said, trade_type: 'transfer', ...day(d) });
    expect(told(db)).toEqual([[...again('r13', 'review').slice(0, 5), 0n]]);
    db.exec("UPDATE account_statement SET trade_type = 'repayment', trade_detail_type = NULL WHERE trade_type = 'transfer'");
    expect([told(db).length, listRepayments(db, '2025-08').map((r) => r.flow)]).toEqual([1, ['r12', 'r13']]);
    insert(db, 'bill-summary', { cycle: '2025-07', amount_due: yuan('500') });
    deduct(db, 'plain', null, '500', day('12'));
    expect(told(db)).toHaveLength(1);
    deduct(db, 'typed', null, '500', { ...said, ...day('14') });
    expect(told(db)).toContainEqual(['account.deduction-without-bill', 'plain', undefined, 0n, yuan('500'), yuan('500')]);
  });
});

describe('what comes to the rest of an earlier bill and does not say so', () => {
  const candidates = (db: WriteDb) => run(db).findings.map((f) => [f.businessKey.join('|'), f.severity, f.candidates[0]?.code]);

  test('is to be looked at, until it is allotted; taken again it is nothing of the kind', () => {
    const db = august();
    deduct(db, 'r1', null, '75', day('12'));
    expect(candidates(db)).toEqual([['r1', 'review', 'rest-of-bill']]);
    expect(run(db).findings[0]!.candidates[0]).toMatchObject({
      zh: '金额正好等于 2025-08 账单没有扣款的部分，看起来是对它的还款；是的话，请分配到 2025-08',
      en: 'It is exactly what was not deducted of the bill of 2025-08, so it looks like its repayment; if it is, allot it to 2025-08',
    });
    deduct(db, 'r2', null, '75', day('13'));
    expect(candidates(db).slice(1)).toEqual([['r2', undefined, 'other-month']]);
    allot(db, 'r1', '2025-08');
    expect(candidates(db)).toEqual([['r2', undefined, 'other-month']]);
  });

  test('less what was allotted of it before; of two bills it is neither', () => {
    const db = august();
    deduct(db, 'r1', null, '25', { ...said, ...day('11') });
    deduct(db, 'r2', null, '50', day('12'));
    expect(candidates(db)).toEqual([['r2', undefined, 'other-month']]);
    allot(db, 'r1', '2025-08');
    expect(candidates(db)).toEqual([['r2', 'review', 'rest-of-bill']]);
    bill(db, 'july', '66.66666667', {}, '2025-07');
    insert(db, 'bill-summary', { cycle: '2025-07', amount_due: yuan('51') });
    expect(candidates(db)).toEqual([['r2', undefined, 'other-month']]);
  });
});
