import type { RunContext } from './context.ts';
import { combineStatedElsewhere, combineUsedElsewhere, openCombinedElsewhere } from './performance-combined-elsewhere.ts';
import { addJoined } from './performance-matches.ts';

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
 * Those that do not agree are one order all the same where the children are new purchases, which name no other order as their original: like a join made
 * by hand (7, 8), under a match below 0; so are those of which one side stands in the month beside this one.
 */
export function agreeCombinedOrders(context: RunContext): void {
  context.db.exec(`DROP TABLE IF EXISTS temp.combined_member;
    CREATE TEMP TABLE combined_member (group_row INTEGER PRIMARY KEY, parent TEXT NOT NULL)`);
  openCombinedElsewhere(context);
  agreeChildren(context, 'consumption');
  combineStatedElsewhere(context);
  agreeChildren(context, 'performance');
  combineUsedElsewhere(context);
}

function agreeChildren({ db, cycle }: RunContext, children: 'consumption' | 'performance'): void {
  const parents = other[children];
  const own = `${children} c WHERE c.cycle = :cycle AND c.in_force = 1 AND c.customer_key = g.customer_key AND c.trade_id = g.trade_id`;
  db.exec('DROP TABLE IF EXISTS temp.child; DROP TABLE IF EXISTS temp.family');
  db.prepare(
    `CREATE TEMP TABLE child AS
       SELECT g.rowid AS child, g.customer_key AS customer_key, g.${amount[children]} AS amount,
              g.trade_id AS trade_id,
              (SELECT min(c.original_trade_id) FROM ${own}) AS parent, (SELECT max(coalesce(c.bill_class = 'refund', 0)) FROM ${own}) AS refund,
              (SELECT min(c.bill_type IS ${purchase} AND c.original_trade_id IS NOT NULL) FROM ${own}) AS bought
         FROM temp.performance_group g WHERE g.pooled = 0 AND g.trade_id IS NOT NULL AND ${lone[children]}`,
  ).run({ cycle });
  db.exec(`
    DELETE FROM temp.child WHERE parent IS NULL;
    CREATE INDEX temp.child_trade ON child (customer_key, trade_id);
    UPDATE temp.child AS r SET parent = c.parent FROM temp.child c
     WHERE r.refund = 1 AND c.refund = 0 AND c.customer_key = r.customer_key AND c.trade_id = r.parent;
    CREATE INDEX temp.child_parent ON child (customer_key, parent);
    CREATE TEMP TABLE family AS
      SELECT g.rowid AS parent_row, g.customer_key AS customer_key, g.trade_id AS parent,
             coalesce(sum(CASE c.refund WHEN 0 THEN c.amount END), 0) <> g.${amount[parents]} AS net,
             coalesce(g.${amount[parents]} IN (sum(CASE c.refund WHEN 0 THEN c.amount END), sum(c.amount)), 0) AS agrees,
             min(CASE c.refund WHEN 0 THEN c.bought END) AS bought
        FROM temp.performance_group g
        JOIN temp.child c ON c.customer_key = g.customer_key AND c.parent = g.trade_id
       WHERE g.pooled = 0 AND g.trade_id IS NOT NULL AND ${lone[parents]}
       GROUP BY g.rowid
      HAVING agrees = 1 OR bought = 1;
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
