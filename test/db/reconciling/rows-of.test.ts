import { expect, test } from 'vitest';
import { cyclesOf, monthRows, rowsOf } from '../../../db/reconciling/rows-of.ts';
import { insert, openTestDb, yuan } from '../rows.ts';

const cycle = '2025-09';
const plan = (db: ReturnType<typeof openTestDb>, sql: string): string =>
  db
    .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all({ cycle })
    .map((r) => r.detail)
    .join('\n');

test('a whole month is read by row id through its sheets, evidence by index', () => {
  const db = openTestDb();
  expect(plan(db, `SELECT sum(c.amount_due) FROM ${monthRows('consumption', 'c')}`)).toMatch(
    /SEARCH c USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/,
  );
  const evidence =
    'SELECT id FROM performance WHERE cycle = :cycle AND in_force = 1 AND customer_key IS :cycle AND trade_id IS :cycle ORDER BY id';
  expect(plan(db, evidence)).toMatch(
    /USING (COVERING )?INDEX performance_cycle \(cycle=\? AND in_force=\? AND customer_key=\? AND trade_id=\?\)/,
  );
});

test('only rows of the month and in force, wherever they stand', () => {
  const db = openTestDb();
  const amounts = ['1', '2', '4'].map((amount) =>
    insert(db, 'consumption', { cycle, customer_id: 'c1', trade_id: null, amount_due: yuan(amount) }),
  );
  insert(db, 'consumption', { cycle: '2025-08', customer_id: 'c1', amount_due: yuan('8') });
  db.prepare('UPDATE consumption SET in_force = 0 WHERE id = ?').run(amounts[1]);
  expect(
    db
      .prepare(`SELECT sum(c.amount_due) FROM ${monthRows('consumption', 'c')}`)
      .pluck()
      .get({ cycle }),
  ).toBe(yuan('5'));
  expect(rowsOf(db, 'consumption', cycle, { customer_key: 'c1', trade_id: null })).toEqual([amounts[0], amounts[2]]);
  expect(cyclesOf(db, 'consumption')).toEqual(['2025-08', cycle]);
  expect(cyclesOf(db, 'performance')).toEqual([]);
});
