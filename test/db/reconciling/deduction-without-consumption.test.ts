import { expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import { readKey } from '../../../electron/core/manual-match.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, billsBeside, consume, deduct, M, run } from './account-builder.ts';

test('an order that nothing knows, where the consumption is imported; without it the order may be of a referral customer, and is not judged', () => {
  const db = openTestDb();
  bill(db, 't1', '1');
  const entry = deduct(db, 'f9', 'ghost', '12.5');
  deduct(db, 'back', 'RE-ghost', '-3');
  const without = () => {
    const { brief, step, checks } = run(db);
    return [brief, step('no-consumption'), checks.find((c) => c.code === 'account.deduction-without-bill')];
  };
  const skipped = '缺 2025-09 消费明细 / Consumption details of 2025-09 not imported';
  expect(without()).toEqual([[], yuan('9.5'), { code: 'account.deduction-without-bill', compared: 0, skipped }]);
  consume(db, 't1', '1');
  const { brief, findings } = run(db);
  expect(brief).toEqual([
    ['account.deduction-without-bill', 'back', 0n, yuan('-3')],
    ['account.deduction-without-bill', 'f9', 0n, yuan('12.5')],
  ]);
  expect(findings[1]).toMatchObject({ tradeId: 'ghost', recordId: 'f9', right: [entry] });
  expect(findings[1]!.severity).toBeUndefined();
  expect(without().slice(1)).toEqual([undefined, { code: 'account.deduction-without-bill', compared: 2 }]);
});

test('an entry without order number that no lines come to, or one set apart by a person: also without the consumption, and says that it is missing', () => {
  const db = openTestDb();
  bill(db, 't1', '1');
  deduct(db, 'f1', null, '7');
  deduct(db, 'f2', 'ghost', '5');
  addMatch(db, { cycle: M, pair: 'bill-account', action: 'split', keys: [readKey('f2')!], reason: '人工核对', by: '王芳', at: '2025-10-08 09:00:00' }); // prettier-ignore
  const { findings, checks, step } = run(db);
  expect(findings.map((f) => [f.recordId, f.severity, f.reason.en])).toEqual([
    ['f2', 'review', 'The account was charged 5.00 (order ghost); the bill does not have it, and the consumption is not imported.'],
    ['f1', 'review', 'The account was charged 7.00 (has no order number); the bill does not have it, and the consumption is not imported.'],
  ]);
  expect([step('no-consumption'), checks.find((c) => c.code === 'account.deduction-without-bill')?.skipped]).toEqual([
    undefined,
    undefined,
  ]);
});

/** September bills 60 at 75 % of t1, of which the account took `paid`; the bills of these months are there too, with nothing of t1. */
function partlyBilled(paid: readonly string[], months: readonly string[] = ['2025-08']) {
  const db = openTestDb();
  bill(db, 't1', '60');
  for (const month of months) bill(db, `x${month}`, '1', {}, month);
  paid.forEach((amount, i) => deduct(db, `f${i}`, 't1', amount));
  return db;
}
const checkOf = ({ checks }: ReturnType<typeof run>, code: string) => checks.find((c) => c.code === code);

test('an order over two months that is deducted once, or in halves: the bills of both explain it; where one is not imported nothing is said of it', () => {
  for (const paid of [['75'], ['37.5', '37.5'], ['45', '30']]) {
    for (const other of ['2025-08', '2025-10']) {
      const db = partlyBilled(
        paid,
        ['2025-08', '2025-10'].filter((month) => month !== other),
      );
      const found = run(db);
      expect([found.brief, found.step('no-consumption'), found.step('basis')]).toEqual([[], yuan('30'), 0n]);
      const skipped = '缺 2025-09 消费明细 / Consumption details of 2025-09 not imported';
      expect(checkOf(found, 'account.deduction-amount')).toEqual({ code: 'account.deduction-amount', compared: 0, skipped });
      expect(checkOf(found, 'account.deduction-without-bill')?.skipped).toBeUndefined();
      bill(db, 't1', '40', {}, other);
      const both = run(db);
      expect([both.brief, both.step('no-consumption'), both.step('basis')]).toEqual([[], undefined, yuan('30')]);
      expect(checkOf(both, 'account.deduction-amount')).toEqual({ code: 'account.deduction-amount', compared: 1 });
    }
  }
});

test('a refund over two months likewise; less than the bill’s part, or more where the bills beside it are there or the consumption is, is a finding', () => {
  const refund = openTestDb();
  bill(refund, 'RE1', '-60', { bill_class: 'refund', original_trade_id: 't0' });
  deduct(refund, 'f0', 'RE1', '-75');
  expect([run(refund).brief, run(refund).step('no-consumption')]).toEqual([[], yuan('-30')]);
  const wrong = (paid: string) => [['account.deduction-amount', 'f0', yuan('45'), yuan(paid)]];
  expect(run(partlyBilled(['44'])).brief).toEqual(wrong('44'));
  expect(run(partlyBilled(['75'], ['2025-08', '2025-10'])).brief).toEqual(wrong('75'));
  const consumed = partlyBilled(['75']);
  consume(consumed, 't1', '60');
  expect(run(consumed).brief).toEqual(wrong('75'));
  expect(run(partlyBilled(['45', '45'])).brief).toEqual([['account.deducted-twice', 'f1', yuan('45'), yuan('90')]]);
});

test('a combined order of which the next month, which is not imported, may bill a child', () => {
  const db = openTestDb();
  for (const [child, amount] of [['k1', '20'], ['k2', '40']] as const) bill(db, child, amount, { original_trade_id: 'p1' }); // prettier-ignore
  deduct(db, 'f0', 'p1', '75');
  const { brief, step } = run(db);
  expect([brief, step('no-consumption'), step('not-deducted')]).toEqual([[], yuan('30'), 0n]);
  billsBeside(db);
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f0', yuan('45'), yuan('75')]]);
});

test('what a person joined is judged all the same', () => {
  const db = partlyBilled(['75']);
  addMatch(db, { cycle: M, pair: 'bill-account', action: 'join', keys: ['c1|t1', 'f0'].map((key) => readKey(key)!), reason: '人工核对', by: '王芳', at: '2025-10-08 09:00:00' }); // prettier-ignore
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f0', yuan('45'), yuan('75')]]);
});
