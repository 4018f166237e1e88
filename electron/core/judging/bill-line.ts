import { absolute, cent, divideRounded, multiplyRate, one, roundTo, roundToCent, type Money, type Rate } from '../money.ts';

/** The figures of one partner bill line as printed, 1e-8 yuan; `null` where the file has no such column or the cell is empty. */
export interface PrintedLine {
  readonly customer: Money | null;
  readonly rate: Rate | null;
  readonly settlement: Money | null;
  readonly coupon: Money | null;
  readonly tax: Money | null;
  readonly due: Money | null;
  /** Largest number of decimals printed in the sheet's settlement column. */
  readonly scale: bigint | null;
}

/**
 * The same line with every figure known. Invariant (a property test holds it): due + coupon − tax + discount = customer + settlementRest +
 * partsRest; both rests are 0 in a sound line.
 */
export interface SettledLine {
  readonly customer: Money;
  readonly settlement: Money;
  readonly coupon: Money;
  readonly tax: Money;
  readonly due: Money;
  /** What the settlement rate takes off the customer's amount. */
  readonly discount: Money;
  /** Customer amount × rate at the column's printed scale; the printed settlement where it cannot be computed or is within tolerance. */
  readonly expectedSettlement: Money;
  readonly settlementRest: Money;
  readonly partsRest: Money;
}

/** One unit of the settlement column's last printed decimal, at least a cent's (rules §1.4: at least 2 decimals). */
export function settlementUnit(scale: bigint | null): Money {
  const decimals = scale === null || scale < 2n ? 2n : scale > 8n ? 8n : scale;
  return 10n ** (8n - decimals);
}

/**
 * Completes a line and says which part of it contradicts itself: settlement ≠ customer amount × rate (tolerance one printed unit), or due ≠
 * settlement − coupon + tax (rounding to cents is sound and stands in the discount). A missing settlement is due + coupon − tax; a missing
 * customer amount is settlement ÷ rate, to cents where that gives the settlement again.
 */
export function settleLine(line: PrintedLine): SettledLine {
  const coupon = line.coupon ?? 0n;
  const tax = taxOf(line);
  const settlement = settlementOf(line);
  const due = settledDue(line);
  const customer = customerOf(line);
  const expectedSettlement = expectedOf(line, settlement);
  const gap = due - (settlement - coupon + tax);
  const printed = due === roundToCent(settlement - coupon + tax);
  const partsRest = printed ? 0n : gap;
  const settlementRest = settlement - expectedSettlement;
  const discount = customer - expectedSettlement - (gap - partsRest);
  return { customer, settlement, coupon, tax, due, discount, expectedSettlement, settlementRest, partsRest };
}

/**
 * The tax that stands inside the line's due. Whether it does is documented both ways (rules §1.5), so the line decides: a printed due that is
 * settlement − coupon without the tax has it outside.
 */
export function taxOf(line: PrintedLine): Money {
  if (line.tax === null || line.due === null || line.settlement === null) return line.tax ?? 0n;
  const without = line.settlement - (line.coupon ?? 0n);
  return line.due === without || line.due === roundToCent(without) ? 0n : line.tax;
}

/** The line's settlement amount, else what its other figures say it is. */
export function settlementOf(line: PrintedLine): Money {
  if (line.settlement !== null) return line.settlement;
  if (line.due !== null) return line.due + (line.coupon ?? 0n) - (line.tax ?? 0n);
  if (line.customer === null) return 0n;
  return line.rate === null ? line.customer : multiplyRate(line.customer, line.rate);
}

/** What the line asks us to pay: its due, else settlement − coupon + tax. */
export const settledDue = (line: PrintedLine): Money => line.due ?? settlementOf(line) - (line.coupon ?? 0n) + (line.tax ?? 0n);

/** The same before it was rounded to cents, where no more than that was done to it. */
export function unroundedDue(line: PrintedLine): Money {
  const exact = settlementOf(line) - (line.coupon ?? 0n) + taxOf(line);
  const due = settledDue(line);
  return due === roundToCent(exact) ? exact : due;
}

/** The line's customer amount, else its settlement before the settlement discount. */
export function customerOf(line: PrintedLine): Money {
  if (line.customer !== null) return line.customer;
  const settlement = settlementOf(line);
  if (line.rate === null || line.rate === 0n) return settlement;
  const exact = divideRounded(settlement * one, line.rate);
  const cents = roundToCent(exact);
  return roundTo(multiplyRate(cents, line.rate), settlementUnit(line.scale)) === settlement ? cents : exact;
}

function expectedOf(line: PrintedLine, settlement: Money): Money {
  if (line.customer === null || line.rate === null || line.settlement === null) return settlement;
  const unit = settlementUnit(line.scale);
  const within = absolute(settlement * one - line.customer * line.rate) <= unit * one;
  return within ? settlement : roundTo(multiplyRate(line.customer, line.rate), unit);
}

/** Does the line contradict itself? */
export const isFlawed = (line: SettledLine): boolean => line.settlementRest !== 0n || line.partsRest !== 0n;

/**
 * May what is between two amounts have been truncated (rules §2)? The one nearer to zero is charged, in whole cents; the other, of the same sign, is
 * more by less than a cent for each charge.
 */
export function withinTruncationBound(a: Money, b: Money, charges: bigint): boolean {
  const [charged, exact] = absolute(a) < absolute(b) ? [a, b] : [b, a];
  const dropped = absolute(exact) - absolute(charged);
  const isSameSign = charged === 0n || charged > 0n === exact > 0n;
  return isSameSign && charged % cent === 0n && dropped < charges * cent;
}
