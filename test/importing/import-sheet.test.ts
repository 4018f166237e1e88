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

  it('takes a row whose label stands behind its month, its number or its customer for a total, and adds none of its amounts up', async () => {
    const wide = ['序号', ...header];
    const { sheet, rows, problems } = await read(
      sheetOf([
        wide,
        ['1', ...row('A', '1.00')],
        ['2', ...row('B', '2.50')],
        ['', '2025-09', 'c1', '小计', '', '', '3.50', '3.50'],
        ['3', ...row('C', '4')],
        ['4', '2025-09', '合计', '', '', '', '7.50', '7.50'],
        ['5', '', '合计', '', '', '', '', '7.50', '7.50'].slice(0, 8),
      ]),
    );
    expect(problems).toEqual([]);
    expect(rows.map((r) => r.trade_id)).toEqual(['A', 'B', 'C']);
    const { found } = (sheet as SheetRead).data.totals;
    expect(found.map((t) => [t.row, t.column, t.stated, t.computed])).toEqual([
      [4, '应付金额', 350_000_000n, 350_000_000n],
      [4, '现金支付', 350_000_000n, 350_000_000n],
      [6, '应付金额', 750_000_000n, 750_000_000n],
      [6, '现金支付', 750_000_000n, 750_000_000n],
      [7, '现金支付', 750_000_000n, 750_000_000n],
    ]);
  });

  it('takes a row of a customer who is called like a total for data', async () => {
    const { rows, problems } = await read(
      sheetOf([
        ['账期', '客户账号名', '订单号', '产品类型', '应付金额'],
        ['2025-09', 'Total', 'A', 'ECS', '1'],
        ['2025-09', '合计', 'B', 'ECS', '2'],
      ]),
    );
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.account_name, r.trade_id])).toEqual([
      ['Total', 'A'],
      ['合计', 'B'],
    ]);
  });

  it('takes notes below the table for notes also where a program has filled their rows up with empty cells', async () => {
    const note = ['注：以上数据以账单为准', '', '', '', '', '', ''];
    const { sheet, rows, problems } = await read(sheetOf([header, row('A', '1'), note], 'a.csv'));
    expect([rows.length, problems]).toEqual([1, []]);
    expect((sheet as SheetRead).data).toMatchObject({ rows: 1, notes: [note[0]] });
  });

  it('refuses a row whose number came before, and goes on', async () => {
    const { rows, problems } = await read(
      sheetOf([header, row('A', '1'), row('B', '2'), row('C', '3'), row('D', '4')], undefined, [], [3, 4, 4, 2, 5]),
    );
    expect(rows.map((r) => r.trade_id)).toEqual(['A', 'D']);
    expect(problems.map((p) => [p.row, p.code])).toEqual([
      [4, 'row.number'],
      [2, 'row.number'],
    ]);
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

describe('a sheet of payment requests', () => {
  const columns = ['申付单号', '对账期次', '申付金额', '邮寄地址', '收件人', '收件人电话'];

  it('has whom the letter goes to; a phone number that Excel damaged is told and left out', async () => {
    const { rows, problems } = await read(
      sheetOf([
        columns,
        ['SF1', '2025-09', '10.00', '示例路 1 号', '张三', '13800001111'],
        ['SF2', '2025-09', '20.00', '示例路 1 号', '李四', '1.38E+10'],
      ]),
    );
    expect(rows).toMatchObject([{ recipient: '张三', recipient_phone: '13800001111' }, { recipient: '李四' }]);
    expect(rows[1]).not.toHaveProperty('recipient_phone');
    expect(problems.map((p) => [p.row, p.column, p.code])).toEqual([[3, '收件人电话', 'id.damaged']]);
  });
});
