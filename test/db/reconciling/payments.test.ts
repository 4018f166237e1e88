import { expect, test } from 'vitest';
import type { WriteDb } from '../../../db/open.ts';
import { paymentChecks } from '../../../db/reconciling/payments.ts';
import { addEntry, removeEntry } from '../../../db/request-entries.ts';
import type { EntryFields } from '../../../electron/core/request-entry.ts';
import { insert, openTestDb, runContext, yuan, type Values } from '../rows.ts';

const cycle = '2025-09';
const at = '2025-11-20 10:00:00';
const request = (db: WriteDb, id: string, change: Values = {}): bigint =>
  insert(db, 'payment-request', { cycle, request_id: id, amount: yuan('1000'), ...change });
const enter = (db: WriteDb, id: string, kind: EntryFields['kind'], on: string, amount?: string): number =>
  addEntry(db, id, { kind, on, ...(amount !== undefined && { amount: yuan(amount) }) }, at);
const run = (db: WriteDb, today = '2025-11-20', settings = {}) => paymentChecks.run(runContext(db, cycle, settings, today));

test('the whole of a month: short against us, too much for review, late, and what is right', () => {
  const db = openTestDb();
  const rows = ['q1', 'q2', 'q3', 'q4'].map((id) => request(db, id));
  request(db, 'q9', { cycle: '2025-08' });
  enter(db, 'q1', 'received', '2025-11-01');
  enter(db, 'q1', 'payment', '2025-11-10', '900.5');
  enter(db, 'q2', 'payment', '2025-11-10', '1000.01');
  enter(db, 'q3', 'received', '2025-11-05');
  enter(db, 'q4', 'received', '2025-11-04');
  enter(db, 'q9', 'payment', '2025-11-10', '1');
  const { findings, checks } = run(db);
  const wire = findings.map(({ code, severity, businessKey, recordId, expected, stated, left }) => [
    code,
    severity,
    businessKey,
    recordId,
    expected,
    stated,
    left,
  ]);
  expect(wire).toEqual([
    ['payment.amount', undefined, ['q1'], 'q1', yuan('1000'), yuan('900.5'), [rows[0]]],
    ['payment.amount', 'review', ['q2'], 'q2', yuan('1000'), yuan('1000.01'), [rows[1]]],
    ['payment.late', undefined, ['q4'], 'q4', yuan('1000'), 0n, [rows[3]]],
  ]);
  expect(checks).toEqual([
    { code: 'payment.amount', compared: 2 },
    { code: 'payment.late', compared: 3 },
  ]);
  expect(run(db, '2025-11-20', { paymentDays: 30 }).findings.map(({ recordId }) => recordId)).toEqual(['q2']);
});

test('after a rejection the receipt of the resent invoices counts, told by us or by the vendor’s file', () => {
  const db = openTestDb();
  request(db, 'q1');
  enter(db, 'q1', 'received', '2025-10-01');
  const rejected = addEntry(db, 'q1', { kind: 'rejected', on: '2025-10-05', note: '税号有误' }, at);
  expect(run(db).checks[1]?.skipped).toContain('签收');
  enter(db, 'q1', 'received', '2025-11-10');
  expect(run(db, '2025-11-25').findings).toEqual([]);
  expect(run(db, '2025-11-26').findings).toMatchObject([{ code: 'payment.late' }]);
  removeEntry(db, rejected, '', at);
  expect(run(db, '2025-11-25').findings).toMatchObject([{ code: 'payment.late' }]);
  db.prepare("UPDATE payment_request SET status = '驳回'").run();
  expect(run(db, '2025-12-25').findings).toEqual([]);
  db.prepare("UPDATE import SET exported_at = '2025-10-06 08:00:00'").run();
  expect(run(db, '2025-11-25').findings).toEqual([]);
  expect(run(db, '2025-11-26').findings).toMatchObject([{ code: 'payment.late' }]);
});

test('says what is missing where nothing was entered, and where there is no request', () => {
  const db = openTestDb();
  for (const check of run(db).checks) expect(check.skipped).toContain('申付单');
  request(db, 'q1');
  expect(run(db)).toMatchObject({
    findings: [],
    checks: [
      { code: 'payment.amount', compared: 0, skipped: expect.stringContaining('no payment is entered') },
      { code: 'payment.late', compared: 0, skipped: expect.stringContaining('no receipt') },
    ],
  });
  enter(db, 'q1', 'received', '2025-10-01');
  enter(db, 'q1', 'recalled', '2025-10-02');
  expect(run(db).findings).toEqual([]);
});
