import { checks } from '../../electron/core/checks.ts';
import { isKind, kindNames } from '../../electron/core/kinds.ts';
import type { PartLevel } from '../../electron/core/bridge-part.ts';
import type { Text } from '../../electron/core/finding.ts';
import * as wording from '../../electron/core/wording/bridges.ts';

export type Language = 'zh' | 'en';

const own = <T extends object>(table: T, name: string): name is Extract<keyof T, string> => Object.hasOwn(table, name);
const pick = (text: Text | undefined, language: Language, fallback: string): string => text?.[language] ?? fallback;

/** Names for people of what travels as an identifier; an identifier this version does not know is shown as it is, never hidden. */
export const kindName = (kind: string, language: Language): string => (isKind(kind) ? kindNames[kind][language] : kind);
export const checkName = (code: string, language: Language): string => pick(own(checks, code) ? checks[code] : undefined, language, code);
export const stepName = (step: string, language: Language): string => wording.stepName(step)[language];
export const pairName = (pair: string, language: Language): string => wording.pairName(pair)[language];
export const levelName = (level: PartLevel, language: Language): string => wording.levelNames[level][language];
/** The two ends of a bridge in the person's language. */
export function endNames(bridge: Parameters<typeof wording.endNames>[0], language: Language): { left: string; right: string } {
  const { left, right } = wording.endNames(bridge);
  return { left: left[language], right: right[language] };
}
/** "缺" lists: kinds, or words of the core that are no kind. */
export const kindList = (kinds: readonly string[], language: Language): string =>
  kinds.map((k) => kindName(k, language)).join(language === 'zh' ? '、' : ', ');

/** The last part of a path: in a browser a file comes by way of a temporary folder that means nothing to the person. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
