import type { Candidate, Text } from '../finding.ts';
import type { Cause, PerformanceFault } from '../judging/consumption-performance.ts';
import { absolute, displayMoney } from '../money.ts';
import { counted, displayCount } from '../display-count.ts';

const causes: Record<Cause, (otherCycle: string) => Text> = {
  coupon: () => ({ zh: '差额与代金券金额相符：代金券被计入业绩', en: 'the difference matches the coupon amount: the coupon was counted' }),
  flexi: () => ({
    zh: '差额与现金券金额相符：不计业绩的现金券被计入',
    en: 'the difference matches the flexi-purchase coupon: a coupon that does not count was counted',
  }),
  'flexi-uncounted': () => ({
    zh: '差额与现金券金额相符：应计业绩的现金券未计入',
    en: 'the difference matches the flexi-purchase coupon: a coupon that counts was left out',
  }),
  'card-uncounted': () => ({ zh: '差额与储值卡支付相符：储值卡使用未计入业绩', en: 'the stored-value card payment was not counted' }),
  'card-purchase': () => ({
    zh: '购买储值卡被计入业绩，使用时才应计入',
    en: 'the purchase of a stored-value card was counted; only its use counts',
  }),
  elsewhere: (c) => ({ zh: `该业绩记在了 ${c}`, en: `the performance stands in ${c}` }),
  'part-elsewhere': (c) => ({ zh: `其余业绩记在了 ${c}`, en: `the rest of the performance stands in ${c}` }),
  'not-yet': (c) =>
    c ? { zh: `消费在 ${c}，业绩不应在本期`, en: `consumed in ${c}, so its performance does not belong here` } : settledMonthly,
  'across-months': (c) => ({ zh: `同一业绩已记在 ${c}`, en: `the same performance is already stated in ${c}` }),
  'refused-before': (c) => ({
    zh: `消费在 ${c}，当时产品不计业绩`,
    en: `consumed in ${c}, when the product had no performance`,
  }),
  zeroed: () => ({ zh: '产品策略为计业绩，却计为 0', en: 'the product counts by its policy, but 0 is stated' }),
};
const settledMonthly: Text = { zh: '月结产品的业绩应在下一账期', en: 'a monthly-settled product belongs to the next month' };

/** One sentence with both sides' amounts and, where it is known, the cause. */
export function performanceReason(f: PerformanceFault, consumptionRows: number, performanceRows: number): Text {
  const by = f.stated - f.expected;
  const size = displayMoney(absolute(by));
  const e = displayMoney(f.expected);
  const s = displayMoney(f.stated);
  const cause = f.cause && causes[f.cause](f.otherCycle ?? '');
  const more = by > 0n ? { zh: `多计 ${size}`, en: `${size} too much` } : { zh: `少计 ${size}`, en: `${size} too little` };
  return {
    zh: `消费 ${displayCount(consumptionRows)} 行应计业绩 ${e}，业绩 ${displayCount(performanceRows)} 行合计 ${s}，${more.zh}${cause ? `；${cause.zh}` : ''}。`,
    en: `${counted(consumptionRows, 'consumption row')} should count ${e}, ${counted(performanceRows, 'performance row states', 'performance rows state')} ${s}: ${more.en}${cause ? `; ${cause.en}` : ''}.`,
  };
}

/** 业绩转移记录 lists an order of the customer that no row names. */
export const transferredCandidate: Candidate = {
  code: 'transferred',
  zh: '业绩已转移到其他账号',
  en: 'The performance was transferred to another account',
};

/** The vendor's own reasons for "consumed but no performance" (rules §4). */
export const missingCandidates: readonly Candidate[] = [
  { code: 'product-outside-policy', zh: '产品不在业绩政策范围内', en: 'The product is outside the policy' },
  transferredCandidate,
  { code: 'certification-expired', zh: '伙伴认证已过期', en: 'The certification has expired' },
  { code: 'not-in-programme', zh: '未加入对应伙伴计划', en: 'Not in the programme' },
  { code: 'refunded', zh: '订单已退订', en: 'The order was refunded' },
  { code: 'next-month', zh: '部分业绩计入下一账期', en: 'Part of it lands in the next month' },
];
/** By the user's association history a customer was not, or perhaps not, ours when something of an order was traded. */
export const perhapsNotAssociated: Candidate = {
  code: 'not-associated',
  zh: '按关联历史，客户在交易当日尚未加入、已解绑，或正是变更日（当日或次日生效口径不同）',
  en: 'By the association history the customer had not joined yet or had left on the day of the trade, or that is the day of the change, which may take effect on the same or on the next day',
};
/** A customer bound to us on this day, lately: which customers are long-tail is not in any export. */
export const reboundCandidate = (since: string): Candidate => ({
  code: 're-bound',
  zh: `客户自 ${since} 起关联：2026-01-01 起，重新绑定的长尾客户 6 个月内不给新伙伴计业绩`,
  en: `The customer is bound since ${since}: from 2026-01-01 a re-bound long-tail customer earns the new partner nothing for 6 months`,
});
const credit: readonly Candidate[] = [
  { code: 'coupon-map', zh: '现金券口径表未登记该券', en: 'The coupon is not in the coupon map' },
  { code: 'settings', zh: '信用支付、核销的计业绩口径与合同不同', en: 'Credit or write-off is counted differently by contract' },
];
const outside: readonly Candidate[] = [
  { code: 'consumption-not-imported', zh: '对应消费在未导入的账期', en: 'The consumption is in a month that was not imported' },
  { code: 'transferred-in', zh: '业绩由其他伙伴转入', en: 'The performance was transferred in' },
];

/** Legitimate explanations to rule out before the dispute is sent. */
export function performanceCandidates(code: PerformanceFault['code']): readonly Candidate[] {
  if (code === 'performance.missing' || code === 'performance.refund-not-reversed') return missingCandidates;
  if (code === 'performance.too-low' || code === 'performance.too-high') return credit;
  if (code === 'performance.without-consumption') return outside;
  return [];
}
