import { expect, test } from 'vitest';
import { accountAdjustment } from '../../../db/reconciling/account-adjustment.ts';
import type { WriteDb } from '../../../db/open.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';
import { closed } from './closed.ts';
import { runTold } from './run-told.ts';

const cycle = '2025-09';
const at = '2025-09-10 08:00:00';
/** An entry of the ledger; the amount is the operation's, positive. */
function ledger(db: WriteDb, flow: string, type: string, amount: string, more: Values = {}): bigint {
  const change = type === 'allocation' ? -yuan(amount) : yuan(amount);
  const values = { cycle, account: 'recharge', flow_id: flow, trade_type: type, traded_at: at, customer_id: 'c1', change_amount: change };
  return insert(db, 'account-statement', { ...values, ...more });
}
function record(db: WriteDb, id: string, operation: string, amount: string, more: Values = {}): bigint {
  return insert(db, 'adjustment', {
    cycle,
    transaction_id: id,
    operation,
    operated_at: at,
    customer_id: 'c1',
    amount: yuan(amount),
    ...more,
  });
}
function run(db: WriteDb) {
  const outcome = runTold(accountAdjustment, runContext(db, cycle));
  const bridge = closed(outcome);
  const brief = outcome.findings.map((f) => [f.businessKey.join('|'), f.expected, f.stated, f.severity]);
  return { ...outcome, bridge, brief, edge: bridge.steps.find((s) => s.step === 'month-edge')?.amount };
}

test('paired by customer, operation and time, then by amount, then without the customer', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '100');
  record(db, 'r1', 'allocation', '100');
  ledger(db, 'f2', 'retrieval', '30', { traded_at: '2025-09-11 08:00:00' });
  record(db, 'r2', 'retrieval', '30', { operated_at: '2025-09-11 08:00:05' });
  ledger(db, 'f3', 'unbindRetrieval', '7', { customer_id: null });
  record(db, 'r3', 'unbindRetrieval', '7');
  const { brief, bridge } = run(db);
  expect(brief).toEqual([]);
  expect(bridge.left.total).toBe(yuan('63'));
  expect(bridge.right.total).toBe(yuan('63'));
});

test('a closed customer that is shown blank is paired by the day too: the records may be some seconds later', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'unbindRetrieval', '70', { customer_id: null });
  const named = record(db, 'r1', 'unbindRetrieval', '70', { operated_at: '2025-09-10 08:00:03' });
  ledger(db, 'f2', 'retrieval', '30', { customer_id: null });
  record(db, 'r2', 'retrieval', '30', { operated_at: '2025-09-10 08:00:02', customer_id: null });
  expect(run(db).brief).toEqual([]);
  db.prepare("UPDATE adjustment SET operated_at = '2025-09-11 08:00:00' WHERE id = ?").run(named);
  expect(run(db).brief).toHaveLength(2);
});

test('operations that follow each other within seconds, which the records have some seconds later', () => {
  const db = openTestDb();
  ['100', '200', '300'].forEach((amount, i) => {
    ledger(db, `f${i}`, 'allocation', amount, { traded_at: `2025-09-10 08:00:0${i}` });
    record(db, `r${i}`, 'allocation', amount, { operated_at: `2025-09-10 08:00:0${i + 1}` });
  });
  expect(run(db).brief).toEqual([]);
});

test('amounts that differ, by direction of the money', () => {
  const db = openTestDb();
  const entry = ledger(db, 'f1', 'allocation', '110');
  const other = record(db, 'r1', 'allocation', '100');
  ledger(db, 'f2', 'retrieval', '30');
  record(db, 'r2', 'retrieval', '20');
  const { brief, findings } = run(db);
  expect(brief).toEqual([
    ['f2', yuan('20'), yuan('30'), 'review'],
    ['f1', yuan('100'), yuan('110'), undefined],
  ]);
  expect(findings[1]).toMatchObject({ left: [entry], right: [other], customerId: 'c1', recordId: 'f1' });
});

test('one side alone: a finding, but for the last 24 hours of a month whose neighbour has it or was not imported', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '10');
  record(db, 'r2', 'retrieval', '20', { customer_id: 'c2' });
  const edge = '2025-09-30 23:30:00';
  ledger(db, 'f3', 'allocation', '40', { traded_at: edge, customer_id: 'c3' });
  const { brief, edge: alone } = run(db);
  expect(brief).toEqual([
    ['f1', 0n, yuan('10'), undefined],
    ['r2', yuan('20'), 0n, undefined],
  ]);
  expect(alone).toBe(yuan('-40'));
  record(db, 'x', 'allocation', '1', { cycle: '2025-10', operated_at: '2025-10-02 08:00:00' });
  expect(run(db).brief).toHaveLength(3);
  record(db, 'y', 'allocation', '40', { cycle: '2025-10', operated_at: '2025-10-01 00:30:00', customer_id: 'c3' });
  expect(run(db).brief).toHaveLength(2);
});

