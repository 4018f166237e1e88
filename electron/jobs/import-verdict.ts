import type { SheetNotRead, SheetRead } from '../importing/read-sheet.ts';
import type { Refusal } from './import-result.ts';
import type { SheetWork } from './import-sheets.ts';
import { counted } from '../core/display-count.ts';

/** One sheet after reading. */
export interface SheetSeen {
  readonly name: string;
  readonly sheet: SheetRead | SheetNotRead;
  readonly work: SheetWork | undefined;
}

/**
 * Why a file is not imported, or undefined where it is. All or nothing: a sheet with a table that needs an answer or lacks a column keeps the whole
 * file out; empty sheets and sheets without any table (a cover, instructions) are passed over and noted, unless there is nothing else.
 */
export function fileVerdict(seen: readonly SheetSeen[], strict: boolean, hidden: readonly string[] = []): Refusal | undefined {
  const stopping = seen.filter((s) => s.sheet.state === 'refused' || s.sheet.state === 'needs-mapping');
  const first = stopping.find((s) => s.sheet.state === 'refused') ?? stopping[0];
  if (first) {
    const { state, code, text } = first.sheet as SheetNotRead;
    return { status: state === 'refused' ? 'refused' : 'needs-mapping', code, text: about(first.name, text, seen.length) };
  }
  const read = seen.filter((s) => s.sheet.state === 'read');
  if (read.length === 0) return nothingRead(seen, hidden);
  const problems = read.reduce((n, s) => n + (s.work?.problems.count ?? 0), 0);
  if (strict && problems > 0) return refusals.strict(problems);
  const accepted = read.reduce((n, s) => n + (s.sheet as SheetRead).data.accepted, 0);
  if (read.every((s) => (s.sheet as SheetRead).data.rows === 0)) return undefined;
  return accepted === 0 ? refusals.nothingReadable(problems) : undefined;
}

function nothingRead(seen: readonly SheetSeen[], hidden: readonly string[]): Refusal {
  const first = seen.find((s) => s.sheet.state === 'passed') ?? seen[0];
  if (!first) return refusals.noSheet(hidden);
  const { state, code, text, asks } = first.sheet as SheetNotRead;
  return { status: state === 'passed' || asks ? 'needs-mapping' : 'refused', code, text: about(first.name, text, seen.length) };
}

const about = (name: string, text: { zh: string; en: string }, sheets: number): { zh: string; en: string } =>
  sheets < 2 || text.zh.includes(name) ? text : { zh: `“${name}”：${text.zh}`, en: `"${name}": ${text.en}` };

export const refusals = {
  noSheet: (hidden: readonly string[]): Refusal => ({
    status: 'needs-mapping',
    code: 'file.no-sheet',
    text: {
      zh: `文件里没有可见的工作表；隐藏的有：${hidden.join('、')}。请说明是否读取它们，或取消隐藏后再导入。`,
      en: `The file has no visible sheet; hidden are: ${hidden.join(', ')}. Say whether they are to be read, or unhide them.`,
    },
  }),
  changed: {
    status: 'refused',
    code: 'file.changed',
    text: {
      zh: '文件在导入过程中被改动，未导入。请关闭正在编辑它的程序后重新导入。',
      en: 'The file changed while it was being read; nothing was imported. Close the program that edits it and import again.',
    },
  },
  answeredOtherwise: (importId: string): Refusal => ({
    status: 'refused',
    code: 'file.answered-otherwise',
    text: {
      zh: `同一个文件已经按别的回答导入过（编号 ${importId.slice(0, 12)}），再导入会重复计数。请先撤销那一次，再按新的回答导入。`,
      en: `This very file is imported already with other answers (import ${importId.slice(0, 12)}); importing it again would count it twice. Undo that import first.`,
    },
  }),
  sumTooLarge: {
    status: 'refused',
    code: 'amount.too-large',
    text: {
      zh: '金额合计超过 900 亿元，应是金额列有误，未导入。请检查文件后重新导出。',
      en: 'The amounts add up to more than 90,000,000,000 yuan: surely a mistake; nothing was imported. Check the file and export it again.',
    },
  },
  strict: (problems: number): Refusal => ({
    status: 'refused',
    code: 'file.strict',
    text: {
      zh: `有 ${problems} 个问题，按 --strict 的要求整个文件未导入；请按所列问题改正后重新导入。`,
      en: `There ${problems === 1 ? 'is' : 'are'} ${counted(problems, 'problem')}, and --strict refuses the file: correct the cells as listed and import again.`,
    },
  }),
  nothingReadable: (problems: number): Refusal => ({
    status: 'refused',
    code: 'file.nothing-readable',
    text: {
      zh: `没有一行可以导入（${problems} 个问题，见所列）；请改正后重新导入。`,
      en: `Not one row can be imported (${counted(problems, 'problem')}, listed): correct them and import again.`,
    },
  }),
  currency: (found: readonly string[]): Refusal => ({
    status: 'refused',
    code: 'currency.mixed',
    text: {
      zh: `金额的币种是 ${found[0]}，与 ${found.slice(1).join('、')} 不同；不同币种不能相加，请放在另一个工作区里。`,
      en: `The amounts are in ${found[0]}, other than ${found.slice(1).join(', ')}; currencies are never added: use another workspace for them.`,
    },
  }),
} as const satisfies Record<string, Refusal | ((...args: never[]) => Refusal)>;
