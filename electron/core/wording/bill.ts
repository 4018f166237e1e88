import type { Candidate, Text } from '../finding.ts';
import { absolute, displayMoney, type Money } from '../money.ts';
import { counted, displayCount } from '../display-count.ts';

/** Both sides of a bill ↔ consumption group, for a sentence. Amounts are customer amounts, 1e-8 yuan. */
export interface BillSides {
  readonly lines: number;
  readonly customer: Money;
  readonly rows: number;
  readonly due: Money;
  /** The month before, where consumption at its end was billed in this one; `only`: none of this month stands beside it. */
  readonly usedIn?: { readonly cycle: string; readonly only: boolean };
}

const show = displayMoney;
const by = (difference: Money): Text =>
  difference > 0n
    ? { zh: `多计 ${show(difference)}`, en: `${show(difference)} too much` }
    : { zh: `少计 ${show(absolute(difference))}`, en: `${show(absolute(difference))} too little` };

/** At which level a group was compared (rules §7). */
export const levels = {
  trade: { zh: '按订单号/交易号比对', en: 'compared by trade id' },
  combined: { zh: '按组合交易单比对', en: 'compared as a combined order' },
  joined: { zh: '按人工合并比对', en: 'joined by hand' },
  grain: { zh: '无订单号，按客户、产品、计费模式、账单类型比对', en: 'without trade ids, compared by customer, product, mode and class' },
} as const satisfies Record<string, Text>;
export type Level = keyof typeof levels;

function used({ usedIn }: BillSides): Text {
  if (!usedIn) return { zh: '代售消费', en: '' };
  const { cycle, only } = usedIn;
  if (only) return { zh: `${cycle} 月末的代售消费`, en: ` used at the end of ${cycle}` };
  return { zh: `代售消费（含 ${cycle} 月末的）`, en: ` (some used at the end of ${cycle})` };
}

const billLines = (lines: number): string => counted(lines, 'bill line comes', 'bill lines come');
const resaleRows = (rows: number): string => counted(rows, 'resale consumption row comes', 'resale consumption rows come');

/** The amounts of both sides differ. */
export function amountReason(s: BillSides, level: Level): Text {
  const more = by(s.customer - s.due);
  return {
    zh: `账单 ${displayCount(s.lines)} 行客户消费金额合计 ${show(s.customer)}，${used(s).zh} ${displayCount(s.rows)} 行合计 ${show(s.due)}，${more.zh}（${levels[level].zh}）。`,
    en: `${billLines(s.lines)} to ${show(s.customer)}, ${counted(s.rows, 'resale consumption row')}${used(s).en} to ${show(s.due)}: ${more.en} (${levels[level].en}).`,
  };
}

/** Lines stand more often than they were consumed; the copies come to `total`. */
export function duplicateReason(s: BillSides, copies: bigint, total: Money): Text {
  return {
    zh: `账单 ${displayCount(s.lines)} 行中有 ${displayCount(copies)} 行与另一行完全相同（合计 ${show(total)}），而${used(s).zh}只有 ${displayCount(s.rows)} 行合计 ${show(s.due)}，重复计费 ${show(total)}。`,
    en: `${displayCount(copies)} of ${counted(s.lines, 'bill line')} ${copies === 1n ? 'repeats' : 'repeat'} another (${show(total)} together); the consumption${used(s).en} has ${counted(s.rows, 'row')} of ${show(s.due)}: charged ${show(total)} twice.`,
  };
}

/** The same lines stand in another month's bill, beside the consumption that they are for. */
export function billedInReason(s: BillSides, otherCycle: string): Text {
  return {
    zh: `账单 ${displayCount(s.lines)} 行合计 ${show(s.customer)}，与 ${otherCycle} 账单的行完全相同，其消费已在 ${otherCycle} 计费，本月重复计费 ${show(s.customer)}。`,
    en: `${billLines(s.lines)} to ${show(s.customer)} and ${s.lines === 1 ? 'repeats' : 'repeat'} what ${otherCycle} billed for its own consumption: charged ${show(s.customer)} twice.`,
  };
}

/** The bill has the group, the month's resale consumption does not. */
export function lineOnlyReason(s: BillSides, referralRows: number, level: Level): Text {
  const referral =
    referralRows > 0
      ? {
          zh: `；消费明细中同一订单的 ${displayCount(referralRows)} 行为顾问销售`,
          en: `; ${counted(referralRows, 'row of the same order is', 'rows of the same order are')} referral`,
        }
      : { zh: '', en: '' };
  return {
    zh: `账单 ${displayCount(s.lines)} 行合计 ${show(s.customer)}，代售消费中没有对应记录${referral.zh}（${levels[level].zh}）。`,
    en: `${billLines(s.lines)} to ${show(s.customer)}; no resale consumption stands behind ${s.lines === 1 ? 'it' : 'them'}${referral.en} (${levels[level].en}).`,
  };
}

/** The resale consumption has the group, the bill does not. */
export function consumptionOnlyReason(s: BillSides, level: Level): Text {
  return {
    zh: `代售消费 ${displayCount(s.rows)} 行合计 ${show(s.due)}，账单中没有对应行（${levels[level].zh}）。`,
    en: `${resaleRows(s.rows)} to ${show(s.due)}; the bill has no line for ${s.rows === 1 ? 'it' : 'them'} (${levels[level].en}).`,
  };
}

