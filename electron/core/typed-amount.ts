import { absolute, cent, one, parseMoney, type Money, type Rate } from './money.ts';

const limit = one * 10_000_000_000n;

/** An amount as a person types it: full-width digits, ¥, blanks and thousands commas allowed; undefined where it is none, or is beyond ten billion yuan (nothing is, and it must fit the database). */
export function readAmount(text: string): Money | undefined {
  const plain = text.normalize('NFKC').replace(/[\s¥]/g, '').replace(/[−–—]/g, '-');
  if (plain.includes(',') && !/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return undefined;
  const amount = parseMoney(plain.replaceAll(',', ''));
  return amount === undefined || absolute(amount) > limit ? undefined : amount;
}

/** As `readAmount`, but undefined too where it has parts of a cent. */
export function readCents(text: string): Money | undefined {
  const amount = readAmount(text);
  return amount === undefined || amount % cent !== 0n ? undefined : amount;
}

/** A tax rate as a person types it: "6%", "0.06", "免税" (0); undefined where it is none, or above 17 %, the highest that VAT ever had. */
export function readTaxRate(text: string): Rate | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  if (plain === '免税' || plain === '不征税') return 0n;
  const percent = plain.endsWith('%');
  const value = parseMoney(percent ? plain.slice(0, -1) : plain);
  if (value === undefined || value < 0n || (percent && value % 100n !== 0n)) return undefined;
  const rate = percent ? value / 100n : value;
  return rate > (one * 17n) / 100n ? undefined : rate;
}
