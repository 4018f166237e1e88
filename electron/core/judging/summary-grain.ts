import { absolute, cent, type Money } from '../money.ts';

/** One grain of the consumption summary and its detail; amounts in 1e-8 yuan. */
export interface SummaryGrain {
  readonly stated: Money;
  readonly statedRows: bigint;
  readonly detail: Money;
  readonly detailRows: bigint;
  /** Detail rows with a fraction of a cent: only those can differ from a summary in cents by rounding. */
  readonly fractional: bigint;
  /** Σ of the detail that may be newer than the summary, for each day or time the summary may end at. */
  readonly fresh: readonly Money[];
  readonly writeOff: boolean;
}
/** `fresh-cents`: newer detail, and beside it the cents of the older one. */
export type GrainVerdict = 'agreed' | 'write-off' | 'freshness' | 'precision' | 'fresh-cents' | 'differs';

/**
 * Judges one grain. Invariant: summary = Σ detail, but for a written-off debt that the detail does not list, detail newer than the summary (exactly its
 * sum), and one of the two kept in cents of the other's 8 decimals (less than a cent for each row that rounding changed).
 */
export function judgeGrain(g: SummaryGrain): GrainVerdict {
  const missing = g.detail - g.stated;
  if (missing === 0n) return 'agreed';
  if (g.writeOff && g.detailRows === 0n) return 'write-off';
  if (g.fresh.includes(missing)) return 'freshness';
  if (isOfCents(g, missing)) return 'precision';
  return freshBeside(g) === undefined ? 'differs' : 'fresh-cents';
}

/** The newer detail without which only cents are between the two. */
export const freshBeside = (g: SummaryGrain): Money | undefined => g.fresh.find((fresh) => isOfCents(g, g.detail - g.stated - fresh));

const isOfCents = (g: SummaryGrain, difference: Money): boolean => g.statedRows > 0n && absolute(difference) < cent * roundedRows(g);

/** The detail rows of which one side has the cents only: all of them where the summary alone has fractions of a cent. */
const roundedRows = ({ stated, detailRows, fractional }: SummaryGrain): bigint =>
  stated % cent === 0n ? fractional : fractional === 0n ? detailRows : 0n;
