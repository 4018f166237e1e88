import type { PerformanceFacts } from '../../electron/core/judging/consumption-performance.ts';
import { absolute } from '../../electron/core/money.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, countedSql } from './counted-rows.ts';
import type { GroupRow } from './performance-facts.ts';
import { cyclesOf } from './rows-of.ts';

type OtherConsumption = NonNullable<PerformanceFacts['consumptionElsewhere']>;
interface Stated {
  readonly rows: bigint;
  readonly amount: bigint;
  /** Without that of monthly-settled products. */
  readonly plain: bigint;
  /** Of `plain`, what was traded in that very month. */
  readonly own: bigint;
}
interface Consumed {
  readonly rows: bigint;
  readonly amount: bigint;
  /** Of monthly-settled products, whose performance belongs to the month after. */
  readonly monthlyRows: bigint;
  readonly monthly: bigint;
}
/** Performance that stands without consumption of its own. */
interface Ownerless {
  readonly at: BillingCycle;
  readonly amount: bigint;
}
/** What other months have of an order, in any month that was imported. */
export interface Elsewhere {
  /** What an order's performance of one month comes to. */
  statedIn(at: BillingCycle, g: GroupRow): Stated;
  /** Where performance of the order stands without consumption of its own, best the very amount, else the nearest. */
  performanceOf(g: GroupRow, amount: bigint): BillingCycle | undefined;
  /** The same of what is lacking beside what is stated, and how much of it: no more than that, and with its sign. */
  partOf(g: GroupRow, lacking: bigint): Ownerless | undefined;
  /** The month whose consumption performance of this month belongs to. */
  consumptionOf(g: GroupRow): OtherConsumption | undefined;
}

/** Prepares the lookups of one run. */
export function elsewhereLookup(context: RunContext): Elsewhere {
  const { db, cycle, settings } = context;
  const others = (table: string): BillingCycle[] => cyclesOf(db, table).filter((c) => c !== cycle);
  const performanceCycles = others('performance');
  const consumptionCycles = others('consumption');
  const nearest = nearestFirst(cycle);
  const stated = db.prepare<unknown[], Stated>(
    `SELECT count(*) AS rows, coalesce(sum(c.amount), 0) AS amount, coalesce(sum(c.amount) FILTER (WHERE k.class IS NOT 3), 0) AS plain,
            coalesce(sum(c.amount) FILTER (WHERE k.class IS NOT 3 AND substr(c.traded_at, 1, 7) = c.cycle), 0) AS own
       FROM performance c LEFT JOIN temp.product_class k ON k.product = coalesce(c.product_type, c.product_type_code)
      WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id = ?`,
  );
  const consumed = db.prepare<unknown[], Consumed>(
    `SELECT count(*) AS rows, coalesce(sum(counted), 0) AS amount, coalesce(sum(class IS 3), 0) AS monthlyRows,
            coalesce(sum(counted) FILTER (WHERE class IS 3), 0) AS monthly
       FROM (SELECT k.class AS class, ${countedSql(settings)} AS counted FROM ${classedConsumption('product_class')}
              WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id = ?)`,
  );
  const statedIn = (at: BillingCycle, g: GroupRow): Stated => stated.get(at, g.customer_key, g.trade_id)!;
  const consumedIn = (at: BillingCycle, g: GroupRow): Consumed => consumed.get(at, g.customer_key, g.trade_id)!;

  /** Does a third month have the order as well? Then each month's rows are its own, as far as its consumption does not tell. */
  const recurs = (at: BillingCycle, g: GroupRow): boolean =>
    performanceCycles.some((c) => c !== at && statedIn(c, g).rows > 0n) ||
    consumptionCycles.some((c) => c !== at && consumedIn(c, g).rows > 0n);

  /** Stated in a month without consumption there, or in the month before it, that it could be of. */
  function ownerless(at: BillingCycle, g: GroupRow): bigint {
    const there = statedIn(at, g);
    if (there.amount === 0n || consumedIn(at, g).rows > 0n) return 0n;
    const due = consumedIn(addMonths(at, -1), g);
    const left = due.monthlyRows === 0n ? there.amount : there.amount === due.monthly ? 0n : there.plain;
    if (left === 0n || context.has('consumption', at)) return left;
    return recurs(at, g) ? 0n : left - there.own;
  }
  const candidates = (g: GroupRow): Ownerless[] =>
    g.trade_id === null
      ? []
      : performanceCycles
          .map((at) => ({ at, amount: ownerless(at, g) }))
          .filter(({ amount }) => amount !== 0n)
          .sort((a, b) => nearest(a.at, b.at));
  const best = (found: readonly Ownerless[], amount: bigint): Ownerless | undefined => found.find((c) => c.amount === amount) ?? found[0];

  return {
    statedIn,
    performanceOf: (g, amount) => best(candidates(g), amount)?.at,
    partOf: (g, lacking) =>
      best(
        candidates(g).filter(
          (c) =>
            c.amount > 0n === lacking > 0n && absolute(c.amount) <= absolute(lacking) + settings.performanceTolerance * g.consumption_rows,
        ),
        lacking,
      ),
    consumptionOf(g) {
      if (g.trade_id === null) return undefined;
      const found = consumptionCycles
        .map((at) => ({ at, used: consumedIn(at, g) }))
        .filter(({ used }) => used.rows > 0n)
        .map(({ at, used }) => {
          const due = used.monthlyRows === used.rows ? addMonths(at, 1) : at;
          return { cycle: at, due, stated: statedIn(due, g).amount, counted: used.amount };
        })
        .filter(({ due }) => due !== cycle)
        .sort((a, b) => nearest(a.cycle, b.cycle));
      // Without the month before, only what another month demonstrably lacks is known not to be of that one.
      const certain = g.monthly_rows === 0n || context.has('consumption', addMonths(cycle, -1));
      const lacks = (f: (typeof found)[number]): boolean =>
        f.stated === 0n && absolute(f.counted - g.stated_monthly) <= settings.performanceTolerance && context.has('performance', f.due);
      // The month that still lacks its performance is the better explanation than one that has it.
      return certain ? (found.find((f) => f.stated === 0n) ?? found[0]) : found.find(lacks);
    },
  };
}

/** The months nearest to `cycle` first, of two equally near the later. */
function nearestFirst(cycle: BillingCycle): (a: BillingCycle, b: BillingCycle) => number {
  const index = (c: BillingCycle): number => Number(c.slice(0, 4)) * 12 + Number(c.slice(5));
  const distance = (c: BillingCycle): number => Math.abs(index(c) - index(cycle));
  return (a, b) => distance(a) - distance(b) || index(b) - index(a);
}
