import { describe, expect, it } from 'vitest';
import type { SheetRead } from '../../electron/importing/read-sheet.ts';
import { read, sheetOf } from './sheet.ts';

const header = ['账期', '客户ID', '订单号', '产品类型', '账单类型', '应付金额', '现金支付'];
const row = (order: string, due: string, type = '消费-新购', cycle = '2025-09'): string[] => [cycle, 'c1', order, 'ECS', type, due, due];

describe('a sheet of consumption', () => {
  it('takes rows below titles, with subtotals and a total checked and not counted as data', async () => {
    const { sheet, rows, problems } = await read(
      sheetOf([
        ['消费明细'],
        ['导出时间', '2025-10-06 09:30:00'],
        [],
        header,
        row('A', '1.00'),
        row('B', '2.50'),
        ['小计', '', '', '', '', '3.50', '3.50'],
        row('C', '4'),
        ['小计', '', '', '', '', '4.00', '4.00'],
        ['合计', '', '', '', '', '7.60', '7.50'],
        ['说明：金额单位为元'],
      ]),
    );
    if (sheet.state !== 'read') throw new Error(sheet.code);
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.row, r.trade_id, r.amount_due])).toEqual([
      [5n, 'A', 100_000_000n],
      [6n, 'B', 250_000_000n],
      [8n, 'C', 400_000_000n],
    ]);
    expect(sheet.title.exportedAt).toBe('2025-10-06 09:30:00');
    expect(sheet.data.totals.found.filter((t) => t.stated !== t.computed)).toEqual([
      { row: 10, column: '应付金额', stated: 760_000_000n, computed: 750_000_000n },
    ]);
    expect(sheet.data.totals.found).toHaveLength(6);
    expect(sheet.data.rows).toBe(3);
    expect(sheet.data.notes).toEqual(['说明：金额单位为元']);
  });

  it('names a damaged customer id once, not also as missing', async () => {
    const { rows, problems } = await read(sheetOf([header, row('A', '1'), ['2025-09', '6.66E+7', 'B', 'ECS', '消费-新购', '2', '2']]));
    expect(problems.map((p) => [p.row, p.column, p.code])).toEqual([[3, '客户ID', 'id.damaged']]);
    expect(rows.map((r) => r.trade_id)).toEqual(['A']);
  });

  it('does not report the word that labels a total row, whichever column it stands in', async () => {
    const { sheet, problems } = await read(
      sheetOf([
        ['应付金额', '账期', '客户ID', '订单号', '现金支付'],
        ['1', '2025-09', 'c', 'A', '1'],
        ['合计', '', '', '', '1'],
      ]),
    );
    expect(problems).toEqual([]);
    expect((sheet as SheetRead).data.totals.found).toMatchObject([{ column: '现金支付', stated: 100_000_000n }]);
  });

  it('lists every unreadable cell with row, column, value and what to do, and takes the rest', async () => {
    const { rows, problems } = await read(
      sheetOf([
        header,
        row('A', '1.00'),
        row('B', '12,3x'),
        row('6.66E+7', '1'),
        row('C', '1', '胡写', '2025-13'),
        row('D', ''),
        row('E', '2'),
      ]),
    );
    expect(rows.map((r) => r.trade_id)).toEqual(['A', 'E']);
    expect(problems.map((p) => [p.row, p.column, p.value, p.code])).toEqual([
      [3, '应付金额', '12,3x', 'amount.unreadable'],
      [3, '现金支付', '12,3x', 'amount.unreadable'],
      [4, '订单号', '6.66E+7', 'id.damaged'],
      [5, '账期', '2025-13', 'month.unreadable'],
      [5, '账单类型', '胡写', 'enum.unknown'],
      [6, '应付金额', '', 'value.missing'],
    ]);
    expect(problems[0]!.text.zh).toBe('第 3 行“应付金额”的“12,3x”不是能读懂的金额，此行未导入；请在文件中改正后重新导入。');
  });

  it('reads an optional cell as absent where it cannot be read, and says so', async () => {
    const { rows, problems } = await read(
      sheetOf([
        [...header, '交易时间'],
        [...row('A', '1'), 'soon'],
      ]),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.traded_at).toBeUndefined();
    expect(problems).toMatchObject([{ row: 2, column: '交易时间', code: 'time.unreadable' }]);
  });

  it('reports rows with more cells than the header, and in csv with fewer', async () => {
    const rows = [header, row('A', '1'), [...row('B', '2'), 'x'], row('C', '3').slice(0, 5)];
    const csv = await read(sheetOf(rows, 'a.csv'), {}, 'a.csv', 'csv');
    expect(csv.rows.map((r) => r.trade_id)).toEqual(['A']);
    expect(csv.problems.map((p) => [p.row, p.code])).toEqual([
      [3, 'row.ragged'],
      [4, 'row.ragged'],
    ]);
  });

  it('counts a row that the reader could not read', async () => {
    const fault = { row: 3, code: 'row.quote', zh: '引号没有结束', en: 'unterminated quote' };
    const { sheet, problems } = await read(sheetOf([header, row('A', '1')], 'a.csv', [fault]));
    expect(problems).toMatchObject([{ row: 3, code: 'row.quote' }]);
    expect(sheet.state === 'read' && [sheet.data.rows, sheet.data.accepted]).toEqual([2, 1]);
  });

  it('skips a header that comes again and blank rows', async () => {
    const { rows, problems } = await read(sheetOf([header, row('A', '1'), [], header, ['', '', '', '', '', '', ''], row('B', '2')]));
    expect(rows.map((r) => r.trade_id)).toEqual(['A', 'B']);
    expect(problems).toEqual([]);
  });

  it('takes the month from the title, the sheet, the file, then the answer; else asks', async () => {
    const short = header.slice(1);
    const data = row('A', '1').slice(1);
    const cycleOf = async (...a: Parameters<typeof read>): Promise<unknown> => {
      const { sheet, rows } = await read(...a);
      return sheet.state === 'read' ? rows[0]!.cycle : sheet.code;
    };
    expect(await cycleOf(sheetOf([['账期：2025年8月'], short, data], '2025-07'))).toBe('2025-08');
    expect(await cycleOf(sheetOf([short, data], '消费明细 2025-07'), {}, 'x_202506.xlsx')).toBe('2025-07');
    expect(await cycleOf(sheetOf([short, data]), {}, '消费明细_202506_20250705.xlsx')).toBe('2025-06');
    expect(await cycleOf(sheetOf([short, data]), { cycle: '2025-05' }, 'x_20250705.xlsx')).toBe('2025-05');
    expect(await cycleOf(sheetOf([short, data]))).toBe('cycle.missing');
  });

  it('keys a customer by id, else by account name', async () => {
    const named = ['账期', '客户账号名', '订单号', '应付金额'];
    const { rows, problems } = await read(sheetOf([named, ['2025-09', 'acct1', 'A', '1'], ['2025-09', '--', 'B', '1']]));
    expect(rows.map((r) => r.customer_key)).toEqual(['@acct1']);
    expect(problems).toMatchObject([{ row: 3, column: '客户账号名', code: 'value.missing' }]);
  });

  it('says that a sheet is empty, has no rows, or no header', async () => {
    expect((await read(sheetOf([]))).sheet).toMatchObject({ state: 'empty', code: 'sheet.empty' });
    expect((await read(sheetOf([header]))).sheet).toMatchObject({ state: 'empty', code: 'sheet.empty' });
    expect((await read(sheetOf([['你好'], ['一', '二', '三']]))).sheet).toMatchObject({ state: 'passed', code: 'header.missing' });
  });

  it('refuses a row in another currency than the rows above', async () => {
    const { rows, problems } = await read(
      sheetOf([
        [...header, '币种'],
        [...row('A', '1'), 'CNY'],
        [...row('B', '1'), 'USD'],
      ]),
    );
    expect(rows).toHaveLength(1);
    expect(problems).toMatchObject([{ row: 3, column: '币种', code: 'currency.mixed' }]);
  });
});

