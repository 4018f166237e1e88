import type { Text } from '../finding.ts';
import { displayMoney, type Money } from '../money.ts';

const show = displayMoney;

/** A printed total that is not the sum of the rows above it. */
export function controlTotalReason(kind: Text, column: string, computed: Money, stated: Money): Text {
  return {
    zh: `${kind.zh}「${column}」合计行为 ${show(stated)}，其上各行之和为 ${show(computed)}，相差 ${show(stated - computed)}。`,
    en: `${kind.en}: the total of "${column}" is ${show(stated)}, the rows above come to ${show(computed)}: a difference of ${show(stated - computed)}.`,
  };
}

/** The same business row with two amounts in two files of one statement. */
export function overlapReason(kind: Text, column: string, kept: Money, other: Money): Text {
  return {
    zh: `${kind.zh}的同一业务行在两份文件中「${column}」不同：采用 ${show(kept)}，另一份为 ${show(other)}。`,
    en: `${kind.en}: one row has two values of "${column}" in two files: ${show(kept)} is used, the other says ${show(other)}.`,
  };
}
