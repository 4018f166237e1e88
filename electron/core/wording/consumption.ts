import type { Candidate, Text } from '../finding.ts';
import { displayMoney, type Money } from '../money.ts';
import { counted, displayCount } from '../display-count.ts';

const show = displayMoney;

/** A grain of the consumption summary against its detail. */
export function summaryReason(detailRows: number, detail: Money, statedRows: number, stated: Money): Text {
  if (statedRows === 0) {
    return {
      zh: `消费明细 ${displayCount(detailRows)} 行合计 ${show(detail)}，消费汇总中没有对应行。`,
      en: `${counted(detailRows, 'consumption row comes', 'consumption rows come')} to ${show(detail)}; the summary has no row for that.`,
    };
  }
  return {
    zh: `消费汇总为 ${show(stated)}，消费明细 ${displayCount(detailRows)} 行合计 ${show(detail)}，相差 ${show(stated - detail)}。`,
    en: `The summary states ${show(stated)}; ${counted(detailRows, 'consumption row comes', 'consumption rows come')} to ${show(detail)}: a difference of ${show(stated - detail)}.`,
  };
}

/** Cells of a customer who changed its manager in the month, where the details cover one of them only. */
export function partlyCoveredReason(cells: number, detail: Money, stated: Money): Text {
  return {
    zh: `该客户本月换了客户经理，按你的标注消费明细只覆盖其中一部分：${displayCount(cells)} 格（汇总 ${show(stated)}，明细 ${show(detail)}）无法核对，相差 ${show(stated - detail)} 计入“范围之外”。导入该客户全部的消费明细后可以核对。`,
    en: `The customer changed its account manager this month and, as you marked, the details cover one of them only: ${counted(cells, 'cell')} (summary ${show(stated)}, details ${show(detail)}) cannot be compared, and ${show(stated - detail)} stands in the step "outside". With all of the customer's consumption they can be.`,
  };
}

/** A consumption row whose payment parts do not give its amount due. */
export function paymentPartsReason(expected: Money, stated: Money): Text {
  return {
    zh: `应付金额 ${show(stated)}，各支付方式合计 ${show(expected)}，相差 ${show(stated - expected)}。`,
    en: `Amount due ${show(stated)}, payment parts ${show(expected)}: a difference of ${show(stated - expected)}.`,
  };
}

/** A consumption row whose list price is not discount + truncation + due. */
export function listPriceReason(expected: Money, stated: Money): Text {
  return {
    zh: `官网价 ${show(stated)}，优惠＋抹零（每笔不到 0.01，包年/包月没有）＋应付为 ${show(expected)}，相差 ${show(stated - expected)}。`,
    en: `List price ${show(stated)}, discount + truncation (less than 0.01 a charge, none of yearly and monthly orders) + due ${show(expected)}: a difference of ${show(stated - expected)}.`,
  };
}

/** Another customer's difference is exactly the opposite: perhaps one is the other's sub-account, which only a person knows. */
export const subAccountCandidate = (other: string): Candidate => ({
  code: 'sub-account',
  zh: `客户 ${other} 的同一产品正好差相反的金额：若一个是另一个的子账号，请把它登记到“子账号归属”表（列：子账号客户ID、主客户ID、生效日期、失效日期）并导入`,
  en: `Customer ${other} differs by exactly the opposite amount in the same product: if one is the other's sub-account, import a sub-account table that says so (columns: Sub-account ID, Main Customer ID, valid from and to)`,
});
