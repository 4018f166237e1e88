import { judgeCombined } from '../../electron/core/judging/combined-order.ts';
import { absolute } from '../../electron/core/money.ts';
import { neighbours } from '../../electron/core/judging/month-edge.ts';
import type { BillingCycle } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, countedSql } from './counted-rows.ts';
import { addJoined } from './performance-matches.ts';
import { standsIn } from './rows-of.ts';

/** One side of a combined order, and the month next to this one that has the other. */
export interface CombinedElsewhere {
  readonly cycle: BillingCycle;
  /** What performance states of the order there, and what its consumption should count for. */
  readonly stated: bigint;
  readonly counted: bigint;
}
interface Candidate {
  readonly customerKey: string;
  readonly parent: string;
  readonly bought: bigint;
  readonly childrenAt: string | null;
}
interface Child {
  readonly row: bigint;
  readonly amount: bigint;
  readonly refund: bigint;
}

/** 消费-新购. */
const purchase = 1;

/** Makes TEMP `combined_elsewhere`, which keeps in what other month the rest of a combined order (`match`) stands. */
export function openCombinedElsewhere({ db }: RunContext): void {
  db.exec(`DROP TABLE IF EXISTS temp.combined_elsewhere;
    CREATE TEMP TABLE combined_elsewhere (match INTEGER PRIMARY KEY, cycle TEXT NOT NULL, stated INTEGER NOT NULL, counted INTEGER NOT NULL)`);
}

/**
 * Orders of this month, in TEMP `child`, that stand alone and whose combined order's number has performance in a month beside this one, and
 * nothing else in either: one order under that number. Refunds are in it where the performance is their net.
 */
