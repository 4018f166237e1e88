import { expect, test } from 'vitest';
import { walkBalances } from '../../../db/reconciling/balances.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';

const cycle = '2025-09';

function entry(db: WriteDb, month: string, flow: string, change: string, balance: string | null): void {
  insert(db, 'account-statement', {
    cycle: month,
    account: 'recharge',
    flow_id: flow,
    traded_at: `${month}-10 08:00:00`,
    trade_type: 'deduction',
    change_amount: yuan(change),
    balance_after: balance === null ? null : yuan(balance),
  });
}
const broken = (db: WriteDb): unknown[] => walkBalances(runContext(db, cycle)).findings.map((f) => [f.recordId, f.expected, f.stated]);

test('a month begins with the balance that the month before ended with', () => {
  const db = openTestDb();
  entry(db, '2025-08', 'a', '-10', '90');
  entry(db, cycle, 'b', '-10', '70');
  expect(broken(db)).toEqual([['b', yuan('80'), yuan('70')]]);
});

test('where the month before ends without a balance, an older month says nothing about this one', () => {
  const db = openTestDb();
  entry(db, '2025-07', 'a', '-10', '90');
  entry(db, '2025-08', 'b', '-10', null);
  entry(db, cycle, 'c', '-10', '70');
  expect(broken(db)).toEqual([]);
});
