import { Fault } from '../values/fault.ts';
import { readFlag, readMethod, readProductPolicy } from '../values/enums.ts';
import { readDate, readMonth } from '../values/time.ts';
import * as c from './column.ts';

/** The user's own tables (exports §2.13): no month; a validity date left empty is open. A wrong validity date refuses the row. */
const from = (header: string): c.Column => c.value('validFrom', readDate, [header], { cell: 'strict' });
const to = (header: string): c.Column => c.value('validTo', readDate, [header], { cell: 'strict' });
const customerId = c.id('customerId', undefined, { header: 'required', cell: 'needed' });

const noThreshold = new Fault('value.missing', '阶梯行没有门槛下限', 'is a tier without a threshold');

export const policy: c.KindSpec = {
  kind: 'policy',
  month: 'none',
  customer: 'none',
  columns: [
    c.text('planName', ['激励计划名称', 'Incentive Plan Name'], { header: 'required', cell: 'needed' }),
    c.text('productType'),
    c.association,
    { ...c.newCustomer, cell: 'strict' },
    c.value('method', readMethod, ['计算方式', 'Method'], { header: 'required', cell: 'needed' }),
    c.money('threshold', ['门槛下限', '门槛', 'Threshold'], { additive: false }),
    c.rate('rate', ['返点比例', '激励比例', 'Rate'], { header: 'required', cell: 'needed' }),
    from('生效日期'),
    to('失效日期'),
  ],
  finish: () => (row) =>
    row.get('method') === 'tier' && row.get('threshold') === null ? { field: 'threshold', fault: noThreshold } : undefined,
};

export const productPolicy: c.KindSpec = {
  kind: 'product-policy',
  month: 'none',
  customer: 'none',
  columns: [
    c.text('productType', undefined, { header: 'required', cell: 'needed' }),
    c.value('policy', readProductPolicy, ['业绩策略', 'Policy'], { header: 'required', cell: 'needed' }),
    c.value('monthlySettled', readFlag, ['月结', 'Monthly Settled'], { cell: 'strict' }),
    c.value('validFrom', readMonth, ['生效账期', '生效日期'], { cell: 'strict' }),
    c.value('validTo', readMonth, ['失效账期', '失效日期'], { cell: 'strict' }),
  ],
  derived: ['monthly_settled'],
  finish: () => (row) => {
    if (row.get('monthly_settled') === null) row.set('monthly_settled', 0n);
    return undefined;
  },
};

export const managerHistory: c.KindSpec = {
  kind: 'manager-history',
  month: 'none',
  customer: 'none',
  columns: [
    customerId,
    c.text('accountManager', ['客户经理姓名', '客户经理', '业务员姓名', 'Account Manager'], { header: 'required', cell: 'needed' }),
    from('生效日期'),
    to('失效日期'),
  ],
};

export const associationHistory: c.KindSpec = {
  kind: 'association-history',
  month: 'none',
  customer: 'none',
  columns: [customerId, { ...c.association, header: 'required', cell: 'needed' }, c.text('resellerName'), from('生效日期'), to('失效日期')],
};

export const couponMap: c.KindSpec = {
  kind: 'coupon-map',
  month: 'none',
  customer: 'none',
  columns: [
    c.id('couponId', ['券ID', '现金券ID', '代金券ID', 'Coupon ID'], { header: 'required', cell: 'needed' }),
    c.value('counts', readFlag, ['计业绩', 'Counts'], { header: 'required', cell: 'needed' }),
  ],
};

/** A customer's sub-accounts: the summary may book their consumption to the main customer. */
export const subAccount: c.KindSpec = {
  kind: 'sub-account',
  month: 'none',
  customer: 'none',
  columns: [
    c.id('subCustomerId', ['子账号客户ID', '子客户ID', '子账号ID', 'Sub-account Customer ID', 'Sub-account ID'], {
      header: 'required',
      cell: 'needed',
    }),
    c.id('customerId', ['主客户ID', '主账号客户ID', '主账号ID', 'Main Customer ID'], { header: 'required', cell: 'needed' }),
    from('生效日期'),
    to('失效日期'),
  ],
};

export const customer: c.KindSpec = {
  kind: 'customer',
  month: 'none',
  customer: 'none',
  columns: [
    customerId,
    c.text('accountName'),
    c.text('customerName'),
    { ...c.newCustomer, cell: 'strict' },
    from('标签生效日期'),
    to('标签失效日期'),
  ],
};
