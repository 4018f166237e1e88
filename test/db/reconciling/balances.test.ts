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

test('a deduction and its refund of one minute end the month before, in whatever order the file has them', () => {
  for (const [first, second] of [
    ['back', 'taken'],
    ['taken', 'back'],
  ]) {
    const db = openTestDb();
    const at = (day: string) => ({ traded_at: `2025-08-${day}:00` });
    const add = (flow: string, change: string, balance: string, time: string) =>
      insert(db, 'account-statement', {
        cycle: '2025-08', account: 'recharge', flow_id: flow, trade_type: 'deduction', change_amount: yuan(change), balance_after: yuan(balance), ...at(time),
      }); // prettier-ignore
    add('a', '-5', '100', '30 10:00');
    const pair = { taken: ['-10', '90'], back: ['10', '100'] } as const;
    for (const flow of [first, second] as ('taken' | 'back')[]) add(flow, pair[flow][0], pair[flow][1], '31 23:58');
    entry(db, cycle, 'b', '-10', '90');
    expect(broken(db), `${first} first`).toEqual([]);
  }
});

test('where the month before has nothing but such a pair, it does not tell which of both balances it ended with', () => {
  for (const next of ['90', '80']) {
    const db = openTestDb();
    entry(db, '2025-08', 'taken', '-10', '90');
    entry(db, '2025-08', 'back', '10', '100');
    entry(db, cycle, 'b', '-10', next);
    expect(broken(db)).toEqual([]);
  }
});
