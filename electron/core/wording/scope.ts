import type { Candidate, Text } from '../finding.ts';
import { kindNames, type Kind } from '../kinds.ts';
import type { Scope } from '../scope.ts';

/** How many names a sentence says before it only counts the rest. */
const named = 5;

function list(names: readonly string[]): Text {
  const some = names.slice(0, named);
  const more = names.length - some.length;
  return {
    zh: `${some.join('、')}${more > 0 ? ` 等 ${names.length} 个` : ''}`,
    en: `${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  };
}

/** What a mark says, as a part of a sentence. */
export function scopeText({ managers, customers }: Scope): Text {
  const [m, c] = [list(managers), list(customers)];
  const parts: Text[] = [
    ...(managers.length > 0 ? [{ zh: `客户经理 ${m.zh}`, en: `account manager ${m.en}` }] : []),
    ...(customers.length > 0 ? [{ zh: `客户 ${c.zh}`, en: `customer ${c.en}` }] : []),
  ];
  return { zh: parts.map((p) => p.zh).join('，以及'), en: parts.map((p) => p.en).join(', and ') };
}

/** Said of a statement on the month home. */
export const scopeNote = (scopes: readonly Scope[]): Text => {
  const texts = scopes.map(scopeText);
  return {
    zh: `按你的标注只覆盖${texts.map((t) => t.zh).join('；')}；范围之外的行不算差异。`,
    en: `As you marked, it covers only ${texts.map((t) => t.en).join('; ')}; rows outside are no finding.`,
  };
};

/** Why something cannot be compared with a statement that covers only a part. */
export const partOnly = (kind: Kind, cycle: string): string =>
  `${cycle} 的${kindNames[kind].zh}按你的标注只覆盖一部分，不能与整月核对 / you marked that the ${kindNames[kind].en.toLowerCase()} of ${cycle} cover only a part: they cannot be held against the whole month`;

/** A customer of which one statement has nothing at all: perhaps that export was by manager or customer, which only a person knows. */
export function scopeCandidate(kind: Kind, onlyManager: string | undefined): Candidate {
  const { zh, en } = kindNames[kind];
  const name = en.toLowerCase();
  return onlyManager === undefined
    ? {
        code: 'partial-export',
        zh: `${zh}里完全没有这个客户：导出时可能只选了部分客户经理或客户；若是，请在“导入历史”里标注这份文件的范围`,
        en: `The ${name} have nothing of this customer: perhaps that export was by manager or customer; if so, mark what the file covers in the import history`,
      }
    : {
        code: 'partial-export',
        zh: `${zh}里只有客户经理“${onlyManager}”的客户：这份文件看起来只导出了${onlyManager}的；若是，请在“导入历史”里标注这份文件的范围`,
        en: `The ${name} have only customers of ${onlyManager}: that export looks as if it covered only this manager; if so, mark it in the import history`,
      };
}
