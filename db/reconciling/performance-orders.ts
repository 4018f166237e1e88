import type { Candidate } from '../../electron/core/finding.ts';
import { judgeCombined } from '../../electron/core/judging/combined-order.ts';
import { perhapsCombined } from '../../electron/core/wording/manual-match.ts';
import type { ReadDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import { combineStatedElsewhere, combineUsedElsewhere, findRests, openCombinedElsewhere } from './performance-combined-elsewhere.ts';
import { addJoined } from './performance-matches.ts';
import type { GroupRow } from './performance-facts.ts';
import { cyclesOf, standsIn } from './rows-of.ts';

const lone = {
  consumption: 'g.performance_rows = 0 AND g.consumption_rows > 0 AND g.expected <> 0 AND g.monthly_out = 0',
  performance: 'g.consumption_rows = 0 AND g.performance_rows > 0 AND g.previous_rows = 0 AND g.monthly_rows = 0',
} as const;
const other = { consumption: 'performance', performance: 'consumption' } as const;
/** 消费-新购. */
const purchase = 1;
const amount = { consumption: 'expected', performance: 'stated' } as const;

/**
 * Combined orders (组合交易单): one side may carry the parent's id and the other the children's (rules §7). Groups that stand alone on either
 * side agree when the children that name the parent as their original order add up to exactly the parent's amount, without refunds of the parent or
 * its children or, where it is the net, with them; they are marked as agreed (pooled 6); TEMP `combined_member` keeps which parent a group belongs to.
 * Those that do not agree are one order all the same where the tolerance allows it or `judgeCombined` says so: like a join made
 * by hand (7, 8), under a match below 0; so are those of which one side stands in the month beside this one.
 */
export function agreeCombinedOrders(context: RunContext): void {
  context.db.exec(`DROP TABLE IF EXISTS temp.combined_member;
    CREATE TEMP TABLE combined_member (group_row INTEGER PRIMARY KEY, parent TEXT NOT NULL)`);
  context.db.exec(`DROP TABLE IF EXISTS temp.combined_doubt;
    CREATE TEMP TABLE combined_doubt (customer_key TEXT NOT NULL, trade_id TEXT NOT NULL, parent TEXT NOT NULL);
    CREATE INDEX temp.combined_doubt_trade ON combined_doubt (customer_key, trade_id)`);
  openCombinedElsewhere(context);
  agreeChildren(context, 'consumption');
  combineStatedElsewhere(context);
  agreeChildren(context, 'performance');
  combineUsedElsewhere(context);
  findRests(context);
}

function agreeChildren(context: RunContext, children: 'consumption' | 'performance'): void {
  const { db, cycle, settings } = context;
  const parents = other[children];
  const own = `${children} c WHERE c.cycle = :cycle AND c.in_force = 1 AND c.customer_key = g.customer_key AND c.trade_id = g.trade_id`;
  db.exec('DROP TABLE IF EXISTS temp.child; DROP TABLE IF EXISTS temp.family');
  db.prepare(
    `CREATE TEMP TABLE child AS
       SELECT g.rowid AS child, g.customer_key AS customer_key, g.${amount[children]} AS amount, g.consumption_rows AS rows,
              g.trade_id AS trade_id,
              (SELECT min(c.original_trade_id) FROM ${own}) AS parent, (SELECT max(coalesce(c.bill_class = 'refund', 0)) FROM ${own}) AS refund,
              (SELECT min(c.bill_type IS ${purchase} AND c.original_trade_id IS NOT NULL) FROM ${own}) AS bought,
              (SELECT CASE WHEN count(c.traded_at) = count(*) THEN min(c.traded_at) END FROM ${own}) AS at
         FROM temp.performance_group g WHERE g.pooled = 0 AND g.trade_id IS NOT NULL AND ${lone[children]}`,
  ).run({ cycle });
  db.exec(`
    DELETE FROM temp.child WHERE parent IS NULL;
    CREATE INDEX temp.child_trade ON child (customer_key, trade_id);
    UPDATE temp.child AS r SET parent = c.parent FROM temp.child c
     WHERE r.refund = 1 AND c.refund = 0 AND c.customer_key = r.customer_key AND c.trade_id = r.parent;
    CREATE INDEX temp.child_parent ON child (customer_key, parent)`);
  if (children === 'consumption') followRefunds(context);
  db.exec(`
    CREATE TEMP TABLE family AS
      SELECT g.rowid AS parent_row, g.customer_key AS customer_key, g.trade_id AS parent,
             coalesce(sum(CASE c.refund WHEN 0 THEN c.amount END), 0) <> g.${amount[parents]} AS net,
             coalesce(g.${amount[parents]} IN (sum(CASE c.refund WHEN 0 THEN c.amount END), sum(c.amount)), 0) AS agrees,
             abs(sum(c.amount) - g.${amount[parents]}) <= ${settings.performanceTolerance} * (sum(c.rows) + g.consumption_rows) AS near,
             min(CASE c.refund WHEN 0 THEN c.bought END) AS bought,
             CASE WHEN count(c.at) FILTER (WHERE c.refund = 0) = count(*) FILTER (WHERE c.refund = 0) THEN min(c.at) FILTER (WHERE c.refund = 0) END AS children_at
        FROM temp.performance_group g
        JOIN temp.child c ON c.customer_key = g.customer_key AND c.parent = g.trade_id
       WHERE g.pooled = 0 AND g.trade_id IS NOT NULL AND ${lone[parents]}
       GROUP BY g.rowid
      HAVING agrees = 1 OR bought IS NOT NULL`);
  decide(context, parents);
  db.exec(`
    INSERT INTO temp.combined_member
      SELECT parent_row, parent FROM temp.family WHERE agrees = 1
      UNION ALL
      SELECT c.child, c.parent FROM temp.child c JOIN temp.family f ON f.customer_key = c.customer_key AND f.parent = c.parent
       WHERE f.agrees = 1 AND (c.refund = 0 OR f.net = 1);
    UPDATE temp.performance_group SET pooled = 6 WHERE rowid IN (SELECT group_row FROM temp.combined_member);
    UPDATE temp.performance_group AS g SET pooled = 7, match = -f.parent_row FROM temp.family f
     WHERE f.agrees = 0 AND g.pooled = 0 AND g.customer_key = f.customer_key
       AND (g.rowid = f.parent_row
            OR g.rowid IN (SELECT c.child FROM temp.child c WHERE c.customer_key = f.customer_key AND c.parent = f.parent))`);
  const different = db.prepare<[], { match: bigint; parent: string }>(
    'SELECT -parent_row AS match, parent FROM temp.family WHERE agrees = 0 ORDER BY parent_row',
  );
  for (const { match, parent } of different.all()) addJoined(db, match, parent);
}

/** Refunds of orders that were bought in an earlier month, and that have no performance under their own number: they are of the order that these name there. */
function followRefunds({ db, cycle }: RunContext): void {
  const open = db.prepare<[string], { row: bigint; customerKey: string; bought: string }>(
    `SELECT r.rowid AS row, r.customer_key AS customerKey, r.parent AS bought FROM temp.child r
      WHERE r.refund = 1 AND r.customer_key IN (SELECT g.customer_key FROM temp.performance_group g WHERE g.pooled = 0 AND ${lone.performance})
        AND NOT EXISTS (SELECT 1 FROM temp.child c WHERE c.refund = 0 AND c.customer_key = r.customer_key AND c.parent = r.parent)
        AND NOT EXISTS (SELECT 1 FROM performance p WHERE p.cycle = ? AND p.in_force = 1 AND p.customer_key = r.customer_key AND p.trade_id = r.parent)`,
  );
  const named = db.prepare<[string, string, string], string | null>(
    `SELECT min(original_trade_id) FROM consumption
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ? AND bill_class IS NOT 'refund'`,
  );
  const follow = db.prepare<[string, bigint]>('UPDATE temp.child SET parent = ? WHERE rowid = ?');
  const months = cyclesOf(db, 'consumption').filter((month) => month < cycle);
  for (const { row, customerKey, bought } of open.all(cycle)) {
    const parent = months.map((month) => named.pluck().get(month, customerKey, bought)).find((name) => name);
    if (parent) follow.run(parent, row);
  }
}

interface Undecided {
  readonly row: bigint;
  readonly customerKey: string;
  readonly parent: string;
  readonly childrenAt: string | null;
}

/** Leaves in TEMP `family` what agrees or is one order; of what nobody can tell TEMP `combined_doubt` keeps the numbers. */
function decide(context: RunContext, parents: 'consumption' | 'performance'): void {
  const { db, cycle } = context;
  const open = db.prepare<[], Undecided>(
    `SELECT parent_row AS row, customer_key AS customerKey, parent, children_at AS childrenAt FROM temp.family
      WHERE agrees = 0 AND near = 0 AND bought = 0 ORDER BY parent_row`,
  );
  const newest = db.prepare<[string, string, string], string | null>(
    `SELECT CASE WHEN count(traded_at) = count(*) THEN max(traded_at) END FROM ${parents}
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  );
  const drop = db.prepare<[bigint]>('DELETE FROM temp.family WHERE parent_row = ?');
  const doubt = db.prepare<{ row: bigint }>(
    `INSERT INTO temp.combined_doubt SELECT customer_key, parent, parent FROM temp.family WHERE parent_row = :row
      UNION ALL SELECT c.customer_key, c.trade_id, c.parent FROM temp.family f JOIN temp.child c ON c.customer_key = f.customer_key AND c.parent = f.parent
       WHERE f.parent_row = :row AND c.refund = 0`,
  );
  for (const { row, customerKey, parent, childrenAt } of open.all()) {
    const verdict = judgeCombined({
      bought: false,
      itself: standsIn(context, other[parents], customerKey, parent),
      parentAt: newest.pluck().get(cycle, customerKey, parent) ?? null,
      childrenAt,
    });
    if (verdict === 'doubtful') doubt.run({ row });
    if (verdict !== 'one') drop.run(row);
  }
}

/** That an order may be part of a combined one, where nobody can tell. */
export function combinedDoubt(db: ReadDb, { customer_key, trade_id, pooled }: GroupRow): Candidate | undefined {
  const find = prepared<[string, string | null], string>(
    db,
    'SELECT parent FROM temp.combined_doubt WHERE customer_key = ? AND trade_id = ?',
  );
  const parent = pooled === 0n ? find.pluck().get(customer_key, trade_id) : undefined;
  return parent === undefined ? undefined : perhapsCombined(parent);
}