export function combineStatedElsewhere(context: RunContext): void {
  const { db, cycle } = context;
  const months = neighbours(cycle).filter((at) => context.has('performance', at));
  if (months.length === 0) return;
  const candidates = db.prepare<[], Candidate>(
    `SELECT c.customer_key AS customerKey, c.parent AS parent, min(c.bought) AS bought, CASE WHEN count(c.at) = count(*) THEN min(c.at) END AS childrenAt
       FROM temp.child c JOIN temp.performance_group g ON g.rowid = c.child
      WHERE g.pooled = 0 AND c.refund = 0 GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const children = db.prepare<[string, string], Child>(
    `SELECT c.child AS row, c.amount AS amount, c.refund AS refund FROM temp.child c JOIN temp.performance_group g ON g.rowid = c.child
      WHERE c.customer_key = ? AND c.parent = ? AND g.pooled = 0 ORDER BY c.child`,
  );
  const mark = db.prepare<[bigint, string]>(
    `UPDATE temp.performance_group SET pooled = 7, match = ? WHERE rowid IN (SELECT value FROM json_each(?))`,
  );
  const rename = db.prepare<[string, bigint]>('UPDATE temp.performance_group SET trade_id = ? WHERE pooled = 8 AND match = ?');
  for (const candidate of candidates.all()) {
    const { customerKey, parent } = candidate;
    const stated = (at: string): bigint => statedOf(context, at, customerKey, parent);
    const at = stated(cycle) === 0n ? months.find((month) => stated(month) !== 0n) : undefined;
    if (at === undefined || !isOne(context, candidate, at)) continue;
    const own = children.all(customerKey, parent);
    const bought = own.filter((c) => c.refund === 0n);
    const members = bought.reduce((n, c) => n + c.amount, 0n) === stated(at) ? bought : own;
    const match = -members[0]!.row;
    mark.run(match, `[${members.map((c) => c.row).join()}]`);
    addJoined(db, match, parent);
    rename.run(parent, match);
    addMembers(context, match, customerKey, [parent]);
    addElsewhere(context, match, { cycle: at, stated: stated(at), counted: 0n });
  }
}

/** The other side of it: performance of this month under a combined order's number, whose other orders were used in a month beside this one. */
export function combineUsedElsewhere(context: RunContext): void {
  const { db, cycle } = context;
  db.exec(`DROP TABLE IF EXISTS temp.lone_parent;
    CREATE TEMP TABLE lone_parent AS SELECT rowid AS parent_row, customer_key, trade_id, stated FROM temp.performance_group
     WHERE pooled = 0 AND trade_id IS NOT NULL AND consumption_rows = 0 AND performance_rows > 0 AND previous_rows = 0 AND monthly_rows = 0;
    CREATE INDEX temp.lone_parent_trade ON lone_parent (customer_key, trade_id)`);
  // Each customer's rows of the month are read once, however many of its orders stand alone.
  const find = db.prepare<{ at: string }, Candidate & { row: bigint; stated: bigint; children: string }>(
    `SELECT p.parent_row AS row, p.customer_key AS customerKey, p.trade_id AS parent, p.stated AS stated, json_group_array(DISTINCT c.trade_id) AS children,
            min(c.bill_type IS ${purchase}) AS bought, CASE WHEN count(c.traded_at) = count(*) THEN min(c.traded_at) END AS childrenAt
       FROM (SELECT DISTINCT customer_key FROM temp.lone_parent) d
      CROSS JOIN consumption c ON c.cycle = :at AND c.in_force = 1 AND c.customer_key = d.customer_key AND c.original_trade_id IS NOT NULL
       JOIN temp.lone_parent p ON p.customer_key = c.customer_key AND p.trade_id = c.original_trade_id
      WHERE c.trade_id IS NOT NULL AND c.bill_class IS NOT 'refund'
      GROUP BY p.parent_row ORDER BY p.parent_row`,
  );
  const mark = db.prepare<[bigint, bigint]>('UPDATE temp.performance_group SET pooled = 7, match = ? WHERE rowid = ? AND pooled = 0');
  for (const at of neighbours(cycle).filter((month) => context.has('consumption', month))) {
    for (const candidate of find.all({ at })) {
      const { row, customerKey, parent, stated, children } = candidate;
      const bought = JSON.parse(children) as string[];
      const here = (trade: string): boolean => isHere(context, customerKey, trade);
      // What has rows in this month too is judged there by its own number.
      if (bought.some(here) || !isOne(context, candidate, cycle)) continue;
      const there = [parent, ...bought].reduce((n, trade) => n + statedOf(context, at, customerKey, trade), 0n);
      const used = usedOf(context, at, customerKey, bought);
      // A part there and a part here are one amount, as far as that was used.
      if ((there !== 0n && there !== stated && !isPart(stated, used - there)) || mark.run(-row, row).changes === 0) continue;
      addJoined(db, -row, parent);
      const full = used === stated || used === there + stated;
      const back = full ? [] : refundsOf(context, at, customerKey, [parent, ...bought]).filter((trade) => !here(trade));
      addMembers(context, -row, customerKey, [...bought, ...back]);
      addElsewhere(context, -row, { cycle: at, stated: there, counted: used });
    }
  }
}

/** Combined orders of this month whose performance is stated only in part: where the month beside states more of it, and nothing else, that is the rest. */
export function findRests(context: RunContext): void {
  const open = context.db.prepare<[], { match: bigint; customerKey: string; parent: string; lacking: bigint; orders: string }>(
    `SELECT g.match AS match, g.customer_key AS customerKey, g.trade_id AS parent, g.expected - g.stated AS lacking,
            (SELECT json_group_array(m.trade_id) FROM temp.joined_member m WHERE m.match = g.match) AS orders
       FROM temp.performance_group g
      WHERE g.pooled = 8 AND g.match < 0 AND g.consumption_rows > 0 AND g.performance_rows > 0 AND g.expected <> g.stated
        AND NOT EXISTS (SELECT 1 FROM temp.combined_elsewhere e WHERE e.match = g.match) ORDER BY g.match DESC`,
  );
  const used = prepared<[string, string, string], unknown>(
    context.db,
    `SELECT 1 FROM consumption WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id IN (SELECT value FROM json_each(?)) LIMIT 1`,
  );
  const months = neighbours(context.cycle).filter((at) => context.has('performance', at));
  for (const { match, customerKey, parent, lacking, orders } of open.all()) {
    const at = months.find(
      (month) => isPart(statedOf(context, month, customerKey, parent), lacking) && used.get(month, customerKey, orders) === undefined,
    );
    if (at !== undefined) addElsewhere(context, match, { cycle: at, stated: statedOf(context, at, customerKey, parent), counted: 0n });
  }
}

/** Is an amount a part of what is lacking, or all of it? */
const isPart = (amount: bigint, lacking: bigint): boolean =>
  amount !== 0n && amount > 0n === lacking > 0n && absolute(amount) <= absolute(lacking);

function statedOf({ db }: RunContext, at: BillingCycle, customerKey: string, trade: string): bigint {
  const stated = prepared<[string, string, string], bigint>(
    db,
    'SELECT coalesce(sum(amount), 0) FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?',
  );
  return stated.pluck().get(at, customerKey, trade)!;
}

/** Are those orders and the one that they name, whose performance stands in month `at`, a combined order? */
function isOne(context: RunContext, { customerKey, parent, bought, childrenAt }: Candidate, at: BillingCycle): boolean {
  const newest = prepared<[string, string, string], string | null>(
    context.db,
    `SELECT CASE WHEN count(traded_at) = count(*) THEN max(traded_at) END FROM performance
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  );
  if (standsIn(context, 'consumption', customerKey, parent)) return false;
  const parentAt = newest.pluck().get(at, customerKey, parent) ?? null;
  return judgeCombined({ bought: bought === 1n, itself: false, parentAt, childrenAt }) === 'one';
}

