import { addDays } from '../../core/month.ts';
import { cellKinds } from '../cells.ts';
import { Fault, isAbsent, Pair, trimmed, type CellReader } from './fault.ts';

const unreadable = new Fault('time.unreadable', '不是能读懂的时间', 'is not a readable time');
const monthUnreadable = new Fault('month.unreadable', '不是能读懂的月份（如 2025-09）', 'is not a readable month (like 2025-09)');

const monthUnclear = new Fault(
  'month.unreadable',
  '可能是 1 月，也可能是被 Excel 去掉末位 0 的 10 月，请写成 2025-01 或 2025-10',
  'may be January, or October of which Excel has dropped the last 0: write 2025-01 or 2025-10',
);

/** A time as "YYYY-MM-DD HH:MM:SS" in GMT+08:00; zones and `Z` are converted, Excel serials counted; null where absent. */
export function readTime(raw: string, kind: number): string | null | Fault {
  if (raw.length === 19 && isPlainTime(raw)) return raw;
  const text = trimmed(raw);
  if (isAbsent(text)) return null;
  return parseTime(text, kind) ?? unreadable;
}

/** The same where the header says that the column is in UTC and the cell names no zone. */
export function readUtcTime(raw: string, kind: number): string | null | Fault {
  const time = readTime(raw, kind);
  return typeof time !== 'string' || /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)\s*\S*$/i.test(raw.slice(10)) ? time : shift(time, 8 * 3600);
}

/** A date "YYYY-MM-DD" (validity dates); a time of day is dropped, for validity counts whole days. */
export function readDate(raw: string, kind: number): string | null | Fault {
  const time = readTime(raw, kind);
  return typeof time === 'string' ? time.slice(0, 10) : time;
}

/** Days from Excel's first day to the first of a workbook that counts from 1904. */
const from1904 = 1462;
const daySerial = /^(\d{5})(\.\d+)?$/;

/** The reader of a time, day or month for a sheet whose day numbers count from 1904: a bare number is shifted before it is read. */
export function counting1904(read: CellReader): CellReader {
  return (raw, kind) => {
    const m = kind === cellKinds.date ? null : daySerial.exec(trimmed(raw));
    return read(m ? `${Number(m[1]) + from1904}${m[2] ?? ''}` : raw, kind);
  };
}

/** Does a reader take a day number for a time? */
export const readsDays = (read: CellReader): boolean => dayReaders.has(read);
const dayReaders: ReadonlySet<CellReader> = new Set<CellReader>([readTime, readUtcTime, readDate, readPeriod, readMonth]);

const fullTime = String.raw`\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:Z|(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}))?`;
const range = new RegExp(String.raw`^(${fullTime})\s*(?:-|~|–|—|至|到)\s*(${fullTime})$`, 'i');

/** A moment, or a range `start - end` of full timestamps: the pair (from, to). */
export function readPeriod(raw: string, kind: number): string | null | Pair | Fault {
  if (raw.length <= 30) return readTime(raw, kind);
  const text = trimmed(raw);
  const m = range.exec(text);
  if (!m) return readTime(text, kind);
  const from = readTime(m[1]!, kind);
  const to = readTime(m[2]!, kind);
  return typeof from === 'string' && typeof to === 'string' ? new Pair(from, to) : unreadable;
}

const monthShape = /^(\d{4})\s*(?:[-/.年]\s*)?(\d{1,2})\s*(?:月|期|月账期)?$/;

let lastMonth: { raw: string; kind: number; month: string | null | Fault } | undefined;

/** A billing cycle "YYYY-MM" from `2025-07`, `202507`, `2025/7`, `2025年7月`, a date or a date cell; null where absent. */
export function readMonth(raw: string, kind: number): string | null | Fault {
  // Nearly every row has the month of the row above.
  if (lastMonth?.raw === raw && lastMonth.kind === kind) return lastMonth.month;
  const month = parseMonth(raw, kind);
  lastMonth = { raw, kind, month };
  return month;
}

