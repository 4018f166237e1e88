/** Severities, most urgent first (handbook: checks). A `dispute` whose difference favours us is shown as `review`. */
export const severities = ['dispute', 'review', 'fix', 'info'] as const;
export type Severity = (typeof severities)[number];

export const findingStatuses = ['open', 'disputed', 'answered', 'resolved', 'accepted'] as const;
export type FindingStatus = (typeof findingStatuses)[number];

interface Check {
  readonly severity: Severity;
  readonly zh: string;
  readonly en: string;
}

/** The catalogue: every check that this version runs, in the order in which findings are listed. */
export const checks = {
  'row.payment-parts': { severity: 'review', zh: '应付金额不等于各支付方式之和', en: 'Amount due is not the sum of its payment parts' },
  'row.list-price': { severity: 'review', zh: '官网价不等于优惠、抹零与应付之和', en: 'List price is not discount + truncation + due' },
  'file.control-total': { severity: 'review', zh: '合计行与明细之和不符', en: 'Control total differs from the rows above' },
  'file.overlap-conflict': { severity: 'review', zh: '同一业务行在两份文件中不一致', en: 'The same row differs between two files' },
  'bill.total': { severity: 'dispute', zh: '账单总额与明细之和不符', en: 'Bill total differs from its lines' },
  'bill.cycle': { severity: 'dispute', zh: '账单行记在了别的账期', en: 'Bill line stands in another month' },
  'bill.duplicate': { severity: 'dispute', zh: '账单重复计费', en: 'Charged twice' },
  'bill.line-without-consumption': { severity: 'dispute', zh: '账单有行而无消费', en: 'Bill line without consumption' },
  'bill.consumption-without-line': { severity: 'review', zh: '有代售消费而账单无行', en: 'Resale consumption without a bill line' },
  'bill.settlement': { severity: 'dispute', zh: '结算金额不等于消费金额×结算折扣', en: 'Settlement is not customer amount × rate' },
  'bill.amount': { severity: 'dispute', zh: '账单与消费金额不符', en: 'Bill and consumption amounts differ' },
  'consumption.summary': { severity: 'review', zh: '消费汇总与明细不符', en: 'Consumption summary differs from details' },
  'account.balance-walk': { severity: 'dispute', zh: '余额不连续', en: 'The balance does not follow' },
  'account.bill-without-deduction': { severity: 'review', zh: '账单到期未扣款也未还款', en: 'Bill due, neither deducted nor repaid' },
  'account.deducted-twice': { severity: 'dispute', zh: '同一订单重复扣款', en: 'Deducted twice' },
  'account.deduction-without-bill': { severity: 'dispute', zh: '扣款无对应账单或消费', en: 'Deduction without bill or consumption' },
  'account.deduction-amount': { severity: 'dispute', zh: '扣款与订单金额不符', en: 'Deduction and order differ' },
  'account.refund-not-returned': { severity: 'dispute', zh: '退款未退回账户', en: 'Refund not returned' },
  'account.adjustment': { severity: 'dispute', zh: '拨款/回收与调账记录不符', en: 'Allocations differ from the adjustment records' },
  'performance.cycle': { severity: 'dispute', zh: '业绩记在了别的账期', en: 'Performance stands in another month' },
  'performance.duplicate': { severity: 'review', zh: '业绩重复', en: 'Performance counted twice' },
  'performance.policy': { severity: 'dispute', zh: '业绩与产品策略不符', en: 'Performance contradicts the product policy' },
  'performance.stored-value-card': { severity: 'dispute', zh: '储值卡计业绩口径不符', en: 'Stored-value card counted wrongly' },
  'performance.refund-not-reversed': { severity: 'review', zh: '退款未冲减业绩', en: 'Refund without negative performance' },
  'performance.refund-over-reversed': { severity: 'dispute', zh: '退款冲减业绩过多', en: 'Refund reversed too much' },
  'performance.missing': { severity: 'dispute', zh: '有消费而无业绩', en: 'Consumption without performance' },
  'performance.without-consumption': { severity: 'review', zh: '有业绩而无消费', en: 'Performance without consumption' },
  'performance.too-low': { severity: 'dispute', zh: '业绩偏低', en: 'Performance too low' },
  'performance.too-high': { severity: 'review', zh: '业绩偏高', en: 'Performance too high' },
  'performance.manager': { severity: 'dispute', zh: '业绩归属客户经理不符', en: 'Performance attributed to another manager' },
  'performance.reseller': { severity: 'dispute', zh: '业绩归属云经销商不符', en: 'Performance attributed to another reseller' },
  'performance.summary': { severity: 'dispute', zh: '业绩汇总与明细不符', en: 'Performance total differs from its rows' },
  'performance.changed': { severity: 'review', zh: '业绩在两个版本间有变化', en: 'Performance changed between versions' },
  'performance.new-customer': { severity: 'dispute', zh: '新客标签不符', en: 'New-customer tag disagrees' },
  'incentive.base': { severity: 'dispute', zh: '激励基数与业绩不符', en: 'Incentive base differs from performance' },
  'incentive.tier': { severity: 'dispute', zh: '激励阶梯不符', en: 'Incentive tier is wrong' },
  'incentive.rate': { severity: 'dispute', zh: '返点比例与政策不符', en: 'Incentive rate differs from the policy' },
  'incentive.amount': { severity: 'dispute', zh: '激励金额不等于基数×比例', en: 'Incentive is not base × rate' },
  'incentive.missing': { severity: 'review', zh: '有业绩而无激励', en: 'Performance without incentive' },
  'incentive.no-rate': { severity: 'review', zh: '没有适用的返点比例', en: 'No rate covers the row' },
  'incentive.negative': { severity: 'dispute', zh: '负激励无退款依据', en: 'Negative incentive without refund' },
  'incentive.summary': { severity: 'dispute', zh: '激励汇总与明细不符', en: 'Incentive total differs from its rows' },
  'incentive.tax': { severity: 'dispute', zh: '税率换算不符', en: 'Tax conversion is wrong' },
  'incentive.frozen': { severity: 'dispute', zh: '欠款已清仍冻结', en: 'Frozen although debts are paid' },
  'incentive.deadline': { severity: 'review', zh: '期限临近而差异未反馈', en: 'A deadline is near and findings are open' },
  'invoice.sum': { severity: 'fix', zh: '发票合计与申付单不符', en: 'Invoices do not add up to the request' },
  'invoice.number': { severity: 'fix', zh: '发票号码有误或已用', en: 'Invoice number wrong or used before' },
  'invoice.shared': { severity: 'fix', zh: '一张发票用于多张申付单', en: 'One invoice on several requests' },
  'invoice.kind': { severity: 'fix', zh: '发票类型不符', en: 'Wrong kind of invoice' },
  'invoice.buyer': { severity: 'fix', zh: '购方不符', en: 'Wrong buyer' },
  'invoice.seller': { severity: 'fix', zh: '销方不符', en: 'Wrong seller' },
  'invoice.rate': { severity: 'fix', zh: '税率不符', en: 'Wrong tax rate' },
  'invoice.currency': { severity: 'fix', zh: '币种不符', en: 'Wrong currency' },
  'invoice.arithmetic': { severity: 'review', zh: '发票金额算术不符', en: 'Invoice arithmetic is off' },
  'invoice.remark': { severity: 'review', zh: '备注缺申付单号或期次', en: 'Remark lacks request or month' },
  'invoice.date': { severity: 'review', zh: '开票日期不合理', en: 'Implausible invoice date' },
  'payment.amount': { severity: 'dispute', zh: '到账与申付金额不符', en: 'Money received differs from the request' },
  'payment.late': { severity: 'review', zh: '逾期到账', en: 'Paid later than promised' },
} as const satisfies Record<string, Check>;
export type CheckCode = keyof typeof checks;
export const checkCodes = Object.keys(checks) as CheckCode[];
