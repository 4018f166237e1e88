import type { StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import { earlierPerformance, type LinkRow } from './incentive-links.ts';
import { judgeGroup, ratedRow, type IncentiveRun } from './incentive-run.ts';

/** An incentive row whose performance is not in this month. */
export interface Stray {
  readonly key: string;
  readonly incentive: StatedIncentive;
}

/** Incentive rows for performance of earlier months, judged at the rates of their own time; what was paid before or belongs to nothing is a fault. */
export function judgeLate(state: IncentiveRun, strays: readonly Stray[]): void {
  if (strays.length === 0) return;
  const { db } = state.context;
  const named = db.prepare<[bigint], { performance_id: string | null; customer_key: string; trade_id: string }>(
    'SELECT performance_id, customer_key, trade_id FROM incentive WHERE id = ?',
  );
  const byTrade = tradeLookup(state);
  const groups = Map.groupBy(strays, (s) => s.key);
  const ids = [...groups.keys()].filter((key) => key.startsWith('#')).map((key) => key.slice(1));
  const earlier = earlierPerformance(state.context, ids);
  for (const [key, rows] of groups) {
    const place = named.get(rows[0]!.incentive.id)!;
    const found = key.startsWith('#') ? (earlier.get(key.slice(1)) ?? []) : byTrade(place.customer_key, place.trade_id);
    const fresh: StatedIncentive[] = [];
    for (const { incentive } of rows) {
      if (found.length === 0 || paidBefore(state, found[0]!, incentive)) judgeGroup(state, [], [incentive]);
      else fresh.push(incentive);
    }
    if (fresh.length > 0) {
      const performances = found.map((row) => ratedRow(row, state.rate(row), true));
      judgeGroup(state, performances, fresh);
    }
  }
}

/** Was the same performance already paid under the same plan in an earlier imported month? */
function paidBefore({ context: { db, cycle } }: IncentiveRun, performance: LinkRow, incentive: StatedIncentive): boolean {
  if (performance.performance_id === null || incentive.plan === null) return false;
  return (
    db
      .prepare(
        `SELECT 1 FROM incentive WHERE cycle IN (SELECT value FROM json_each(?)) AND in_force = 1 AND performance_id = ? AND plan_name = ? LIMIT 1`,
      )
      .get(JSON.stringify(earlierMonths(cycle)), performance.performance_id, incentive.plan) !== undefined
  );
}

/** Performance of the newest earlier month that has this trade. */
function tradeLookup({ context: { db, cycle } }: IncentiveRun): (customerKey: string, tradeId: string) => LinkRow[] {
  const select = db.prepare<unknown[], LinkRow>(
    `SELECT '' AS key, 0 AS side, id, performance_id, NULL AS plan, coalesce(product_type, product_type_code) AS product, association_type,
            new_customer_tag AS tag, customer_id, traded_at AS at, coalesce(amount, 0) AS amount, NULL AS base, NULL AS rate
       FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? ORDER BY id`,
  );
  return (customerKey, tradeId) => {
    for (const month of earlierMonths(cycle)) {
      const rows = select.all(month, customerKey, tradeId);
      if (rows.length > 0) return rows;
    }
    return [];
  };
}

/** The twelve months before, newest first. */
const earlierMonths = (cycle: string): string[] => Array.from({ length: 12 }, (_, i) => addMonths(cycle, -1 - i));
