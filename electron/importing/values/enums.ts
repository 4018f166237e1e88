import { billTypes } from '../../core/bill-classes.ts';
import { Fault, isAbsent, Pair, trimmed, type Bound, type CellReader } from './fault.ts';

/**
 * A reader of a closed list: text or code (compared without spaces, case and width) to its stored token. Answers are remembered per text, so a
 * million rows cost one look-up each. What is not in the list is `otherwise`: refused, or kept as it stands.
 */
export function enumReader(entries: Readonly<Record<string, Bound | Pair>>, otherwise: 'refuse' | 'keep', expected = ''): CellReader {
  const table = new Map(Object.entries(entries).map(([key, value]) => [normal(key), value]));
  const seen = new Map<string, Bound | Pair | Fault>();
  const refused = new Fault(
    'enum.unknown',
    `不在可识别的取值内${expected && `（${expected}）`}`,
    `is not a known value${expected && ` (${expected})`}`,
  );
  let last = '';
  let lastValue: Bound | Pair | Fault = null;
  return (raw) => {
    // Comparing with the row above is cheaper than hashing a fresh string.
    if (raw === last) return lastValue;
    const known = seen.get(raw);
    if (known !== undefined) {
      last = raw;
      lastValue = known;
      return known;
    }
    const text = trimmed(raw);
    const value = isAbsent(text) ? null : (table.get(normal(text)) ?? (otherwise === 'keep' ? text : refused));
    if (seen.size < 10_000) seen.set(raw, value);
    return value;
  };
}

const normal = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

export const readAssociation = enumReader(
  {
    顾问销售: 'referral', 顾问销售模式: 'referral', 推荐: 'referral', 推荐模式: 'referral', referral: 'referral', 1: 'referral',
    代售: 'resale', 代售模式: 'resale', 垫付: 'resale', 垫付模式: 'resale', 转售: 'resale', 转售模式: 'resale', resale: 'resale', reseller: 'resale', 2: 'resale',
  },
  'refuse',
  '顾问销售 / 代售',
); // prettier-ignore

/** Text first; codes differ by source: 1/3/10/11 in consumption details, 0–6 in the subscription bill, so a bare code is kept as it stands elsewhere. */
const modes = {
  '包年/包月': 'yearlyMonthly', 包年包月: 'yearlyMonthly', '包周期': 'yearlyMonthly', 包年: 'yearlyMonthly', 包月: 'yearlyMonthly', 'yearly/monthly': 'yearlyMonthly', prepaid: 'yearlyMonthly',
  按需: 'payPerUse', 按需计费: 'payPerUse', 按需付费: 'payPerUse', 'pay-per-use': 'payPerUse', payperuse: 'payPerUse', postpaid: 'payPerUse',
  预留实例: 'reservedInstance', 预留实例计费: 'reservedInstance', 'reserved instance': 'reservedInstance',
  节省计划: 'savingsPlan', 节省计划计费: 'savingsPlan', 'savings plan': 'savingsPlan',
}; // prettier-ignore
export const readBillingMode = enumReader(modes, 'keep');
export const readConsumptionBillingMode = enumReader(
  { ...modes, 1: 'yearlyMonthly', 3: 'payPerUse', 10: 'reservedInstance', 11: 'savingsPlan' },
  'keep',
);

const coarse: Record<string, string> = {
  消费: 'consumption', 退款: 'refund', 退订: 'refund', 调账: 'adjustment', 核销: 'writeOff', 欠费核销: 'writeOff',
  consumption: 'consumption', expenditure: 'consumption', refund: 'refund', adjustment: 'adjustment', 'write-off': 'writeOff',
}; // prettier-ignore
const coarsePairs = Object.fromEntries(Object.entries(coarse).map(([text, value]) => [text, new Pair(null, value)]));
const detailed = Object.fromEntries(
  billTypes.flatMap(([code, text, , value]) => [
    [String(code), new Pair(BigInt(code), value)],
    [text, new Pair(BigInt(code), value)],
  ]),
);

/** 账单类型: the pair (detailed code or null, class). An unknown detail after a known class keeps the class. */
export const readBillType: CellReader = billTypeReader(enumReader({ ...coarsePairs, ...detailed }, 'keep'));
/** The same in the consumption summary, where a bare code is the coarse class (2 = write-off). */
export const readSummaryBillType: CellReader = billTypeReader(
  enumReader({ ...detailed, ...coarsePairs, 1: new Pair(null, 'consumption'), 2: new Pair(null, 'writeOff') }, 'keep'),
);

