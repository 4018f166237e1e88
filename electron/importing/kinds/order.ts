import * as c from './column.ts';

/** 客户订单 (exports §2.12): its month is that of the payment where it has no 账期. */
export const order: c.KindSpec = {
  kind: 'order',
  month: { time: 'paid_at' },
  customer: 'optional',
  columns: [
    c.cycle({ cell: 'strict' }),
    c.currency,
    c.id('tradeId', undefined, { header: 'required', cell: 'needed' }),
    c.text('status', ['订单状态', '状态', 'Order Status'], { header: 'required' }),
    c.orderType,
    ...c.customer,
    c.text('productType'),
    c.money('amount', ['金额', '订单金额', '应付金额', '实付金额', 'Amount', 'Order Amount'], { header: 'required', cell: 'needed' }),
    c.time('paidAt', ['支付时间', '付款时间', 'Paid At', 'Payment Time'], { header: 'required', cell: 'needed' }),
  ],
};
