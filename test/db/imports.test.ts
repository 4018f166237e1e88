import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listImports, undoImport } from '../../db/imports.ts';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { importFiles, type ImportedFile } from '../../electron/jobs/import.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');
const header = '账期,客户ID,订单号,产品类型,应付金额,现金支付';
const line = (order: string, amount: string, cycle = '2025-09'): string => `${cycle},c1,${order},ECS,${amount},${amount}`;

let folder: string;
let db: WriteDb;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-imports-'));
  db = openForWriting(path.join(folder, 'hezhang.db'), migrations);
});
afterEach(() => {
  db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function file(name: string, lines: readonly string[], title?: string): string {
  const target = path.join(folder, name);
  fs.writeFileSync(target, [...(title ? [title] : []), header, ...lines].join('\n'));
  return target;
}
const run = (paths: readonly string[], into: WriteDb = db, dryRun = false): Promise<ImportedFile[]> =>
  importFiles(
    paths,
    { answers: {}, strict: false, dryRun, language: 'zh' },
    { db: into, filesFolder: path.join(folder, 'files'), now: () => '2026-01-01 00:00:00' },
  );
const one = async (target: string): Promise<ImportedFile> => (await run([target]))[0]!;
const inForce = (from: WriteDb = db): string[] =>
  from
    .prepare<[], { t: string; a: bigint }>(
      'SELECT trade_id AS t, amount_due AS a FROM consumption WHERE in_force = 1 ORDER BY trade_id, amount_due',
    )
    .all()
    .map((r) => `${r.t} ${Number(r.a) / 1e8}`);
const conflicts = (from: WriteDb = db): unknown[] =>
  from.prepare('SELECT business_key AS k, column_name AS c, kept_amount AS a, other_amount AS b FROM overlap_conflict ORDER BY 1').all();
const count = (table: string): number => Number(db.prepare<[], { n: bigint }>(`SELECT count(*) AS n FROM ${table}`).get()!.n);

const october = '导出时间：2025-10-05 12:00:00';
const november = '导出时间：2025-11-05 12:00:00';

describe('versions and overlaps', () => {
  it('lets a later export that holds all keys replace the earlier one, and reports no conflict', async () => {
    await run([
      file('new.csv', [line('A', '1'), line('B', '3'), line('C', '9')], november),
      file('old.csv', [line('A', '1'), line('B', '2')], october),
    ]);
    expect(inForce()).toEqual(['A 1', 'B 3', 'C 9']);
    expect(conflicts()).toEqual([]);
    expect(db.prepare('SELECT in_force FROM sheet_cycle ORDER BY in_force').raw().all()).toEqual([[0n], [1n]]);
  });

  it('unites a later export that lacks rows, and counts a contradicted row once', async () => {
    await run([file('new.csv', [line('A', '1'), line('B', '3')], november), file('old.csv', [line('B', '2'), line('C', '9')], october)]);
    expect(inForce()).toEqual(['A 1', 'B 3', 'C 9']);
    expect(conflicts()).toMatchObject([{ c: 'amount_due', a: 300_000_000n, b: 200_000_000n }]);
  });

  it('counts identical rows per file and takes the maximum', async () => {
    await run([file('a.csv', [line('A', '1'), line('A', '1'), line('B', '2')]), file('b.csv', [line('A', '1'), line('C', '3')])]);
    expect(inForce()).toEqual(['A 1', 'A 1', 'B 2', 'C 3']);
    expect(conflicts()).toEqual([]);
  });

  it('reports what a fuller file contradicts in a smaller one where nothing says which is the newer', async () => {
    await run([file('a.csv', [line('A', '1'), line('B', '2'), line('C', '3')]), file('b.csv', [line('A', '1'), line('B', '5')])]);
    expect(inForce()).toHaveLength(3);
    expect(conflicts()).toMatchObject([{ c: 'amount_due' }]);
  });

  it('knows the rows of an export that has fewer columns', async () => {
    const wide = `${header},资源ID,使用量类型,官网价,账单类型,使用开始时间`;
    const rows = [line('A', '1'), line('B', '2')].map((row) => `${row},r1,时长,9,消费-使用,2025-09-02 00:00:00`);
    const target = path.join(folder, 'wide.csv');
    fs.writeFileSync(target, [wide, ...rows].join('\n'));
    await run([target, file('narrow.csv', [line('B', '2'), line('C', '3')])]);
    expect(inForce()).toEqual(['A 1', 'B 2', 'C 3']);
    expect(conflicts()).toEqual([]);
  });

  it('lets the higher status win over the later export time', async () => {
    const head = '业绩ID,对账期次,客户ID,订单号,业绩金额';
    const write = (name: string, title: string, amount: string): string => {
      const target = path.join(folder, name);
      fs.writeFileSync(target, `${title}\n${head}\nP1,2025-09,c1,A,${amount}\n`);
      return target;
    };
    await run([write('f.csv', `状态：终稿 ${october}`, '5'), write('d.csv', `状态：初稿 ${november}`, '4')]);
    expect(db.prepare('SELECT amount FROM performance WHERE in_force = 1').raw().all()).toEqual([[500_000_000n]]);
  });

  it('lets a final statement replace the draft even where a row has vanished from it', async () => {
    const head = '业绩ID,对账期次,客户ID,订单号,业绩金额';
    const write = (name: string, title: string, rows: string): string => {
      const target = path.join(folder, name);
      fs.writeFileSync(target, `${title}\n${head}\n${rows}`);
      return target;
    };
    const draft = write('d.csv', '状态：初稿', 'P1,2025-09,c1,A,4\nP2,2025-09,c1,B,7\n');
    const rows = (): unknown[] => db.prepare('SELECT performance_id FROM performance WHERE in_force = 1 ORDER BY 1').raw().all();
    await run([draft, write('f.csv', '状态：终稿', 'P1,2025-09,c1,A,4\n')]);
    expect(rows()).toEqual([['P1']]);
    await run([write('o.csv', '状态：初稿', 'P3,2025-09,c2,A,4\n')]);
    expect(rows()).toEqual([['P1'], ['P3']]);
  });

  it('gives the same rows in force whatever the order of import', async () => {
    const files = [
      file('1.csv', [line('A', '1'), line('B', '2'), line('B', '2')], october),
      file('2.csv', [line('A', '1'), line('B', '5'), line('D', '7')], november),
      file('3.csv', [line('B', '2'), line('C', '3'), line('E', '1', '2025-10')]),
      file('4.csv', [line('A', '8'), line('E', '1', '2025-10'), line('E', '1', '2025-10')]),
    ];
    const seen = new Set<string>();
    for (const order of permutations(files).filter((_, i) => i % 4 === 0)) {
      const other = openForWriting(path.join(fs.mkdtempSync(path.join(folder, 'o')), 'h.db'), migrations);
      await run(order, other);
      seen.add(JSON.stringify([inForce(other), conflicts(other)], (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)));
      other.close();
    }
    expect([...seen]).toHaveLength(1);
  });

  it('keeps two accounts of one month apart', async () => {
    const ledger = (name: string): string => {
      const target = path.join(folder, name);
      fs.writeFileSync(
        target,
        '流水号,交易时间,交易类型,收支类型,变更金额,变更后余额\nf1,2025-09-01 00:00:00,充值,收入,5,5\n' +
          (name.startsWith('信') ? ' \n' : ''),
      );
      return target;
    };
    await run([ledger('充值账户.csv'), ledger('信用账户.csv')]);
    expect(db.prepare('SELECT account FROM account_statement WHERE in_force = 1 ORDER BY 1').raw().all()).toEqual([
      ['credit'],
      ['recharge'],
    ]);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));
}

describe('commit and undo', () => {
  it('keeps the original under its hash, and the place of each row', async () => {
    const target = file('a.csv', [line('A', '1'), line('B', 'x')]);
    const done = await one(target);
    expect(done).toMatchObject({ status: 'imported', sheets: [{ kind: 'consumption', rows: 2, accepted: 1, billingCycles: ['2025-09'] }] });
    expect(fs.readFileSync(path.join(folder, 'files', done.sha256))).toEqual(fs.readFileSync(target));
    expect(db.prepare('SELECT id % 16777216 FROM consumption').raw().all()).toEqual([[2n]]);
    expect(count('problem')).toBe(2);
    expect(fs.readdirSync(path.join(folder, 'files'))).toEqual([done.sha256]);
  });

  it('changes nothing for a repeated file, whatever its name', async () => {
    const first = await one(file('a.csv', [line('A', '1')]));
    const again = await one(file('b.csv', [line('A', '1')]));
    expect(again).toMatchObject({ status: 'duplicate', importId: first.importId });
    expect(count('import')).toBe(1);
  });

  it('previews without writing', async () => {
    const [seen] = await run([file('a.csv', [line('A', '1')])], db, true);
    expect(seen).toMatchObject({ status: 'previewed', sheets: [{ accepted: 1, preview: [['2025-09', 'c1', 'A', 'ECS', '1', '1']] }] });
    expect([count('import'), count('consumption'), count('journal')]).toEqual([0, 0, 0]);
    expect(fs.existsSync(path.join(folder, 'files'))).toBe(false);
  });

  it('takes an import back as one unit: what it replaced is in force again, and it may come again', async () => {
    await one(file('old.csv', [line('A', '1')], october));
    const target = file('new.csv', [line('A', '2'), line('B', 'x')], november);
    const { importId } = await one(target);
    expect(inForce()).toEqual(['A 2']);
    expect(undoImport(db, importId!, '2026-01-02 00:00:00')).toEqual({ importId, rows: 1 });
    expect(inForce()).toEqual(['A 1']);
    expect(count('problem')).toBe(0);
    expect(undoImport(db, importId!, '2026-01-02 00:00:00')).toBeUndefined();
    expect(listImports(db).map((i) => [i.importId === importId, i.undone, i.kinds, i.billingCycles])).toContainEqual([
      true,
      true,
      ['consumption'],
      ['2025-09'],
    ]);
    expect(await one(target)).toMatchObject({ status: 'imported', importId });
    expect(inForce()).toEqual(['A 2']);
    expect(listImports(db)).toHaveLength(2);
  });

  it('lists the files of one moment by their names', async () => {
    const names = ['c', 'a', 'd', 'b'].map((name) => file(`${name}.csv`, [line(name, '1')]));
    for (const name of names) await one(name);
    expect(listImports(db).map((i) => i.path)).toEqual(names.toSorted());
  });

  it('leaves nothing of a file when it is cancelled half way', async () => {
    const target = file('a.csv', [line('A', '1')]);
    const options = { answers: {}, strict: false, dryRun: false, language: 'zh' } as const;
    const cancelled = importFiles([target], options, {
      db,
      filesFolder: path.join(folder, 'files'),
      now: () => '2026-01-01 00:00:00',
      onProgress: () => {
        throw new Error('stop');
      },
    });
    await expect(cancelled).rejects.toThrow('stop');
    expect([count('import'), count('sheet'), count('consumption'), db.inTransaction]).toEqual([0, 0, 0, false]);
  });

  it('puts the indexes back after a bulk load', async () => {
    const names = (): unknown[] =>
      db.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'consumption' ORDER BY 1").raw().all();
    const before = names();
    const rows = Array.from({ length: 30_000 }, (_, i) => line(`ORDER${i}`, '1').padEnd(150));
    expect(await one(file('big.csv', rows))).toMatchObject({ status: 'imported' });
    expect(names()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  });
});
