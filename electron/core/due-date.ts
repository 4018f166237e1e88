import { addMonths, lastDay, type BillingCycle } from './month.ts';

/** When a month's bill is due, as the contract says it: a day of the month `monthsAfter` the bill's own. */
export interface DueDay {
  readonly day: number;
  readonly monthsAfter: number;
}

const shape = /^(?:([1-9]|[12]\d|3[01])(?:\+([1-6]))?)?$/;

/** "20" is the 20th of the following month, "20+1" that of the month after it; '' is none (null); undefined where it is neither. */
export function readDueDay(text: string): DueDay | null | undefined {
  const m = shape.exec(text.trim());
  if (!m) return undefined;
  return m[1] === undefined ? null : { day: Number(m[1]), monthsAfter: 1 + Number(m[2] ?? 0) };
}

export const writeDueDay = (due: DueDay | null): string =>
  due === null ? '' : `${due.day}${due.monthsAfter > 1 ? `+${due.monthsAfter - 1}` : ''}`;

/** The day on which the bill of a month is due, "YYYY-MM-DD"; the month's last day where it is shorter. */
export function dueDate(cycle: BillingCycle, { day, monthsAfter }: DueDay): string {
  const month = addMonths(cycle, monthsAfter);
  const date = `${month}-${String(day).padStart(2, '0')}`;
  const last = lastDay(month);
  return date < last ? date : last;
}
