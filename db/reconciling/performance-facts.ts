import type { PerformanceFacts } from '../../electron/core/judging/consumption-performance.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, countedSql } from './counted-rows.ts';
import { asideLookup, consumedRows, nothingAside, type AsideRows } from './performance-aside.ts';
import type { CombinedElsewhere } from './performance-combined-elsewhere.ts';
import { elsewhereLookup } from './performance-elsewhere.ts';
import { groupRows, rowsBut } from './performance-evidence.ts';

/** One row of TEMP `performance_group`. */
export interface GroupRow {
  readonly customer_key: string;
  readonly trade_id: string | null;
  readonly key_product: string | null;
  readonly product: string | null;
  readonly listed: bigint;
  readonly pooled: bigint;
  /** The join made by hand that this group is (pooled 8). */
  readonly match: bigint;
  readonly expected: bigint;
  readonly refused: bigint;
  readonly card_purchase: bigint;
  readonly monthly_out: bigint;
  readonly card: bigint;
  readonly coupon: bigint;
  readonly flexi: bigint;
  readonly consumption_rows: bigint;
  readonly stated: bigint;
  readonly stated_refused: bigint;
  readonly stated_card: bigint;
  readonly stated_monthly: bigint;
  readonly performance_rows: bigint;
  readonly monthly_rows: bigint;
  readonly monthly_in: bigint;
  readonly previous_rows: bigint;
  /** The first day on which its consumption, of this month or left by the one before, was traded; null where no row says, and of a group that is made of others. */
  readonly earliest: string | null;
}

/** Of a group joined by hand only its sums decide: its orders stand elsewhere, or not, each for itself. */
const unknown = {
  inNext: false,
  transferred: false,
  aside: nothingAside,
  onlyRefunds: false,
  unreversed: 0n,
  arrived: { card: 0n, coupon: 0n, flexi: 0n },
  dueHere: false,
  repeated: [],
} as const;

/** The facts of a group, with the rows that its steps `not-associated`, `scope` and `too-fresh` have. */
export type GroupFacts = PerformanceFacts & { readonly aside: AsideRows };

