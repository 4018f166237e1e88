import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { divideRounded, multiplyRate, roundToCent, type Money, type Rate } from '../../electron/core/money.ts';
import { prepared } from '../prepared.ts';
import { printedTaxSql, taxSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';

/** What was consumed and no bill has. */
export interface Unbilled {
  readonly cycle: string;
  readonly customerKey: string;
  readonly product: string | null;
  readonly due: Money;
  /** What was truncated of it. */
  readonly truncated?: Money;
}
interface Printed {
  readonly product: string | null;
  readonly rate: Rate;
  /** What the tax is on, all printed tax, and what of it is inside the due. */
  readonly net: Money;
  readonly tax: Money;
  readonly inside: Money;
}

/** The settlement rates that the bills print for a customer: what a line that is missing would have come to. Each customer's lines are read once. */
export class SettlementRates {
  readonly #db;
  readonly #known = new Map<string, readonly Printed[]>();

  constructor({ db }: Pick<RunContext, 'db'>) {
    this.#db = db;
  }
  /** What it may come to at each rate of the customer, those of its product first: with and without tax and what was truncated. */
  dues({ cycle, customerKey, product, due, truncated = 0n }: Unbilled): Money[] {
    const all = this.#of(cycle, customerKey);
    const own = all.filter((printed) => printed.product === product);
    const rates = new Set([...own, ...all].map(({ rate }) => rate));
    return [...rates].flatMap((rate) => [due, due + truncated].flatMap((amount) => withTax(multiplyRate(amount, rate), all)));
  }
  /** What it would come to where the lines of its product, else all lines of the customer, have one rate only. */
  onlyDue({ cycle, customerKey, product, due }: Unbilled): Money | undefined {
    const all = this.#of(cycle, customerKey);
    const own = all.filter((printed) => printed.product === product);
    const rates = new Set((own.length > 0 ? own : all).map(({ rate }) => rate));
    return rates.size === 1 ? withTax(multiplyRate(due, [...rates][0]!), all)[0] : undefined;
  }
  /** Of the month, else of a month beside it. */
  #of(cycle: string, customerKey: string): readonly Printed[] {
    const key = `${cycle} ${customerKey}`;
    const known = this.#known.get(key);
    if (known) return known;
    const find = prepared<[string, string], Printed>(
      this.#db,
      `SELECT coalesce(b.product_type, b.product_type_code) AS product, b.settlement_rate AS rate,
              sum(coalesce(b.settlement_amount, 0) - coalesce(b.coupon_amount, 0)) AS net, sum(coalesce(${printedTaxSql}, 0)) AS tax, sum(${taxSql}) AS inside
         FROM partner_bill b WHERE b.cycle = ? AND b.in_force = 1 AND b.customer_key = ? AND b.settlement_rate IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    let printed: readonly Printed[] = [];
    for (const month of [cycle, ...neighbours(cycle)]) if (printed.length === 0) printed = find.all(month, customerKey);
    this.#known.set(key, printed);
    return printed;
  }
}

/** A settlement with the customer's tax and without, first as its lines have it in their due: a whole percentage, in cents or exact. */
function withTax(settlement: Money, lines: readonly Printed[]): Money[] {
  const sum = (of: 'net' | 'tax' | 'inside'): Money => lines.reduce((n, line) => n + line[of], 0n);
  const percent = sum('net') === 0n ? 0n : divideRounded(sum('tax') * 100n, sum('net'));
  if (percent === 0n) return [settlement];
  const tax = divideRounded(settlement * percent, 100n);
  const taxed = [settlement + roundToCent(tax), settlement + tax];
  return sum('inside') === 0n ? [settlement, ...taxed] : [...taxed, settlement];
}
