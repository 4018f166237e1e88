import { expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

test('an order of which the next month will bill a part, deducted at once: sound though that bill is there and has no such part, which is the bill’s fault', () => {
  const db = openTestDb();
  bill(db, 't1', '100');
  consume(db, 't1', '180');
  deduct(db, 'f1', 't1', '135');
  expect([run(db).brief, run(db).step('basis')]).toEqual([[], yuan('60')]);
  deduct(db, 'f2', 't1', '1');
  expect(run(db).brief.map((b) => b.slice(0, 2))).toEqual([['account.deduction-amount', 'f2']]);
  db.prepare("DELETE FROM account_statement WHERE flow_id = 'f2'").run();
  bill(db, 'another', '1', {}, '2025-10');
  expect([run(db).brief, run(db).step('basis')]).toEqual([[], yuan('60')]);
  deduct(db, 'f2', 't1', '1');
  expect(run(db).brief.map((b) => b.slice(0, 2))).toEqual([['account.deduction-amount', 'f2']]);
  db.prepare("DELETE FROM account_statement WHERE flow_id = 'f2'").run();
  bill(db, 't1', '80', {}, '2025-10');
  expect(run(db).brief).toEqual([]);
});

test('an order of the last day that the next month will bill is deducted, and a refund returned, at the rates of the customer’s other lines', () => {
  const db = openTestDb();
  const edge = { traded_at: '2025-09-30 23:30:00' };
  bill(db, 't1', '100');
  consume(db, 't1', '100');
  deduct(db, 'f1', 't1', '75');
  for (const [trade, due, paid] of [
    ['e1', '40', '30'],
    ['e2', '-40', '-30'],
  ] as const) {
    consume(db, trade, due, { ...edge, bill_class: paid.startsWith('-') ? 'refund' : 'consumption' });
    deduct(db, trade, trade, paid, edge);
  }
  expect([run(db).brief, run(db).step('other-month')]).toEqual([[], 0n]);
  consume(db, 'e3', '-40', { ...edge, bill_class: 'refund' });
  deduct(db, 'e3', 'e3', '-29', edge);
  consume(db, 'day', '40', { traded_at: '2025-09-29 08:00:00' });
  deduct(db, 'day', 'day', '30');
  expect(run(db).brief).toEqual([['account.deduction-amount', 'e3', yuan('-30'), yuan('-29')]]);
});
