import { expect, onTestFinished, test } from 'vitest';
import { undoImport } from '../../db/imports.ts';
import { kindStates } from '../../db/status.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

function opened(): Workspace {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  return workspace;
}

const header = '客户ID,账期,订单号,产品类型,应付金额';
const line = (order: string, amount: string, cycle = '2025-09'): string => `c1,${cycle},${order},ECS,${amount}`;

/** Kind, rows and total of what the month has: as kept, which must be what reading the rows gives. */
function states({ db }: Workspace, cycle = '2025-09'): string[] {
  const read = (): string[] =>
    kindStates(db, cycle)
      .filter((s) => s.imports.length > 0)
      .map((s) => `${s.kind} ${s.rows} ${s.total}`);
  const kept = read();
  expect(db.prepare("SELECT count(*) FROM statement_total WHERE cycle IN (?, '')").pluck().get(cycle)).toBe(BigInt(kept.length));
  db.exec('SAVEPOINT unkept; DELETE FROM statement_total');
  expect(read()).toEqual(kept);
  db.exec('ROLLBACK TO unkept; RELEASE unkept');
  return kept;
}

test('rows and sum of each statement are kept through overlapping imports and their undoing', async () => {
  const workspace = opened();
  await workspace.take(workspace.put('一.csv', [header, line('A', '1.00'), line('B', '2.50'), line('Z', '7.00', '2025-10')]));
  expect(states(workspace)).toEqual(['consumption 2 350000000']);
  expect(states(workspace, '2025-10')).toEqual(['consumption 1 700000000']);
  const second = await workspace.take(workspace.put('二.csv', [header, line('B', '2.50'), line('C', '-4.00')]));
  expect(states(workspace)).toEqual(['consumption 3 -50000000']);
  await workspace.take(workspace.put('现金券口径.csv', ['券ID,计业绩', 'q1,Y']));
  expect(states(workspace)).toEqual(['consumption 3 -50000000', 'coupon-map 1 undefined']);
  undoImport(workspace.db, second.importId!, '2026-01-01 00:00:00');
  expect(states(workspace)).toEqual(['consumption 2 350000000', 'coupon-map 1 undefined']);
});

test('a kept total is what the month home shows, without reading a row', async () => {
  const workspace = opened();
  await workspace.take(workspace.put('一.csv', [header, line('A', '1.00')]));
  workspace.db.exec('UPDATE statement_total SET rows = 41, total = 42');
  expect(kindStates(workspace.db, '2025-09').find((s) => s.kind === 'consumption')).toMatchObject({ rows: 41, total: 42n });
});

test('files that are within bounds each, but not together, are imported', async () => {
  const workspace = opened();
  const rows = (name: string): string[] => [header, ...Array.from({ length: 6 }, (_, i) => line(`${name}${i}`, '9999999999.00'))];
  expect((await workspace.take(workspace.put('一.csv', rows('A')))).status).toBe('imported');
  expect((await workspace.take(workspace.put('二.csv', rows('B')))).status).toBe('imported');
  expect(workspace.rows('SELECT count(*) FROM consumption')).toEqual(['12']);
  expect(workspace.rows('SELECT count(*) FROM statement_total')).toEqual(['0']);
});

test('the state of each month of a file that holds several', async () => {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  const rows = ['业绩单ID,对账期次,业绩总金额,状态', 'S7,2025-07,10.00,终稿', 'S8,2025-08,20.00,初稿'];
  await workspace.take(workspace.put('业绩汇总.csv', rows));
  const states = ['2025-07', '2025-08'].map(
    (month) => kindStates(workspace.db, month).find((s) => s.kind === 'performance-summary')?.status,
  );
  expect(states).toEqual(['final', 'draft']);
});