function billTypeReader(read: CellReader): CellReader {
  const unknown = new Fault('enum.unknown', '不是已知的账单类型', 'is not a known bill type');
  return (text, kind) => {
    const value = read(text, kind);
    if (typeof value !== 'string') return value;
    return coarsePairs[normal(value.split(/[-－—–]/)[0]!)] ?? unknown;
  };
}

export const readDirection = enumReader(
  { 收入: 'in', 入账: 'in', 收: 'in', in: 'in', income: 'in', 1: 'in', 支出: 'out', 出账: 'out', 支: 'out', out: 'out', expense: 'out', expenditure: 'out', 2: 'out' },
  'refuse',
  '收入 / 支出',
); // prettier-ignore
export const readTradeType = enumReader(
  {
    充值: 'recharge', recharge: 'recharge', 消费: 'deduction', 扣款: 'deduction', 扣费: 'deduction', dedeuct: 'deduction', deduct: 'deduction', deduction: 'deduction',
    退款: 'refund', refund: 'refund', 冻结: 'freeze', rfrozen: 'freeze', 转账: 'transfer', trans: 'transfer', 调账: 'adjustment', adjust: 'adjustment',
    拨款: 'allocation', beadjust: 'allocation', 回收: 'retrieval', beretrieve: 'retrieval', 解绑回收: 'unbindRetrieval', beunbind: 'unbindRetrieval',
    奖励金转换: 'bonusConversion', bonusconvert: 'bonusConversion', 交易模式变更: 'tradeModeTransfer', trade_mode_transfer: 'tradeModeTransfer',
    提现: 'withdrawal', withdraw: 'withdrawal', 还款: 'repayment', repay: 'repayment', 解冻: 'unfreeze',
  },
  'keep',
); // prettier-ignore
export const readOperation = enumReader(
  { 拨款: 'allocation', beadjust: 'allocation', 1: 'allocation', 回收: 'retrieval', beretrieve: 'retrieval', 2: 'retrieval', 解绑回收: 'unbindRetrieval', beunbind: 'unbindRetrieval', 3: 'unbindRetrieval' },
  'refuse',
  '拨款 / 回收 / 解绑回收',
); // prettier-ignore
export const readAccountType = enumReader(
  { 充值账户: 'recharge', 充值: 'recharge', 现金账户: 'recharge', recharge: 'recharge', 信用账户: 'credit', 信用: 'credit', credit: 'credit' },
  'refuse',
  '充值账户 / 信用账户',
); // prettier-ignore
export const readStatus = enumReader(
  { 预估: 'estimated', 初稿: 'draft', 公示中: 'publicNotice', 公示: 'publicNotice', 终稿: 'final', 待确认: 'awaitingConfirmation', 发放中: 'issuing', 发放成功: 'issued', 已发放: 'issued' },
  'keep',
); // prettier-ignore
export const readNewCustomer = enumReader(
  { Y: 'Y', 是: 'Y', 新客: 'Y', 新客户: 'Y', 新: 'Y', true: 'Y', yes: 'Y', N: 'N', 否: 'N', 老客: 'N', 老客户: 'N', 非新客: 'N', 老: 'N', false: 'N', no: 'N' },
  'refuse',
  'Y / N',
); // prettier-ignore
export const readFlag = enumReader(
  { Y: 1n, 是: 1n, yes: 1n, true: 1n, 1: 1n, N: 0n, 否: 0n, no: 0n, false: 0n, 0: 0n },
  'refuse',
  'Y / N',
); // prettier-ignore
export const readMethod = enumReader(
  { 逐行: 'perRow', perrow: 'perRow', 阶梯: 'tier', tier: 'tier' },
  'refuse',
  '逐行 / 阶梯',
); // prettier-ignore
export const readProductPolicy = enumReader(
  { 0: 0n, 非特定产品: 0n, 1: 1n, 特定产品: 1n, 2: 2n, 无业绩无返点: 2n, 13: 13n, 有业绩无返点: 13n },
  'refuse',
  '0 / 1 / 2 / 13',
); // prettier-ignore
export const readCurrency = enumReader(
  { CNY: 'CNY', 人民币: 'CNY', 元: 'CNY', RMB: 'CNY', 人民币元: 'CNY', '¥': 'CNY', 美元: 'USD' },
  'keep',
);
