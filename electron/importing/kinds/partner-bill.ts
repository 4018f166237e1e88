import { readQuantity } from '../values/money.ts';
import { Fault } from '../values/fault.ts';
import * as c from './column.ts';

const noAmount = new Fault('value.missing', '这一行没有消费、结算或应还金额', 'has neither customer, settlement nor due amount');

/** 伙伴账单明细 (exports §2.1): resale customers only; one of its three amounts must be there. */
export const partnerBill: c.KindSpec = {
  kind: 'partner-bill',
  month: 'cycle',
  customer: 'needed',
  columns: [
    c.cycle(), c.currency, ...c.customer, c.association, ...c.partner, ...c.trade, ...c.product, c.id('productId', undefined, { cell: 'lenient' }), ...c.resource,
    c.billingMode, c.billType, c.orderType, c.time('tradedAt'), ...c.consumed,
    c.money('customerAmount', ['客户消费金额', '消费金额', 'Customer Consumption Amount', 'Customer Expenditure', 'Consumption Amount']),
    c.text('settlementType', ['结算类型', 'Settlement Type']),
    c.rate('settlementRate', ['伙伴结算折扣', '结算折扣', 'Partner Settlement Discount', 'Settlement Discount']),
    c.money('settlementAmount', ['结算金额', 'Settlement Amount']),
    c.money('couponAmount'),
    c.money('taxAmount', ['税额', '销项税', '税', 'Tax', 'Tax Amount']),
    c.money('amountDue', ['应还金额', '应付金额', 'Amount Due', 'Amount Payable']),
    c.value('quantity', readQuantity, ['订单周期数', 'Order Periods']),
    c.text('quantityUnit', ['订单周期单位', 'Order Period Unit']),
  ],
  derived: ['settlement_scale'],
  anyOf: [['customerId', 'accountName'], ['customerAmount', 'settlementAmount', 'amountDue']],
  refundAmounts: ['customer_amount', 'settlement_amount', 'amount_due'],
  finish: () => (row) =>
    row.get('customer_amount') === null && row.get('settlement_amount') === null && row.get('amount_due') === null
      ? { field: 'settlementAmount', fault: noAmount }
      : undefined,
}; // prettier-ignore
