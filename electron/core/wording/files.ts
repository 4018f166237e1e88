import { counted, displayCount } from '../display-count.ts';
import type { Text } from '../finding.ts';
import { displayMoney, displayRate, type Money } from '../money.ts';
import { portalWord } from '../portal-words.ts';

const show = displayMoney;

/** A printed total that is not the sum of the rows above it. */
export function controlTotalReason(kind: Text, column: string, computed: Money, stated: Money): Text {
  return {
    zh: `${kind.zh}「${column}」合计行为 ${show(stated)}，其上各行之和为 ${show(computed)}，相差 ${show(stated - computed)}。`,
    en: `${kind.en}: the total of "${column}" is ${show(stated)}, the rows above come to ${show(computed)}: a difference of ${show(stated - computed)}.`,
  };
}

/** An amount, a token, a text, or nothing. */
export type Cell = Money | string | null;

/** Is this field (in camel case) an amount? */
export const isAmount = (field: string): boolean => !/rate$/i.test(field) && portalWord(field, '0') === undefined;

function shown(field: string, cell: Cell): Text {
  if (cell === null) return { zh: '空', en: 'nothing' };
  const word = portalWord(field, String(cell));
  if (word) return word;
  if (typeof cell === 'string') return { zh: `“${cell}”`, en: `"${cell}"` };
  const text = isAmount(field) ? show(cell) : displayRate(cell);
  return { zh: text, en: text };
}

/** The same business row with two values in two files of one statement. */
export function overlapReason(kind: Text, field: string, column: string, kept: Cell, other: Cell): Text {
  const [used, said] = [shown(field, kept), shown(field, other)];
  return {
    zh: `${kind.zh}的同一业务行在两份文件中「${column}」不同：采用 ${used.zh}，另一份为 ${said.zh}。`,
    en: `${kind.en}: one row has two values of "${column}" in two files: ${used.en} is used, the other says ${said.en}.`,
  };
}

/** A column that one of two files lacks, or times that it does not tell to the hour or the second. */
interface LookDifference<Side> {
  readonly header: string;
  readonly lacking: Side;
  readonly what: 'column' | 'hours' | 'seconds';
}
const lacks = {
  column: { zh: '没有', en: 'lacks it' },
  hours: { zh: '只有日期', en: 'has days only' },
  seconds: { zh: '没有秒', en: 'has no seconds' },
} as const;

function lookDifferences<Side extends string>(differences: readonly LookDifference<Side>[], sides: Readonly<Record<Side, Text>>): Text {
  return {
    zh: differences.map((d) => `「${d.header}」（${sides[d.lacking].zh}${lacks[d.what].zh}）`).join('、'),
    en: differences.map((d) => `"${d.header}" (${sides[d.lacking].en} ${lacks[d.what].en})`).join(', '),
  };
}

interface SideOfSame {
  readonly rows: number;
  readonly total: Money;
}
const sides = { here: { zh: '这份', en: 'this file' }, there: { zh: '那份', en: 'that file' } } as const;

/** Why two files of one statement are taken for the same rows in two looks. */
export function sameRowsReason(same: {
  readonly rows: number;
  readonly here: SideOfSame;
  readonly there: SideOfSame;
  readonly differences: readonly LookDifference<'here' | 'there'>[];
}): Text {
  const { rows, here, there } = same;
  const but = lookDifferences(same.differences, sides);
  const least = Math.min(here.rows, there.rows);
  const alike = here.rows === there.rows && here.total === there.total;
  const zh = alike
    ? `行数相同（${displayCount(least)} 行），金额合计相同（${show(here.total)}）`
    : `这份 ${displayCount(here.rows)} 行、合计 ${show(here.total)}，那份 ${displayCount(there.rows)} 行、合计 ${show(there.total)}`;
  const en = alike
    ? `the same number of rows (${displayCount(least)}) and the same sum (${show(here.total)})`
    : `${counted(here.rows, 'row')} that come to ${show(here.total)} here, ${counted(there.rows, 'row')} that come to ${show(there.total)} there`;
  return {
    zh: `同一报表、同一账期，${zh}；${displayCount(least)} 行中有 ${displayCount(rows)} 行除${but.zh}外完全相同，都计入就会算两遍`,
    en: `the same statement and month, ${en}; ${displayCount(rows)} of ${counted(least, 'row')} are alike but for ${but.en}, and would count twice`,
  };
}

const keptSides = { kept: { zh: '采用的一份', en: 'the file used' }, other: { zh: '另一份', en: 'the other' } } as const;

/** The same rows in two looks in two files of one statement, of which nobody said that the one is another part. */
export function sameRowsFound(kind: Text, rows: number, amount: Money, differences: readonly LookDifference<'kept' | 'other'>[]): Text {
  const but = lookDifferences(differences, keptSides);
  return {
    zh: `${kind.zh}有 ${displayCount(rows)} 行在两份文件中除${but.zh}外完全相同，只计了一次；另一份的这些行合计 ${show(amount)}，未计入。`,
    en: `${kind.en}: ${counted(rows, 'row is', 'rows are')} alike in two files but for ${but.en}, and counted once; those of the other file, which come to ${show(amount)}, are left out.`,
  };
}
