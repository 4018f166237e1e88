import * as c from './column.ts';

/** 业绩转移记录 (exports §2.11b): its month is that of the transfer where it has no 账期. */
export const performanceTransfer: c.KindSpec = {
  kind: 'performance-transfer',
  month: { time: 'transferred_at' },
  customer: 'optional',
  columns: [
    c.cycle({ cell: 'strict' }),
    c.id('performanceId', ['业绩ID', 'Performance ID']),
    c.id('tradeId'),
    ...c.customer,
    c.text('transferredFrom', ['转出', '转出方', '转出伙伴', '转出账号', 'Transferred From'], { header: 'required' }),
    c.text('transferredTo', ['转入', '转入方', '转入伙伴', '转入账号', 'Transferred To'], { header: 'required' }),
    c.time('transferredAt', ['转移时间', '业绩转移时间', 'Transferred At'], { header: 'required', cell: 'needed' }),
  ],
  anyOf: [['performanceId', 'tradeId', 'customerId', 'accountName']],
};
