import { displayRate, type Money } from '../money.ts';
import { settleLine, type PrintedLine } from './bill-line.ts';

/** Lines of a group with one kind of flaw that is wrong in one direction, added up; 1e-8 yuan. */
export interface Flaw<L extends PrintedLine = PrintedLine> {
  readonly lines: readonly L[];
  readonly expected: Money;
  readonly stated: Money;
}

/** What the lines of one group contradict in themselves: what is too much apart from what is too little, for a sum of both hides them. */
export interface BillFlaw<L extends PrintedLine = PrintedLine> {
  readonly discount: Money;
  /** Lines whose settlement is not customer amount × rate. */
  readonly settlements: readonly (Flaw<L> & { readonly rates: string })[];
  /** Lines whose due is not settlement − coupon + tax. */
  readonly parts: readonly Flaw<L>[];
}

/** Adds up the flaws of a group's lines. Invariant: discount − (stated − expected) of all of them is what bridges due to customer amount. */
export function flawOf<L extends PrintedLine>(lines: readonly L[]): BillFlaw<L> {
  const all = lines.map((line) => ({ line, settled: settleLine(line) }));
  const settlements = byDirection(
    all.map(({ line, settled }) => ({ line, expected: settled.expectedSettlement, stated: settled.settlement })),
  );
  const parts = byDirection(all.map(({ line, settled }) => ({ line, expected: settled.due - settled.partsRest, stated: settled.due })));
  const ratesOf = (flaw: Flaw): string => [...new Set(flaw.lines.map((line) => displayRate(line.rate ?? 0n)))].sort().join('、');
  return {
    discount: all.reduce((n, { settled }) => n + settled.discount, 0n),
    settlements: settlements.map((flaw) => ({ ...flaw, rates: ratesOf(flaw) })),
    parts,
  };
}

/** What is wrong against us first, then what is wrong in our favour. */
function byDirection<L extends PrintedLine>(
  all: readonly { readonly line: L; readonly expected: Money; readonly stated: Money }[],
): Flaw<L>[] {
  const against = all.filter(({ expected, stated }) => stated > expected);
  const inFavour = all.filter(({ expected, stated }) => stated < expected);
  return [against, inFavour]
    .filter((some) => some.length > 0)
    .map((some) => ({
      lines: some.map(({ line }) => line),
      expected: some.reduce((n, { expected }) => n + expected, 0n),
      stated: some.reduce((n, { stated }) => n + stated, 0n),
    }));
}
