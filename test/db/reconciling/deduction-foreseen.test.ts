import { expect, test } from 'vitest';
import { openTestDb, yuan } from '../rows.ts';
import { bill, consume, deduct, run } from './account-builder.ts';

test('an order of which the next month will bill a part, deducted at once: sound until that bill is there and has no such part', () => {
  const db = openTestDb();
  bill(db, 't1', '100');
  consume(db, 't1', '180');
  deduct(db, 'f1', 't1', '135');
  expect([run(db).brief, run(db).step('basis')]).toEqual([[], yuan('60')]);
  deduct(db, 'f2', 't1', '1');
  expect(run(db).brief.map((b) => b.slice(0, 2))).toEqual([['account.deduction-amount', 'f2']]);
  db.prepare("DELETE FROM account_statement WHERE flow_id = 'f2'").run();
  bill(db, 'another', '1', {}, '2025-10');
  expect(run(db).brief).toEqual([['account.deduction-amount', 'f1', yuan('180'), yuan('135')]]);
  bill(db, 't1', '80', {}, '2025-10');
  expect(run(db).brief).toEqual([]);
});
