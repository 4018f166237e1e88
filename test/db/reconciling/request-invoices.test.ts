import { expect, test } from 'vitest';
import { requestInvoices } from '../../../db/reconciling/request-invoices.ts';
import type { WriteDb } from '../../../db/open.ts';
import type { Bridge } from '../../../electron/core/bridge.ts';
import { insert, openTestDb, runContext, yuan } from '../rows.ts';

const M = '2025-09';
const request = (db: WriteDb, id: string, amount: string, payout: string | null = null, cycle = M): bigint =>
  insert(db, 'payment-request', { cycle, request_id: id, amount: yuan(amount), payout_mode: payout });
function invoice(db: WriteDb, number: string, total: string, requestId: string | null, removed: string | null = null): void {
  db.prepare(
    `INSERT INTO invoice (number, kind, net, tax, total, request_id, sources, added_at, removed_at) VALUES (?, 'special', ?, 0, ?, ?, '[]', '2025-10-01', ?)`,
  ).run(number, yuan(total), yuan(total), requestId, removed);
}
function run(db: WriteDb) {
  const outcome = requestInvoices.run(runContext(db, M));
  const bridge = outcome.bridge as Bridge;
  return { ...outcome, bridge, step: (name: string) => bridge.steps.find((s) => s.step === name)?.amount };
}

test('invoices add up, are not there yet, or are not needed', () => {
  const db = openTestDb();
  request(db, 'q1', '100');
  request(db, 'q2', '50');
  request(db, 'q3', '30', 'owedInvoice');
  request(db, 'q4', '20', '转代金券额度');
  invoice(db, '1', '60', 'q1');
  invoice(db, '2', '40', 'q1');
  invoice(db, '3', '999', 'q2', '2025-10-02');
  invoice(db, '4', '5', null);
  const { bridge, step, findings, checks } = run(db);
  expect([bridge.left.total, bridge.right.total, bridge.unexplained]).toEqual([yuan('200'), yuan('100'), 0n]);
  expect([step('not-invoiced-yet'), step('no-invoice-needed')]).toEqual([yuan('-50'), yuan('-50')]);
  expect([findings, checks]).toEqual([[], [{ code: 'invoice.sum', compared: 1 }]]);
});

test('invoices that do not add up', () => {
  const db = openTestDb();
  const row = request(db, 'q1', '100');
  invoice(db, '1', '60', 'q1');
  const { bridge, findings } = run(db);
  expect(bridge.unexplained).toBe(yuan('-40'));
  expect(findings).toMatchObject([{ code: 'invoice.sum', recordId: 'q1', expected: yuan('100'), stated: yuan('60'), left: [row] }]);
});

test('a typed request wins, and one over several months stands in the latest', () => {
  const db = openTestDb();
  request(db, 'q1', '100');
  request(db, 'q2', '70');
  request(db, 'q2', '70', null, '2025-10');
  db.prepare(`INSERT INTO typed_request VALUES ('q1', ?, '{"amount":"90.00000000"}', '2025-10-01')`).run(M);
  invoice(db, '1', '90', 'q1');
  const { bridge, findings } = run(db);
  expect([bridge.left.total, findings]).toEqual([yuan('90'), []]);
});

test('without a request the pair is skipped; without a tied invoice the check is', () => {
  const db = openTestDb();
  const none = requestInvoices.run(runContext(db, M));
  expect(none.bridge).toEqual({ pair: 'request-invoices', missing: ['payment-request'] });
  expect(none.checks[0]?.skipped).toContain('申付单');
  request(db, 'q1', '100');
  expect(run(db).checks[0]?.skipped).toContain('关联发票');
});
