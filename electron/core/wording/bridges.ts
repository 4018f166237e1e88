import type { Pair, StepOf } from '../bridge.ts';
import type { PartLevel } from '../bridge-part.ts';
import type { Text } from '../finding.ts';

type Step = { [P in Pair]: StepOf<P> }[Pair];

/** Short names of the ten pairs: left statement → right statement. */
const pairNames: Record<Pair, Text> = {
  'bill-total-lines': { zh: '账单总额 → 账单明细', en: 'Bill total → bill lines' },
  'bill-consumption': { zh: '账单明细 → 客户消费', en: 'Bill lines → consumption' },
  'consumption-summary': { zh: '消费汇总 → 消费明细', en: 'Consumption summary → details' },
  'consumption-performance': { zh: '客户消费 → 业绩', en: 'Consumption → performance' },
  'performance-summary': { zh: '业绩汇总 → 业绩明细', en: 'Performance summary → details' },
  'performance-incentive': { zh: '业绩 → 激励', en: 'Performance → incentive' },
  'incentive-summary': { zh: '激励汇总 → 激励明细', en: 'Incentive summary → details' },
  'bill-account': { zh: '账单明细 → 账户扣款', en: 'Bill lines → account' },
  'account-adjustment': { zh: '收支明细 → 调账记录', en: 'Account → adjustments' },
  'request-invoices': { zh: '申付单 → 发票', en: 'Requests → invoices' },
};

/** Names of the bridge steps (handbook: bridges). */
const stepNames: Record<Step, Text> = {
  coupon: { zh: '代金券', en: 'Coupons' },
  tax: { zh: '销项税', en: 'Tax' },
  adjustment: { zh: '调账', en: 'Adjustments' },
  'zero-floor': { zh: '负数账单按零计', en: 'Negative month floored at 0' },
  'total-rounding': { zh: '合计四舍五入', en: 'Rounding of the total' },
  'partner-coupon': { zh: '伙伴代金券', en: 'Partner coupons' },
  'settlement-discount': { zh: '结算折扣', en: 'Settlement discount' },
  'month-edge': { zh: '月末跨期', en: 'Month edge' },
  'not-associated': { zh: '未关联期间的消费', en: 'Not associated then' },
  scope: { zh: '导出范围之外', en: 'Outside the export' },
  agreed: { zh: '相符', en: 'Agreed' },
  truncation: { zh: '抹零', en: 'Truncation' },
  referral: { zh: '顾问销售客户', en: 'Referral customers' },
  'precision-adjustment': { zh: '抹零补扣', en: 'Precision adjustment' },
  'write-off': { zh: '欠费核销', en: 'Debt write-off' },
  freshness: { zh: '汇总后新增的明细', en: 'Details newer than summary' },
  'sub-account': { zh: '子账号归集', en: 'Sub-accounts' },
  precision: { zh: '小数精度', en: 'Precision' },
  'flexi-purchase-coupon': { zh: '现金券', en: 'Flexi-purchase coupons' },
  bonus: { zh: '奖励金', en: 'Bonus' },
  debt: { zh: '欠费', en: 'Debt' },
  credit: { zh: '信用额度', en: 'Credit' },
  'card-purchase': { zh: '储值卡购买', en: 'Card purchases' },
  'no-performance-product': { zh: '不计业绩产品', en: 'No-performance products' },
  'monthly-settled-out': { zh: '按月结算转下月', en: 'Monthly-settled, to next month' },
  'too-fresh': { zh: '尚未形成业绩', en: 'Too fresh' },
  transferred: { zh: '业绩转移', en: 'Transferred' },
  'monthly-settled-in': { zh: '上月结算转入', en: 'Monthly-settled, from last month' },
  'statement-without-detail': { zh: '有汇总无明细', en: 'Statement without details' },
  'detail-without-statement': { zh: '有明细无汇总', en: 'Details without statement' },
  'no-rebate': { zh: '无返点产品', en: 'No-rebate products' },
  'next-month': { zh: '下月发放', en: 'Next month' },
  'no-rate': { zh: '无适用返点', en: 'No rate' },
  rate: { zh: '返点比例', en: 'Rate' },
  rounding: { zh: '四舍五入到分', en: 'Rounding to cents' },
  'further-plan': { zh: '叠加激励计划', en: 'Further plans' },
  'previous-month': { zh: '上月业绩', en: 'Previous month' },
  'threshold-plan': { zh: '门槛计划', en: 'Threshold plans' },
  netting: { zh: '负激励抵减', en: 'Netting' },
  'not-deducted': { zh: '未单独扣款', en: 'Not deducted' },
  'referral-payment': { zh: '代付顾问销售订单', en: 'Paid for referral' },
  'other-month': { zh: '其他账期', en: 'Other months' },
  basis: { zh: '扣款口径差', en: 'Basis of deduction' },
  repayment: { zh: '还款', en: 'Repayment' },
  'missing-file': { zh: '缺文件，未核对', en: 'Not judged: a file is missing' },
  'no-consumption': { zh: '缺消费明细，未核对', en: 'Not judged: no consumption' },
  'not-invoiced-yet': { zh: '尚未开票', en: 'Not invoiced yet' },
  'no-invoice-needed': { zh: '无需开票', en: 'No invoice needed' },
};

