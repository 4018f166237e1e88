import * as c from './column.ts';

/** 伙伴账单总额 (exports §2.2): one row a month. */
export const billSummary: c.KindSpec = {
  kind: 'bill-summary',
  month: 'cycle',
  customer: 'none',
  columns: [
    c.cycle(),
    c.currency,
    c.money('amountDue', ['应还金额', 'Amount Due'], { header: 'required', cell: 'needed' }),
    c.money('consumptionAmount', ['消费金额', '客户消费金额', 'Consumption Amount', 'Expenditure']),
    c.money('refundAmount', ['退款金额', 'Refund Amount', 'Refund']),
    c.money('adjustmentAmount', ['调账金额', 'Adjustment Amount', 'Adjustment']),
    c.money('couponAmount'),
    c.money('taxAmount', ['销项税', '税额', '税', 'Tax', 'Output Tax']),
    c.money('outstandingAmount', ['最新出账月未还金额', '未还金额', 'Outstanding Amount']),
  ],
  refundAmounts: ['refund_amount'],
  refundColumns: ['refund_amount'],
};
