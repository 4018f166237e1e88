import type { Candidate, Text } from '../finding.ts';
import { absolute, displayMoney, type Money } from '../money.ts';
import { counted } from '../display-count.ts';
import type { BillingCycle } from '../month.ts';

const show = displayMoney;
const by = (difference: Money, verb = ''): Text =>
  difference > 0n
    ? { zh: `多${verb} ${show(difference)}`, en: `${show(difference)} more` }
    : { zh: `少${verb} ${show(absolute(difference))}`, en: `${show(absolute(difference))} less` };

/** A balance that does not follow from the one before it. */
export function balanceReason(change: Money, expected: Money, stated: Money): Text {
  const before = expected - change;
  const more = by(stated - expected);
  return {
    zh: `上一余额 ${show(before)}，变更 ${show(change)}，应为 ${show(expected)}，所列余额 ${show(stated)}，${more.zh}。`,
    en: `Balance before ${show(before)}, change ${show(change)}, so it should be ${show(expected)}; ${show(stated)} is stated: ${more.en}.`,
  };
}

/** What explains a balance that does not follow where rows of its sheet were refused. */
export const rowsLeftOut = (rows: number): Candidate => ({
  code: 'rows-left-out',
  zh: `这份收支明细有 ${rows} 行未能导入（见导入问题），中间缺的可能就是它们`,
  en: `${counted(rows, 'row')} of this account statement ${rows === 1 ? 'was' : 'were'} not imported (see its problems): that may be what is missing between`,
});

/** A deduction (or refund, negative) that no bill or consumption explains; `consumption`: is that of the month imported? */
export function withoutBillReason(amount: Money, tradeId: string | null, consumption: boolean): Text {
  const order = tradeId === null ? { zh: '没有订单号', en: 'has no order number' } : { zh: `订单 ${tradeId}`, en: `order ${tradeId}` };
  const nowhere = consumption
    ? { zh: '账单和消费明细中都没有对应的记录', en: 'neither the bill nor the consumption has it' }
    : { zh: '账单中没有对应的记录，消费明细没有导入', en: 'the bill does not have it, and the consumption is not imported' };
  return amount < 0n
    ? {
        zh: `收支明细退款 ${show(-amount)}（${order.zh}），${nowhere.zh}。`,
        en: `The account was refunded ${show(-amount)} (${order.en}); ${nowhere.en}.`,
      }
    : {
        zh: `收支明细扣款 ${show(amount)}（${order.zh}），${nowhere.zh}。`,
        en: `The account was charged ${show(amount)} (${order.en}); ${nowhere.en}.`,
      };
}

/** The same order and amount under several flow ids; `before`: what earlier months took of it, where `due` is what that leaves. */
export function twiceReason(amount: Money, entries: number, due: Money, before: Money = 0n): Text {
  if (amount < 0n && due < 0n)
    return {
      zh: `同一退款的同一金额 ${show(-amount)} 退了 ${entries} 次，应退 ${show(-due)}。`,
      en: `${show(-amount)} was given back ${counted(entries, 'time', 'times')} for one refund; the refund comes to ${show(-due)}.`,
    };
  if (before > 0n)
    return {
      zh: `同一订单的同一金额 ${show(amount)} 扣了 ${entries} 次，此前账期已扣 ${show(before)}，还应扣 ${show(due)}。`,
      en: `${show(amount)} was deducted ${entries} times for one order; earlier months took ${show(before)} of it, so ${show(due)} is left.`,
    };
  return {
    zh: `同一订单的同一金额 ${show(amount)} 扣了 ${entries} 次，订单应扣 ${show(due)}。`,
    en: `${show(amount)} was deducted ${entries} times for one order; the order comes to ${show(due)}.`,
  };
}

/** An order that has an entry of its own is in the sum of its day too. */
export const twiceInSumReason = (amount: Money, sum: Money): Text => ({
  zh: `该订单已单独扣款 ${show(amount)}，当天合计扣款 ${show(sum)} 中又含这笔金额。`,
  en: `${show(amount)} was deducted for the order by itself, and once more within the day's sum of ${show(sum)}.`,
});

/** What was deducted for an order is neither its due nor its amount before the settlement discount; `before` as above. */
export function deductionAmountReason(expected: Money, stated: Money, entries: number, before: Money = 0n): Text {
  const comes = counted(entries, 'ledger entry comes', 'ledger entries come');
  if (expected < 0n && stated < 0n) {
    const back = by(expected - stated, '退');
    const [due, left] = [show(-expected), before < 0n];
    return {
      zh: `该退款${left ? `此前账期已退 ${show(-before)}，还` : ''}应退 ${due}，收支明细 ${entries} 笔合计退 ${show(-stated)}，${back.zh}。`,
      en: `${left ? `Earlier months gave back ${show(-before)} of the refund, so ${due} is left` : `The refund should give back ${due}`}; ${comes} to ${show(-stated)}: ${back.en}.`,
    };
  }
  const more = by(stated - expected);
  const [due, left] = [show(expected), before > 0n];
  return {
    zh: `该订单${left ? `此前账期已扣 ${show(before)}，还` : ''}应扣 ${due}，收支明细 ${entries} 笔合计 ${show(stated)}，${more.zh}。`,
    en: `${left ? `Earlier months took ${show(before)} of the order, so ${due} is left` : `The order comes to ${due}`}; ${comes} to ${show(stated)}: ${more.en}.`,
  };
}

