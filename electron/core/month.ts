/** A billing cycle is a calendar month in GMT+08:00, written "YYYY-MM"; times are ISO text in GMT+08:00 without a zone ("YYYY-MM-DD HH:MM:SS"). */
export type BillingCycle = string;

const shape = /^(\d{4})-(0[1-9]|1[0-2])$/;

export const isBillingCycle = (text: string): boolean => shape.test(text);

/** The cycle `months` later (earlier where negative). */
export function addMonths(cycle: BillingCycle, months: number): BillingCycle {
  const m = shape.exec(cycle);
  if (!m) throw new RangeError(`not a billing cycle: ${cycle}`);
  const index = Number(m[1]) * 12 + Number(m[2]) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The last day of the cycle, "YYYY-MM-DD": a charge consumed on it is within the last 24 hours of the month (rules §3). */
export function lastDay(cycle: BillingCycle): string {
  const [year, month] = cycle.split('-').map(Number) as [number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  return `${cycle}-${days}`;
}

/** The cycle a time falls in. */
export const cycleOf = (time: string): BillingCycle => time.slice(0, 7);

/** The calendar day `days` after an ISO date. Pure arithmetic on the proleptic Gregorian calendar. */
export function addDays(date: string, days: number): string {
  const [y, m, d] = date.slice(0, 10).split('-').map(Number) as [number, number, number];
  return fromDayNumber(dayNumber(y, m, d) + days);
}

function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
}

function fromDayNumber(n: number): string {
  const era = Math.floor(n / 146_097);
  const dayOfEra = n - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Is it a calendar day, "YYYY-MM-DD"? */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && text.slice(5, 7) !== '00' && addDays(text, 0) === text;

/** How many days `to` is after `from` (ISO dates; times are cut off). */
export function daysBetween(from: string, to: string): number {
  const [a, b] = [from, to].map((date) => {
    const [y, m, d] = date.slice(0, 10).split('-').map(Number) as [number, number, number];
    return dayNumber(y, m, d);
  }) as [number, number];
  return b - a;
}
