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
/** "缺" lists: kinds, or words of the core that are no kind. */
export const kindList = (kinds: readonly string[], language: Language): string =>
  kinds.map((k) => kindName(k, language)).join(language === 'zh' ? '、' : ', ');
