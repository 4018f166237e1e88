import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForWriting, type WriteDb } from '../../db/open.ts';
import { importedFile } from '../../electron/contract.ts';
import { workbookBytes } from '../fixtures/odd-workbooks.ts';
import { tarGzOf, zipOf } from '../fixtures/odd-zips.ts';
import { importFiles, type ImportedFile, type ImportOptions } from '../../electron/jobs/import.ts';

const migrations = path.resolve(import.meta.dirname, '../../db/migrations');
const header = '账期,客户ID,订单号,产品类型,应付金额,现金支付';
const good = `${header}\n2025-09,c1,A,ECS,1.00,1.00\n`;

let folder: string;
let db: WriteDb;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hezhang-refused-'));
  db = openForWriting(path.join(folder, 'hezhang.db'), migrations);
});
afterEach(() => {
  db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function put(name: string, content: string | Buffer): string {
  const target = path.join(folder, name);
  fs.writeFileSync(target, content);
  return target;
}
/** Every result fits the contract. */
const run = async (paths: readonly string[], more: Partial<ImportOptions> = {}): Promise<ImportedFile[]> => {
  const results = await importFiles(
    paths,
    { answers: {}, strict: false, dryRun: false, language: 'zh', ...more },
    { db, filesFolder: path.join(folder, 'files'), now: () => '2026-01-01 00:00:00' },
  );
  for (const result of results) importedFile.parse(result);
  return results;
};
const one = async (target: string, more: Partial<ImportOptions> = {}): Promise<ImportedFile> => (await run([target], more))[0]!;

/** Nothing of a refused file is anywhere. */
function expectNothing(): void {
  for (const table of ['import', 'sheet', 'sheet_cycle', 'problem', 'control_total', 'consumption', 'journal']) {
    expect([table, db.prepare(`SELECT count(*) FROM ${table}`).raw().get()]).toEqual([table, [0n]]);
  }
  const files = path.join(folder, 'files');
  expect(fs.existsSync(files) ? fs.readdirSync(files) : []).toEqual([]);
}

/** A zip whose one entry is flagged as encrypted. */
function passwordZip(): Buffer {
  const name = Buffer.from('a.csv');
  const body = Buffer.from('encrypted bytes here');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(1, 6);
  local.writeUInt32LE(body.length, 18);
  local.writeUInt32LE(body.length, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(1, 8);
  central.writeUInt32LE(body.length, 20);
  central.writeUInt32LE(body.length, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + body.length, 16);
  return Buffer.concat([local, name, body, central, name, end]);
}

const ole = (stream: string): Buffer => {
  const bytes = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  Buffer.from(stream, 'utf16le').copy(bytes, 1024);
  bytes.writeUInt16LE(stream.length * 2 + 2, 1024 + 64);
  return bytes;
};

describe('bad input', () => {
  it.each<[string, string | Buffer, string, RegExp]>([
    ['empty.csv', '', 'file.empty', /空文件/],
    ['setup.xlsx', Buffer.from('4d5a90000300000004000000ffff0000b800000000000000', 'hex'), 'file.executable', /程序/],
    ['locked.xlsx', ole('EncryptedPackage'), 'file.encrypted', /密码/],
    ['locked.zip', passwordZip(), 'archive.password', /密码/],
    ['rows.csv', `${header}\n`, 'sheet.empty', /没有数据行/],
    ['cover.csv', '你好\n一,二,三\n', 'header.missing', /表头/],
    ['column.csv', '业绩ID,对账期次,客户ID,订单号\nP1,2025-09,c1,A\n', 'column.missing', /业绩金额/],
    ['unknown.csv', '客户ID,区域,规格\nc1,x,y\n', 'kind.unknown', /哪种表/],
    ['month.csv', '客户ID,订单号,应付金额\nc1,A,1\n', 'cycle.missing', /哪个账期/],
    ['bad.csv', `${header}\n2025-09,c1,A,ECS,x,1\n`, 'file.nothing-readable', /没有一行/],
  ])('%s is refused with what to do, and leaves nothing', async (name, content, code, words) => {
    const result = await one(put(name, content));
    expect(['refused', 'needs-mapping']).toContain(result.status);
    expect(result.reasonCode).toBe(code);
    expect(result.reason).toMatch(words);
    // The window shows these too.
    expect(`${result.reasonText?.zh}${result.reasonText?.en}`).not.toMatch(/ --|hezhang/);
    expect(result.reasonText?.en.length).toBeGreaterThan(20);
    expectNothing();
  });

  it('refuses a path that is not there, and goes on with the next file', async () => {
    const [missing, fine] = await run([path.join(folder, 'none.csv'), put('a.csv', good)]);
    expect(missing).toMatchObject({ status: 'refused', reasonCode: 'file.missing' });
    expect(fine).toMatchObject({ status: 'imported' });
  });

  it('walks a folder, in the order of names, without what the system leaves there', async () => {
    fs.mkdirSync(path.join(folder, 'in/deep'), { recursive: true });
    put('in/b.csv', good);
    put('in/deep/c.csv', good.replace(',A,', ',C,'));
    put('in/.DS_Store', 'x');
    put('in/~$b.xlsx', 'x');
    const found = await run([path.join(folder, 'in')]);
    expect(found.map((f) => [path.basename(f.path), f.status])).toEqual([
      ['b.csv', 'imported'],
      ['c.csv', 'imported'],
    ]);
  });

  it('imports the readable rows of a csv with a broken one, and none of them under --strict', async () => {
    const target = put('broken.csv', `${good}2025-09,c1,B,ECS,2.00\n2025-09,c1,C,ECS,3.00,3.00\n`);
    expect(await one(target, { strict: true })).toMatchObject({ status: 'refused', reasonCode: 'file.strict' });
    expectNothing();
    const result = await one(target);
    expect(result).toMatchObject({ status: 'imported', sheets: [{ rows: 3, accepted: 2, problems: [{ row: 3, code: 'row.ragged' }] }] });
  });

  it('says in the chosen language', async () => {
    expect((await one(put('column.csv', '业绩ID,对账期次,客户ID,订单号\nP1,2025-09,c1,A\n'), { language: 'en' })).reason).toContain(
      'lacks required columns',
    );
  });

  it('takes the answers for what a file cannot say', async () => {
    const target = put('month.csv', '客户ID,订单号,应付金额\nc1,A,1\n');
    const answered = await one(target, { answers: { cycle: '2025-09' } });
    expect(answered).toMatchObject({ status: 'imported', sheets: [{ kind: 'consumption', billingCycles: ['2025-09'] }] });
  });

  it('lists at most 1,000 problems of a sheet and counts the rest', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `2025-09,c1,O${i},ECS,x,1`).join('\n');
    const result = await one(put('many.csv', `${good}${rows}\n`));
    expect(result.sheets[0]!.problems).toHaveLength(1000);
    expect(result.sheets[0]!.problemsOmitted).toBe(200);
    expect(db.prepare('SELECT count(*) FROM problem').raw().get()).toEqual([1200n]);
  });
});

describe('workbooks', () => {
  const rowOf = (n: number, ...cells: string[]): string =>
    `<row r="${n}">${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
  const top = rowOf(1, ...header.split(','));

  it.each([
    ['zip', (content: Buffer) => zipOf([{ name: '消费明细.xlsx', content }])],
    ['tar.gz', (content: Buffer) => tarGzOf([{ name: '消费明细.xlsx', content }])],
  ])('in a %s are read as outside of it: empty cells at the end are not stored', async (kind, archive) => {
    const book = workbookBytes({
      rows: top + rowOf(2, '2025-09', 'c1', 'A', 'ECS', '1') + rowOf(3, '2025-09', 'c1', 'B', 'ECS', '2', '2'),
    });
    const result = await one(put(`下载.${kind}`, await archive(book)));
    expect(result.sheets[0]).toMatchObject({ rows: 2, accepted: 2, problems: [] });
  });

  it('with a row number twice lose the second of these rows with a word, and nothing else', async () => {
    const book = workbookBytes({
      rows:
        top +
        rowOf(2, '2025-09', 'c1', 'A', 'ECS', '1') +
        rowOf(2, '2025-09', 'c1', 'B', 'ECS', '2') +
        rowOf(3, '2025-09', 'c1', 'C', 'ECS', '3'),
    });
    const [damaged, whole] = await run([put('消费明细.xlsx', book), put('好.csv', good)]);
    expect(damaged!.sheets[0]).toMatchObject({ rows: 3, accepted: 2, problems: [{ row: 2, code: 'row.number' }] });
    expect(whole).toMatchObject({ status: 'imported' });
  });
});

it('says which of two columns for the same thing is read', async () => {
  const result = await one(put('消费明细.csv', '账期,客户ID,订单号,交易号,应付金额,消费金额\n2025-09,c1,O1,T1,1,2\n'));
  expect(result.notes.map(({ zh }) => zh)).toEqual([
    '“消费明细.csv”的“交易号”与“订单号”是同一项内容，只读“订单号”；不对的话，请修改列对应。',
    '“消费明细.csv”的“消费金额”与“应付金额”是同一项内容，只读“应付金额”；不对的话，请修改列对应。',
  ]);
  expect(db.prepare('SELECT trade_id, amount_due FROM consumption').raw().get()).toEqual(['O1', 100_000_000n]);
});

describe('refunds', () => {
  const head = '账期,客户ID,订单号,账单类型,应付金额,现金支付';
  const due = (): unknown[] =>
    db
      .prepare<[], { a: bigint }>('SELECT amount_due AS a FROM consumption ORDER BY id')
      .all()
      .map((r) => Number(r.a) / 1e8);

  it('stay where they are negative already', async () => {
    await one(put('a.csv', `${head}\n2025-09,c1,A,退款-退订,-5,-5\n2025-09,c1,B,消费-变更,-1,-1\n`));
    expect(due()).toEqual([-5, -1]);
  });

  it('are negated and said so where they are positive throughout the file', async () => {
    const result = await one(
      put('a.csv', `${head}\n2025-09,c1,A,消费-新购,9,9\n2025-09,c1,A,退款-退订,5,5\n2025-09,c1,B,调账-补偿,2,2\n合计,,,,16,16\n`),
    );
    expect(due()).toEqual([9, -5, -2]);
    expect(result.notes[0]!.zh).toContain('2 行');
    expect(result.sheets[0]!.controlTotals[0]).toMatchObject({ stated: '16.00000000', computed: '16.00000000' });
  });

  it('are negated in performance too', async () => {
    await one(put('业绩.csv', '账期,客户ID,订单号,业绩ID,账单类型,业绩金额\n2025-09,c1,A,p1,消费-新购,9\n2025-09,c1,B,p2,退款-退订,5\n'));
    expect(
      db
        .prepare<[], { a: bigint }>('SELECT amount AS a FROM performance ORDER BY id')
        .all()
        .map((r) => Number(r.a) / 1e8),
    ).toEqual([9, -5]);
  });

  it('are negated in incentives too, with what they are reckoned from', async () => {
    await one(
      put(
        '激励明细.csv',
        '账期,激励数据ID,激励账单ID,账单类型,基数值,返点比例,激励金额\n2025-09,I1,B1,消费-新购,10,10%,1\n2025-09,I2,B1,退款-退订,4,10%,0.4\n',
      ),
    );
    expect(db.prepare('SELECT base_amount, amount FROM incentive ORDER BY id').raw().all()).toEqual([
      [1_000_000_000n, 100_000_000n],
      [-400_000_000n, -40_000_000n],
    ]);
  });

  it('are negated by themselves in the bill total, where the row holds the whole month', async () => {
    const result = await one(put('伙伴账单总额.csv', '账期,消费金额,退款金额,代金券抵扣,应还金额\n2025-09,100,10,5,85\n'));
    expect(db.prepare('SELECT consumption_amount, refund_amount, coupon_amount, amount_due FROM bill_summary').raw().get()).toEqual([
      10_000_000_000n,
      -1_000_000_000n,
      500_000_000n,
      8_500_000_000n,
    ]);
    expect(result.notes[0]!.zh).toContain('1 行');
  });

  it('are refused row by row where the file mixes the signs', async () => {
    const result = await one(
      put('a.csv', `${head}\n2025-09,c1,A,退款-退订,-5,-5\n2025-09,c1,B,退款-变更,3,3\n2025-09,c1,C,消费-新购,1,1\n`),
    );
    expect(due()).toEqual([-5, 1]);
    expect(result.sheets[0]).toMatchObject({ rows: 3, accepted: 2, problems: [{ row: 3, code: 'refund.sign', value: '3' }] });
  });
});

describe('ledger entries without a direction', () => {
  const head = '流水号,交易时间,交易类型,变更金额,变更后余额';
  const changes = (): unknown[] =>
    db.prepare("SELECT flow_id || ' ' || (change_amount / 100000000) || ' ' || direction FROM account_statement ORDER BY id").pluck().all();

  it('take their sign from the row below where the newest comes first', async () => {
    const rows = ['c,2025-09-03 00:00:00,转账,2,3', 'b,2025-09-02 00:00:00,退款,-1,5', 'a,2025-09-01 00:00:00,充值,6,6'];
    await one(put('充值账户.csv', `${[head, ...rows].join('\n')}\n`));
    expect(changes()).toEqual(['c -2 out', 'b -1 out', 'a 6 in']);
  });

  it('are refused where nothing of the whole file tells it', async () => {
    const result = await one(put('充值账户.csv', `${head}\nb,2025-09-02 00:00:00,转账,2,9\na,2025-09-01 00:00:00,充值,6,6\n`));
    expect(changes()).toEqual(['a 6 in']);
    expect(result.sheets[0]).toMatchObject({ rows: 2, accepted: 1, problems: [{ row: 2, code: 'direction.unknown', value: '2' }] });
  });
});

describe('currencies', () => {
  it('are never mixed in one workspace', async () => {
    await one(put('a.csv', good));
    const other = await one(put('b.csv', good.replace('应付金额', '应付金额(USD)').replace(',A,', ',B,')));
    expect(other).toMatchObject({ status: 'refused', reasonCode: 'currency.mixed' });
  });

  it('other than yuan are taken with a note that they are never added to yuan; yuan need none', async () => {
    const foreign = put('a.csv', good.replace('应付金额', '应付金额(USD)'));
    const seen = await one(foreign, { dryRun: true });
    expect(seen.notes.map((n) => n.zh)).toEqual([expect.stringMatching(/USD，不是人民币.*绝不与人民币金额相加/)]);
    expect((await one(foreign)).notes).toEqual(seen.notes);
    expect((await one(put('b.csv', good), { dryRun: true })).notes).toEqual([]);
  });
});
