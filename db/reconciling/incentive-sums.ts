import { multiplyRate, multiplyRateToCent } from '../../electron/core/money.ts';
import type { RatedBy } from './incentive-links.ts';
import type { Rated } from './incentive-policy.ts';

/** What a row may print of its plan: a rate of the policy table, or none. */
export interface Offer {
  readonly plan: string;
  readonly rate: bigint | null;
}
/** What rates a performance row, and what it is due by plan with the numbers of the offers that pay it. */
export interface Rating {
  readonly part: RatedBy;
  readonly rated: Rated;
  readonly dues: readonly { readonly rate: bigint; readonly offers: readonly bigint[] }[];
}
/** Performance of one rating, for the tier plans that it is in the scope of; `at`: how many keys that are left open come before its first. */
export interface Base extends Pick<Rating, 'part' | 'rated'> {
  readonly at: number;
  amount: bigint;
  rows: number;
}
type Step = 'no-rebate' | 'no-rate' | 'rate' | 'further-plan' | 'rounding' | 'agreed';
interface Sum {
  amount: bigint;
  rows: number;
}
/** Keys of which nothing is left to look at, added up. */
export interface Agreed {
  readonly keys: number;
  readonly steps: ReadonlyMap<Step, Readonly<Sum>>;
  readonly bases: readonly Readonly<Base>[];
  readonly open: number;
}
/**
 * The rows of one key. `code` adds up what each of them is: a performance `performanceCode` and its rating in units of `ratingUnit`, a stated row one
 * bit for its offer. `weighted`: each stated amount times the number of its offer. The base of a performance is its amount.
 */
export type KeySums = [
  key: string | null,
  rows: bigint,
  code: bigint,
  stated: bigint,
  weighted: bigint,
  leastBase: bigint | null,
  mostBase: bigint | null,
];
/** Of more kinds of rows than this, mostly because the tag of each customer has to be looked up, it is quicker to read all. */
export const mostRatings = 20_000;
/** More offers have no bits in a code. */
export const mostOffers = 19;
export const ratingUnit = 1n << 21n;
export const performanceCode = 1n << 38n;
/** A performance and what two plans pay for it: the codes of so few rows do not run into each other, and those of twenty million fit in 63 bits. */
const mostRows = 3n;

/** The number of the rating of a key's only performance; 0 where it has none, several, or too many rows to tell. */
export const ratingOf = ([, rows, code]: KeySums): number =>
  rows <= mostRows && code / performanceCode === 1n ? Number((code % performanceCode) / ratingUnit) : 0;

/** Adds up keys of one performance that is paid exactly what is due under one or two plans, or that nothing is due for and nothing is paid. */
export class AgreedSums {
  keys = 0;
  readonly bases: Base[] = [];
  readonly #baseOf = new Map<Rating, Base>();
  readonly #sums: Record<Step, Sum> = {
    'no-rebate': { amount: 0n, rows: 0 },
    'no-rate': { amount: 0n, rows: 0 },
    rate: { amount: 0n, rows: 0 },
    'further-plan': { amount: 0n, rows: 0 },
    rounding: { amount: 0n, rows: 0 },
    agreed: { amount: 0n, rows: 0 },
  };

  get steps(): ReadonlyMap<Step, Sum> {
    return new Map(Object.entries(this.#sums) as [Step, Sum][]);
  }

  /** Adds a key with one performance of the rating if it agrees. */
  take(key: KeySums, rating: Rating, at: number): boolean {
    const [, rows, , , , amount, mostBase] = key;
    if (amount === null || amount !== mostBase) return false;
    if (!(rows === 1n ? this.#unpaid(amount, rating) : this.#paid(key, amount, rating))) return false;
    this.keys += 1;
    if (rating.rated.tierPlans.length > 0) this.#addBase(rating, amount, at);
    return true;
  }

  /** Nothing is stated, and nothing is due. */
  #unpaid(amount: bigint, { rated }: Rating): boolean {
    if (rated.rebate && (rated.rates.length > 0 || (rated.tierPlans.length === 0 && amount !== 0n))) return false;
    const sum = this.#sums[rated.rebate ? 'no-rate' : 'no-rebate'];
    sum.amount -= amount;
    sum.rows += 1;
    return true;
  }

  #paid([, rows, code, stated, weighted]: KeySums, amount: bigint, { rated, dues }: Rating): boolean {
    const [first, further] = dues;
    if (!first || !rated.rebate || rows !== BigInt(dues.length + 1)) return false;
    const printed = code % ratingUnit;
    const due = multiplyRateToCent(amount, first.rate);
    if (!further) {
      if (stated !== due || !first.offers.some((o) => 1n << o === printed)) return false;
    } else {
      const own = first.offers.find((o) => further.offers.some((other) => (1n << o) + (1n << other) === printed));
      const other = further.offers.find((o) => own !== undefined && (1n << own) + (1n << o) === printed);
      if (own === undefined || other === undefined) return false;
      const added = multiplyRateToCent(amount, further.rate);
      // Two sums with different weights leave but one way to divide them between the two rows.
      if (stated !== due + added || weighted !== due * own + added * other) return false;
      this.#sums['further-plan'].amount += added;
      this.#sums['further-plan'].rows += 1;
    }
    const exact = multiplyRate(amount, first.rate);
    const { rate, rounding, agreed } = this.#sums;
    rate.amount += exact - amount;
    rate.rows += 1;
    rounding.amount += due - exact;
    if (due !== exact) rounding.rows += 1;
    agreed.rows += dues.length;
    return true;
  }

  #addBase(rating: Rating, amount: bigint, at: number): void {
    const { part, rated } = rating;
    if (!rated.rebate && !rated.refused) return;
    const held = this.#baseOf.get(rating);
    if (held) {
      held.amount += amount;
      held.rows += 1;
      return;
    }
    const base = { at, part, rated, amount, rows: 1 };
    this.#baseOf.set(rating, base);
    this.bases.push(base);
  }
}