describe('an account statement', () => {
  const ledger = ['流水号', '交易时间', '交易类型', '变更金额', '变更后余额'];

  it('asks for the account where neither file nor sheet names it', async () => {
    const rows = [ledger, ['f1', '2025-09-01 00:00:00', '充值', '5', '5']];
    expect((await read(sheetOf(rows))).sheet).toMatchObject({ state: 'needs-mapping', code: 'account.missing' });
    expect((await read(sheetOf(rows, '信用账户'))).rows[0]!.account).toBe('credit');
    expect((await read(sheetOf(rows), {}, '充值账户收支明细.xlsx')).rows[0]!.account).toBe('recharge');
    expect((await read(sheetOf(rows), { account: 'credit' })).rows[0]!.account).toBe('credit');
  });

  it('takes the sign from the direction, two columns, the balance, or what such an entry usually does', async () => {
    const change = async (head: string[], ...data: string[][]): Promise<unknown[]> =>
      (await read(sheetOf([head, ...data], '充值账户'))).rows.map((r) => r.change_amount);
    const time = '2025-09-01 00:00:00';
    const yuan = 100_000_000n;
    const directed = ['流水号', '交易时间', '交易类型', '收支类型', '变更金额', '变更后余额'];
    expect(await change(directed, ['a', time, '转账', '支出', '5', '1'], ['b', time, '转账', '收入', '5', '6'])).toEqual([
      -5n * yuan,
      5n * yuan,
    ]);
    const split = ['流水号', '交易时间', '交易类型', '收入', '支出', '余额'];
    expect(await change(split, ['a', time, '转账', '--', '5', '1'], ['b', time, '转账', '5', '', '6'])).toEqual([-5n * yuan, 5n * yuan]);
    expect(await change(ledger, ['a', time, '充值', '9', '9'], ['b', time, '转账', '4', '5'], ['c', time, '转账', '-1', '4'])).toEqual([
      9n * yuan,
      -4n * yuan,
      -yuan,
    ]);
  });

  it('does not take the step of the row above where the newest entry comes first', async () => {
    const rows = [
      ['c', '2025-09-03 00:00:00', '充值', '5', '5'],
      ['b', '2025-09-02 00:00:00', '充值', '5', '0'],
      ['a', '2025-09-01 00:00:00', '消费', '9', '-5'],
    ];
    const read1 = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(read1.rows.map((r) => Number(r.change_amount) / 1e8)).toEqual([5, 5, -9]);
  });

  it('knows that a freeze may leave the balance as it is', async () => {
    const rows = [
      ['a', '2025-09-01 00:00:00', '充值', '5', '5'],
      ['b', '2025-09-02 00:00:00', '冻结', '3', '5'],
    ];
    expect((await read(sheetOf([ledger, ...rows], '充值账户'))).rows[1]!.change_amount).toBe(0n);
  });

  it('refuses an entry of which nothing tells the sign', async () => {
    const { problems } = await read(sheetOf([ledger, ['a', '2025-09-01 00:00:00', '转账', '4', '5']], '充值账户'));
    expect(problems).toMatchObject([{ row: 2, column: '变更金额', code: 'direction.unknown' }]);
  });

  it('takes the step down to the next row where the newest entry comes first', async () => {
    const rows = [
      ['d', '2025-09-04 00:00:00', '转账', '2', '3'],
      ['c', '2025-09-03 00:00:00', '调账', '4', '5'],
      ['b', '2025-09-02 00:00:00', '冻结', '3', '1'],
      ['a', '2025-09-01 00:00:00', '充值', '1', '1'],
    ];
    const found = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(found.problems).toEqual([]);
    const { signs } = (found.sheet as SheetRead).data;
    const changes = new Map(signs.changed.map((e) => [e.row, e.change]));
    expect(found.rows.map((r, i) => Number(changes.get(i + 2) ?? r.change_amount) / 1e8)).toEqual([-2, 4, 0, 1]);
  });

  it('takes an amount without a minus as income where others have one', async () => {
    const rows = [
      ['a', '2025-09-01 00:00:00', '调账', '4', '9'],
      ['b', '2025-09-02 00:00:00', '消费', '-2', '7'],
    ];
    const found = await read(sheetOf([ledger, ...rows], '充值账户'));
    expect(found.problems).toEqual([]);
    expect(found.rows.map((r) => Number(r.change_amount) / 1e8)).toEqual([4, -2]);
  });

  it('takes each row to the month of its time', async () => {
    const { sheet } = await read(
      sheetOf([ledger, ['a', '2025-08-31 23:59:59', '充值', '1', '1'], ['b', '2025-08-31T16:00:00Z', '充值', '1', '2']], '充值账户'),
    );
    expect(sheet.state === 'read' && [...sheet.data.cycles]).toEqual([
      ['2025-08', 1],
      ['2025-09', 1],
    ]);
  });
});
