import { absolute, multiplyRateToCent, divideRounded, cent, one, type Money, type Rate } from '../money.ts';
import type { PolicyRow } from '../policy.ts';
import { ofPlan, type Settings } from '../settings.ts';
import type { IncentiveCode } from './performance-incentive.ts';

export interface Tier {
  readonly threshold: bigint;
  readonly rate: Rate;
}
/** A stated row of a tier plan; null = not printed. */
export interface StatedTier {
  readonly amount: Money;
  readonly base: Money | null;
  readonly rate: Rate | null;
}
/** A part of the base with the rate that it earns. */
export interface Slice {
  readonly amount: Money;
  readonly rate: Rate;
}
export interface TierVerdict {
  readonly expected: Money;
  /** What `expected` is made of: the whole base at one rate, or each slice at its own. */
  readonly slices: readonly Slice[];
  /** The rate that the indicator reaches (of progressive tiers: of the highest slice). */
  readonly rate: Rate;
  /** What the printed base comes to by the same tiers; of a row that prints none, `expected`. */
  readonly atPrintedBase: Money;
  readonly code?: IncentiveCode;
}
type TierSettings = Pick<Settings, 'tierMethod' | 'tierBoundary'>;

/** The settings of one plan: its own where the person gave some, else those of all plans. */
export const tierRules = (settings: Settings, plan: string): TierSettings => ({
  tierMethod: ofPlan(settings.tierMethodByPlan, plan) ?? settings.tierMethod,
  tierBoundary: ofPlan(settings.tierBoundaryByPlan, plan) ?? settings.tierBoundary,
});

/** The part of a plan that a stated row names; null = all of it. */
export type TierScope = Pick<PolicyRow, 'product' | 'association'>;
const whole: TierScope = { product: null, association: null };
/** Both inclusive. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The rows of the policy table that are a plan's chart at the end of some days: those in force on the last day or, of a plan that ended within the days,
 * on its own last one. Rows for another product or association than the scope's are of another chart.
 */
export function chartRows(policy: readonly PolicyRow[], plan: string, { from, to }: Days, scope: TierScope = whole): PolicyRow[] {
  const rows = policy.filter(
    (row) =>
      row.method === 'tier' &&
      row.plan === plan &&
      (row.validFrom ?? to) <= to &&
      (row.validTo ?? to) >= from &&
      !isOther(row.product, scope.product) &&
      !isOther(row.association, scope.association),
  );
  const heldUntil = ({ validTo }: PolicyRow): string => (validTo !== null && validTo < to ? validTo : to);
  const last = rows.map(heldUntil).sort().at(-1);
  return rows.filter((row) => heldUntil(row) === last);
}

/** The tiers of such a chart, lowest threshold first; of equal thresholds the row that began last (then the higher rate, so that the order of the table never matters). */
export function tiersOf(policy: readonly PolicyRow[], plan: string, days: Days, scope: TierScope = whole): Tier[] {
  const byThreshold = new Map<bigint, PolicyRow>();
  for (const row of chartRows(policy, plan, days, scope)) {
    const held = byThreshold.get(row.threshold ?? 0n);
    if (!held || beats(row, held)) byThreshold.set(row.threshold ?? 0n, row);
  }
  return [...byThreshold].map(([threshold, { rate }]) => ({ threshold, rate })).sort((a, b) => (a.threshold < b.threshold ? -1 : 1));
}

/** The rows that make up all charts of a plan: of each product and association the one that it is paid by. */
export const planRows = (policy: readonly PolicyRow[], plan: string, days: Days): PolicyRow[] =>
  policy.filter((row) => row.plan === plan && chartRows(policy, plan, days, row).includes(row));

const isOther = (own: string | null, named: string | null): boolean => own !== null && named !== null && own !== named;

function beats(row: PolicyRow, held: PolicyRow): boolean {
  const [from, heldFrom] = [row.validFrom ?? '', held.validFrom ?? ''];
  return from === heldFrom ? row.rate > held.rate : from > heldFrom;
}

/**
 * Invariant: a tier plan pays round2(base × rate of the tier that the indicator reaches) — or each slice at its own rate, by setting. `indicator` is
 * undefined while its period is not over or not imported: then any tier may be the one, and only base and amount are checked.
 */