/** Prepares the lookups of one run; the returned function answers for one group that does not simply agree. */
export function performanceFacts(context: RunContext): (g: GroupRow) => GroupFacts {
  const { db, cycle, settings } = context;
  const next = addMonths(cycle, 1);
  const previous = addMonths(cycle, -1);
  const known = {
    previousImported: context.has('consumption', previous),
    nextImported: context.has('performance', next),
    tolerance: settings.performanceTolerance,
  };
  const inNextByProduct = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND coalesce(product_type, product_type_code) IS ?
        AND (trade_id IS NULL OR ? IS NULL) LIMIT 1`,
  );
  const elsewhere = elsewhereLookup(context);
  const transferred = transferLookup(context);
  const repeated = repeatedLookup(context);
  const combined = combinedLookup(context);
  const aside = asideLookup(context);
  const arrivedIn = arrivedLookup(context);
  const unreversed = unreversedLookup(context);
  const settled = settledLookup(context);
  const refusedBefore = refusedLookup(context);

  return (g) => {
    // Of a combined order the vendor's numbers may stand twice.
    const twice = g.match < 0n && g.performance_rows > 1n ? { repeated: repeated(g) } : {};
    if (g.pooled === 8n) return { ...unknown, ...twice, ...combined(g), ...known };
    const rows = aside(g, (lacking) => elsewhere.partOf(g, lacking)?.amount ?? 0n);
    const ours = g.expected - rows.unassociated.amount;
    const missing = g.performance_rows === 0n && ours !== 0n;
    const alone = g.consumption_rows === 0n && g.performance_rows > 0n && (g.previous_rows === 0n || g.performance_rows > g.monthly_rows);
    const inNext = known.nextImported && g.monthly_out !== 0n && hasNext(g);
    const unsettled = g.monthly_out !== 0n && known.nextImported && !inNext;
    const consumption = alone ? elsewhere.consumptionOf(g) : undefined;
    const lacking = ours - rows.beyond.amount - rows.fresh.amount - g.stated + rows.statedBeyond.amount;
    const notArrived = g.previous_rows > 0n ? g.monthly_in - rows.beyondArrived.amount - g.stated_monthly : 0n;
    return {
      ...known,
      inNext,
      performanceElsewhere: missing || unsettled ? elsewhere.performanceOf(g, ours + (unsettled ? g.monthly_out : 0n)) : undefined,
      restElsewhere: lacking === 0n ? undefined : elsewhere.partOf(g, lacking)?.at,
      arrivedElsewhere: notArrived === 0n ? undefined : elsewhere.partOf(g, notArrived)?.at,
      consumptionElsewhere: consumption,
      transferred: (missing || alone || g.monthly_out !== 0n) && transferred(g),
      aside: rows,
      ...arrivedIn(g),
      unreversed: g.stated > g.expected ? unreversed(g, [...rows.rows.unassociated, ...rows.rows.beyond, ...rows.rows.fresh]) : 0n,
      dueHere: consumption?.cycle === previous && settled(g),
      refusedIn: g.monthly_rows > 0n && g.previous_rows === 0n && refusedBefore(g) ? previous : undefined,
      repeated: g.performance_rows > 1n ? repeated(g) : [],
    };
  };

  function hasNext(g: GroupRow): boolean {
    if (g.trade_id !== null && elsewhere.statedIn(next, g).rows > 0n) return true;
    // The amount is checked in the next month, where both sides meet by customer and product.
    return inNextByProduct.get(next, g.customer_key, g.product, g.trade_id) !== undefined;
  }
}

/** What a difference may be made of: the parts of the rows that the month before left, and whether all of a group are refunds. */
function arrivedLookup(context: RunContext): (g: GroupRow) => Pick<PerformanceFacts, 'arrived' | 'onlyRefunds'> {
  const { db, cycle } = context;
  const previous = addMonths(cycle, -1);
  const bought = prepared<[string], bigint>(
    db,
    `SELECT count(*) FROM consumption WHERE id IN (SELECT value FROM json_each(?)) AND bill_class IS NOT 'refund' AND coalesce(amount_due, 0) >= 0`,
  );
  return (g) => {
    const settled = g.monthly_rows > 0n && g.previous_rows > 0n;
    const left =
      settled && g.monthly_in !== g.stated_monthly
        ? consumedRows(context, previous, g, 'previous_product_class').filter((r) => r.class === 3n)
        : [];
    const of = (column: 'card' | 'coupon' | 'flexi'): bigint => left.reduce((n, r) => n + r[column], 0n);
    const backOnly = (g.expected === 0n && g.stated < 0n) || (settled && g.monthly_in === 0n && g.stated_monthly < 0n);
    const rows = backOnly ? [...groupRows(db, 'consumption', cycle, g), ...left.map((r) => r.id)] : [];
    return {
      arrived: { card: of('card'), coupon: of('coupon'), flexi: of('flexi') },
      onlyRefunds: rows.length > 0 && bought.pluck().get(`[${rows.join()}]`) === 0n,
    };
  };
}

/** What the refunds of a group count for (those that do not stand `apart`), where none of its performance is negative. */
function unreversedLookup({ db, cycle, settings }: RunContext): (g: GroupRow, apart: readonly RowId[]) => bigint {
  const refunds = prepared<[string], bigint>(
    db,
    `SELECT coalesce(sum(${countedSql(settings)}), 0) FROM ${classedConsumption('product_class', 'json_each(?) j CROSS JOIN consumption c ON c.id = j.value')}
      WHERE c.bill_class = 'refund' AND coalesce(k.class, 0) = 0`,
  );
  const reversal = prepared<[string], unknown>(
    db,
    'SELECT 1 FROM json_each(?) j CROSS JOIN performance p ON p.id = j.value WHERE p.amount < 0 LIMIT 1',
  );
  return (g, apart) => {
    const rows = rowsBut(groupRows(db, 'consumption', cycle, g), apart);
    const counted = refunds.pluck().get(`[${rows.join()}]`)!;
    return counted !== 0n && reversal.get(`[${groupRows(db, 'performance', cycle, g).join()}]`) === undefined ? counted : 0n;
  };
}

/** Are all products of a group's performance settled in the month after? */
function settledLookup({ db, cycle }: RunContext): (g: GroupRow) => boolean {
  const other = prepared<[string], unknown>(
    db,
    `SELECT 1 FROM performance c LEFT JOIN temp.product_class k ON k.product = coalesce(c.product_type, c.product_type_code)
      WHERE c.id IN (SELECT value FROM json_each(?)) AND k.monthly IS NOT 1 LIMIT 1`,
  );
  return (g) => other.get(`[${groupRows(db, 'performance', cycle, g).join()}]`) === undefined;
}

/** Did the month before consume what is settled in the month after, but had no performance then? */
function refusedLookup({ db, cycle }: RunContext): (g: GroupRow) => boolean {
  const refused = prepared<unknown[], unknown>(
    db,
    `SELECT 1 FROM consumption c JOIN temp.previous_product_class k ON k.product = coalesce(c.product_type, c.product_type_code)
      WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id IS ? AND k.class = 1 AND k.monthly = 1
        AND (c.trade_id IS NOT NULL OR k.product IS ?) LIMIT 1`,
  );
  return (g) => refused.get(addMonths(cycle, -1), g.customer_key, g.trade_id, g.key_product) !== undefined;
}

/** Where the other side of a combined order stands, or the rest of its performance, if it is in the month beside this one. */
function combinedLookup({
  db,
}: RunContext): (g: GroupRow) => Pick<PerformanceFacts, 'performanceElsewhere' | 'consumptionElsewhere' | 'restElsewhere'> {
  const find = db.prepare<[bigint], CombinedElsewhere>('SELECT cycle, stated, counted FROM temp.combined_elsewhere WHERE match = ?');
  return (g) => {
    const other = g.match < 0n ? find.get(g.match) : undefined;
    if (g.performance_rows === 0n) return { performanceElsewhere: other?.cycle };
    return g.consumption_rows > 0n ? { restElsewhere: other?.cycle } : { consumptionElsewhere: other };
  };
}

/** Listed in 业绩转移记录; TEMP `transferred` is filled before the groups are pooled. */
function transferLookup({ db }: RunContext): (g: GroupRow) => boolean {
  const find = db.prepare('SELECT 1 FROM temp.transferred WHERE trade_id = ?');
  return (g) => g.trade_id !== null && find.get(g.trade_id) !== undefined;
}

/** Identical performance rows (product, time, amount) beyond the identical consumption rows of the group; of a combined order those of each of its numbers. */
function repeatedLookup({ db, cycle, settings }: RunContext): (g: GroupRow) => { amount: bigint; extra: number }[] {
  const product = 'coalesce(product_type, product_type_code)';
  const key = (t: string): string =>
    `${t}cycle = ? AND ${t}in_force = 1 AND ${t}customer_key = ? AND ${t}trade_id IS ? AND (${t}trade_id IS NOT NULL OR coalesce(${t}product_type, ${t}product_type_code) IS ?)`;
  const identical = db.prepare<unknown[], { product: string | null; at: string | null; amount: bigint; rows: bigint }>(
    `SELECT ${product} AS product, coalesce(traded_at, formed_at) AS at, amount, count(*) AS rows FROM performance
      WHERE ${key('')} AND amount IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY 1, 2, 3`,
  );
  const same = db.prepare<unknown[], bigint>(
    `SELECT count(*) FROM ${classedConsumption('product_class')}
      WHERE ${key('c.')} AND coalesce(c.product_type, c.product_type_code) IS ? AND c.traded_at IS ? AND abs(${countedSql(settings)} - ?) <= ${settings.performanceTolerance}`,
  );
  const members = db.prepare<[bigint], Pick<GroupRow, 'customer_key' | 'trade_id' | 'key_product'>>(
    'SELECT customer_key, trade_id, key_product FROM temp.joined_member WHERE match = ? ORDER BY trade_id',
  );
  return (g) => {
    const consumedIn = g.monthly_rows > 0n && g.previous_rows > 0n ? addMonths(cycle, -1) : cycle;
    const orders = g.pooled === 8n ? members.all(g.match) : [g];
    return orders.flatMap(({ customer_key, trade_id, key_product }) =>
      identical.all(cycle, customer_key, trade_id, key_product).map((r) => ({
        amount: r.amount,
        extra: Number(r.rows - same.pluck().get(consumedIn, customer_key, trade_id, key_product, r.product, r.at, r.amount)!),
      })),
    );
  };
}
