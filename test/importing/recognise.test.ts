import { describe, expect, it } from 'vitest';
import type { Kind } from '../../electron/core/kinds.ts';
import { normalizeHeader } from '../../electron/importing/headers.ts';
import { recognise } from '../../electron/importing/recognise.ts';
import { templates } from '../../electron/importing/templates.ts';

const kindOf = (header: string): string => {
  const found = recognise(header.split(','), 1, undefined);
  return found.state === 'recognised' ? found.kind : found.code;
};

describe('headers', () => {
  it.each([
    ['应付金额(元)', '应付金额', 'CNY'],
    ['结算金额（USD）', '结算金额', 'USD'],
    ['\uFEFF账期', '账期', undefined],
    ['客户\n账号名', '客户账号名', undefined],
    ['* Customer  ID', 'customerid', undefined],
    ['customer_id', 'customerid', undefined],
    ['返点比例(%)', '返点比例', '%'],
    ['操作时间（UTC）', '操作时间', 'UTC'],
    ['客户ＩＤ：', '客户id', undefined],
  ])('%j', (cell, key, unit) => {
    expect(normalizeHeader(cell)).toMatchObject({ key, unit });
  });
});

const cases: readonly (readonly [Kind, string])[] = [
  ['partner-bill', '账期,客户ID,客户账号名,关联类型,订单号/交易号,产品类型,账单类型,客户消费金额,伙伴结算折扣,结算金额,应还金额'],
  ['partner-bill', '对账期次,账号名称,订单ID,云服务类型,消费金额（元）,结算类型,结算金额（元）,税额,应付金额'],
  ['bill-summary', '账期,消费金额,退款金额,调账金额,代金券抵扣,销项税,应还金额'],
  ['consumption', '账期,客户ID,订单号/交易号,产品类型,官网价,优惠金额,应付金额,现金支付'],
  ['consumption', '消费月份,Customer ID,交易ID/订单ID,云服务类型,官网价总金额,折扣金额,消费金额,使用量,单位'],
  ['consumption-summary', '账期,客户ID,产品类型,资源类型,计费模式,账单类型,金额'],
  ['account-statement', '收支明细流水号,交易时间,交易类型,收支类型,变更金额,变更后余额'],
  ['account-statement', '流水号,交易时间,交易类型,收入,支出,余额'],
  ['performance-summary', '业绩单ID,对账期次,业绩总金额,状态'],
  ['performance', '业绩ID,业绩单ID,对账期次,客户ID,订单号,业绩金额,业绩形成时间'],
  ['incentive-summary', '激励账单ID,对账期次,激励名称,激励金额,状态'],
  ['incentive', '激励数据ID,激励账单ID,对账期次,激励计划名称,业绩ID,客户ID,激励金额,基数值,返点比例'],
  ['incentive', '激励账单ID,对账期次,激励计划名称,订单号,客户账号,业绩金额,激励比例,激励金额'],
  ['payment-request', '申付单号,激励账单ID,对账期次,发放方式,状态,申付金额'],
  ['adjustment', '操作类型,金额,操作时间,使用场景,客户ID,事务ID,备注'],
  ['performance-transfer', '业绩ID,客户ID,转出,转入,转移时间'],
  ['indicator', '指标名称,统计周期,对账期次,指标值,业绩ID'],
  ['order', '订单号,订单状态,订单类型,客户ID,产品类型,金额,支付时间'],
];

describe('kinds', () => {
  it.each(cases)('%s ← %s', (kind, header) => {
    expect(kindOf(header)).toBe(kind);
  });

  it('reads its own empty templates', () => {
    for (const template of templates) expect(kindOf(template.headers.join(','))).toBe(template.kind);
  });

  it('recognises the columns in any order', () => {
    for (const [kind, header] of cases) expect(kindOf(header.split(',').reverse().join(','))).toBe(kind);
  });

  it('asks where two of the own tables fit, and gives the reasons', () => {
    const found = recognise('客户ID,客户经理姓名,关联类型,生效日期'.split(','), 3, undefined);
    expect(found).toMatchObject({ state: 'needs-mapping', code: 'kind.ambiguous' });
    if (found.state === 'recognised') throw new Error('unreachable');
    expect(found.text.zh).toContain('客户经理归属');
    expect(found.text.zh).toContain('关联历史');
    expect(recognise('客户ID,客户经理姓名,关联类型,生效日期'.split(','), 3, 'manager-history').state).toBe('recognised');
  });

  it('refuses a sheet that lacks a required column, naming it and the headers accepted', () => {
    const found = recognise('业绩ID,对账期次,客户ID,订单号'.split(','), 2, undefined);
    expect(found).toMatchObject({ state: 'refused', code: 'column.missing' });
    if (found.state === 'recognised') throw new Error('unreachable');
    expect(found.text.zh).toMatch(/第 2 行.*业绩明细.*业绩金额/);
    expect(found.text.en).toContain('业绩金额');
  });

  it('asks where one and the same column stands twice, and prefers the most trusted of two different ones', () => {
    expect(kindOf('账期,客户ID,订单号,产品类型,应付金额,应付金额')).toBe('column.ambiguous');
    const found = recognise('账期,客户ID,订单号,消费金额,应付金额'.split(','), 1, undefined);
    if (found.state !== 'recognised') throw new Error(found.code);
    expect(found.map.index.get('amountDue')).toBe(4);
    expect(found.map.fields[3]).toBeUndefined();
  });

  it('refuses amounts in two currencies, and in units of 10,000', () => {
    expect(kindOf('账期,客户ID,订单号,官网价(元),应付金额(USD)')).toBe('currency.mixed');
    expect(kindOf('账期,客户ID,订单号,应付金额(万元)')).toBe('unit.unsupported');
  });
});
