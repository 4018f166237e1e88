import type { CheckCode } from '../checks.ts';
import type { Candidate } from '../finding.ts';

const of = (code: string, zh: string, en: string): Candidate => ({ code, zh, en });

const edited = of('edited', '文件导出后被筛选、排序或改动过', 'The file was filtered, sorted or edited after its export');
const detailsIncomplete = of(
  'details-incomplete',
  '消费明细没有导出全，或导出后又有更新',
  'The consumption details are not complete, or were updated since',
);
const tableOutdated = of('table-outdated', '你的归属表未更新', 'Your own table is out of date');
const policyTable = of('policy-table', '产品业绩策略表未更新', 'The product policy table is out of date');
const misread = of('misread', '登记或识别有误，请对照发票原件', 'It was typed or read wrongly: hold it against the invoice itself');
const requestOutdated = of('request-outdated', '申付单导入后又有改动', 'The payment request was changed after it was imported');
const association = of(
  'association-changed',
  '客户本月加入、解绑或变更了关联类型',
  'The customer joined, left or changed its association this month',
);

/**
 * What a person should rule out first, for each check: legitimate explanations that hold for every finding of it. A finding that knows better ones
 * of its own carries those instead.
 */
export const usualCandidates: Readonly<Record<CheckCode, readonly [Candidate, ...Candidate[]]>> = {
  'row.payment-parts': [of('part-not-exported', '有一种支付方式的列没有导出', 'The column of one way to pay was not exported')],
  'row.list-price': [of('other-discount', '有一项优惠不在“优惠金额”列里', 'A discount stands in a column of its own')],
  'file.control-total': [edited],
  'file.overlap-conflict': [of('updated-between', '两次导出之间对方更新了数据', 'The vendor updated the data between the two exports')],
  'bill.total': [of('lines-incomplete', '账单明细早于出账（次月 5 日 12:00）导出，或没有导出全', 'The lines were exported before the bill was ready (12:00 on the 5th), or not all of them')], // prettier-ignore
  'bill.cycle': [of('month-rule', '账期口径：2024-06-01 起按消费时间归月，此前按扣费时间', 'Since 2024-06-01 a charge belongs to the month of use, before it to that of charging')], // prettier-ignore
  'bill.duplicate': [detailsIncomplete],
  'bill.line-without-consumption': [association],
  'bill.consumption-without-line': [association],
  'bill.settlement': [
    of('settlement-type', '促销产品或特价申请另有结算折扣', 'Promotions and special offers settle at a rate of their own'),
  ],
  'bill.amount': [
    detailsIncomplete,
    of('precision', '抹零补扣记在了另一个订单上', 'Dropped fractions were re-charged under another order'),
  ],
  'consumption.summary': [of('summary-lags', '汇总比明细晚一天，以明细为准', 'The summary lags a day behind; the details count')],
  'account.balance-walk': [
    of('entries-left-out', '导出时做了筛选，中间的记录没有导出', 'The export was filtered: entries between are missing'),
  ],
  'account.bill-without-deduction': [of('repayment', '已还款，但还没有把还款分配到这个月', 'It was repaid, and the repayment is not allotted to this month yet')], // prettier-ignore
  'account.deducted-twice': [of('instalments', '同一订单分次支付或续费，每次金额相同', 'The order was paid or renewed in equal parts')],
  'account.deduction-without-bill': [of('own-use', '伙伴自用资源的消费', "The partner's own use of the cloud")],
  'account.deduction-amount': [of('paid-elsewhere', '订单的另一部分由其他账户、代金券或拨款支付', 'Another account, a coupon or an allocation paid the rest of the order')], // prettier-ignore
  'account.refund-not-returned': [of('returned-elsewhere', '退款在之后的账期退回，或退到没有导入的账户', 'It came back in a later month, or to an account that was not imported')], // prettier-ignore
  'account.adjustment': [of('closed-customer', '客户已注销，记录里客户为空', 'The customer is closed and left blank in the records')],
  'performance.cycle': [of('late-data', '对方账期数据尚未更新完整', 'The other month was exported before it was complete')],
  'performance.duplicate': [detailsIncomplete],
  'performance.policy': [policyTable],
  'performance.stored-value-card': [of('card-products', '储值卡产品的设置不全', 'The setting of products that are stored-value cards is not complete')], // prettier-ignore
  'performance.refund-not-reversed': [of('next-month', '部分业绩计入下一账期', 'Part of it lands in the next month')],
  'performance.refund-over-reversed': [of('several-refunds', '同一订单有多次退款，消费明细只有其中一部分', 'The order was refunded several times, and the details have some of it only')], // prettier-ignore
  'performance.missing': [of('next-month', '部分业绩计入下一账期', 'Part of it lands in the next month')],
  'performance.without-consumption': [detailsIncomplete],
  'performance.too-low': [detailsIncomplete],
  'performance.too-high': [detailsIncomplete],
  'performance.manager': [tableOutdated],
  'performance.reseller': [tableOutdated],
  'performance.summary': [edited],
  'performance.changed': [of('objection-settled', '问题反馈已处理，业绩因此调整', 'A dispute was answered and the performance corrected')],
  'performance.new-customer': [tableOutdated],
  'incentive.base': [of('performance-version', '业绩导出后有更新', 'The performance changed after the export')],
  'incentive.tier': [of('policy-version', '政策在账期内调整，表未更新', 'The policy changed and the table did not')],
  'incentive.rate': [of('policy-version', '政策在账期内调整，表未更新', 'The policy changed and the table did not')],
  'incentive.amount': [of('converted', '金额已按税率换算，或已冲抵前期负激励', 'The amount is after tax conversion, or after netting an earlier negative')], // prettier-ignore
  'incentive.missing': [of('next-month', '激励可能在下一账期', 'It may come in the next month')],
  'incentive.no-rate': [of('policy-table', '激励政策表缺行或有效期未覆盖', 'The policy table lacks a row or its dates')],
  'incentive.negative': [of('netting', '前期负激励结转', 'A negative carried from before')],
  'incentive.summary': [edited],
  'incentive.tax': [of('netting', '含前期负激励冲抵', 'A negative incentive of an earlier month was netted')],
  'incentive.frozen': [of('other-freeze', '因其他原因冻结', 'Frozen for another reason')],
  'incentive.deadline': [of('extended', '对方通知延长了期限', 'The vendor has extended the date')],
  'invoice.sum': [
    of('more-to-come', '这张申付单还有发票没有登记', 'More invoices of the request are still to be entered'),
    requestOutdated,
  ],
  'invoice.number': [misread],
  'invoice.shared': [of('request-split', '申付单被对方拆分或合并过', 'The vendor split or merged payment requests')],
  'invoice.kind': [misread, requestOutdated],
  'invoice.buyer': [misread, requestOutdated],
  'invoice.seller': [misread, of('company-changed', '公司名称或税号有变更，设置未更新', 'Your company has a new name or tax number, and the settings do not')], // prettier-ignore
  'invoice.rate': [misread, requestOutdated],
  'invoice.currency': [misread, requestOutdated],
  'invoice.arithmetic': [misread],
  'invoice.remark': [misread],
  'invoice.date': [misread],
  'payment.amount': [of('netted', '银行手续费，或与其他申付单合并支付', 'A bank fee, or paid together with another request')],
  'payment.late': [of('holiday', '节假日顺延，或对方退回后重新受理', 'Holidays, or the vendor sent it back and began anew')],
};
