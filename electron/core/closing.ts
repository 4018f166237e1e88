import type { Text } from './finding.ts';

/** A person's name as it is compared and kept: one form of each character, blanks at the ends gone and single within. */
export const personName = (typed: string): string => typed.normalize('NFKC').trim().replace(/\s+/g, ' ');

/** Two spellings of one name: width, case and blanks aside. */
const samePerson = (a: string, b: string): boolean => {
  const [first, second] = [a, b].map((name) => name.toLowerCase().replace(/\s/g, ''));
  return first === second;
};

/** Why these two may not close a month together; undefined where they may. The second person must be another one. */
export function closersProblem(preparedBy: string, reviewedBy: string): { readonly code: string; readonly text: Text } | undefined {
  const [first, second] = [personName(preparedBy), personName(reviewedBy)];
  if (first === '' || second === '') {
    return {
      code: 'close.name',
      text: { zh: '结账要写明制表人和复核人两个名字', en: 'Closing a month takes two names: who prepared it and who reviewed it' },
    };
  }
  if (!samePerson(first, second)) return undefined;
  return {
    code: 'close.same-person',
    text: {
      zh: `制表人和复核人都是“${first}”：结账须由另一个人复核`,
      en: `"${first}" is named both as preparer and as reviewer: a second person must review the month`,
    },
  };
}

/** What is said where a closed month would be changed: which one, why not, and what to do. */
export function closedText(cycles: readonly string[], what: Text): Text {
  const named = cycles.join('、');
  return {
    zh: `${named} 已结账，${what.zh}；确需更改，请先写明原因重新打开 ${cycles[0]}`,
    en: `${cycles.join(', ')} is closed, ${what.en}; if it must change, reopen ${cycles[0]} first, giving the reason`,
  };
}
