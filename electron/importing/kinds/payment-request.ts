import { readCurrency } from '../values/enums.ts';
import { readIdList } from '../values/text.ts';
import { readDate } from '../values/time.ts';
import * as c from './column.ts';

/** 激励申付 申请记录, and the user's own table of them (exports §2.10, §2.13). */
export const paymentRequest: c.KindSpec = {
  kind: 'payment-request',
  month: 'cycle',
  customer: 'none',
  columns: [
    c.cycle(),
    c.id('requestId', ['申付单号', 'Payment Request No.', 'Request ID'], { header: 'required', cell: 'needed' }),
    c.value('incentiveBillIds', readIdList, ['激励账单ID', '激励账单号', 'Incentive Bill ID'], { cell: 'strict' }),
    c.text('payoutMode', ['发放方式', 'Payout Mode']),
    c.text('status', ['状态', '申付状态', 'Status']),
    c.money('amount', ['申付金额', '结算金额', '金额', 'Amount'], { header: 'required', cell: 'needed' }),
    c.rate('taxRate', ['税率', 'Tax Rate']),
    c.rate('productTaxRate', ['产品税率', 'Product Tax Rate']),
    c.value('currency', readCurrency, ['币种', '货币', 'Currency']),
    c.value('appliedAt', readDate, ['申请日期', '申请时间', '申付时间', 'Applied At']),
    c.text('buyerName', ['购方名称', '购买方名称', 'Buyer Name']),
    c.id('buyerTaxNumber', ['购方税号', '购买方税号', '纳税人识别号', 'Buyer Tax Number']),
    c.text('mailingAddress', ['邮寄地址', 'Mailing Address']),
    c.text('recipient', ['收件人', '收件人姓名', 'Recipient']),
    // A phone number that Excel has damaged reaches nobody: it is told and left out.
    c.id('recipientPhone', ['收件人电话', '收件电话', 'Recipient Phone'], { cell: 'lenient' }),
    c.text('mailbox', ['公共邮箱', '邮箱', 'Mailbox']),
  ],
};
