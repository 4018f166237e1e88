import { expect, onTestFinished, test } from 'vitest';
import { loadOverlap } from '../../db/overlap-rows.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

const header = '客户ID,账期,订单号,产品类型,应付金额';
const line = (order: string, amount: string): string => `c1,2025-09,${order},ECS,${amount}`;
const many = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => line(`T${from + i}`, '1.00'));

async function imported(...files: string[][]): Promise<Workspace> {
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [i, lines] of files.entries()) {
    const taken = await workspace.take(workspace.put(`${i}.csv`, [header, ...lines]));
    expect(taken.status).toBe('imported');
  }
  return workspace;
}
/** Which rows are taken, by the rank of their file, if the files have the problems named. */
function taken({ db, rows }: Workspace, problems: number[] = []): { partial: number | undefined; rows: string[] } {
  const sheets = rows('SELECT id FROM sheet ORDER BY id').map(BigInt);
  const files = sheets.map((sheet, i) => ({
    sheets: [sheet],
    status: 0,
    rows: Number(db.prepare('SELECT rows FROM sheet WHERE id = ?').pluck().get(sheet)),
    problems: problems[i] ?? 0,
  }));
  const { partial } = loadOverlap(db, { kind: 'consumption', cycle: '2025-09' }, files);
  return { partial, rows: rows('SELECT rank, count(*) FROM temp.overlap_row GROUP BY rank ORDER BY rank') };
}

test('of a file larger than the others together only the rows are taken whose key another one has', async () => {
  const workspace = await imported(many(0, 50), [...many(48, 4), line('T48', '2.00')], many(1000, 3));
  expect(taken(workspace)).toEqual({ partial: 0, rows: ['0 2', '1 5', '2 3'] });
});

test('a large file without a row of its own is taken whole, and so are all where none is large', async () => {
  expect(taken(await imported([line('A', '1'), line('A', '2'), line('A', '3')], [line('A', '9')]))).toEqual({
    partial: undefined,
    rows: ['0 3', '1 1'],
  });
  expect(taken(await imported(many(0, 4), many(2, 4)))).toEqual({ partial: undefined, rows: ['0 4', '1 4'] });
});

test('where a file may be mended, all rows of its orders are taken; all rows there are, where they cannot be found by order', async () => {
  const other = (order: string): string => line(order, '1.00').replace('ECS', 'EVS');
  expect(taken(await imported([...many(0, 40), other('T2'), other('T30')], many(2, 4)), [0, 1])).toEqual({
    partial: 0,
    rows: ['0 5', '1 4'],
  });
  const unnamed = (lines: string[]): string[] => lines.map((l) => l.replace('c1,', ','));
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  for (const [i, lines] of [many(0, 40), many(2, 4)].entries()) {
    await workspace.take(workspace.put(`${i}.csv`, [`客户账号名,${header}`, ...unnamed(lines).map((l) => `acct,${l}`)]));
  }
  expect(taken(workspace, [0, 1])).toEqual({ partial: undefined, rows: ['0 40', '1 4'] });
});

test('a column that a large file fills far down only, and the other file lacks, tells no rows apart', async () => {
  const used = many(0, 900).map((l, i) => `${l},${i === 700 ? '时长' : ''}`);
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  await workspace.take(workspace.put('large.csv', [`${header},使用量类型`, ...used]));
  await workspace.take(workspace.put('small.csv', [header, line('T700', '1.00'), line('T3', '1.00')]));
  expect(workspace.rows('SELECT count(*) FROM consumption WHERE usage_type IS NOT NULL')).toEqual(['1']);
  expect(taken(workspace)).toEqual({ partial: 0, rows: ['0 2', '1 2'] });
});

test('the rows found by order are exactly those whose business key another file has', async () => {
  let seed = 7;
  const pick = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const random = (): string => `c${pick(4)},2025-09,${['', 'T1', 'T2', `T${pick(60)}`][pick(4)]},${['ECS', 'EVS'][pick(2)]},${pick(3)}.00`;
  for (let world = 0; world < 12; world++) {
    const workspace = await imported(Array.from({ length: 120 }, random), Array.from({ length: 1 + pick(5) }, random));
    taken(workspace);
    const [large, small] = [1n, 2n].map((sheet) => `BETWEEN ${sheet * 16_777_216n} AND ${(sheet + 1n) * 16_777_216n - 1n}`);
    const wanted = workspace.rows(
      `SELECT l.id FROM consumption l WHERE l.id ${large} AND EXISTS (SELECT 1 FROM consumption s WHERE s.id ${small}
          AND s.customer_id = l.customer_id AND s.trade_id IS l.trade_id AND s.product_type IS l.product_type) ORDER BY l.id`,
    );
    expect(workspace.rows('SELECT id FROM temp.overlap_row WHERE rank = 0 ORDER BY id')).toEqual(wanted);
  }
});

test('a small file beside a large one: one more occurrence counts, a contradiction is kept once, and the large one is not replaced', async () => {
  const small = [line('T1', '1.00'), line('T1', '1.00'), line('T2', '5.00'), line('N', '7.00')];
  for (const files of [
    [many(0, 40), small],
    [small, many(0, 40)],
  ]) {
    const { rows } = await imported(...files);
    const inForce = rows('SELECT trade_id, amount_due / 100000000 FROM consumption WHERE in_force = 1 ORDER BY trade_id, amount_due');
    expect(inForce.filter((r) => /^(?:T1|N) /.test(r))).toEqual(['N 7', 'T1 1', 'T1 1']);
    expect(inForce.filter((r) => r.startsWith('T2 ')).length).toBe(1);
    expect(inForce.length).toBe(42);
    expect(rows('SELECT business_key, column_name FROM overlap_conflict').length).toBe(1);
    expect(rows('SELECT in_force FROM sheet_cycle')).toEqual(['1', '1']);
  }
});

test('a small file that a later large one holds whole is replaced by it', async () => {
  const titled = (time: string, lines: string[]): string[] => [`导出时间：${time}`, header, ...lines];
  const workspace = openWorkspace();
  onTestFinished(() => workspace.close());
  await workspace.take(workspace.put('旧.csv', titled('2025-10-05 12:00:00', [line('T1', '3.00'), line('T2', '1.00')])));
  await workspace.take(workspace.put('新.csv', titled('2025-11-05 12:00:00', many(0, 30))));
  expect(workspace.rows('SELECT in_force FROM sheet_cycle ORDER BY sheet')).toEqual(['0', '1']);
  expect(workspace.rows('SELECT count(*) FROM consumption WHERE in_force = 1')).toEqual(['30']);
});
