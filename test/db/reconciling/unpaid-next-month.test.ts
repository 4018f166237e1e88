import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { billAccount } from '../../../db/reconciling/bill-account.ts';
import { openTestDb, runContext, yuan } from '../rows.ts';
import { bill, deduct, M } from './account-builder.ts';
import { closed, stepsOf } from './closed.ts';
import { runTold } from './run-told.ts';

const code = 'account.bill-without-deduction';
const [next, third] = ['2025-10', '2025-11'] as const;

/** A month with one deducted order; the next month's ledger of `account` reaches the 25th, by when the bill is due on the 20th. */
function ledgers(account = 'recharge'): WriteDb {
  const db = openTestDb();
  bill(db, 'paid', '40');
  deduct(db, 'f0', 'paid', '30', { balance_after: yuan('95') });
  deduct(db, 'end', null, '-1', { account, trade_type: 'recharge', traded_at: '2025-10-25 08:00:00', balance_after: yuan('1') }, next);
  return db;
}
function run(db: WriteDb) {
  const outcome = runTold(billAccount, runContext(db, M, { billDueDate: { day: 20, monthsAfter: 1 } }));
  const findings = outcome.findings.filter((f) => f.code === code);
  return {
    brief: findings.map((f) => [f.tradeId, f.expected, f.stated]),
    skipped: outcome.checks.find((c) => c.code === code)?.skipped,
    notDeducted: stepsOf(closed(outcome))('not-deducted'),
  };
}

test('a line of the month’s last hours is paid by the sum of the first day of the next', () => {
  const db = ledgers();
  const first = { traded_at: '2025-10-01 00:10:00' };
  bill(db, 'late', '20', first);
  bill(db, 'next', '40', first, next);
  expect(run(db).brief).toEqual([['late', yuan('15'), 0n]]);
  deduct(db, 'sum', null, '45', first, next);
  expect([run(db).brief, run(db).notDeducted]).toEqual([[], yuan('-15')]);
  // A sum of the next month's own lines alone pays nothing of this one.
  db.prepare("UPDATE account_statement SET change_amount = ? WHERE flow_id = 'sum'").run(yuan('-30'));
  expect(run(db).brief).toEqual([['late', yuan('15'), 0n]]);
  deduct(db, 'sum2', null, '15', first, next);
  expect(run(db).brief).toEqual([]);
});

test('not told where an account that deducts is not there up to the due date, though another is', () => {
  const found = [['t1', yuan('30'), 0n]];
  for (const [account, balance, brief] of [['credit', '2', []], ['recharge', '9', []], ['recharge', '96', found]] as const) {
    const db = ledgers('credit');
    bill(db, 't1', '40');
    const more = { account, trade_type: 'recharge', balance_after: yuan(balance) };
    deduct(db, 'f1', null, '-1', more, third);
    expect(run(db).brief).toEqual(brief);
    if (brief.length > 0) continue;
    expect(run(db).skipped).toMatch(/^缺 2025-10 充值账户收支明细（.* of the recharge account of 2025-10 /);
    deduct(db, 'own', 'any', '1', {}, next);
    expect(run(db).brief).toEqual(found);
  } // prettier-ignore
});
