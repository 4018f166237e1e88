import { neighbours } from '../../electron/core/judging/month-edge.ts';
import { multiplyRate, type Money, type Rate } from '../../electron/core/money.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';

/** What was consumed and no bill has. */
export interface Unbilled {
  readonly cycle: string;
  readonly customerKey: string;
  readonly product: string | null;
  readonly due: Money;
}
interface Printed {
  readonly product: string | null;
  readonly rate: Rate;
}

/** The settlement rates that the bills print for a customer: what a line that is missing would have come to. Each customer's lines are read once. */
export class SettlementRates {
  readonly #db;
  readonly #known = new Map<string, readonly Printed[]>();

  constructor({ db }: Pick<RunContext, 'db'>) {
    this.#db = db;
  }
  /** What it would come to at each rate of the customer, those of its product first. */
  dues({ cycle, customerKey, product, due }: Unbilled): Money[] {
    const all = this.#of(cycle, customerKey);
    const own = all.filter((printed) => printed.product === product);
    return [...new Set([...own, ...all].map(({ rate }) => multiplyRate(due, rate)))];
  }
  /** What it would come to where the lines of its product, else all lines of the customer, have one rate only. */
  onlyDue({ cycle, customerKey, product, due }: Unbilled): Money | undefined {
    const all = this.#of(cycle, customerKey);
    const own = all.filter((printed) => printed.product === product);
    const rates = new Set((own.length > 0 ? own : all).map(({ rate }) => rate));
    return rates.size === 1 ? multiplyRate(due, [...rates][0]!) : undefined;
  }
  /** Of the month, else of a month beside it. */
  #of(cycle: string, customerKey: string): readonly Printed[] {
    const key = `${cycle} ${customerKey}`;
    const known = this.#known.get(key);
    if (known) return known;
    const find = prepared<[string, string], Printed>(
      this.#db,
      `SELECT DISTINCT coalesce(product_type, product_type_code) AS product, settlement_rate AS rate FROM partner_bill
        WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND settlement_rate IS NOT NULL ORDER BY 1, 2`,
    );
    let printed: readonly Printed[] = [];
    for (const month of [cycle, ...neighbours(cycle)]) if (printed.length === 0) printed = find.all(month, customerKey);
    this.#known.set(key, printed);
    return printed;
  }
}
