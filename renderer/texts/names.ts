import type { Pair } from '../../electron/core/bridge.ts';
import { checks } from '../../electron/core/checks.ts';
import { isKind, kindNames } from '../../electron/core/kinds.ts';
import type { Text } from '../../electron/core/finding.ts';
import { pairNames, stepNames } from './bridges.ts';

export type Language = 'zh' | 'en';

const own = <T extends object>(table: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(table, name);
const pick = (text: Text | undefined, language: Language, fallback: string): string => text?.[language] ?? fallback;

/** Names for people of what travels as an identifier; an identifier this version does not know is shown as it is, never hidden. */
export const kindName = (kind: string, language: Language): string => (isKind(kind) ? kindNames[kind][language] : kind);
export const checkName = (code: string, language: Language): string => pick(own(checks, code) ? checks[code] : undefined, language, code);
export const stepName = (step: string, language: Language): string =>
  pick(own(stepNames, step) ? stepNames[step] : undefined, language, step);
export const pairName = (pair: string, language: Language): string =>
  pick(own(pairNames, pair) ? pairNames[pair as Pair] : undefined, language, pair);
/** The two ends of a bridge: in Chinese as the core names them, in English the halves of the pair's name. */
export function endNames(
  bridge: { pair: string; left: { name: string }; right: { name: string } },
  language: Language,
): { left: string; right: string } {
  const [left, right] = pairName(bridge.pair, language).split(' → ');
  if (language === 'zh' || left === undefined || right === undefined) return { left: bridge.left.name, right: bridge.right.name };
  return { left, right: right.charAt(0).toUpperCase() + right.slice(1) };
}
/** "缺" lists: kinds, or words of the core that are no kind. */
export const kindList = (kinds: readonly string[], language: Language): string =>
  kinds.map((k) => kindName(k, language)).join(language === 'zh' ? '、' : ', ');

/** A sentence that carries both languages ("中文 / English") in the one asked for; any other sentence as it is. */
export function inLanguage(text: string, language: Language): string {
  const at = text.indexOf(' / ');
  if (at < 0 || !/\p{Script=Han}/u.test(text.slice(0, at)) || /\p{Script=Han}/u.test(text.slice(at))) return text;
  return language === 'zh' ? text.slice(0, at) : text.slice(at + 3);
}

/** The last part of a path: in a browser a file comes by way of a temporary folder that means nothing to the person. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const storedWords: Readonly<Record<string, string>> = {
  referral: '顾问销售',
  resale: '代售',
  yearlyMonthly: '包年/包月',
  payPerUse: '按需',
  reservedInstance: '预留实例',
  savingsPlan: '节省计划',
  consumption: '消费',
  refund: '退款',
  adjustment: '调账',
  writeOff: '核销',
  in: '收入',
  out: '支出',
  recharge: '充值',
  deduction: '消费',
  freeze: '冻结',
  unfreeze: '解冻',
  transfer: '转账',
  allocation: '拨款',
  retrieval: '回收',
  unbindRetrieval: '解绑回收',
  bonusConversion: '奖励金转换',
  tradeModeTransfer: '交易模式变更',
  withdrawal: '提现',
  repayment: '还款',
};

/** A cell of a typed column (类型, 模式) is stored as an English identifier: the portal's own word for it. */
export const storedWord = (header: string, cell: string, language: Language): string =>
  language === 'zh' && /类型|模式|方式/.test(header) && Object.hasOwn(storedWords, cell) ? storedWords[cell]! : cell;