/** The counterpart stands in another month, and not at its edge. */
export function cycleReason(s: BillSides, here: 'line' | 'consumption', otherCycle: string): Text {
  return here === 'line'
    ? {
        zh: `账单 ${displayCount(s.lines)} 行合计 ${show(s.customer)}，对应的消费在 ${otherCycle}，且不在月末最后 24 小时内。`,
        en: `${billLines(s.lines)} to ${show(s.customer)}; ${s.lines === 1 ? 'its' : 'their'} consumption stands in ${otherCycle} and not in the last 24 hours of a month.`,
      }
    : {
        zh: `代售消费 ${displayCount(s.rows)} 行合计 ${show(s.due)}，对应的账单行在 ${otherCycle}，且不在月末最后 24 小时内。`,
        en: `${resaleRows(s.rows)} to ${show(s.due)}; what the bill has of it stands in ${otherCycle} and not in the last 24 hours of a month.`,
      };
}

/** Both sides differ by what stands in another month, and not at its edge. */
export function cycleRestReason(s: BillSides, otherCycle: string): Text {
  const more = by(s.customer - s.due);
  const rest = s.customer - s.due > 0n === s.customer > 0n ? { zh: '其余的消费', en: 'consumption' } : { zh: '其余的账单行', en: 'bill' };
  return {
    zh: `账单 ${displayCount(s.lines)} 行客户消费金额合计 ${show(s.customer)}，代售消费 ${displayCount(s.rows)} 行合计 ${show(s.due)}，${more.zh}；${rest.zh}在 ${otherCycle}，且不在月末最后 24 小时内。`,
    en: `${billLines(s.lines)} to ${show(s.customer)}, ${counted(s.rows, 'resale consumption row')} to ${show(s.due)}: ${more.en}; the rest stands in the ${rest.en} of ${otherCycle} and not in the last 24 hours of a month.`,
  };
}

/** Settlement amounts of one or more lines of a group against customer amount × rate. */
export function settlementReason(lines: number, expected: Money, stated: Money, rate: string): Text {
  const more = by(stated - expected);
  return {
    zh: `${displayCount(lines)} 行账单的结算金额合计 ${show(stated)}，按客户消费金额×结算折扣（${rate}）应为 ${show(expected)}，${more.zh}。`,
    en: `${counted(lines, 'bill line settles', 'bill lines settle')} ${show(stated)}; customer amount × settlement rate (${rate}) is ${show(expected)}: ${more.en}.`,
  };
}

/** A bill line whose due is not settlement − coupon + tax. */
export function duePartsReason(lines: number, expected: Money, stated: Money): Text {
  const more = by(stated - expected);
  return {
    zh: `${displayCount(lines)} 行账单的应还金额合计 ${show(stated)}，按结算金额－代金券＋税应为 ${show(expected)}，${more.zh}。`,
    en: `${counted(lines, 'bill line asks', 'bill lines ask')} for ${show(stated)}; settlement − coupon + tax is ${show(expected)}: ${more.en}.`,
  };
}

/** The stated bill total against its lines; both rounded to cents once. */
export function totalReason(lines: number, expected: Money, stated: Money): Text {
  const more = by(stated - expected);
  return {
    zh: `账单总额应还 ${show(stated)}，明细 ${displayCount(lines)} 行合计 ${show(expected)}，${more.zh}。`,
    en: `The bill states ${show(stated)}; its ${counted(lines, 'line comes', 'lines come')} to ${show(expected)}: ${more.en}.`,
  };
}

/** A stated bill total whose own parts come to another amount. */
export function totalPartsReason(expected: Money, stated: Money): Text {
  const more = by(stated - expected);
  return {
    zh: `账单总额应还 ${show(stated)}，按同一行的消费＋退款＋调账－代金券（含税口径以设置为准）应为 ${show(expected)}，${more.zh}。`,
    en: `The bill states ${show(stated)}; consumption + refunds + adjustments − coupons of the same row, with tax as the settings say, is ${show(expected)}: ${more.en}.`,
  };
}
/** The total is typed by hand where it comes from a pdf. */
export const totalPartsCandidate: Candidate = {
  code: 'misread',
  zh: '账单总额的某一项登记有误，请对照账单原件',
  en: 'A part of the total was typed wrongly: hold it against the bill itself',
};

/** What may explain a difference at the edge to a month of which one statement is not imported. */
export const edgeCandidate = (lacking: 'partner-bill' | 'consumption', cycle: string): Candidate =>
  lacking === 'partner-bill'
    ? {
        code: 'month-edge',
        zh: `订单有本月最后 24 小时的消费，可能记在 ${cycle} 的账单里；导入后重新判断`,
        en: `Some of the order was used in the month's last 24 hours and may be on the bill of ${cycle}; importing that decides it`,
      }
    : {
        code: 'month-edge',
        zh: `有账单行属于 ${cycle} 最后 24 小时的消费；导入 ${cycle} 的消费明细后重新判断`,
        en: `Some lines are for use in the last 24 hours of ${cycle}; importing its consumption decides it`,
      };

/** Legitimate explanations of a group that only one side has (rules §7). */
export const oneSided: readonly Candidate[] = [
  {
    code: 'association-changed',
    zh: '客户本月加入、解绑或变更了关联类型',
    en: 'The customer joined, left or changed its association this month',
  },
  { code: 'manager-scoped-export', zh: '导出只含某位客户经理名下的客户', en: "One of the exports covers a single manager's customers" },
  { code: 'monthly-settled', zh: '按月结算的产品计入相邻账期', en: 'A monthly-settled product is billed in a neighbouring month' },
];
