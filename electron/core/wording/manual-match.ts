import type { Text } from '../finding.ts';
import { isGroup, isOrder, keyText, type MatchKey } from '../manual-match.ts';

/** How many orders a sentence names before it only counts the rest. */
const named = 6;

/** A finding's sentence with what was compared together because a person said so. */
export const withJoined = (reason: Text, keys: readonly MatchKey[]): Text =>
  together(reason, keys, { zh: '人工合并核对', en: 'joined by hand' });

/** The same because the orders are one combined order. */
export const withCombined = (reason: Text, keys: readonly MatchKey[]): Text =>
  together(reason, keys, { zh: '按组合交易单核对', en: 'compared as a combined order' });

function together(reason: Text, keys: readonly MatchKey[], how: Text): Text {
  const nameOf = (key: MatchKey): string => (!isGroup(key) ? keyText(key) : isOrder(key) ? key.tradeId : key.product || key.customer);
  const names = keys.slice(0, named).map(nameOf);
  const more = keys.length - names.length;
  return {
    zh: `${reason.zh.replace(/。$/, '')}；${how.zh}：${names.join('、')}${more > 0 ? ` 等 ${keys.length} 组` : ''}。`,
    en: `${reason.en.replace(/\.$/, '')}; ${how.en}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}
