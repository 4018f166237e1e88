import type { Text } from '../finding.ts';
import { isGroup, isOrder, keyText, type MatchKey } from '../manual-match.ts';

/** How many orders a sentence names before it only counts the rest. */
const named = 6;

/** A finding's sentence with what was compared together because a person said so. */
export function withJoined(reason: Text, keys: readonly MatchKey[]): Text {
  const nameOf = (key: MatchKey): string => (!isGroup(key) ? keyText(key) : isOrder(key) ? key.tradeId : key.product || key.customer);
  const names = keys.slice(0, named).map(nameOf);
  const more = keys.length - names.length;
  return {
    zh: `${reason.zh.replace(/。$/, '')}；人工合并核对：${names.join('、')}${more > 0 ? ` 等 ${keys.length} 组` : ''}。`,
    en: `${reason.en.replace(/\.$/, '')}; joined by hand: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}
