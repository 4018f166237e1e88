import { addDays } from '../month.ts';

/**
 * When the performance of a trade should be there (rules §3): yearly and monthly orders after about two hours, everything else after one working
 * day. Times are "YYYY-MM-DD HH:MM:SS"; public holidays are not known here, so a holiday only makes this earlier than it is.
 */
export function performanceDueAt(tradedAt: string, billingMode: string | null): string {
  if (billingMode === 'yearlyMonthly') return addHours(tradedAt, 2);
  let day = addDays(tradedAt, 1);
  while (weekday(day) >= 5) day = addDays(day, 1);
  return `${day}${tradedAt.slice(10)}`;
}

function addHours(time: string, hours: number): string {
  const hour = Number(time.slice(11, 13)) + hours;
  return `${addDays(time, Math.floor(hour / 24))} ${String(hour % 24).padStart(2, '0')}${time.slice(13)}`;
}

/** 0 Monday … 6 Sunday (Zeller). */
export function weekday(date: string): number {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number) as [number, number, number];
  const m = month < 3 ? month + 12 : month;
  const y = month < 3 ? year - 1 : year;
  const h = (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return (h + 5) % 7;
}
