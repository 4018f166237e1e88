import { billTypes } from './bill-classes.ts';
import type { Text } from './finding.ts';

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

const association: Words = { referral: ['顾问销售', 'Referral'], resale: ['代售', 'Resale'] };
const billType: Words = {
  consumption: ['消费', 'Expenditure'],
  refund: ['退款', 'Refund'],
  adjustment: ['调账', 'Adjustment'],
  writeOff: ['核销', 'Write-off'],
  ...Object.fromEntries(billTypes.map(([code, zh, en]) => [String(code), [zh, en] as const])),
};
const operation: Words = {
  allocation: ['拨款', 'Allocation'],
  retrieval: ['回收', 'Retrieval'],
  unbindRetrieval: ['解绑回收', 'Retrieval on unbinding'],
};
const flag: Words = { 0: ['否', 'No'], 1: ['是', 'Yes'] };

/** Fields whose cells are stored as tokens (importing/values/enums), and the portal's words for each. */
const byField: Readonly<Record<string, Words>> = {
  associationType: association,
  billType,
  operation,
  billingMode: {
    yearlyMonthly: ['包年/包月', 'Yearly/Monthly'],
    payPerUse: ['按需', 'Pay-per-use'],
    reservedInstance: ['预留实例', 'Reserved instance'],
    savingsPlan: ['节省计划', 'Savings plan'],
  },
  direction: { in: ['收入', 'Income'], out: ['支出', 'Expense'] },
  accountType: { recharge: ['充值账户', 'Recharge account'], credit: ['信用账户', 'Credit account'] },
  tradeType: {
    ...operation,
    recharge: ['充值', 'Recharge'],
    deduction: ['消费', 'Deduction'],
    refund: ['退款', 'Refund'],
    freeze: ['冻结', 'Freeze'],
    unfreeze: ['解冻', 'Unfreeze'],
    transfer: ['转账', 'Transfer'],
    adjustment: ['调账', 'Adjustment'],
    bonusConversion: ['奖励金转换', 'Bonus conversion'],
    tradeModeTransfer: ['交易模式变更', 'Change of trade mode'],
    withdrawal: ['提现', 'Withdrawal'],
    repayment: ['还款', 'Repayment'],
  },
  status: {
    estimated: ['预估', 'Estimated'],
    draft: ['初稿', 'Draft'],
    publicNotice: ['公示中', 'In public notice'],
    final: ['终稿', 'Final'],
    awaitingConfirmation: ['待确认', 'Awaiting confirmation'],
    issuing: ['发放中', 'Being issued'],
    issued: ['发放成功', 'Issued'],
  },
  method: { perRow: ['逐行', 'Per row'], tier: ['阶梯', 'Tier'] },
  policy: {
    0: ['非特定产品', 'Ordinary product'],
    1: ['特定产品', 'Specified product'],
    2: ['无业绩无返点', 'No performance, no rebate'],
    13: ['有业绩无返点', 'Performance without rebate'],
  },
  monthlySettled: flag,
  counts: flag,
};

/** What a stored cell of a field says in the portal's words ("payPerUse" → 按需, bill type "5" → 消费-使用); undefined where it is no token. */
export function portalWord(field: string, stored: string): Text | undefined {
  const words = Object.hasOwn(byField, field) ? byField[field]! : {};
  if (!Object.hasOwn(words, stored)) return undefined;
  const [zh, en] = words[stored]!;
  return { zh, en };
}