export function judgeTier(
  tiers: readonly Tier[],
  base: Money,
  indicator: bigint | undefined,
  stated: StatedTier,
  settings: TierSettings,
): TierVerdict {
  if (indicator === undefined) return judgeOpenTier(tiers, base, stated, settings);
  const reached = reachedBy(tiers, indicator, settings);
  const rate = reached.at(-1)?.rate ?? 0n;
  const paysUpTo = (upTo: readonly Tier[], b = base): Money => paid(slicesOf(upTo, b, settings));
  const slices = slicesOf(reached, base, settings);
  const expected = paid(slices);
  const code = tierCode();
  return { expected, slices, rate, atPrintedBase: paysUpTo(reached, stated.base ?? base), ...(code ? { code } : {}) };

  function tierCode(): IncentiveCode | undefined {
    if (stated.base !== null && stated.base !== base) return 'incentive.base';
    // Of nothing, nothing is paid: no rate beside it is no other tier's.
    if (base === 0n && stated.amount === 0n && (stated.rate === 0n || rate === 0n)) return undefined;
    if (stated.rate !== null && !isRight(stated.rate)) return isOfAnother(stated.rate) ? 'incentive.tier' : 'incentive.rate';
    if (stated.amount === expected) return undefined;
    if (stated.rate !== null) return 'incentive.amount';
    return paidAtAnother() ? 'incentive.tier' : 'incentive.rate';
  }
  /** Of an amount that is wrong, a rate that is another tier's is not taken for an average. */
  function isRight(printed: Rate): boolean {
    if (printed === rate) return true;
    return isAverage(printed, expected, base, settings) && (stated.amount === expected || tiers.every((t) => t.rate !== printed));
  }
  function isOfAnother(printed: Rate): boolean {
    if (printed === 0n || tiers.some((t) => t.rate === printed)) return true;
    return settings.tierMethod === 'progressive' && stated.amount !== expected && paidAtAnother();
  }
  function paidAtAnother(): boolean {
    return tiers.some(
      (t, i) => t.rate !== rate && [multiplyRateToCent(base, t.rate), paysUpTo(tiers.slice(0, i + 1))].includes(stated.amount),
    );
  }
}

const reachedBy = (tiers: readonly Tier[], indicator: bigint, { tierBoundary }: TierSettings): readonly Tier[] =>
  tiers.filter((t) => (tierBoundary === 'atLeast' ? indicator >= t.threshold : indicator > t.threshold));

/** A hundredth of a percent: printed rates have at least its decimals, though trailing zeros may be left out. */
const finest: Rate = one / 10_000n;

/** A progressive plan pays slices at several rates: a printed rate may as well be what they come to of the whole base, as far as its decimals go. */
function isAverage(printed: Rate, expected: Money, base: Money, { tierMethod }: TierSettings): boolean {
  if (tierMethod === 'whole' || printed === 0n) return false;
  let unit = finest;
  while (printed % unit !== 0n) unit /= 10n;
  return absolute(printed * base - expected * one) < unit * absolute(base);
}

/** The tier is the one whose rate the row prints or, where it prints none, from which its amount follows; else the one that the base reaches by itself. */
function judgeOpenTier(tiers: readonly Tier[], base: Money, stated: StatedTier, settings: TierSettings): TierVerdict {
  const all = [{ threshold: 0n, rate: 0n }, ...tiers];
  const slices = (t: Tier, from = base): Slice[] => slicesOf(tiers.slice(0, tiers.indexOf(t) + 1), from, settings);
  const pays = (t: Tier): boolean => {
    const expected = paid(slices(t));
    if (stated.amount !== expected) return false;
    return stated.rate === null || stated.rate === t.rate || isAverage(stated.rate, expected, base, settings);
  };
  const tier = all.findLast(pays) ?? all.findLast((t) => t.rate === stated.rate);
  if (!tier) return judgeTier(tiers, base, base, stated, settings);
  const expected = paid(slices(tier));
  const atPrintedBase = paid(slices(tier, stated.base ?? base));
  const code =
    stated.base !== null && stated.base !== base ? 'incentive.base' : stated.amount === expected ? undefined : 'incentive.amount';
  return { expected, slices: slices(tier), rate: tier.rate, atPrintedBase, ...(code ? { code } : {}) };
}

/** What each rate of the reached tiers applies to: the last one's to all of the base, or each one's to its slice between two thresholds. */
function slicesOf(reached: readonly Tier[], base: Money, { tierMethod }: TierSettings): Slice[] {
  if (tierMethod === 'whole') return [{ amount: base, rate: reached.at(-1)?.rate ?? 0n }];
  return reached.flatMap(({ threshold, rate }, i) => {
    const to = reached[i + 1]?.threshold ?? base;
    const upper = to < base ? to : base;
    return upper > threshold ? [{ amount: upper - threshold, rate }] : [];
  });
}

/** Rounded once, at the end. */
const paid = (slices: readonly Slice[]): Money =>
  divideRounded(
    slices.reduce((sum, s) => sum + s.amount * s.rate, 0n),
    one * cent,
  ) * cent;
