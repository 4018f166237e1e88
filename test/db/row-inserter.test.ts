import { expect, onTestFinished, test } from 'vitest';
import { rowInserter } from '../../db/row-inserter.ts';
import { openWorkspace } from './workspace.ts';

type Value = string | bigint | null;

/** Inserts the rows and reads them back in the order of their ids. */
function through(columns: readonly string[], rows: readonly Value[][]): unknown[][] {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const insert = rowInserter(workspace.db, 'consumption', columns);
  const values: Value[] = [];
  for (const row of rows) {
    // The reader uses one array for all its rows, with cells behind the columns that are not stored.
    values.splice(0, values.length, ...row, 'not stored');
    insert.add(row[0] as bigint, values);
  }
  return workspace.db
    .prepare(`SELECT ${columns.join(', ')} FROM consumption ORDER BY id`)
    .raw()
    .all() as unknown[][];
}

const columns = ['id', 'cycle', 'customer_key', 'trade_id', 'region', 'amount_due', 'coupon_amount', 'bill_type', 'product_name'];
const plain = (i: number): Value[] => [BigInt(i + 1), '2025-07', 'c1', `T${i}`, "北京'四", BigInt(i * 100), 0n, null, 'ECS'];

test('rows are stored as given, whether or not their values are the usual ones', () => {
  const texts = ['', 'NULL', '0', "'; --", '\u0000', 'a\u0000b', '😀', ' x '];
  const numbers = [0n, -1n, 1n, 9_007_199_254_740_993n, -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n];
  const rows = Array.from({ length: 300 }, (_, i) => plain(i));
  for (const value of [...texts, ...numbers]) {
    for (let c = 1; c < columns.length; c++) {
      const text = c < 5 || c === 8;
      if (text !== (typeof value === 'string')) continue;
      const row = plain(rows.length);
      row[c] = value;
      rows.push(row, plain(rows.length + 1));
    }
  }
  const nothing = plain(rows.length);
  for (const c of [3, 4, 5, 6, 7, 8]) nothing[c] = null;
  rows.push(nothing);
  expect(through(columns, rows)).toEqual(rows);
});

test('usual values that cannot stand in a statement are bound', () => {
  const rows = Array.from({ length: 400 }, (_, i): Value[] => {
    const row = plain(i);
    [row[4], row[5], row[6]] = i % 5 === 0 ? ['x', 1n, 2n] : ['a\u0000b', -5n, 9_007_199_254_740_993n];
    return row;
  });
  expect(through(columns, rows)).toEqual(rows);
});

test('more combinations of usual and unusual values than statements are kept', () => {
  const varied = [
    'region',
    'product_name',
    'usage_type',
    'usage_unit',
    'spec',
    'order_type',
    'account_manager',
    'customer_name',
    'trade_id',
  ];
  const names = ['id', 'cycle', 'customer_key', ...varied];
  const rows = Array.from({ length: 256 + 1024 }, (_, i): Value[] => {
    const bits = i < 256 ? 0 : i - 256;
    return [BigInt(i + 1), '2025-07', 'c1', ...varied.map((_name, c) => ((bits >> c) & 1 ? `v${i}` : null))];
  });
  expect(through(names, rows)).toEqual(rows);
});

test('more columns than a combination has room for', () => {
  const known = openWorkspace();
  const all = (known.db.pragma('table_info(consumption)') as { name: string; type: string }[]).filter((c) => c.name !== 'in_force');
  known.close();
  const rows = Array.from({ length: 300 }, (_, i): Value[] =>
    all.map((c, at) => {
      if (c.name === 'id') return BigInt(i + 1);
      const usual = (i + at) % 10 < 8;
      return c.type === 'INTEGER' ? (usual ? 0n : BigInt(-i)) : usual ? 'x' : `y${i}`;
    }),
  );
  expect(all.length).toBeGreaterThan(40);
  expect(
    through(
      all.map((c) => c.name),
      rows,
    ),
  ).toEqual(rows);
});

test('tells the columns in which no row had a value, however many rows and kinds of rows there were', () => {
  const emptyOf = (rows: readonly Value[][]): string[] => {
    const workspace = openWorkspace();
    onTestFinished(() => workspace.close());
    const insert = rowInserter(workspace.db, 'consumption', columns);
    for (const row of rows) insert.add(row[0] as bigint, row);
    return insert.empty().filter((name) => [...columns, 'consumed_to', 'in_force'].includes(name));
  };
  const many = (rows: number, at: number, filled: Partial<Record<number, Value>>): Value[][] =>
    Array.from({ length: rows }, (_, i) => plain(i).map((value, c) => (i === at && c in filled ? filled[c]! : value)));
  for (const rows of [1, 255, 256, 257, 600]) expect([rows, emptyOf(many(rows, -1, {}))]).toEqual([rows, ['bill_type', 'consumed_to']]);
  for (const [rows, at] of [[1, 0], [255, 254], [600, 3], [600, 255], [600, 256], [600, 599]] as const) {
    expect([rows, at, emptyOf(many(rows, at, { 7: 3n }))]).toEqual([rows, at, ['consumed_to']]);
    expect([rows, at, emptyOf(many(rows, at, { 7: 0n }))]).toEqual([rows, at, ['consumed_to']]);
  }
  // Mostly empty is not empty, and seldom filled is filled.
  const seldom = Array.from({ length: 900 }, (_, i) => plain(i).with(4, i % 300 === 299 ? 'x' : null).with(8, i % 2 === 0 ? null : 'ECS'));
  expect(emptyOf(seldom)).toEqual(['bill_type', 'consumed_to']);
  expect(emptyOf(seldom.map((row) => row.with(8, null)))).toEqual(['bill_type', 'consumed_to', 'product_name']);
}); // prettier-ignore
