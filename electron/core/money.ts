/**
 * Money is a `bigint` in 1e-8 yuan; a rate is a `bigint` in 1e-8 (75 % = 75_000_000n). No float ever holds either.
 * Rounding is half away from zero, for negatives too (handbook: rules §5).
 */
export type Money = bigint;
export type Rate = bigint;

/** Units of 1e-8 in one yuan (and in a rate of 1). */
export const one = 100_000_000n;
/** One cent (0.01 yuan). */
export const cent = 1_000_000n;

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** Reads a plain decimal ("-12.30") into units of 1e-8; undefined where it is no plain decimal or has non-zero digits beyond the 8th. */
export function parseMoney(text: string): Money | undefined {
  const m = decimal.exec(text);
  if (!m) return undefined;
  const fraction = (m[3] ?? '').replace(/0+$/, '');
  if (fraction.length > 8) return undefined;
  const units = BigInt(m[2]!) * one + BigInt(fraction.padEnd(8, '0'));
  return m[1] === '-' ? -units : units;
}

/** The canonical text on every wire: sign, yuan, exactly 8 decimals ("-1200.00000000"). */
export function formatMoney(amount: Money): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(9, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
}

/** For people: thousands separators, at least 2 decimals and no further trailing zeros ("-1,200.00", "0.04599822"). */
export function displayMoney(amount: Money): string {
  const [yuan, fraction] = formatMoney(amount < 0n ? -amount : amount).split('.') as [string, string];
  const shown = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${amount < 0n ? '-' : ''}${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${shown}`;
}

/** Rounds to a multiple of `unit`, half away from zero. */
export function roundTo(amount: Money, unit: Money): Money {
  const half = unit / 2n;
  return amount < 0n ? -(((-amount + half) / unit) * unit) : ((amount + half) / unit) * unit;
}

/** Drops the fractions of a cent (rules §2). */
export const cutToCent = (amount: Money): Money => amount - (amount % cent);

/** Rounds to 2 decimals, half away from zero. */
export const roundToCent = (amount: Money): Money => roundTo(amount, cent);

/** amount × rate, rounded to 8 decimals, half away from zero. */
export function multiplyRate(amount: Money, rate: Rate): Money {
  return divideRounded(amount * rate, one);
}

/** amount × rate, rounded once to 2 decimals: the only rounding of an incentive (rules §5). */
export function multiplyRateToCent(amount: Money, rate: Rate): Money {
  return divideRounded(amount * rate, one * cent) * cent;
}

/** numerator ÷ denominator to an integer, half away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const q = (n * 2n + d) / (d * 2n);
  return negative ? -q : q;
}

export const absolute = (amount: Money): Money => (amount < 0n ? -amount : amount);

/** A rate for people: "75%", "8.5%". */
export function displayRate(rate: Rate): string {
  return `${displayMoney(rate * 100n).replace(/\.?0+$/, '')}%`;
}
