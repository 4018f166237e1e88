import { addMonths } from '../../electron/core/month.ts';
import { customerIdSql } from '../customer-keys.ts';
import type { RunContext } from './context.ts';
import { saidJoin, saidKey, type SaidOfIncentives } from './incentive-matches.ts';
import { monthScan } from './month-scan.ts';
import { monthRows } from './rows-of.ts';

/**
 * One row of the merged stream: `side` 0 performance, 1 incentive; rows of one key come together, performance first, in file order. Over a million
 * of them are sorted, so they carry no more than judging needs: what rates a row only on performance, and its customer only where it has no tag.
 */
export interface LinkRow {
  readonly key: string;
  readonly side: bigint;
  readonly id: bigint;
  readonly performance_id: string | null;
  readonly plan: string | null;
  readonly product: string | null;
  readonly association_type: string | null;
  readonly tag: string | null;
  readonly customer_id: string | null;
  readonly at: string | null;
  readonly amount: bigint;
  readonly base: bigint | null;
  readonly rate: bigint | null;
}

/** What the policy asks of a performance row. */
export type RatedBy = Pick<LinkRow, 'product' | 'association_type' | 'tag' | 'customer_id' | 'at'>;
const tradedOn = 'substr(coalesce(p.traded_at, CASE WHEN substr(p.formed_at, 1, 7) = p.cycle THEN p.formed_at END), 1, 10)';
/** The same of a `performance` row p (SQL); one without 关联类型 takes the user's history at trade time. Needs `addAssociationFunction`. */
export const ratingColumns: Readonly<Record<keyof RatedBy, string>> = {
  product: 'coalesce(p.product_type, p.product_type_code)',
  association_type: `coalesce(p.association_type, association_at(p.customer_key, coalesce(${tradedOn}, p.cycle || '-31')))`,
  tag: 'p.new_customer_tag',
  customer_id: `CASE WHEN coalesce(p.new_customer_tag, '') NOT IN ('Y', 'N') THEN ${customerIdSql('p')} END`,
  at: tradedOn,
};
/** A `performance` row p as a LinkRow under the given key (SQL). */
export const performanceColumns = (key: string): string =>
  `${key} AS key, 0 AS side, p.id AS id, p.performance_id AS performance_id, NULL AS plan, ${ratingColumns.product} AS product,
   ${ratingColumns.association_type} AS association_type, p.new_customer_tag AS tag, ${ratingColumns.customer_id} AS customer_id, ${ratingColumns.at} AS at,
   coalesce(p.amount, 0) AS amount, NULL AS base, NULL AS rate`;
const incentiveColumns = (key: string): string =>
  `${key}, 1, i.id, i.performance_id, i.plan_name, coalesce(i.product_type, i.product_type_code), NULL,
   NULL, NULL, NULL, coalesce(i.amount, 0), i.base_amount, i.rate`;

/**
 * Collects the trades of which a row has no 业绩ID, and those in `byOrder`, in TEMP `link_trade`; false where there is none.
 */
export function fillLinkTrades({ db, cycle }: RunContext, byOrder: readonly Order[]): boolean {
  db.exec('DROP TABLE IF EXISTS temp.link_trade');
  db.prepare(
    `CREATE TEMP TABLE link_trade AS
       SELECT customer_key, trade_id FROM ${monthRows('incentive', 'i')}
        WHERE performance_id IS NULL AND trade_id IS NOT NULL AND customer_key IS NOT NULL
       UNION
       SELECT customer_key, trade_id FROM ${monthRows('performance', 'p')} WHERE performance_id IS NULL AND trade_id IS NOT NULL`,
  ).run({ cycle });
  db.exec('CREATE UNIQUE INDEX temp.link_trade_key ON link_trade (customer_key, trade_id)');
  const add = db.prepare('INSERT OR IGNORE INTO temp.link_trade VALUES (:customerKey, :tradeId)');
  for (const order of byOrder) add.run(order);
  return db.prepare('SELECT 1 FROM temp.link_trade LIMIT 1').get() !== undefined;
}

/** Which rows of the stream are read, and by what they meet. */
export interface Linking {
  /** TEMP `link_trade` has orders. */
  readonly byTrade: boolean;
  readonly said: SaidOfIncentives;
  /** Only the 业绩IDs in TEMP `incentive_open`. */
  readonly open: boolean;
}

