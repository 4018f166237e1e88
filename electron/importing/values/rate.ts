import { cellKinds } from '../cells.ts';
import { one } from '../../core/money.ts';
import { Fault, halfWidth, isAbsent, trimmed } from './fault.ts';
import { readMoney } from './money.ts';

const unreadable = new Fault(
  'rate.unreadable',
  '不是能读懂的比率（可写 75%、0.75 或 7.5折）',
  'is not a readable rate (write 75%, 0.75 or 7.5折)',
);

/** A rate in 1e-8 (75 % = 75,000,000): `75%`, `0.75`, `7.5折`, a number cell; a bare number above 1 is a percentage only where the header says `%`. */
export function readRate(raw: string, kind: number, percentHeader = false): bigint | null | Fault {
  const text = trimmed(raw);
  if (isAbsent(text)) return null;
  const wide = kind === cellKinds.text ? halfWidth(text) : text;
  if (wide === '无折扣' || wide === '原价') return one;
  if (wide.endsWith('%')) return divided(wide.slice(0, -1), kind, 100n);
  if (wide.endsWith('折')) return discount(wide.slice(0, -1), kind);
  if (percentHeader) return divided(wide, kind, 100n);
  const value = readMoney(wide, kind);
  if (value === null || value instanceof Fault) return value === null ? null : unreadable;
  return value > one || value < -one ? unreadable : value;
}

/** 7.5折 and, as people say it too, 75折: three quarters of the price. */
function discount(text: string, kind: number): bigint | Fault {
  const tenths = divided(text, kind, 10n);
  if (tenths instanceof Fault || tenths <= one) return tenths;
  return tenths < 10n * one && (tenths * 10n) % one === 0n ? tenths / 10n : unreadable;
}

function divided(text: string, kind: number, by: bigint): bigint | Fault {
  const value = readMoney(text, kind);
  if (value === null || value instanceof Fault || value % by !== 0n) return unreadable;
  return value / by;
}
