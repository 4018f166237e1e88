import { absolute, roundToCent, type Money } from '../money.ts';

/** The bill's printed total of a month, 1e-8 yuan; `null` where the file does not say. */
export interface StatedTotal {
  readonly due: Money;
  readonly coupon: Money | null;
  readonly tax: Money | null;
  readonly adjustment: Money | null;
}
/** What the lines of the month give, and which components they have. */
export interface LineTotal {
  readonly due: Money;
  /** The lines print their due: coupons and tax are inside. */
  readonly hasDue: boolean;
  readonly hasCoupon: boolean;
  readonly hasTax: boolean;
  readonly hasAdjustment: boolean;
  /** Tax in `due` of lines that print no due: added to their settlement, which may hold it already; 0 where the settings say which. */
  readonly taxAdded: Money;
}
/** Where the way from the stated total to the lines goes; `rest` is unexplained. */
export interface TotalBridge {
  readonly coupon: Money;
  readonly tax: Money;
  readonly adjustment: Money;
  readonly zeroFloor: Money;
  readonly rounding: Money;
  readonly rest: Money;
  /** What should have been stated. */
  readonly expected: Money;
}

/** Half a cent: what one printed figure may be off, for it is rounded on its own (rules §1.5). */
const halfCent = 500_000n;

/**
 * Bridges the stated total to the lines. Invariant: stated + all steps + rest = Σ lines. A component counts only where the lines lack it
 * altogether, and only then may the remainder be half a cent for each printed component. A net-negative month has 0 due (rules §1.5). Whether tax is
 * inside the settlement of lines that print no due is documented both ways: the total decides it, where it is the sum without the tax.
 */
export function judgeBillTotal(stated: StatedTotal, lines: LineTotal): TotalBridge {
  const outside = bridgeOf(stated, lines, 0n);
  if (outside.rest === 0n || lines.taxAdded === 0n) return outside;
  const inside = bridgeOf(stated, lines, lines.taxAdded);
  return inside.rest === 0n ? inside : outside;
}

function bridgeOf(stated: StatedTotal, lines: LineTotal, taxInside: Money): TotalBridge {
  const coupon = lines.hasDue || lines.hasCoupon ? 0n : (stated.coupon ?? 0n);
  const tax = lines.hasDue || lines.hasTax ? taxInside : -(stated.tax ?? 0n);
  const adjustment = lines.hasAdjustment ? 0n : -(stated.adjustment ?? 0n);
  const comparable = lines.due - coupon - tax - adjustment;
  if (comparable === stated.due) return { coupon, tax, adjustment, zeroFloor: 0n, rounding: 0n, rest: 0n, expected: stated.due };
  const cents = roundToCent(comparable);
  const expected = cents < 0n ? 0n : cents;
  const zeroFloor = cents < 0n ? cents : 0n;
  const printed = BigInt([coupon, tax, adjustment].filter((c) => c !== 0n).length);
  const rest = expected - stated.due;
  const rounded = absolute(rest) <= printed * halfCent;
  const rounding = comparable - cents + (rounded ? rest : 0n);
  return { coupon, tax, adjustment, zeroFloor, rounding, rest: rounded ? 0n : rest, expected };
}
