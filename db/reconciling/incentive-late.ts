import type { StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import { earlierPerformance, performanceColumns, type LinkRow, type Order } from './incentive-links.ts';
import { paidEarlier } from './incentive-paid.ts';
import { rater, type Rated } from './incentive-policy.ts';
import { judgeGroup, ratedRow, type IncentiveRun } from './incentive-run.ts';
import { cyclesOf } from './rows-of.ts';

/** An incentive row whose key has no performance in this month. */
export interface Stray {
  readonly key: string;
  readonly incentive: StatedIncentive;
  /** The order that the row names, if it does. */
  readonly order: Order | undefined;
  /** The performance of the month before that it is known to pay. */
  readonly of?: LinkRow;
}

/** Strays that belong to earlier performance, and orders of this month that strays name although their 业绩ID is unknown. */
export interface Found {
  readonly earlier: ReadonlyMap<string, readonly LinkRow[]>;
  readonly ofThisMonth: readonly Order[];
}

/** Looks every stray key up: under its 业绩ID in earlier months, else by its order in this month, else by its order in earlier months. */
export function findStrays(state: IncentiveRun, strays: readonly Stray[]): Found {
  const { db, cycle } = state.context;
  const earlier = new Map<string, readonly LinkRow[]>();
  const ofThisMonth: Order[] = [];
  const byOrder = db.prepare<unknown[], LinkRow>(
    `SELECT ${performanceColumns("''")} FROM performance p
      WHERE p.cycle = ? AND p.in_force = 1 AND p.customer_key = ? AND p.trade_id = ? ORDER BY p.id`,
  );
  const stated = new Set(cyclesOf(db, 'performance'));
  const months = earlierMonths(cycle).filter((month) => stated.has(month));
  const newest = (order: Order, fits: (row: LinkRow) => boolean): LinkRow[] => {
    for (const month of months) {
      const rows = byOrder.all(month, order.customerKey, order.tradeId).filter(fits);
      if (rows.length > 0) return rows;
    }
    return [];
  };
  const own = Map.groupBy(
    strays.filter((s) => !s.of),
    (s) => s.key,
  );
  const heads = [...own.values()].map((rows) => rows.find((s) => s.order) ?? rows[0]!);
  const idOf = (s: Stray): string | undefined => (s.key.startsWith('#') ? s.key.slice(1) : undefined);
  for (const s of heads) {
    const id = idOf(s);
    if (s.order && id !== undefined)
      earlier.set(
        s.key,
        newest(s.order, (row) => row.performance_id === id),
      );
  }
  const unknown = heads.flatMap((s) => (earlier.get(s.key)?.length ? [] : (idOf(s) ?? [])));
  for (const [id, rows] of earlierPerformance(state.context, unknown)) earlier.set(`#${id}`, rows);
  for (const s of heads) {
    if (!s.order || earlier.get(s.key)?.length) continue;
    if (s.key.startsWith('#') && byOrder.get(cycle, s.order.customerKey, s.order.tradeId)) ofThisMonth.push(s.order);
    else
      earlier.set(
        s.key,
        newest(s.order, () => true),
      );
  }
  return { earlier, ofThisMonth };
}

/** Incentive rows for performance of earlier months, judged at the rates of their own time; what was paid before or belongs to nothing is a fault. */
export function judgeLate(state: IncentiveRun, strays: readonly Stray[], { earlier }: Pick<Found, 'earlier'>): void {
  const paid = paidEarlier(
    state.context,
    strays.flatMap((s) => s.order ?? []),
  );
  const rate = rateOfItsMonth(state);
  for (const [key, rows] of Map.groupBy(strays, (s) => s.key)) {
    const of = rows[0]!.of;
    const found = of ? [of] : (earlier.get(key) ?? []);
    const fresh: StatedIncentive[] = [];
    for (const { incentive, order } of rows) {
      if (found.length === 0 || (!of && paid(found, incentive, order))) judgeGroup(state, [], [incentive]);
      else fresh.push(incentive);
    }
    if (fresh.length > 0) {
      const performances = found.map((row) => ratedRow(row, rate(row), true));
      judgeGroup(state, performances, fresh);
    }
  }
}

/** What the policy said of a performance row in its own month: a product's policy, and the day of a row without a time, are those of that month. */
function rateOfItsMonth({ context, policy }: IncentiveRun): (row: LinkRow) => Rated {
  const cycleOf = context.db.prepare<[bigint], string>('SELECT cycle FROM performance WHERE id = ?').pluck();
  const raters = new Map<string, ReturnType<typeof rater>>();
  return (row) => {
    const cycle = cycleOf.get(row.id)!;
    const known = raters.get(cycle) ?? rater({ ...context, cycle }, policy);
    raters.set(cycle, known);
    return known(row);
  };
}

/** The twelve months before, newest first. */
const earlierMonths = (cycle: string): string[] => Array.from({ length: 12 }, (_, i) => addMonths(cycle, -1 - i));
