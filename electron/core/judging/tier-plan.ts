import { multiplyRateToCent, divideRounded, cent, one, type Money, type Rate } from '../money.ts';
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
export interface TierVerdict {
  readonly expected: Money;
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

/**
 * The tier chart of a plan on a day, lowest threshold first; of equal thresholds the row that began last (then the higher rate, so that the
 * order of the table never matters). Rows for another product or association than the scope's are of another chart.
 */
export function tiersOf(policy: readonly PolicyRow[], plan: string, date: string, scope: TierScope = whole): Tier[] {
  const byThreshold = new Map<bigint, PolicyRow>();
  for (const row of policy) {
    if (row.method !== 'tier' || row.plan !== plan) continue;
    if ((row.validFrom !== null && row.validFrom > date) || (row.validTo !== null && row.validTo < date)) continue;
    if (isOther(row.product, scope.product) || isOther(row.association, scope.association)) continue;
    const held = byThreshold.get(row.threshold ?? 0n);
    if (!held || beats(row, held)) byThreshold.set(row.threshold ?? 0n, row);
  }
  return [...byThreshold].map(([threshold, { rate }]) => ({ threshold, rate })).sort((a, b) => (a.threshold < b.threshold ? -1 : 1));
}

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
  const whole = settings.tierMethod === 'whole';
  const pays = (b: Money): Money => (whole ? multiplyRateToCent(b, rate) : progressive(reached, b));
  const expected = pays(base);
  const code = tierCode();
  return { expected, rate, atPrintedBase: pays(stated.base ?? base), ...(code ? { code } : {}) };

  function tierCode(): IncentiveCode | undefined {
    const others = tiers.filter((t) => t.rate !== rate);
    if (stated.base !== null && stated.base !== base) return 'incentive.base';
    if (stated.rate !== null && whole && stated.rate !== rate) {
      return stated.rate === 0n || others.some((t) => t.rate === stated.rate) ? 'incentive.tier' : 'incentive.rate';
    }
    if (stated.amount === expected) return undefined;
    if (stated.rate !== null) return 'incentive.amount';
    return others.some((t) => multiplyRateToCent(base, t.rate) === stated.amount) ? 'incentive.tier' : 'incentive.rate';
  }
}

const reachedBy = (tiers: readonly Tier[], indicator: bigint, { tierBoundary }: TierSettings): readonly Tier[] =>
  tiers.filter((t) => (tierBoundary === 'atLeast' ? indicator >= t.threshold : indicator > t.threshold));

/** The tier is the one whose rate the row prints or, where it prints none, from which its amount follows; else the one that the base reaches by itself. */
function judgeOpenTier(tiers: readonly Tier[], base: Money, stated: StatedTier, settings: TierSettings): TierVerdict {
  const whole = settings.tierMethod === 'whole';
  const fits = (t: Tier): boolean => (stated.rate !== null && whole ? t.rate === stated.rate : pays(tiers, t) === stated.amount);
  const tier = [{ threshold: 0n, rate: 0n }, ...tiers].findLast(fits);
  if (!tier) return judgeTier(tiers, base, base, stated, settings);
  const expected = pays(tiers, tier);
  const atPrintedBase = pays(tiers, tier, stated.base ?? base);
  const code =
    stated.base !== null && stated.base !== base ? 'incentive.base' : stated.amount === expected ? undefined : 'incentive.amount';
  return { expected, rate: tier.rate, atPrintedBase, ...(code ? { code } : {}) };

  function pays(all: readonly Tier[], t: Tier, from = base): Money {
    return whole ? multiplyRateToCent(from, t.rate) : progressive(all.slice(0, all.indexOf(t) + 1), from);
  }
}

/** Each slice of the base between two thresholds at its own rate, rounded once at the end. */
function progressive(reached: readonly Tier[], base: Money): Money {
  let product = 0n;
  for (const [i, tier] of reached.entries()) {
    const to = reached[i + 1]?.threshold ?? base;
    const upper = to < base ? to : base;
    if (upper > tier.threshold) product += (upper - tier.threshold) * tier.rate;
  }
  return divideRounded(product, one * cent) * cent;
}
