import type { Candidate, Text } from '../finding.ts';
import { isGroup, isOrder, keyText, type MatchKey } from '../manual-match.ts';

/** How many orders a sentence names before it only counts the rest. */
const named = 6;

/** A finding's sentence with what was compared together because a person said so. */
export const withJoined = (reason: Text, keys: readonly MatchKey[]): Text =>
  together(reason, keys, { zh: '人工合并核对', en: 'joined by hand' });

/** The same because the orders are one combined order. */
export const withCombined = (reason: Text, keys: readonly MatchKey[]): Text =>
  together(reason, keys, { zh: '按组合交易单核对', en: 'compared as a combined order' });

/** Why an order and those that name it as their original may be one after all, each standing on one side only. */
export const perhapsCombined = (parent: string): Candidate => ({
  code: 'combined-order',
  zh: `也可能是组合交易单：一边记父单 ${parent}，另一边记以它为原订单的子单；交易时间分不出先后，请合并核对或到订单页确认`,
  en: `Perhaps a combined order: one side has its number ${parent}, the other the orders that name it as their original; their times do not tell which came first. Join them by hand, or look at the order itself`,
});

function together(reason: Text, keys: readonly MatchKey[], how: Text): Text {
  const nameOf = (key: MatchKey): string => (!isGroup(key) ? keyText(key) : isOrder(key) ? key.tradeId : key.product || key.customer);
  const names = keys.slice(0, named).map(nameOf);
  const more = keys.length - names.length;
  return {
    zh: `${reason.zh.replace(/。$/, '')}；${how.zh}：${names.join('、')}${more > 0 ? ` 等 ${keys.length} 组` : ''}。`,
    en: `${reason.en.replace(/\.$/, '')}; ${how.en}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}
