import type { IncentiveFault, RatedPerformance } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import type { Order } from './incentive-links.ts';
import { stepOrigin } from './incentive-origins.ts';
import { paidColumns, type Paid } from './incentive-paid.ts';
import { book, type IncentiveRun } from './incentive-run.ts';
import { tellVerdict } from './incentive-shares.ts';
import { monthRows } from './rows-of.ts';

type Unknown = Paid & { readonly performanceId: string };

/**
 * What still seems missing may be paid by a row of the next month whose 业绩ID nothing knows, as that month will find it by its order. Asked last and
 * at once for all of them: it reads the next month's rows. Each row answers once; what none pays is booked as missing.
 */
export function settleMissing(state: IncentiveRun, missing: readonly IncentiveFault[]): void {
  const open = unknownRows(state, missing);
  for (const fault of missing) {
    const [performance] = fault.performances;
    const rows = performance ? (open.get(performance.id) ?? []) : [];
    const row = performance && pick(rows, performance, fault.plan ?? '');
    if (!row) {
      book(state, fault);
      continue;
    }
    rows.splice(rows.indexOf(row), 1);
    const step = {
      step: 'next-month',
      amount: -fault.expected,
      rows: fault.performances.length,
      performances: fault.performances,
      incentives: [],
      beside: fault.further === true,
      plan: fault.plan ?? '',
    } as const;
    state.bridge.step(step.step, step.amount, step.rows, () => stepOrigin(state.context, step));
    tellVerdict(state, { steps: [step], faults: [] });
  }
}

function pick(rows: readonly Unknown[], performance: RatedPerformance, plan: string): Unknown | undefined {
  const fits = rows.filter((r) => (r.plan === null || r.plan === plan) && (r.product === null || r.product === performance.product));
  return fits.find((r) => r.base === performance.amount) ?? fits[0];
}

/** Rows of the next month with a 业绩ID that no month knows, by the performance rows whose order they name; rows of one order share one list. */
function unknownRows({ context, rank }: IncentiveRun, missing: readonly IncentiveFault[]): Map<bigint, Unknown[]> {
  const { db, cycle, has } = context;
  const next = addMonths(cycle, 1);
  const found = new Map<bigint, Unknown[]>();
  if (missing.length === 0 || !has('incentive', next)) return found;
  const orderOf = db.prepare<[bigint], Order>(
    'SELECT customer_key AS customerKey, trade_id AS tradeId FROM performance WHERE id = ? AND trade_id IS NOT NULL',
  );
  const rows = rowsByOrder(
    context,
    next,
    [...new Set(missing.flatMap((f) => f.performances.map((p) => p.id)))].flatMap((id) => orderOf.get(id) ?? []),
  );
  for (const list of rows.values()) list.sort((a, b) => (rank(a.id) < rank(b.id) ? -1 : 1));
  for (const { performances } of missing) {
    for (const { id } of performances) {
      const order = orderOf.get(id);
      const list = order && rows.get(keyOf(order));
      if (list) found.set(id, list);
    }
  }
  return found;
}

const keyOf = (order: Order): string => `${order.customerKey}|${order.tradeId}`;

function rowsByOrder({ db }: RunContext, next: string, orders: readonly Order[]): Map<string, Unknown[]> {
  db.exec(`DROP TABLE IF EXISTS temp.missing_order;
    CREATE TEMP TABLE missing_order (customer_key TEXT, trade_id TEXT, PRIMARY KEY (customer_key, trade_id)) WITHOUT ROWID`);
  const insert = db.prepare('INSERT OR IGNORE INTO temp.missing_order VALUES (:customerKey, :tradeId)');
  for (const order of orders) insert.run(order);
  const rows = db
    .prepare<{ next: string }, Unknown>(
      `SELECT ${paidColumns}, i.performance_id AS performanceId FROM ${monthRows('incentive', 'i', ':next')}
         CROSS JOIN temp.missing_order o ON o.customer_key = i.customer_key AND o.trade_id = i.trade_id
        WHERE i.performance_id IS NOT NULL ORDER BY i.id`,
    )
    .all({ next });
  const performances = db.prepare<[string, string, string], string | null>(
    'SELECT performance_id FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?',
  );
  const months = Array.from({ length: 13 }, (_, i) => addMonths(next, -i));
  const byOrder = Map.groupBy(rows, keyOf);
  for (const [key, group] of byOrder) {
    const { customerKey, tradeId } = group[0]!;
    const ids = months.map((month) => performances.pluck().all(month, customerKey, tradeId));
    // With performance of its own for the order the next month gives the row to that.
    byOrder.set(key, ids[0]!.length > 0 ? [] : group.filter((row) => !ids.flat().includes(row.performanceId)));
  }
  return byOrder;
}