/** A refund that never came back to the account that had paid the order. */
export function refundReason(amount: Money, originalTradeId: string | null): Text {
  return {
    zh: `退款 ${show(amount)}${originalTradeId ? `（原订单 ${originalTradeId} 由本账户扣款）` : ' '}没有退回账户的记录。`,
    en: `The refund of ${show(amount)}${originalTradeId ? ` (order ${originalTradeId} was paid from this account)` : ''} never came back to the account.`,
  };
}

/** What of a bill no ledger entry and no repayment paid by its due date; `what` is the part that is named. */
export function unpaidReason(what: Text, due: Money, repaid: Money, date: string): Text {
  if (repaid > 0n)
    return {
      zh: `${what.zh}合计应还 ${show(due)}，至 ${date} 没有扣款记录，分配到本月的还款只有 ${show(repaid)}，还差 ${show(due - repaid)}。`,
      en: `${what.en} come to ${show(due)} and were not deducted by ${date}; the repayments allotted to the month are ${show(repaid)}, so ${show(due - repaid)} is missing.`,
    };
  return {
    zh: `${what.zh}应还 ${show(due)}，至 ${date} 没有扣款记录，也没有分配到本月的还款。`,
    en: `${what.en}: ${show(due)} is due; nothing was deducted by ${date}, and no repayment is allotted to the month.`,
  };
}

/** Legitimate explanations of a bill that nothing imported paid. */
export const unpaidCandidates: readonly Candidate[] = [
  { code: 'repayment', zh: '已还款，但还没有把还款分配到这个月', en: 'It was repaid, and the repayment is not allotted to this month yet' },
  { code: 'other-account', zh: '从没有导入的账户扣款', en: 'It was deducted from an account that was not imported' },
];

/** Allocations and retrievals of the ledger against the adjustment records. */
export function adjustmentReason(expected: Money, stated: Money): Text {
  const more = by(stated - expected);
  if (expected === 0n)
    return {
      zh: `收支明细有 ${show(stated)}，调账记录中没有对应记录。`,
      en: `The ledger has ${show(stated)}; the adjustment records do not.`,
    };
  if (stated === 0n)
    return {
      zh: `调账记录有 ${show(expected)}，收支明细中没有对应记录。`,
      en: `The adjustment records have ${show(expected)}; the ledger does not.`,
    };
  return {
    zh: `调账记录 ${show(expected)}，收支明细 ${show(stated)}，${more.zh}。`,
    en: `The adjustment records have ${show(expected)}, the ledger ${show(stated)}: ${more.en}.`,
  };
}

/** Legitimate explanations of a deduction that nothing imported explains. */
export const unexplainedDeduction: readonly Candidate[] = [
  { code: 'other-month', zh: '订单属于未导入的账期', en: 'The order belongs to a month that was not imported' },
  { code: 'repayment', zh: '这是对以前账单的还款', en: 'It repays an earlier bill' },
  { code: 'own-use', zh: '伙伴自用资源的消费', en: "The partner's own use of the cloud" },
];

/** A repayment of a bill that another repayment of the same amount paid. */
export function repaidAgainReason(amount: Money, cycles: readonly BillingCycle[]): Text {
  const bills = counted(cycles.length, 'bill').replace(/^1 /, '');
  return {
    zh: `还款 ${show(amount)}：该金额的账单（${cycles.join('、')}）已有另一笔还款，这一笔没有可还的账单。`,
    en: `A repayment of ${show(amount)}: the ${bills} of that amount (${cycles.join(', ')}) ${cycles.length === 1 ? 'has another repayment' : 'have other repayments'} already, so this one has no bill to repay.`,
  };
}

/** What such a repayment may be while the person has not said whose it is. */
export const partOfAnother: Candidate = {
  code: 'part-of-another-bill',
  zh: '也可能是对另一期账单的部分还款；是的话，请分配到那个月',
  en: 'It may be a part of what another bill asks for; if it is, allot it to that month',
};

/** What an entry may be that comes to the rest of one earlier bill. */
export const restOfBill = (cycle: BillingCycle): Candidate => ({
  code: 'rest-of-bill',
  zh: `金额正好等于 ${cycle} 账单没有扣款的部分，看起来是对它的还款；是的话，请分配到 ${cycle}`,
  en: `It is exactly what was not deducted of the bill of ${cycle}, so it looks like its repayment; if it is, allot it to ${cycle}`,
});

/** Why a deduction without an order number is tied to no lines although some come to it. */
export const severalSums: Candidate = {
  code: 'several-sums',
  zh: '当天未扣款的账单明细中有不止一组合计等于该金额，无法确定是哪一组；可手工关联',
  en: "More than one sum of that day's undeducted bill lines comes to this amount, so which of them it pays is not known; it can be joined by hand",
};
