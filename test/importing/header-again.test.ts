import { describe, expect, it } from 'vitest';
import { read, sheetOf } from './sheet.ts';

const header = ['账期', '客户ID', '订单号', '产品类型', '账单类型', '应付金额', '现金支付'];
const row = (order: string, due: string, type = '消费-新购', cycle = '2025-09'): string[] => [cycle, 'c1', order, 'ECS', type, due, due];

describe('a header that comes again in a sheet', () => {
  it('in another order is the one that the rows below it are read by', async () => {
    const moved = ['应付金额', '订单号', '账期', '现金支付', '客户ID', '账单类型', '产品类型'];
    const other = (order: string, due: string): string[] => [due, order, '2025-09', due, 'c2', '消费-新购', 'EVS'];
    const { sheet, rows, problems } = await read(
      sheetOf([
        header,
        row('A', '1.00'),
        header,
        row('B', '2.00'),
        moved.map((h) => ` ${h}`),
        other('C', '3.00'),
        ['10.00', '', '', '6.00', '', '合计', ''],
        header,
        row('D', '4.00'),
      ]),
    );
    if (sheet.state !== 'read') throw new Error(sheet.code);
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.trade_id, r.customer_id, r.product_type, r.amount_due, r.cash_amount])).toEqual([
      ['A', 'c1', 'ECS', 100_000_000n, 100_000_000n],
      ['B', 'c1', 'ECS', 200_000_000n, 200_000_000n],
      ['C', 'c2', 'EVS', 300_000_000n, 300_000_000n],
      ['D', 'c1', 'ECS', 400_000_000n, 400_000_000n],
    ]);
    expect(sheet.data.reordered).toEqual([5]);
    expect(sheet.data.totals.found.map((t) => [t.column, t.stated / 100_000_000n, t.computed / 100_000_000n])).toEqual([
      ['应付金额', 10n, 6n],
      ['现金支付', 6n, 6n],
    ]);
  });

  it('is found where its names are broken over lines', async () => {
    const broken = header.map((h) => `${h.slice(0, 1)}\n${h.slice(1)}`);
    const { rows, problems } = await read(sheetOf([broken, row('A', '1'), broken, row('B', '2')]));
    expect([problems, rows.map((r) => r.trade_id)]).toEqual([[], ['A', 'B']]);
  });

  it('keeps a row in order that is too short, or too long, and reads what a workbook leaves out at its end as empty', async () => {
    const moved = [...header].reverse();
    const whole = ['1', '1', '消费-新购', 'ECS', 'A', 'c1', '2025-09'];
    const csv = await read(sheetOf([header, row('0', '1'), moved, whole, whole.slice(0, 6), [...whole, 'x']], 'a.csv'), {}, 'a.csv', 'csv');
    expect(csv.rows.map((r) => r.trade_id)).toEqual(['0', 'A']);
    expect(csv.problems.map((p) => [p.row, p.code])).toEqual([
      [5, 'row.ragged'],
      [6, 'row.ragged'],
    ]);
    const order = ['账期', '客户ID', '订单号', '应付金额', '账单类型', '产品类型', '现金支付'];
    const book = await read(sheetOf([header, row('0', '1'), order, ['2025-09', 'c1', 'B', '7', '消费-新购']]));
    expect(book.rows.map((r) => [r.trade_id, r.amount_due, r.cash_amount])).toEqual([
      ['0', 100_000_000n, 100_000_000n],
      ['B', 700_000_000n, undefined],
    ]);
  });

  it('with other columns refuses the rows below it, and says which they are', async () => {
    const without = header.filter((h) => h !== '现金支付');
    const { sheet, rows, problems } = await read(
      sheetOf([
        header,
        row('A', '1'),
        [...without, '欠费金额'],
        row('B', '2'),
        ['合计', '', '', '', '', '2', '2'],
        ['说明：第二张表'],
        header,
        row('C', '3'),
      ]),
    );
    if (sheet.state !== 'read') throw new Error(sheet.code);
    expect(rows.map((r) => r.trade_id)).toEqual(['A', 'C']);
    expect(problems.map((p) => [p.row, p.code])).toEqual([
      [3, 'header.changed'],
      [4, 'header.changed'],
    ]);
    expect(problems[0]!.text.zh).toContain('多了“欠费金额”，少了“现金支付”');
    expect([sheet.data.rows, sheet.data.accepted, sheet.data.totals.found]).toEqual([3, 2, []]);
  });
});
