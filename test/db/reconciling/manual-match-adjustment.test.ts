import { expect, test } from 'vitest';
import { addMatch } from '../../../db/manual-matches.ts';
import type { WriteDb } from '../../../db/open.ts';
import { accountAdjustment } from '../../../db/reconciling/account-adjustment.ts';
import { readKey, type MatchAction } from '../../../electron/core/manual-match.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';

const cycle = '2025-09';
function ledger(db: WriteDb, flow: string | null, amount: string, more: Values = {}): bigint {
  const values = { cycle, account: 'recharge', flow_id: flow, trade_type: 'allocation', traded_at: `${cycle}-10 08:00:00` };
  return insert(db, 'account-statement', { ...values, customer_id: 'c1', change_amount: -yuan(amount), ...more });
}
function record(db: WriteDb, id: string, amount: string, more: Values = {}): bigint {
  const values = { cycle, transaction_id: id, operation: 'allocation', operated_at: `${cycle}-12 09:00:00`, customer_id: 'c1' };
  return insert(db, 'adjustment', { ...values, amount: yuan(amount), ...more });
}
const match = (db: WriteDb, action: MatchAction, ...keys: string[]): bigint =>
  addMatch(db, {
    cycle,
    pair: 'account-adjustment',
    action,
    keys: keys.map((k) => readKey(k)!),
    reason: '人工核对',
    by: '王芳',
    at: '2025-10-08 09:00:00',
  });
function run(db: WriteDb) {
  const outcome = accountAdjustment.run({ ...runContext(db, cycle), sink: { begin: () => {}, add: () => {} } });
  const bridge = closed(outcome);
  return { ...outcome, bridge, brief: outcome.findings.map((f) => [f.businessKey.join('|'), f.expected, f.stated]) };
}

test('one allocation recorded in two parts, joined by hand, agrees; both ends stay', () => {
  const db = openTestDb();
  ledger(db, 'F1', '100.00');
  record(db, 'A1', '60.00');
  record(db, 'A2', '40.00');
  const before = run(db);
  expect(before.findings).toHaveLength(3);
  match(db, 'join', 'F1', 'A1', 'A2');
  const { findings, bridge } = run(db);
  expect(findings).toEqual([]);
  expect([bridge.left.total, bridge.right.total]).toEqual([before.bridge.left.total, before.bridge.right.total]);
});

test('a join brings what its rows are paired with; what does not add up is one finding of the exact rest, under a row that was named', () => {
  const db = openTestDb();
  ledger(db, 'F1', '100.00');
  const at = { operated_at: `${cycle}-10 08:00:00` };
  record(db, 'A1', '60.00', at);
  record(db, 'A2', '30.00');
  expect(run(db).brief).toHaveLength(2);
  match(db, 'join', 'A1', 'A2');
  const { brief, findings } = run(db);
  expect(brief).toEqual([['A1', yuan('90.00'), yuan('100.00')]]);
  expect(findings[0]!.reason.zh).toContain('人工合并核对：A1、A2');
  expect([...findings[0]!.left, ...findings[0]!.right]).toHaveLength(3);
});

test('a row set apart is paired with none; one without a number is known by its customer, operation and time', () => {
  const db = openTestDb();
  ledger(db, null, '100.00');
  record(db, 'A1', '100.00');
  expect(run(db).findings).toEqual([]);
  const split = match(db, 'split', `c1 allocation ${cycle}-10 08:00:00`);
  expect(run(db).brief).toEqual([
    ['A1', yuan('100.00'), 0n],
    [`c1 allocation ${cycle}-10 08:00:00`, 0n, yuan('100.00')],
  ]);
  db.prepare("UPDATE manual_match SET undone_at = '2025-10-09 09:00:00' WHERE id = ?").run(split);
  expect(run(db).findings).toEqual([]);
});

test('a join of which only one row is in the data says nothing', () => {
  const db = openTestDb();
  ledger(db, 'F1', '100.00');
  record(db, 'A0', '7.00');
  const alone = run(db).brief;
  record(db, 'A1', '5.00', { cycle: '2025-10', operated_at: '2025-10-03 08:00:00' });
  match(db, 'join', 'F1', 'A1');
  expect(run(db).brief).toEqual(alone);
});