function parseMonth(raw: string, kind: number): string | null | Fault {
  const text = trimmed(raw);
  if (isAbsent(text)) return null;
  const wide = text.normalize('NFKC');
  // 2025.10 as Excel leaves it where it took the month for a number: January or October, nobody can tell.
  if (/^\d{4}\.1$/.test(wide)) return monthUnclear;
  const m = monthShape.exec(wide);
  if (m && (m[2]!.length === 2 || wide.length > 5)) {
    const month = Number(m[2]);
    const year = Number(m[1]);
    if (month < 1 || month > 12 || year < 2000 || year > 2100) return monthUnreadable;
    return `${m[1]}-${m[2]!.padStart(2, '0')}`;
  }
  const time = parseTime(wide, kind);
  return time === undefined ? monthUnreadable : time.slice(0, 7);
}

function isPlainTime(text: string): boolean {
  for (let i = 0; i < 19; i++) {
    const c = text.charCodeAt(i);
    if (i === 4 || i === 7) {
      if (c !== 45) return false;
    } else if (i === 10) {
      if (c !== 32) return false;
    } else if (i === 13 || i === 16) {
      if (c !== 58) return false;
    } else if (c < 48 || c > 57) return false;
  }
  const two = (at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  const day = two(8);
  return day >= 1 && day <= (surelyDays[two(5)] ?? 0) && two(11) < 24 && two(14) < 60 && two(17) < 60;
}

/** Days that each month has in every year, by its number. */
const surelyDays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const shape =
  /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?|(\d{2})(\d{2})(\d{2}))?\s*(.*)$/i;
const zoneShape = /^(?:\()?(?:(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?|(Z|GMT|UTC)|(北京时间))(?:\))?$/i;

function parseTime(raw: string, kind: number): string | undefined {
  const text = raw.normalize('NFKC');
  if (/^\d{5}(?:\.\d+)?$/.test(text) || (kind === cellKinds.number && /^\d{5}/.test(text))) return serialTime(Number(text));
  const m = shape.exec(text);
  if (!m) return undefined;
  const number = (a: string | undefined, b?: string): number => Number(a ?? b ?? 0);
  const [year, month, day] = [Number(m[1]), number(m[2], m[4]), number(m[3], m[5])];
  const [hour, minute, second] = [number(m[6], m[9]), number(m[7], m[10]), number(m[8], m[11])];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 || year < 1900) return undefined;
  const time = `${m[1]}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
  if (day > 28 && addDays(time, 0) !== time.slice(0, 10)) return undefined;
  const zone = zoneSeconds(m[12]!.trim());
  if (zone === undefined) return undefined;
  return zone === null || zone === 8 * 3600 ? time : shift(time, 8 * 3600 - zone);
}

const pad = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** Seconds east of UTC; null where no zone is named; undefined where what follows is no zone. */
function zoneSeconds(text: string): number | null | undefined {
  if (text === '') return null;
  const m = zoneShape.exec(text);
  if (!m) return undefined;
  if (m[4]) return 0;
  if (m[5]) return 8 * 3600;
  const seconds = Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60;
  return m[1] === '-' ? -seconds : seconds;
}

function shift(time: string, seconds: number): string {
  const day = Number(time.slice(11, 13)) * 3600 + Number(time.slice(14, 16)) * 60 + Number(time.slice(17, 19));
  return fromDaySeconds(time.slice(0, 10), day + seconds);
}

function fromDaySeconds(date: string, seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  return `${addDays(date, days)} ${pad(Math.floor(rest / 3600))}:${pad(Math.floor((rest % 3600) / 60))}:${pad(rest % 60)}`;
}

/** Excel's day count from 1899-12-30, to the second. */
function serialTime(serial: number): string | undefined {
  if (!(serial >= 36_526 && serial < 73_051)) return undefined;
  return fromDaySeconds('1899-12-30', Math.round(serial * 86_400));
}
