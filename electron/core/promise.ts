import { addDays, daysBetween } from './month.ts';

/**
 * The last day on which the vendor's payment is in time: `paymentDays` calendar days after the receipt of a qualified invoice (rules §5). After a
 * rejection it is the receipt of the resent one that counts.
 */
export const promiseDate = (receivedOn: string, paymentDays: number): string => addDays(receivedOn, paymentDays);

const aMonday = '2024-01-01';

/** The day that is `days` working days after a date. Monday to Friday: public holidays differ by year and are not known, so it is "about" that day. */
export function workingDaysAfter(date: string, days: number): string {
  let [day, left] = [date.slice(0, 10), days];
  while (left > 0) {
    day = addDays(day, 1);
    const weekday = ((daysBetween(aMonday, day) % 7) + 7) % 7;
    if (weekday < 5) left -= 1;
  }
  return day;
}
