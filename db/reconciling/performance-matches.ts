import type { Text } from '../../electron/core/finding.ts';
import { isOrder, type GroupKey, type MatchKey } from '../../electron/core/manual-match.ts';
import { withCombined, withJoined } from '../../electron/core/wording/manual-match.ts';
import { appliedGroups, type AppliedMatch } from '../manual-matches.ts';
import type { ReadDb, WriteDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import type { GroupRow } from './performance-facts.ts';

/**
 * What a person joined or split, before anything is pooled: the members of a join (pooled 7) become one group of their sums (8), and what is set
 * apart (9) is in no pool and no combined order. Every amount of a member moves with it, so nothing is lost or counted twice. TEMP `joined_member`
 * keeps whose rows a join has.
 */
export function applyJoinsAndSplits({ db, cycle }: RunContext): void {
  db.exec(`DROP TABLE IF EXISTS temp.joined_member;
    CREATE TEMP TABLE joined_member (match INTEGER NOT NULL, customer_key TEXT NOT NULL, trade_id TEXT, key_product TEXT)`);
  const matches = appliedGroups(db, cycle, 'consumption-performance');
  if (matches.length === 0) return;
  db.exec('CREATE INDEX IF NOT EXISTS temp.performance_group_customer ON performance_group (customer_key)');
  for (const match of matches) apply(db, match);
}

function apply(db: WriteDb, { id, action, keys }: AppliedMatch<GroupKey>): void {
  const mark = prepared<[bigint, bigint, string, string | null, string | null, string], unknown>(
    db,
    `UPDATE temp.performance_group SET pooled = ?, match = ?
      WHERE pooled = 0 AND customer_key = ? AND trade_id IS ? AND (? IS NOT NULL OR coalesce(key_product, '') = ?)`,
  );
  for (const key of keys) {
    const trade = isOrder(key) ? key.tradeId : null;
    mark.run(action === 'join' ? 7n : 9n, id, key.customer, trade, trade, isOrder(key) ? '' : key.product);
  }
  if (action === 'split') return;
  addJoined(db, id, null);
}

/** Makes one group of the members of a join (pooled 7), under the number of `parent` where there is one. */
export function addJoined(db: WriteDb, id: bigint, parent: string | null): void {
  prepared<[bigint], unknown>(
    db,
    `INSERT INTO temp.joined_member
       SELECT match, customer_key, trade_id, key_product FROM temp.performance_group WHERE pooled = 7 AND match = ?`,
  ).run(id);
  // The vendor's own statement names the group, where it has one of the orders.
  prepared<[{ id: bigint; parent: string | null }], unknown>(
    db,
    `INSERT INTO temp.performance_group
       SELECT n.customer_key, n.trade_id, n.key_product, min(g.product), max(g.listed), 8, g.match, sum(g.expected), sum(g.refused), sum(g.card_purchase),
              sum(g.monthly_out), sum(g.card), sum(g.coupon), sum(g.flexi), sum(g.consumption_rows), sum(g.stated), sum(g.stated_refused),
              sum(g.stated_card), sum(g.stated_monthly), sum(g.performance_rows), sum(g.monthly_rows), sum(g.monthly_in), sum(g.previous_rows), NULL
         FROM temp.performance_group g
         CROSS JOIN (SELECT customer_key, trade_id, key_product FROM temp.performance_group WHERE pooled = 7 AND match = :id
                      ORDER BY coalesce(trade_id <> :parent, 0), performance_rows = 0, customer_key, trade_id IS NULL, trade_id, key_product LIMIT 1) n
        WHERE g.pooled = 7 AND g.match = :id
        GROUP BY g.match`,
  ).run({ id, parent });
}

/** The sentence of a joined group's finding names what was joined, by hand or as a combined order; any other stays as it is. */
export function joinedReason(db: ReadDb, row: GroupRow, reason: Text): Text {
  if (row.pooled !== 8n) return reason;
  const members = prepared<[bigint], { customer: string; trade: string | null; product: string | null }>(
    db,
    `SELECT customer_key AS customer, trade_id AS trade, key_product AS product FROM temp.joined_member WHERE match = ?
      ORDER BY customer_key, trade_id IS NULL, trade_id, key_product`,
  ).all(row.match);
  return (row.match < 0n ? withCombined : withJoined)(
    reason,
    members.map(({ customer, trade, product }): MatchKey =>
      trade === null ? { customer, product: product ?? '', mode: '', class: '' } : { customer, tradeId: trade },
    ),
  );
}
