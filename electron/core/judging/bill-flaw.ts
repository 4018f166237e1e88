import { displayRate, type Money } from '../money.ts';
import { settleLine, type PrintedLine } from './bill-line.ts';

/** What the lines of one group contradict in themselves, added up; 1e-8 yuan. */
export interface BillFlaw {
  readonly discount: Money;
  /** Lines whose settlement is not customer amount × rate. */
  readonly settlement: { readonly lines: number; readonly expected: Money; readonly stated: Money; readonly rates: string };
  /** Lines whose due is not settlement − coupon + tax. */
  readonly parts: { readonly lines: number; readonly expected: Money; readonly stated: Money };
}

/** Adds up the flaws of a group's lines. Invariant: discount − (stated − expected) of both kinds is what bridges due to customer amount. */
export function flawOf(lines: readonly PrintedLine[]): BillFlaw {
  const all = lines.map((line) => ({ line, settled: settleLine(line) }));
  const sum = <T>(list: readonly T[], pick: (item: T) => Money): Money => list.reduce((n, item) => n + pick(item), 0n);
  const unsettled = all.filter((x) => x.settled.settlementRest !== 0n);
  const unparted = all.filter((x) => x.settled.partsRest !== 0n);
  const rates = [...new Set(unsettled.map((x) => displayRate(x.line.rate ?? 0n)))].sort();
  return {
    discount: sum(all, (x) => x.settled.discount),
    settlement: {
      lines: unsettled.length,
      expected: sum(unsettled, (x) => x.settled.expectedSettlement),
      stated: sum(unsettled, (x) => x.settled.settlement),
      rates: rates.join('、'),
    },
    parts: {
      lines: unparted.length,
      expected: sum(unparted, (x) => x.settled.due - x.settled.partsRest),
      stated: sum(unparted, (x) => x.settled.due),
    },
  };
}
