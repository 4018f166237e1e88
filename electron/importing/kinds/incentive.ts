import { readStatus } from '../values/enums.ts';
import * as c from './column.ts';

const billId = ['激励账单ID', '激励账单号', 'Incentive Bill ID'];

/** 激励汇总 (exports §2.8). */
export const incentiveSummary: c.KindSpec = {
  kind: 'incentive-summary',
  month: 'cycle',
  customer: 'none',
  columns: [
    c.cycle(),
    c.currency,
    c.id('incentiveBillId', billId, { header: 'required', cell: 'needed' }),
    c.text('incentiveName', ['激励名称', '激励计划名称', 'Incentive Name']),
    c.money('amount', ['激励金额', '激励总金额', '金额', 'Incentive Amount'], { header: 'required', cell: 'needed' }),
    c.association,
    c.value('status', readStatus, ['状态', '激励状态', 'Status']),
    c.money('pendingAmount', ['待申付金额', 'Pending Amount']),
    c.text('freezeReason', ['冻结原因', 'Freeze Reason']),
  ],
};

/** 激励明细, 对账明细 (exports §2.9); the one row of a tier plan has neither customer nor performance id. */
export const incentive: c.KindSpec = {
  kind: 'incentive',
  month: 'cycle',
  customer: 'optional',
  columns: [
    c.cycle(), c.currency,
    c.id('incentiveRowId', ['激励数据ID', 'Incentive Data ID']),
    c.id('incentiveBillId', billId),
    c.text('planName', ['激励计划名称', '激励名称', '激励计划', 'Incentive Plan', 'Incentive Plan Name']),
    c.id('performanceId', ['业绩ID', 'Performance ID']),
    ...c.customer, c.association, ...c.partner, ...c.trade, ...c.product, c.billingMode, c.billType, c.orderType, c.time('tradedAt'), c.newCustomer,
    c.money('amount', ['激励金额', '金额', 'Incentive Amount'], { header: 'required', cell: 'needed' }),
    c.money('baseAmount', ['基数值', '业绩金额', '激励基数', 'Base Amount', 'Performance Amount']),
    c.rate('rate', ['返点比例', '激励比例', '返点', 'Incentive Rate', 'Rate']),
  ],
  refundAmounts: ['amount', 'base_amount'],
}; // prettier-ignore
