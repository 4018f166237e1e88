/** How a style shows a number: as a number, as a date (with or without time), or as a time of day without a date. */
export const numberLooks = { number: 0, date: 1, time: 2 } as const;
export type NumberLook = (typeof numberLooks)[keyof typeof numberLooks];

/** Built-in formats by id (ECMA-376 §18.8.30, with the Chinese locale's 27–36 and 50–58). 46 is `[h]:mm:ss`, a duration, and stays a number. */
export function builtinLook(id: number): NumberLook {
  if ((id >= 14 && id <= 17) || id === 22) return numberLooks.date;
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return numberLooks.time;
  if ((id >= 32 && id <= 35) || id === 55 || id === 56) return numberLooks.time;
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return numberLooks.date;
  return numberLooks.number;
}

/** What a custom format code makes of a number; `[h]:mm` and its like are durations and stay numbers. */
export function formatLook(code: string): NumberLook {
  const plain = code
    .replace(/"[^"]*"?/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .toLowerCase();
  const section = plain.split(';')[0] ?? '';
  if (/\[(?:h+|m+|s+)\]/.test(section)) return numberLooks.number;
  const letters = section.replace(/\[[^\]]*\]/g, '').replaceAll('general', '');
  if (/[yd]/.test(letters)) return numberLooks.date;
  if (/[hs]/.test(letters)) return numberLooks.time;
  // `e` alone is the year in Chinese formats, and the exponent in `0.00e+00`.
  if (letters.includes('m') || /(?:^|[^0#?.])e/.test(letters)) return numberLooks.date;
  return numberLooks.number;
}

const dayMs = 86_400_000;
/** Last serial day of the year 9999. */
const lastDay = 2_958_465;

/**
 * A serial day number as ISO text, rounded to the second: `YYYY-MM-DD` for a whole day shown as a date, else `YYYY-MM-DD HH:MM:SS`.
 * Undefined where it is no calendar time: below day 1, after 9999, or the 1900-02-29 that Excel invented.
 */
export function serialText(stored: string, look: NumberLook, date1904: boolean): string | undefined {
  const serial = Number(stored);
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400) + (date1904 ? 1462 : 0);
  const rest = seconds % 86_400;
  if (days > lastDay || days === 60 || (days === 0 && look === numberLooks.date)) return undefined;
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  if (look === numberLooks.time && serial < 1) return time;
  if (days === 0) return undefined;
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs).toISOString().slice(0, 10);
  return rest === 0 && look === numberLooks.date ? date : `${date} ${time}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `t="d"` text as the reader's ISO text; undefined where it carries a zone or is no date (then the text stays as stored). */
export function isoText(stored: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/.exec(stored.trim());
  if (!match) return undefined;
  const [, date = '', time] = match;
  const [clock = '', fraction] = (time ?? '00:00:00').split('.');
  const whole = new Date(`${date}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
  if (Number.isNaN(whole.getTime())) return undefined;
  const rounded = new Date(whole.getTime() + (Number(`0.${fraction ?? '0'}`) >= 0.5 ? 1000 : 0)).toISOString();
  const rest = rounded.slice(11, 19);
  return rest === '00:00:00' ? rounded.slice(0, 10) : `${rounded.slice(0, 10)} ${rest}`;
}