function isHere({ db, cycle }: RunContext, customerKey: string, trade: string): boolean {
  return (['consumption', 'performance'] as const).some(
    (table) =>
      prepared<[string, string, string], unknown>(
        db,
        `SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? LIMIT 1`,
      ).get(cycle, customerKey, trade) !== undefined,
  );
}

/** What of these orders counts as performance. */
function usedOf({ db, settings }: RunContext, at: BillingCycle, customerKey: string, trades: readonly string[]): bigint {
  const sum = prepared<[string, string, string], bigint>(
    db,
    `SELECT coalesce(sum(${countedSql(settings)}), 0) FROM ${classedConsumption('product_class')}
      WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id IN (SELECT value FROM json_each(?))`,
  );
  return sum.pluck().get(at, customerKey, JSON.stringify(trades))!;
}

/** The refunds that name one of these orders. */
function refundsOf({ db }: RunContext, at: BillingCycle, customerKey: string, trades: readonly string[]): string[] {
  const naming = prepared<[string, string, string], string>(
    db,
    `SELECT DISTINCT trade_id FROM consumption WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND bill_class = 'refund'
        AND trade_id IS NOT NULL AND original_trade_id IN (SELECT value FROM json_each(?)) ORDER BY trade_id`,
  );
  return naming.pluck().all(at, customerKey, JSON.stringify(trades));
}

function addMembers({ db }: RunContext, match: bigint, customerKey: string, trades: readonly string[]): void {
  const add = prepared<[bigint, string, string], unknown>(db, 'INSERT INTO temp.joined_member VALUES (?, ?, ?, NULL)');
  for (const trade of trades) add.run(match, customerKey, trade);
}

function addElsewhere({ db }: RunContext, match: bigint, { cycle, stated, counted }: CombinedElsewhere): void {
  prepared<[bigint, string, bigint, bigint], unknown>(db, 'INSERT INTO temp.combined_elsewhere VALUES (?, ?, ?, ?)').run(
    match,
    cycle,
    stated,
    counted,
  );
}
