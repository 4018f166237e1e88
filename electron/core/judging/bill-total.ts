import { absolute, roundToCent, type Money } from '../money.ts';
import type { Settings } from '../settings.ts';

/** The bill's printed total of a month, 1e-8 yuan; `null` where the file does not say. */
export interface StatedTotal {
  readonly due: Money;
  readonly consumed: Money | null;
  readonly refunds: Money | null;
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
  /** Tax in `due` of lines that print no due: added to their settlement, which may hold it already. */
  readonly taxAdded: Money;
  /** `due` before the lines rounded theirs to cents; asked only where the total is not what those come to. */
  readonly unrounded?: () => Money;
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

type TaxSetting = Settings['billTax'];

/**
 * Bridges the stated total to the lines. Invariant: stated + all steps + rest = Σ lines. A component counts only where the lines lack it
 * altogether, and only then is the total rounded on its own beside it. A net-negative month has 0 due (rules §1.5). Whether tax is inside the settlement
 * of lines that print no due is documented both ways: where no setting says it, the total that comes to its lines decides, else the total's own parts.
 * A total that is rounded once need not be the sum of dues that are each rounded on their own.
 */
export function judgeBillTotal(stated: StatedTotal, lines: LineTotal, billTax: TaxSetting): TotalBridge {
  const judged = judgeDue(stated, lines, billTax);
  if (judged.rest === 0n || !lines.hasDue || !lines.unrounded) return judged;
  const due = lines.unrounded();
  const once = judgeDue(stated, { ...lines, due }, billTax);
  return once.rest === 0n ? { ...once, rounding: once.rounding + lines.due - due } : judged;
}

function judgeDue(stated: StatedTotal, lines: LineTotal, billTax: TaxSetting): TotalBridge {
  const { outside, inside } = taxSteps(stated, lines);
  const read = (tax: Money): TotalBridge => bridgeOf(stated, lines, tax);
  if (billTax !== 'fromFile') return read(billTax === 'inside' && !lines.hasTax ? inside : outside);
  const both = [read(outside), read(inside)] as const;
  const closed = both.find(({ rest }) => rest === 0n);
  return closed ?? (partsRest(stated, 'outside') !== 0n && partsRest(stated, 'inside') === 0n ? both[1] : both[0]);
}

/** The tax between the total and its lines where it is added to their settlement, and where it is inside; a printed due, and a setting, is in `lines.due` already. */
function taxSteps(stated: StatedTotal, lines: LineTotal): { readonly outside: Money; readonly inside: Money } {
  if (lines.hasDue) return { outside: 0n, inside: 0n };
  return lines.hasTax ? { outside: 0n, inside: lines.taxAdded } : { outside: -(stated.tax ?? 0n), inside: 0n };
}

function bridgeOf(stated: StatedTotal, lines: LineTotal, tax: Money): TotalBridge {
  const coupon = lines.hasDue || lines.hasCoupon ? 0n : (stated.coupon ?? 0n);
  const adjustment = lines.hasAdjustment ? 0n : -(stated.adjustment ?? 0n);
  const comparable = lines.due - coupon - tax - adjustment;
  if (comparable === stated.due) return { coupon, tax, adjustment, zeroFloor: 0n, rounding: 0n, rest: 0n, expected: stated.due };
  const cents = roundToCent(comparable);
  const expected = cents < 0n ? 0n : cents;
  const zeroFloor = cents < 0n ? cents : 0n;
  const printed = BigInt([coupon, tax, adjustment].filter((c) => c !== 0n).length);
  const rest = expected - stated.due;
  // The total itself is one more figure that was rounded on its own.
  const rounded = printed > 0n && cents >= 0n && absolute(comparable - stated.due) < (printed + 1n) * halfCent;
  const rounding = comparable - cents + (rounded ? rest : 0n);
  return { coupon, tax, adjustment, zeroFloor, rounding, rest: rounded ? 0n : rest, expected };
}

/** What of a total's due its own parts do not come to, by the setting or, where there is none, the better reading; 0 where a part is not printed. */
export function judgeTotalParts(stated: StatedTotal, billTax: TaxSetting): Money {
  if (billTax !== 'fromFile') return partsRest(stated, billTax);
  const [outside, inside] = [partsRest(stated, 'outside'), partsRest(stated, 'inside')];
  return absolute(inside) <= absolute(outside) ? inside : outside;
}

/** Due − (consumption + refunds + adjustments − coupons, and the tax that is not inside them): 0 within half a cent for each printed figure (rules §1.5). */
function partsRest({ due, consumed, refunds, adjustment, coupon, tax }: StatedTotal, billTax: 'inside' | 'outside'): Money {
  if (consumed === null || refunds === null || adjustment === null || coupon === null) return 0n;
  const added = billTax === 'inside' ? 0n : (tax ?? 0n);
  const sum = consumed + refunds + adjustment - coupon + added;
  const printed = BigInt([due, consumed, refunds, adjustment, coupon, added].filter((figure) => figure !== 0n).length);
  const rest = due - (sum < 0n ? 0n : sum);
  return absolute(rest) <= printed * halfCent ? 0n : rest;
}
