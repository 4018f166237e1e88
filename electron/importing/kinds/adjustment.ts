import { readOperation } from '../values/enums.ts';
import * as c from './column.ts';

/** 调账记录 (exports §2.11): its month is that of the operation. */
export const adjustment: c.KindSpec = {
  kind: 'adjustment',
  month: { time: 'operated_at' },
  customer: 'optional',
  columns: [
    c.currency,
    c.value('operation', readOperation, ['操作类型', 'Operation Type'], { header: 'required', cell: 'needed' }),
    c.money('amount', ['金额', '操作金额', '调账金额', 'Amount'], { header: 'required', cell: 'needed' }),
    c.time('operatedAt', ['操作时间', '调账时间', 'Operation Time'], { header: 'required', cell: 'needed' }),
    c.text('scenario', ['使用场景', 'Scenario']),
    ...c.customer,
    c.id('transactionId', ['事务ID', 'Transaction ID', 'Trans ID']),
    c.text('remark', ['备注', 'Remarks', 'Remark']),
  ],
};