/**
 * Performance and row-by-row incentive of the month as one ordered stream. The key is 业绩ID; trades where one side has none are keyed by
 * customer + trade id on both sides, and so are the trades whose 业绩ID turned out to be unknown (TEMP `link_trade`). What a person said goes first. Incentive
 * rows with neither are left to `unlinkedIncentives`.
 */
export function linkedRows({ db, cycle }: RunContext, { byTrade, said, open }: Linking): Iterable<LinkRow> {
  const key = (t: 'p' | 'i'): string => {
    const own = `coalesce('#' || ${t}.performance_id, '=' || ${t}.id)`;
    const found = byTrade ? `CASE WHEN l.trade_id IS NOT NULL THEN '@' || ${t}.customer_key || '|' || ${t}.trade_id ELSE ${own} END` : own;
    return said.none ? found : `coalesce(${saidKey(t)}, ${found})`;
  };
  const join = (t: 'p' | 'i'): string =>
    `${byTrade ? `LEFT JOIN temp.link_trade l ON l.customer_key = ${t}.customer_key AND l.trade_id = ${t}.trade_id` : ''} ${said.none ? '' : saidJoin(t)}`;
  const left = (t: 'p' | 'i'): string => (open ? `AND ${t}.performance_id IN (SELECT performance_id FROM temp.incentive_open)` : '');
  return db
    .prepare<{ cycle: string }, LinkRow>(
      `SELECT ${performanceColumns(key('p'))} FROM ${monthRows('performance', 'p')} ${join('p')} WHERE 1 ${left('p')}
       UNION ALL
       SELECT ${incentiveColumns(key('i'))} FROM ${monthRows('incentive', 'i')} ${join('i')}
        WHERE (i.performance_id IS NOT NULL OR (i.trade_id IS NOT NULL AND i.customer_key IS NOT NULL)) ${left('i')}
       ORDER BY 1, 2, 3`,
    )
    .iterate({ cycle });
}

/** An order of a customer, as rows without 业绩ID are matched. */
export interface Order {
  readonly customerKey: string;
  readonly tradeId: string;
}

/** Incentive rows that name neither a performance row nor a trade: tier plans and other statements of a whole month. */
export interface UnlinkedIncentive {
  readonly id: bigint;
  readonly plan: string | null;
  readonly product: string | null;
  readonly association_type: string | null;
  readonly reseller: string | null;
  readonly amount: bigint;
  readonly base: bigint | null;
  readonly rate: bigint | null;
}
export function unlinkedIncentives({ db, cycle }: RunContext): UnlinkedIncentive[] {
  return db
    .prepare<[string], UnlinkedIncentive>(
      `SELECT id, plan_name AS plan, coalesce(product_type, product_type_code) AS product, association_type,
              coalesce(reseller_name, reseller_id) AS reseller, coalesce(amount, 0) AS amount, base_amount AS base, rate
         FROM incentive WHERE cycle = ? AND in_force = 1 AND performance_id IS NULL AND (trade_id IS NULL OR customer_key IS NULL) ORDER BY id`,
    )
    .all(cycle);
}

/** Performance of earlier imported months (the newest within a year first) under the given 业绩IDs, for incentives that came late. */
export function earlierPerformance({ db, cycle }: RunContext, ids: readonly string[]): Map<string, LinkRow[]> {
  const found = new Map<string, LinkRow[]>();
  if (ids.length === 0) return found;
  db.exec('DROP TABLE IF EXISTS temp.stray; CREATE TEMP TABLE stray (performance_id TEXT PRIMARY KEY) WITHOUT ROWID');
  const insert = db.prepare('INSERT OR IGNORE INTO temp.stray VALUES (?)');
  for (const id of ids) insert.run(id);
  const select = db.prepare<{ cycle: string }, LinkRow>(
    `SELECT ${performanceColumns('p.performance_id')} FROM ${monthScan('performance', 'p')}
        AND p.performance_id IN (SELECT performance_id FROM temp.stray) ORDER BY p.id`,
  );
  for (let back = 1; back <= 12 && found.size < ids.length; back++) {
    const rows = select.all({ cycle: addMonths(cycle, -back) }).filter((r) => !found.has(r.key));
    for (const [id, group] of Map.groupBy(rows, (r) => r.key)) found.set(id, group);
  }
  return found;
}