/** Places of a drilled group that are no step of a bridge. */
const otherPlaces: Readonly<Record<string, Text>> = {
  unexplained: { zh: '未解释', en: 'Unexplained' },
  'without-remainder': { zh: '已无余额', en: 'Nothing left to compare' },
};

/** At which level the sides of a group met. */
export const levelNames: Readonly<Record<PartLevel, Text>> = {
  trade: { zh: '订单', en: 'order' },
  combined: { zh: '组合订单', en: 'combined order' },
  joined: { zh: '人工合并', en: 'joined by hand' },
  grain: { zh: '产品·计费·类型', en: 'product, mode, class' },
  product: { zh: '客户·产品', en: 'customer and product' },
  customer: { zh: '客户', en: 'customer' },
  row: { zh: '单行', en: 'row' },
  statement: { zh: '单据', en: 'statement' },
  day: { zh: '当日合计', en: "day's sum" },
  request: { zh: '申付单', en: 'payment request' },
  month: { zh: '全月', en: 'month' },
  bound: { zh: '抹零上限', en: 'the bound of truncation' },
};

const itself = (identifier: string): Text => ({ zh: identifier, en: identifier });

/** The name of a pair; an identifier that this version does not know is shown as it is. */
export const pairName = (pair: string): Text => (Object.hasOwn(pairNames, pair) ? pairNames[pair as Pair] : itself(pair));
/** The name of a step; an identifier that this version does not know is shown as it is. */
export const stepName = (step: string): Text =>
  Object.hasOwn(stepNames, step) ? stepNames[step as Step] : Object.hasOwn(otherPlaces, step) ? otherPlaces[step]! : itself(step);

interface Ends<T> {
  readonly left: T;
  readonly right: T;
}

/** The two ends of a bridge: in Chinese as the bridge names them, in English the halves of the pair's name. */
export function endNames(bridge: Ends<{ readonly name: string }> & { readonly pair: string }): Ends<Text> {
  const [left, right] = pairName(bridge.pair).en.split(' → ');
  const [zhLeft, zhRight] = [bridge.left.name, bridge.right.name];
  if (left === undefined || right === undefined) return { left: itself(zhLeft), right: itself(zhRight) };
  return { left: { zh: zhLeft, en: left }, right: { zh: zhRight, en: right.charAt(0).toUpperCase() + right.slice(1) } };
}

/** What an amount of a bridge is called that two results are compared by: an end, a step or the unexplained. */
export function amountName(pair: string, amount: string): Text {
  if (amount === 'unexplained') return { zh: '未解释', en: 'Unexplained' };
  if (amount !== 'left' && amount !== 'right') return stepName(amount);
  const names = pairName(pair);
  const end = (name: string): string => name.split(' → ')[amount === 'left' ? 0 : 1] ?? name;
  return { zh: end(names.zh), en: end(names.en) };
}
