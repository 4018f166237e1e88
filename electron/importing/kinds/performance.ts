import { readStatus } from '../values/enums.ts';
import * as c from './column.ts';

/** 业绩汇总 (exports §2.6). */
export const performanceSummary: c.KindSpec = {
  kind: 'performance-summary',
  month: 'cycle',
  customer: 'none',
  columns: [
    c.cycle(),
    c.currency,
    c.id('statementId', ['业绩单ID', '业绩单号', 'Performance Statement ID'], { header: 'required', cell: 'needed' }),
    c.money('totalAmount', ['业绩总金额', '业绩金额', '总金额', 'Total Performance'], { header: 'required', cell: 'needed' }),
    c.value('status', readStatus, ['状态', '业绩状态', '业绩单状态', 'Status']),
    c.association,
  ],
};

/** 业绩明细 (exports §2.7): one row per counted charge. */
export const performance: c.KindSpec = {
  kind: 'performance',
  month: 'cycle',
  customer: 'needed',
  columns: [
    c.cycle(), c.currency,
    c.id('performanceId', ['业绩ID', 'Performance ID'], { header: 'required', cell: 'needed' }),
    c.id('statementId', ['业绩单ID', '业绩单号', 'Performance Statement ID']),
    ...c.customer, c.association, ...c.partner, ...c.trade, ...c.product, c.id('productId', undefined, { cell: 'lenient' }),
    c.billingMode, c.billType, c.orderType,
    c.time('formedAt', ['业绩形成时间', '业绩产生时间', 'Performance Formed At']),
    c.time('tradedAt'),
    c.money('amount', ['业绩金额', '金额', 'Performance Amount', 'Performance'], { header: 'required', cell: 'needed' }),
    c.text('disputeStatus', ['问题反馈状态', 'Dispute Status']),
    c.newCustomer,
    c.value('status', readStatus, ['状态', '业绩状态', 'Status']),
  ],
  anyOf: [['customerId', 'accountName']],
  refundAmounts: ['amount'],
}; // prettier-ignore
