import { expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import { readKey } from '../../../electron/core/manual-match.ts';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, M, run } from './account-builder.ts';

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
