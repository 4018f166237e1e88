import { addMonths, isBillingCycle, type BillingCycle } from './month.ts';

/** Consecutive months, both ends included. */
export interface Period {
  readonly from: BillingCycle;
  readonly to: BillingCycle;
}
/** How long the indicator of an incentive plan is counted; periods begin where the calendar's do. */
export const periodLengths = { month: 1, quarter: 3, halfYear: 6, year: 12 } as const;
export type PeriodLength = keyof typeof periodLengths;

/** The calendar's month, quarter, half year or year that a month lies in. */
export function periodOf(cycle: BillingCycle, length: PeriodLength): Period {
  const months = periodLengths[length];
  const month = Number(cycle.slice(5));
  const from = addMonths(cycle, -((month - 1) % months));
  return { from, to: addMonths(from, months - 1) };
}

/** The months of a period, oldest first. */
export function monthsOf({ from, to }: Period): BillingCycle[] {
  const months: BillingCycle[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export const isWithin = (cycle: BillingCycle, { from, to }: Period): boolean => from <= cycle && cycle <= to;

const year = String.raw`(\d{4})\s*年?`;
const one = String.raw`(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?(?:[-/.]?\d{1,2}日?)?`;
const quarter = new RegExp(`^${year}[-/ ]*(?:第\\s*)?(?:Q\\s*([1-4])|([1-4一二三四])\\s*季度?)$`, 'i');
const half = new RegExp(`^${year}[-/ ]*(?:H([12])|([上下])半年)$`, 'i');
const range = new RegExp(`^${one}\\s*(?:~|～|—|–|至|到|\\s-\\s|-)\\s*${one}$`);
const single = new RegExp(`^${one}$`);

/** 统计周期 as it is written: 2025Q3, 2025年第三季度, 2025-07~2025-09, 2025H2, 2025, 2025-07; undefined where it is none of these. */
export function readPeriod(text: string | null): Period | undefined {
  const t = (text ?? '').trim();
  const q = quarter.exec(t);
  if (q) return periodOf(`${q[1]}-${two(3 * (q[2] ? Number(q[2]) : ('一二三四1234'.indexOf(q[3]!) % 4) + 1))}`, 'quarter');
  const h = half.exec(t);
  if (h) return periodOf(`${h[1]}-${h[2] === '1' || h[3] === '上' ? '01' : '07'}`, 'halfYear');
  if (/^\d{4}\s*年?(度|全年)?$/.test(t)) return periodOf(`${t.slice(0, 4)}-01`, 'year');
  const r = range.exec(t);
  const [from, to] = r ? [`${r[1]}-${two(Number(r[2]))}`, `${r[3]}-${two(Number(r[4]))}`] : [];
  if (from !== undefined && to !== undefined) return isBillingCycle(from) && isBillingCycle(to) && from <= to ? { from, to } : undefined;
  const m = single.exec(t);
  const cycle = m ? `${m[1]}-${two(Number(m[2]))}` : '';
  return isBillingCycle(cycle) ? { from: cycle, to: cycle } : undefined;
}

const two = (n: number): string => String(n).padStart(2, '0');
