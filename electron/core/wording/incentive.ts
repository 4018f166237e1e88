import type { Candidate, Text } from '../finding.ts';
import { kindNames, type Kind } from '../kinds.ts';
import type { BillingCycle } from '../month.ts';
import type { DifferencePart, PartName } from '../judging/incentive-parts.ts';
import type { IncentiveCode } from '../judging/performance-incentive.ts';
import type { Slice } from '../judging/tier-plan.ts';
import { absolute, displayMoney, displayRate, type Money, type Rate } from '../money.ts';
import { counted, displayCount } from '../display-count.ts';

/** What a sentence about an incentive can name; what is unknown is left out. */
export interface IncentiveWords {
  readonly code: IncentiveCode;
  readonly plan?: string | null | undefined;
  readonly expected: Money;
  readonly stated: Money;
  /** Stated performance, and the base printed on the incentive row. */
  readonly base?: Money | undefined;
  readonly printedBase?: Money | null | undefined;
  readonly rate?: Rate | undefined;
  readonly printedRate?: Rate | null | undefined;
  /** Of a tier plan: what the expected amount is made of. */
  readonly slices?: readonly Slice[] | undefined;
  /** The month whose negative net it should carry. */
  readonly carriedFrom?: BillingCycle | undefined;
  /** What the difference is made of; told where it is more than one thing. */
  readonly parts?: readonly DifferencePart[];
}

const partNames: Record<PartName, Text> = {
  base: { zh: '基数', en: 'base' },
  rate: { zh: '比例', en: 'rate' },
  tier: { zh: '阶梯', en: 'tier' },
  tax: { zh: '税率换算', en: 'tax' },
  rounding: { zh: '四舍五入', en: 'rounding' },
  amount: { zh: '金额', en: 'amount' },
};
function partsText(parts: readonly DifferencePart[]): Text {
  if (parts.length < 2) return { zh: '', en: '' };
  const list = (language: 'zh' | 'en', between: string): string =>
    parts.map((p) => `${partNames[p.part][language]} ${displayMoney(p.amount)}`).join(between);
  return { zh: `；其中${list('zh', '，')}`, en: `; of it ${list('en', ', ')}` };
}

/** What the base earns at several rates, or only in part: then it is no product of base and rate. */
function slicesText({ base, rate, slices }: IncentiveWords): Text | undefined {
  const [first, ...more] = slices ?? [];
  if (!slices || (first && more.length === 0 && first.amount === base && first.rate === rate)) return undefined;
  if (!first) return { zh: '（没有超过门槛的部分）', en: ' (nothing of it above a threshold)' };
  const sum = slices.map(({ amount, rate }) => `${displayMoney(amount)} × ${displayRate(rate)}`).join(' + ');
  return { zh: `（${sum}）`, en: ` (${sum})` };
}

/** One sentence with base, rate and both amounts. */
export function incentiveReason(w: IncentiveWords): Text {
  const plan = w.plan ? { zh: `“${w.plan}”`, en: `${w.plan}: ` } : { zh: '', en: '' };
  const e = displayMoney(w.expected);
  const s = displayMoney(w.stated);
  const by = displayMoney(absolute(w.stated - w.expected));
  const parts = partsText(w.parts ?? []);
  const end = {
    zh: `应为 ${e}，对方 ${s}，${w.stated > w.expected ? '多' : '少'} ${by}${parts.zh}。`,
    en: `should be ${e}, stated ${s}: ${by} too ${w.stated > w.expected ? 'much' : 'little'}${parts.en}.`,
  };
  const base = w.base === undefined ? '' : displayMoney(w.base);
  const slices = slicesText(w);
  const rate = w.rate === undefined ? '' : displayRate(w.rate);
  const times = slices ?? (rate ? { zh: ` × ${rate}`, en: ` × ${rate}` } : { zh: '', en: '' });
  const printed = w.printedRate === null || w.printedRate === undefined ? undefined : displayRate(w.printedRate);
  const printedBase = w.printedBase === null || w.printedBase === undefined ? undefined : displayMoney(w.printedBase);
  switch (w.code) {
    case 'incentive.no-rate':
      return {
        zh: `${plan.zh}激励政策表没有适用的返点比例${base && `（业绩 ${base}）`}，对方激励 ${s}。`,
        en: `${plan.en}no rate of the policy table covers it${base && ` (performance ${base})`}; stated incentive ${s}.`,
      };
    case 'incentive.missing':
      return {
        zh: `${plan.zh}业绩 ${base}${times.zh}${slices ? '' : ' '}应得激励 ${e}，本期和已导入的下期都没有激励行。`,
        en: `${plan.en}performance ${base}${times.en} earns ${e}, but neither this month nor an imported next one has an incentive row.`,
      };
    case 'incentive.base':
      return {
        zh: `${plan.zh}业绩合计 ${base || '0.00'}${printedBase === undefined ? '' : `，激励基数 ${printedBase}`}；激励${end.zh}`,
        en: `${plan.en}performance ${base || '0.00'}${printedBase === undefined ? '' : `, printed base ${printedBase}`}; the incentive ${end.en}`,
      };
    case 'incentive.rate':
    case 'incentive.tier':
      return {
        zh: `${plan.zh}${w.code === 'incentive.tier' ? '应达阶梯' : '有效返点'} ${rate}${printed ? `，对方按 ${printed}` : ''}${base && `，基数 ${base}${slices?.zh ?? ''}`}；激励${end.zh}`,
        en: `${plan.en}the rate ${w.code === 'incentive.tier' ? 'of the tier reached' : 'in force'} is ${rate}${printed ? `, printed ${printed}` : ''}${base && `, base ${base}${slices?.en ?? ''}`}; the incentive ${end.en}`,
      };
    case 'incentive.negative':
      if (w.carriedFrom !== undefined) {
        return {
          zh: `${plan.zh}结转 ${w.carriedFrom} 的负激励净额，${end.zh}`,
          en: `${plan.en}the negative net of ${w.carriedFrom} carried on ${end.en}`,
        };
      }
      return {
        zh: `${plan.zh}激励为负，但没有对应的退款业绩；${end.zh}`,
        en: `${plan.en}a negative incentive without refunded performance; ${end.en}`,
      };
    case 'incentive.amount':
      return {
        zh: `${plan.zh}基数 ${base}${times.zh}，激励${end.zh}`,
        en: `${plan.en}base ${base}${times.en}: the incentive ${end.en}`,
      };
  }
}

