import { cellKinds } from '../cells.ts';
import { one } from '../../core/money.ts';
import { Fault, halfWidth, isAbsent, trimmed } from './fault.ts';

const powers = [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1];

const unreadable = new Fault('amount.unreadable', '不是能读懂的金额', 'is not a readable amount');
const tooPrecise = new Fault('amount.precision', '小数超过 8 位，无法准确入账', 'has more than 8 decimals and cannot be kept exactly');
const damaged = new Fault(
  'amount.damaged',
  '数字超过 15 位或成了科学计数法，末位已被 Excel 改坏',
  'has more than 15 digits or scientific notation: its last digits were lost in Excel',
);

const tooLarge = new Fault('amount.too-large', '超过 100 亿元，应是误填', 'is more than 10,000,000,000 yuan: surely a mistake');
/** 1e18: ten thousand million yuan in 1e-8, well inside a 64-bit integer. */
const largest = 1_000_000_000_000_000_000n;

/**
 * An amount in 1e-8 yuan, exactly; null where absent. Plain digits take a path without regex; a number cell that carries the binary noise of a
 * double (19.989999999999998) is recovered to the decimal it stands for, or refused where that cannot be proven (handbook: exports §1).
 */
export function readMoney(text: string, kind: number): bigint | null | Fault {
  const length = text.length;
  if (length === 0) return null;
  let at = 0;
  const negative = text.charCodeAt(0) === 45;
  if (negative) at = 1;
  let digits = 0;
  let fraction = -1;
  let n = 0;
  for (; at < length; at++) {
    const c = text.charCodeAt(at);
    if (c >= 48 && c <= 57) {
      n = n * 10 + (c - 48);
      digits++;
      if (fraction >= 0) fraction++;
    } else if (c === 46 && fraction < 0) fraction = 0;
    else return readOdd(text, kind);
  }
  if (digits === 0 || digits > 15 || fraction > 8) return readOdd(text, kind);
  const power = powers[fraction < 0 ? 0 : fraction]!;
  const scaled = n * power;
  if (scaled > 1e18) return tooLarge;
  const units = scaled <= Number.MAX_SAFE_INTEGER ? BigInt(scaled) : BigInt(n) * BigInt(power);
  return negative ? -units : units;
}

function readOdd(raw: string, kind: number): bigint | null | Fault {
  const text = trimmed(raw);
  if (isAbsent(text)) return null;
  if (kind !== cellKinds.number && kind !== cellKinds.text) return unreadable;
  const value = kind === cellKinds.number ? readNumberCell(text) : readText(halfWidth(text));
  return typeof value === 'bigint' && (value > largest || value < -largest) ? tooLarge : value;
}

/** Up to this many yuan a double tells any decimal of 8 places apart from its neighbours (2^26: the gap of doubles is below 1.5e-8). */
const provable = 67_108_864;

function readNumberCell(text: string): bigint | Fault {
  const value = Number(text);
  if (!Number.isFinite(value)) return unreadable;
  if (Math.abs(value) < provable) {
    const fixed = value.toFixed(8);
    const noise = Math.abs(value - Number(fixed));
    // A formula's sum may be a few units in the last place off; a value that really has more decimals is far further off.
    if (noise > Math.max(5e-11, Math.abs(value) * 2 ** -50)) return tooPrecise;
    return plain(fixed) ?? unreadable;
  }
  const expanded = expand(text);
  if (expanded === undefined) return unreadable;
  const significant = expanded.replace('-', '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;
  return significant > 15 ? damaged : (plain(expanded) ?? tooPrecise);
}

/** "1.25E+9" as "1250000000"; undefined where it is no number. */
function expand(text: string): string | undefined {
  const m = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!m) return undefined;
  const exponent = Number(m[4] ?? 0);
  const fraction = m[3] ?? '';
  if (exponent < 0) return undefined;
  const whole = m[2]! + fraction.slice(0, exponent).padEnd(exponent, '0');
  return `${m[1]}${whole}.${fraction.slice(exponent)}`;
}

const shape = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?$/;

function readText(text: string): bigint | Fault {
  // Two numbers in one cell are not one.
  if (/[\d.]\s+[\d.]/.test(text)) return unreadable;
  let rest = text.replace(/\s+/g, '');
  let negative = false;
  if (/^\(.*\)$/.test(rest)) {
    negative = true;
    rest = rest.slice(1, -1);
  } else if (rest.endsWith('-') && rest.length > 1) {
    negative = true;
    rest = rest.slice(0, -1);
  }
  rest = rest.replace(/^([+-]?)(?:¥|\$|CNY|RMB|人民币)([+-]?)/i, '$1$2').replace(/(?:元|CNY|RMB|¥)$/i, '');
  if (/^[+-]?[\d.]+e[+-]?\d+$/i.test(rest)) return damaged;
  const m = shape.exec(rest);
  if (!m || (m[2] === undefined && !m[3])) return unreadable;
  if (negative && m[1]) return unreadable;
  const value = plain(`${m[1] === '-' || negative ? '-' : ''}${(m[2] ?? '0').replaceAll(',', '')}.${m[3] ?? ''}`);
  return value ?? tooPrecise;
}

function plain(text: string): bigint | undefined {
  const m = /^(-?)(\d+)\.?(\d*)$/.exec(text);
  if (!m) return undefined;
  const fraction = m[3]!.replace(/0+$/, '');
  if (fraction.length > 8) return undefined;
  const units = BigInt(m[2]!) * one + BigInt(fraction.padEnd(8, '0'));
  return m[1] ? -units : units;
}

/** A quantity (usage, periods) in 1e-8: as money, but further decimals are rounded to 8 places, for a quantity is shown and never summed. */
export function readQuantity(text: string, kind: number): bigint | null | Fault {
  const exact = readMoney(text, kind);
  if (!(exact instanceof Fault) || exact.code !== 'amount.precision') return exact;
  const value = Number(text.trim().replaceAll(',', ''));
  return Number.isFinite(value) && Math.abs(value) < provable ? (plain(value.toFixed(8)) ?? exact) : exact;
}

/** How many decimals an amount is printed with ("12.30" → 2); a number cell counts the digits that matter. */
export function printedScale(text: string, kind: number): number {
  const dot = text.indexOf('.');
  if (dot < 0) return 0;
  if (kind !== cellKinds.number) return (/\.(\d*)/.exec(text)?.[1] ?? '').length;
  const value = Number(text);
  return value.toFixed(8).replace(/0+$/, '').split('.')[1]?.length ?? 0;
}
