import type { IncentiveFacts, RatedPerformance, StatedIncentive } from '../../electron/core/judging/performance-incentive.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import type { LinkRow, Order } from './incentive-links.ts';
import { cyclesOf, monthRows } from './rows-of.ts';

/** A stated row as far as it can pay for performance of another month. */
export interface Paid {
  readonly id: bigint;
  readonly customerKey: string;
  readonly tradeId: string;
  readonly plan: string | null;
  readonly product: string | null;
  readonly base: bigint | null;
  readonly amount: bigint;
}

/** An `incentive` row i as Paid (SQL). */
export const paidColumns = `i.id AS id, i.customer_key AS customerKey, i.trade_id AS tradeId, i.plan_name AS plan,
  coalesce(i.product_type, i.product_type_code) AS product, i.base_amount AS base, coalesce(i.amount, 0) AS amount`;

/** Whether the next month pays a performance row under a plan: by 业绩ID, else by order, where each of its rows answers once. */
export function paidNextMonth(context: RunContext): Required<Pick<IncentiveFacts, 'paidNextMonth' | 'namedNextMonth'>> {
  const { db, cycle, has } = context;
  const next = addMonths(cycle, 1);
  if (!has('incentive', next)) return { paidNextMonth: () => false, namedNextMonth: () => false };
  const byId = db.prepare(
    'SELECT 1 FROM incentive WHERE cycle = ? AND in_force = 1 AND performance_id = ? AND (plan_name IS NULL OR plan_name = ?) LIMIT 1',
  );
  const byOrder = nextByOrder(context, next);
  const named = ({ performanceId }: RatedPerformance, plan: string): boolean =>
    performanceId !== null && byId.get(next, performanceId, plan) !== undefined;
  return { namedNextMonth: named, paidNextMonth: (performance, plan) => named(performance, plan) || byOrder(performance, plan) };
}

/** Rows of the next month without 业绩ID, by order. A row with another base is taken only where the next month has no performance of its own for the order. */
function nextByOrder({ db }: RunContext, next: string): (performance: RatedPerformance, plan: string) => boolean {
  db.exec('DROP TABLE IF EXISTS temp.next_paid');
  db.prepare(
    `CREATE TEMP TABLE next_paid AS SELECT ${paidColumns} FROM incentive i
      WHERE i.cycle = :next AND i.in_force = 1 AND i.performance_id IS NULL AND i.trade_id IS NOT NULL AND i.customer_key IS NOT NULL`,
  ).run({ next });
  db.exec('CREATE INDEX temp.next_paid_order ON next_paid (customerKey, tradeId)');
  const rowsOf = db.prepare<[bigint], Paid>(
    `SELECT n.* FROM performance p JOIN temp.next_paid n ON n.customerKey = p.customer_key AND n.tradeId = p.trade_id WHERE p.id = ? ORDER BY n.id`,
  );
  const own = db.prepare('SELECT 1 FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? LIMIT 1');
  const used = new Set<bigint>();
  return (performance, plan) => {
    const fits = (r: Paid): boolean =>
      !used.has(r.id) && (r.plan === null || r.plan === plan) && (r.product === null || r.product === performance.product);
    const rows = rowsOf.all(performance.id).filter(fits);
    const exact = rows.find((r) => r.base === performance.amount);
    const other = rows[0];
    const found = exact ?? (other && own.get(next, other.customerKey, other.tradeId) === undefined ? other : undefined);
    if (found) used.add(found.id);
    return found !== undefined;
  };
}

/** Whether a late row's performance was already paid under the same plan in an earlier imported month: by 业绩ID, else as often as the order has such rows. */
export function paidEarlier(
  context: RunContext,
  orders: readonly Order[],
): (found: readonly LinkRow[], incentive: StatedIncentive, order: Order | undefined) => boolean {
  const { db, cycle } = context;
  const from = addMonths(cycle, -12);
  const months = cyclesOf(db, 'incentive').filter((month) => month >= from && month < cycle);
  const byId = db.prepare(
    'SELECT 1 FROM incentive WHERE cycle IN (SELECT value FROM json_each(?)) AND in_force = 1 AND performance_id = ? AND plan_name = ? LIMIT 1',
  );
  let byOrder: Map<string, Paid[]> | undefined;
  return (found, incentive, order) => {
    const { plan } = incentive;
    const id = incentive.performanceId === null && found.length > 1 ? null : found[0]!.performance_id;
    if (plan === null) return false;
    if (id !== null && byId.get(JSON.stringify(months), id, plan) !== undefined) return true;
    if (!order) return false;
    byOrder ??= earlierByOrder(context, orders, months);
    const same = (r: { base: bigint | null; amount: bigint }): boolean =>
      incentive.base === null ? r.amount === incentive.amount : r.base === incentive.base;
    const paid = (byOrder.get(keyOf(order)) ?? []).filter((r) => r.plan === plan && r.product === incentive.product && same(r));
    const due = found.filter((row) => incentive.base === null || row.amount === incentive.base);
    return paid.length > 0 && paid.length >= due.length;
  };
}

const keyOf = (order: Order): string => `${order.customerKey}|${order.tradeId}`;

/** Rows without 业绩ID of earlier months for the given orders; one pass over each month. */
function earlierByOrder({ db }: RunContext, orders: readonly Order[], months: readonly string[]): Map<string, Paid[]> {
  db.exec(`DROP TABLE IF EXISTS temp.stray_order;
    CREATE TEMP TABLE stray_order (customer_key TEXT, trade_id TEXT, PRIMARY KEY (customer_key, trade_id)) WITHOUT ROWID`);
  const insert = db.prepare('INSERT OR IGNORE INTO temp.stray_order VALUES (:customerKey, :tradeId)');
  for (const order of orders) insert.run(order);
  const select = db.prepare<{ month: string }, Paid>(
    `SELECT ${paidColumns} FROM ${monthRows('incentive', 'i', ':month')}
       CROSS JOIN temp.stray_order o ON o.customer_key = i.customer_key AND o.trade_id = i.trade_id
      WHERE i.performance_id IS NULL`,
  );
  return Map.groupBy(
    months.flatMap((month) => select.all({ month })),
    keyOf,
  );
}
