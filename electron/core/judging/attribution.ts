import { addDays } from '../month.ts';

/** One entry of a history; dates "YYYY-MM-DD", inclusive on both ends, null = open. `value` null: attributed to nobody (no reseller). */
export interface HistoryEntry {
  readonly value: string | null;
  readonly from: string | null;
  readonly to: string | null;
}
export type Attribution = 'right' | 'wrong' | 'doubtful' | 'unknown';

/** Who is in force on a day; of overlapping entries the latest effective date wins. With `shift` 1 both ends move to the next day. */
export function inForceOn(history: readonly HistoryEntry[], day: string, shift: 0 | 1): HistoryEntry | undefined {
  let found: HistoryEntry | undefined;
  const at = shift === 1 ? dayBefore(day) : day;
  for (const entry of history) {
    if (entry.from !== null && entry.from > at) continue;
    if (entry.to !== null && entry.to < at) continue;
    if (!found || (entry.from ?? '') >= (found.from ?? '')) found = entry;
  }
  return found;
}

/** Is anybody in force on a day? 'edge': by only one of the two conventions of when a change takes effect. */
export type Holding = 'held' | 'edge' | 'nobody';
export function holdingOn(history: readonly HistoryEntry[], day: string): Holding {
  const [today, before] = [inForceOn(history, day, 0), inForceOn(history, day, 1)];
  return today && before ? 'held' : today || before ? 'edge' : 'nobody';
}

/** Days with one answer: who is in force (undefined: nobody), or 'change' on a day on which the two conventions of when it takes effect differ. */
export interface Stretch {
  readonly first: string;
  readonly last: string;
  readonly held: HistoryEntry | 'change' | undefined;
}

/** The days from `first` to `last` in stretches of one answer, in order. */
export function stretches(history: readonly HistoryEntry[], first: string, last: string): Stretch[] {
  const starts = new Set([first]);
  for (const { from, to } of history) {
    for (const day of [from, to === null ? null : addDays(to, 1)]) {
      if (day === null) continue;
      starts.add(day);
      starts.add(addDays(day, 1));
    }
  }
  const days = [...starts].filter((day) => day >= first && day <= last).sort();
  return days.map((day, at): Stretch => {
    const [today, before] = [inForceOn(history, day, 0), inForceOn(history, day, 1)];
    const next = days[at + 1];
    return { first: day, last: next === undefined ? last : addDays(next, -1), held: today === before ? today : 'change' };
  });
}

/** The day before; asked for every row of a month, so only the first of a month goes through the calendar. */
function dayBefore(day: string): string {
  const date = Number(day.slice(8));
  return date > 1 ? day.slice(0, 8) + String(date - 1).padStart(2, '0') : addDays(day, -1);
}

/**
 * Invariant: performance is attributed to whoever was in force on the day of the trade. Documents disagree on whether a change takes effect on
 * the same or on the next day (rules §4): on a day where the two answers differ, a mismatch is doubtful and not wrong.
 */
export function judgeAttribution(history: readonly HistoryEntry[], stated: string | null, day: string, nextDay: boolean): Attribution {
  const right = inForceOn(history, day, nextDay ? 1 : 0);
  const other = inForceOn(history, day, nextDay ? 0 : 1);
  if (!right) return 'unknown';
  if (sameName(right.value, stated)) return 'right';
  return other === undefined || !sameName(right.value, other.value) ? 'doubtful' : 'wrong';
}

/** Equal names; `*` in either stands for whatever the export masked. */
export function sameName(a: string | null, b: string | null): boolean {
  const x = (a ?? '').trim();
  const y = (b ?? '').trim();
  if (x === y) return true;
  return (x.includes('*') && masks(x, y)) || (y.includes('*') && masks(y, x));
}

/** Does the masked text fit the name: the same first and last characters around what is masked, and no shorter. */
function masks(masked: string, name: string): boolean {
  const head = masked.slice(0, masked.indexOf('*'));
  const tail = masked.slice(masked.lastIndexOf('*') + 1);
  return name.length >= head.length + tail.length + 1 && name.startsWith(head) && name.endsWith(tail);
}