test('skipped without the records', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '10');
  const outcome = runTold(accountAdjustment, runContext(db, cycle));
  expect(outcome.bridge).toEqual({ pair: 'account-adjustment', missing: ['adjustment'] });
  expect(outcome.checks[0]?.skipped).toContain('调账记录');
});

test('a month edge is one operation seen from both of its months', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '40', { cycle: '2025-08', traded_at: '2025-08-31 23:30:00' });
  record(db, 'r1', 'allocation', '40', { operated_at: '2025-09-01 00:30:00' });
  ledger(db, 'f2', 'retrieval', '5');
  record(db, 'r2', 'retrieval', '5');
  const { brief, edge } = run(db);
  expect(brief).toEqual([]);
  expect(edge).toBe(yuan('40'));
});

test('a month edge of a closed customer that the ledger shows blank', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'unbindRetrieval', '40', { traded_at: '2025-09-30 23:59:59', customer_id: null });
  record(db, 'r0', 'allocation', '1');
  ledger(db, 'f0', 'allocation', '1');
  record(db, 'r1', 'unbindRetrieval', '40', { cycle: '2025-10', operated_at: '2025-10-01 00:00:01' });
  expect([run(db).brief, run(db).edge]).toEqual([[], yuan('40')]);
});

test('a like amount of another day in the next month is another operation', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '40', { traded_at: '2025-09-30 23:30:00' });
  record(db, 'r0', 'allocation', '1');
  ledger(db, 'f0', 'allocation', '1');
  record(db, 'r2', 'allocation', '40', { cycle: '2025-10', operated_at: '2025-10-31 23:30:00' });
  expect(run(db).brief).toEqual([['f1', 0n, yuan('40'), undefined]]);
});

test('one record of what the ledger has in parts at the same time, from two accounts; or the other way round', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'allocation', '60');
  ledger(db, 'f2', 'allocation', '40', { account: 'credit', traded_at: '2025-09-10 08:00:02' });
  record(db, 'r1', 'allocation', '100');
  ledger(db, 'f3', 'retrieval', '90', { traded_at: '2025-09-12 08:00:00' });
  record(db, 'r2', 'retrieval', '50', { operated_at: '2025-09-12 08:00:00' });
  record(db, 'r3', 'retrieval', '40', { operated_at: '2025-09-12 08:00:01' });
  const { brief, bridge } = run(db);
  expect([brief, bridge.unexplained]).toEqual([[], 0n]);
  // Parts of another time or customer are other operations.
  for (const change of ["traded_at = '2025-09-10 09:00:00'", "traded_at = '2025-09-10 08:00:02', customer_key = 'c2'"]) {
    db.exec(`UPDATE account_statement SET ${change} WHERE flow_id = 'f2'`);
    expect(run(db).brief).toEqual([
      ['f1', yuan('100'), yuan('60'), 'review'],
      ['f2', 0n, yuan('40'), undefined],
    ]);
  }
});

test('taken back on unbinding in the ledger, simply taken back in the records: one movement under two names', () => {
  const db = openTestDb();
  ledger(db, 'f1', 'unbindRetrieval', '70');
  record(db, 'r1', 'retrieval', '70', { operated_at: '2025-09-10 08:00:03' });
  ledger(db, 'f2', 'retrieval', '30', { customer_id: null });
  record(db, 'r2', 'unbindRetrieval', '30');
  expect(run(db).brief).toEqual([]);
  db.exec("UPDATE account_statement SET trade_type = 'allocation' WHERE flow_id = 'f1'");
  expect(run(db).brief).toHaveLength(2);
});

test('what the next month has for itself, or for another operation, is no edge', () => {
  const db = openTestDb();
  const late = { traded_at: '2025-09-30 10:00:00' };
  const next = { cycle: '2025-10', traded_at: '2025-10-01 10:00:00' };
  ledger(db, 'f0', 'allocation', '5');
  record(db, 'r0', 'allocation', '5');
  ledger(db, 'f1', 'allocation', '100', late);
  ledger(db, 'g1', 'allocation', '100', next);
  record(db, 's1', 'allocation', '100', { cycle: '2025-10', operated_at: next.traded_at });
  expect(run(db).brief).toEqual([['f1', 0n, yuan('100'), undefined]]);
  record(db, 's2', 'allocation', '100', { cycle: '2025-10', operated_at: '2025-10-01 00:00:10' });
  expect(run(db).brief).toEqual([]);
  ledger(db, 'f2', 'allocation', '100', late);
  const { brief, edge } = run(db);
  expect([brief, edge]).toEqual([[['f2', 0n, yuan('100'), undefined]], yuan('-100')]);
});
