import { displayMoney, parseMoney, type Money } from '../../electron/core/money.ts';

/** Amount of the wire ("-1200.00000000") in 1e-8 yuan; the contract's decoder has refused anything else before. */
export const money = (text: string): Money => parseMoney(text) ?? 0n;

/** For people: "-1,200.00", further decimals only where they are not zero. */
export const shown = (text: string): string => displayMoney(money(text));

/** "-1,234.56789000" in its three parts: "-1,234", "56" and "789" (what stands beyond the cents, without trailing zeros). */
export function parts(text: string): { readonly yuan: string; readonly cents: string; readonly beyond: string } {
  const [yuan = '', fraction = ''] = displayMoney(money(text)).split('.');
  return { yuan, cents: fraction.slice(0, 2), beyond: fraction.slice(2) };
}

/** All 8 decimals, with thousands separators. */
export function inFull(text: string): string {
  const [yuan = '', fraction = ''] = displayMoney(money(text)).split('.');
  return `${yuan}.${fraction.padEnd(8, '0')}`;
}

export const isZero = (text: string): boolean => money(text) === 0n;
