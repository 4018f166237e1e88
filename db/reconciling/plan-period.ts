import type { Days } from '../../electron/core/judging/tier-plan.ts';
import { addMonths, lastDay, type BillingCycle } from '../../electron/core/month.ts';
import { isWithin, monthsOf, periodLengths, periodOf, readPeriod, type Period, type PeriodLength } from '../../electron/core/period.ts';
import { ofPlan } from '../../electron/core/settings.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';

/** Over which months the indicator of a plan is counted, and its value where the user's indicator table gives it. */
export interface PlanIndicator {
  readonly period: Period;
  readonly given: bigint | undefined;
}
interface Row {
  readonly cycle: string;
  readonly period: Period | undefined;
  readonly value: bigint;
}

/** The indicator table under the plan's name comes first, then the setting for the plan, then the month. */
export function planIndicator(context: RunContext, plan: string): PlanIndicator {
  const { cycle } = context;
  const rows = indicatorRows(context, plan);
  const period = periodOfPlan(context, plan, rows);
  const same = (r: Row): boolean => r.period?.from === period.from && r.period.to === period.to;
  const own = rows.filter((r) => r.cycle === cycle);
  const stated = own.some((r) => r.period) ? own.filter(same) : own;
  // The value of a whole period may be published with the month after it.
  const later = cycle === period.to ? rows.filter((r) => r.cycle > cycle && same(r)) : [];
  const given = stated.length > 0 ? stated : later;
  return { period, given: given.length > 0 ? given.reduce((sum, r) => sum + r.value, 0n) : undefined };
}

/** The days whose last chart a plan pays by in a month: a plan that ended within the period is still paid for it. */
export const chartDays = (period: Period, cycle: BillingCycle): Days => ({ from: `${period.from}-01`, to: lastDay(cycle) });

function periodOfPlan({ cycle, settings }: RunContext, plan: string, rows: readonly Row[]): Period {
  const named = rows.filter((r) => r.period);
  const covering = named.filter((r) => isWithin(cycle, r.period!));
  const months = (r: Row): number => monthsOf(r.period!).length;
  const longest = (some: readonly Row[]): Row | undefined => some.toSorted((a, b) => months(b) - months(a))[0];
  const held = longest(covering.filter((r) => r.cycle === cycle)) ?? longest(covering);
  if (held) return held.period!;
  const other = longest(named);
  const length = other && (Object.keys(periodLengths) as PeriodLength[]).find((l) => periodLengths[l] === months(other));
  return periodOf(cycle, length ?? ofPlan(settings.indicatorPeriodByPlan, plan) ?? 'month');
}

/** The plan's rows up to the month after the run's, in an order that does not depend on the import. */
function indicatorRows({ db, cycle }: RunContext, plan: string): Row[] {
  return prepared<[string, string], { cycle: string; period: string | null; value: bigint }>(
    db,
    `SELECT cycle, period, indicator_value AS value FROM indicator
      WHERE in_force = 1 AND indicator_name = ? AND cycle <= ? AND indicator_value IS NOT NULL ORDER BY cycle, period, indicator_value`,
  )
    .all(plan, addMonths(cycle, 1))
    .map((r) => ({ ...r, period: readPeriod(r.period) }));
}
