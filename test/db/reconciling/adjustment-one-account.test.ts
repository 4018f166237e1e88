import { describe, expect, test } from 'vitest';
import { accountAdjustment } from '../../../db/reconciling/account-adjustment.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { runTold } from './run-told.ts';

const M = '2025-09';

/** A row of one account's statement; what it adds to the balance. */
function ledger(db: WriteDb, account: 'recharge' | 'credit', type: string, change: string, more: Values = {}, cycle = M): bigint {
  const values = { cycle, account, trade_type: type, traded_at: `${cycle}-10 08:00:00`, change_amount: yuan(change) };
  return insert(db, 'account-statement', { ...values, ...more });
}
const record = (db: WriteDb, id: string, operation: string, amount: string, more: Values = {}, cycle = M): bigint =>
  insert(db, 'adjustment', {
    cycle, transaction_id: id, operation, operated_at: `${cycle}-10 08:00:00`, customer_id: 'c1', amount: yuan(amount), ...more,
  }); // prettier-ignore
/** 拨款 500, 回收 200. */
function records(db: WriteDb): void {
  record(db, 'TX1', 'allocation', '500');
  record(db, 'TX2', 'retrieval', '200');
}
function run(db: WriteDb, cycle = M) {
  const { findings, checks, bridge } = runTold(accountAdjustment, runContext(db, cycle));
  const brief = findings.map((f) => [f.businessKey.join('|'), f.expected, f.stated]);
  return { brief, skipped: checks[0]!.skipped, bridge: bridge! };
}

describe('skipped, with the statement that is missing', () => {
  const unknown = (only: string, account: string) =>
    `缺 2025-09 有拨款、回收的收支明细（只导入了${only}的） / account statement of 2025-09 with allocations not imported (only that of the ${account})`;

  test('where one account alone is imported and it has none, whichever it is', () => {
    for (const [account, zh, en] of [['credit', '信用账户', 'credit account'], ['recharge', '充值账户', 'recharge account']] as const) {
      const db = openTestDb();
      ledger(db, account, 'deduction', '-100');
      records(db);
      expect([run(db).brief, run(db).skipped]).toEqual([[], unknown(zh, en)]);
      expect(run(db).bridge).toEqual({ pair: 'account-adjustment', missing: ['account-statement'], because: unknown(zh, en) });
    } // prettier-ignore
  });

  test('where the account that has them in another month is not imported for this one', () => {
    for (const other of ['2025-03', '2025-08', '2025-10']) {
      const db = openTestDb();
      ledger(db, 'recharge', 'allocation', '-70', {}, other);
      ledger(db, 'credit', 'deduction', '-100');
      records(db);
      const said = '缺 2025-09 充值账户收支明细 / account statement of the recharge account of 2025-09 not imported';
      expect([run(db).brief, run(db).skipped]).toEqual([[], said]);
    }
  });
});

describe('judged', () => {
  test('where the imported account has entries of the kind, or both accounts are imported', () => {
    const db = openTestDb();
    ledger(db, 'recharge', 'allocation', '-500', { flow_id: 'F1', customer_id: 'c1' });
    records(db);
    expect([run(db).brief, run(db).skipped]).toEqual([[['TX2', yuan('200'), 0n]], undefined]);
    const both = openTestDb();
    for (const account of ['recharge', 'credit'] as const) ledger(both, account, 'deduction', '-100');
    records(both);
    expect(run(both).brief).toHaveLength(2);
  });

  test('where the account that has them in another month is imported and lacks them', () => {
    const db = openTestDb();
    ledger(db, 'recharge', 'retrieval', '70', {}, '2025-08');
    ledger(db, 'recharge', 'deduction', '-100');
    records(db);
    expect([run(db).brief, run(db).skipped]).toEqual([[['TX2', yuan('200'), 0n], ['TX1', yuan('500'), 0n]], undefined]); // prettier-ignore
  });
});

test('the last day of a month is an edge where only the other account of the next month is imported', () => {
  const db = openTestDb();
  ledger(db, 'recharge', 'allocation', '-500', { flow_id: 'F1', customer_id: 'c1' });
  record(db, 'TX1', 'allocation', '500');
  record(db, 'TX2', 'allocation', '40', { operated_at: `${M}-30 23:30:00` });
  ledger(db, 'credit', 'deduction', '-1', {}, '2025-10');
  expect(run(db).brief).toEqual([]);
  ledger(db, 'recharge', 'deduction', '-1', {}, '2025-10');
  expect(run(db).brief).toEqual([['TX2', yuan('40'), 0n]]);
});