/** Legitimate explanations to rule out first, beside what is usual for a check. */
export const missingIncentive: readonly Candidate[] = [
  { code: 'next-month', zh: '激励可能在下一账期', en: 'It may come in the next month' },
  { code: 'frozen', zh: '客户欠费，激励冻结', en: 'Frozen while the customer owes' },
  { code: 'not-in-plan', zh: '未加入该激励计划', en: 'Not enrolled in the plan' },
];

/** What a negative without refunded performance may be, where a statement of the month before is not imported, or its performance is marked as a part only. */
export function negativeOfBefore(missing: readonly Kind[], before: BillingCycle): Candidate {
  const names = (language: 'zh' | 'en', between: string): string => missing.map((kind) => kindNames[kind][language]).join(between);
  if (missing.length === 0)
    return {
      code: 'month-before-missing',
      zh: `${before} 的业绩明细按你的标注只覆盖一部分：可能是范围之外业绩的退款`,
      en: `As you marked, the performance of ${before} covers only a part. It may reverse performance outside of it`,
    };
  return {
    code: 'month-before-missing',
    zh: `${before} 的${names('zh', '和')}没有导入：可能是那个月业绩的退款，或它的负激励结转`,
    en: `Not imported: ${names('en', ', ')} of ${before}. It may reverse performance of that month, or carry on its negative net`,
  };
}

/** What another base may be, where months that the plan may pay for are not imported, or their performance is marked as a part only. */
export function baseOfOthers(months: readonly BillingCycle[], marked: readonly BillingCycle[]): Candidate {
  const absent = months.filter((month) => !marked.includes(month));
  const zh = [
    ...(absent.length > 0 ? [`${absent.join('、')} 没有导入`] : []),
    ...(marked.length > 0 ? [`${marked.join('、')} 的业绩明细按你的标注只覆盖一部分`] : []),
  ];
  const en = [
    ...(absent.length > 0 ? [`${absent.join(', ')} not imported`] : []),
    ...(marked.length > 0 ? [`${marked.join(', ')} marked as covering only a part of the performance`] : []),
  ];
  return {
    code: 'months-missing',
    zh: `${zh.join('；')}：这一行可能也按那些月份的业绩计算`,
    en: `${en.join('; ')}: this row may pay for the performance of those months as well`,
  };
}

/** Rows of an incentive bill that neither a policy table nor a printed rate allows to check. */
export function unratedBillReason(bill: string | null, plans: readonly string[], rows: number, stated: Money): Text {
  const s = displayMoney(stated);
  const zh = `${bill === null ? '' : `激励账单 ${bill}`}${plans.length > 0 ? `（${plans.join('、')}）` : ''}`;
  const en = `${bill === null ? '' : `Incentive bill ${bill}`}${plans.length > 0 ? ` (${plans.join(', ')})` : ''}`;
  return {
    zh: `${zh}${zh && '：'}${displayCount(rows)} 行没有可用的返点比例，既没有激励政策表，行上也没有印比例，无法核对；对方激励合计 ${s}。`,
    en: `${en}${en && ': '}no rate for ${counted(rows, 'row')}, neither a policy table nor a printed rate, so nothing could be checked; stated incentive ${s}.`,
  };
}
/** What to do about it. */
export const unratedBillCandidates: readonly Candidate[] = [
  { code: 'policy-table', zh: '尚未导入激励政策表', en: 'The policy table is not imported yet' },
];
