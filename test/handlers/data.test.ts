import { expect, it } from 'vitest';
import { figureOf } from '../../electron/handlers/data.ts';
import { openApp } from './opened-app.ts';

const bill = `账期,客户ID,客户账号名,客户名称,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,消费时间,客户消费金额,结算金额,应还金额
2025-09,c1,acc1,东方_医疗,代售,CS1,云硬盘,按需,消费-使用,2025-09-03 10:00:00,2025-09-03 08:00:00 ~ 2025-09-03 09:00:00,10.00,8.00,8.00
2025-09,c2,acc2,东方医疗,代售,CS22,云硬盘,按需,消费-使用,2025-09-03 10:00:00,2025-09-03 08:00:00 ~ 2025-09-03 09:00:00,-10.00,-8.00,-8.00
`;
const consumption = (
  cycle: string,
  due: string,
) => `账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,计费模式,账单类型,客户交易时间,应付金额,现金支付
${cycle},c1,acc1,代售,CS1,云硬盘,按需,消费,${cycle}-03 10:00:00,${due},${due}
`;
const register = `客户ID,客户账号名,客户名称,新客标签,标签生效日期,标签失效日期
c1,acc1,西部研究院,N,,
`;

it('an order, a customer and a figure are found in every statement of all months, with the cell they stand in', async () => {
  const app = openApp();
  await app.import('账单.csv', bill);
  await app.import('消费_8.csv', consumption('2025-08', '3.30'));
  await app.import('消费_9.csv', consumption('2025-09', '9.50'));
  await app.import('客户名册.csv', register);
  const find = async (text: string, billingCycle?: string) => {
    const { rows } = await app.call('data.search', { text, ...(billingCycle !== undefined && { billingCycle }) });
    return rows.map((r) => [r.kind, r.billingCycle, r.number ?? r.customer, r.amount, r.file, r.at]);
  };
  const billed = ['partner-bill', '2025-09', 'CS1', '8.00000000', '账单.csv', 2];
  const consumed9 = ['consumption', '2025-09', 'CS1', '9.50000000', '消费_9.csv', 2];
  const consumed8 = ['consumption', '2025-08', 'CS1', '3.30000000', '消费_8.csv', 2];
  const refunded = ['partner-bill', '2025-09', 'CS22', '-8.00000000', '账单.csv', 3];
  expect(await find('cs1')).toEqual([billed, consumed9, consumed8]);
  expect(await find('CS1', '2025-08')).toEqual([consumed8]);
  // The register's name leads to rows that do not carry it; % and _ are letters like any other.
  expect(await find('西部研究')).toEqual([billed, consumed9, consumed8, ['customer', undefined, 'c1', undefined, '客户名册.csv', 2]]);
  expect(await find('东方_')).toEqual([billed, consumed9, consumed8, ['customer', undefined, 'c1', undefined, '客户名册.csv', 2]]);
  expect(await find('8.00')).toEqual([billed, refunded]);
  expect(await find('CS2')).toEqual([refunded]);
  expect(await find('%%')).toEqual([]);
});

it('a row stands there as in its file, with the findings that rest on it; one whose import was undone is refused', async () => {
  const app = openApp();
  await app.import('账单.csv', bill);
  const { importId } = (await app.import('消费_9.csv', consumption('2025-09', '9.50'))) as { importId: string };
  await app.call('month.reconcile', { billingCycle: '2025-09' });
  const { rows } = await app.call('data.search', { text: 'CS1' });
  const consumed = rows.find((r) => r.kind === 'consumption')!;
  const { tables, findings } = await app.call('data.row', { row: consumed.row });
  expect(tables).toMatchObject([{ kind: 'consumption', file: '消费_9.csv', rows: [{ row: 2 }] }]);
  expect(tables[0]!.rows[0]!.cells[tables[0]!.fields.indexOf('amountDue')]).toBe('9.50');
  expect(findings).toContainEqual({
    key: 'bill.amount|2025-09|c1|CS1',
    code: 'bill.amount',
    billingCycle: '2025-09',
    status: 'open',
    difference: '0.50000000',
  });
  await app.call('imports.undo', { importId });
  expect((await app.refused('data.row', { row: consumed.row })).code).toBe('data.row-gone');
  expect((await app.call('data.search', { text: 'CS1' })).rows.map((r) => r.kind)).toEqual(['partner-bill']);
});

it('a search that a later one overtakes is refused, never shown in part', async () => {
  const app = openApp();
  await app.import('账单.csv', bill);
  const [first, second] = await Promise.all([app.refused('data.search', { text: 'CS1' }), app.call('data.search', { text: 'CS22' })]);
  expect(first.code).toBe('search.superseded');
  expect(second.rows).toHaveLength(1);
});

it.each([
  ['2,301.01', 230_101_000_000n],
  ['￥-5.00 元', -500_000_000n],
  ['0.04599822', 4_599_822n],
  ['20250900', undefined],
  ['CS1.00', undefined],
  ['1.234567891', undefined],
])('%s as a figure', (text, figure) => {
  expect(figureOf(text)).toBe(figure);
});
