import { expect, test } from 'vitest';
import { insert, openTestDb, yuan } from '../rows.ts';
import { bill, deduct, run } from './account-builder.ts';

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
