import { expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

const at = { traded_at: '2025-09-10 08:00:00' };
const referral = { ...at, association_type: 'referral', customer_id: 'c9' };

test('a day’s sum pays what referral customers consumed that day, which is in no bill; alone or with lines of the bill', () => {
  const db = openTestDb();
  bill(db, 't1', '80');
  consume(db, 't1', '80', at);
  for (const [trade, amount] of [['r1', '25'], ['r2', '15']] as const) consume(db, trade, amount, referral); // prettier-ignore
  deduct(db, 'f1', null, '40');
  const { brief, step } = run(db);
  expect([brief, step('referral-payment'), step('not-deducted')]).toEqual([[], yuan('40'), yuan('-60')]);
  // Each order is paid once.
  deduct(db, 'f2', null, '40', { traded_at: '2025-09-10 09:00:00' });
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f2', 0n, yuan('40')]]);
  db.exec("DELETE FROM account_statement WHERE flow_id = 'f2'");
  db.prepare('UPDATE account_statement SET change_amount = ?').run(-yuan('100'));
  expect([run(db).brief, run(db).step('referral-payment'), run(db).step('not-deducted')]).toEqual([[], yuan('40'), 0n]);
  // An order that the ledger names is in no sum, nor one of another day.
  deduct(db, 'f3', 'r2', '15');
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f1', 0n, yuan('100')]]);
  db.exec("DELETE FROM account_statement WHERE flow_id = 'f3'");
  db.exec("UPDATE consumption SET traded_at = '2025-09-11 08:00:00' WHERE trade_id = 'r2'");
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f1', 0n, yuan('100')]]);
});

test('a day’s sum with an order that was consumed and whose line the bill lacks: the bill’s fault alone', () => {
  const db = openTestDb();
  for (const [trade, amount] of [
    ['t1', '20'],
    ['t2', '20'],
    ['t3', '20'],
  ] as const) {
    if (trade !== 't3') bill(db, trade, amount);
    consume(db, trade, amount, at);
  }
  deduct(db, 'f1', null, '45');
  const { brief, step } = run(db);
  expect([brief, step('other-month'), step('not-deducted')]).toEqual([[], yuan('15'), 0n]);
  db.prepare('UPDATE account_statement SET change_amount = ?').run(-yuan('46'));
  expect(run(db).brief).toEqual([['account.deduction-without-bill', 'f1', 0n, yuan('46')]]);
});
