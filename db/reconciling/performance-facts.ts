import type { PerformanceFacts } from '../../electron/core/judging/consumption-performance.ts';
import { performanceDueAt } from '../../electron/core/judging/freshness.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, countedSql } from './counted-rows.ts';
import type { CombinedElsewhere } from './performance-combined-elsewhere.ts';
import { performanceScope } from './performance-scope.ts';
import { cyclesOf } from './rows-of.ts';

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
}

/** Of a group joined by hand only its sums decide: its orders stand elsewhere, or not, each for itself. */
const unknown = { inNext: false, transferred: false, outside: false, outsideNext: false, tooFresh: false, repeated: [] } as const;

/** Prepares the lookups of one run; the returned function answers for one group that does not simply agree. */
export function performanceFacts(context: RunContext): (g: GroupRow) => PerformanceFacts {
  const { db, cycle, settings } = context;
  const next = addMonths(cycle, 1);
  const previousImported = context.has('consumption', addMonths(cycle, -1));
  const nextImported = context.has('performance', next);
  const others = (table: string): BillingCycle[] => cyclesOf(db, table).filter((c) => c !== cycle && c <= next);
  const performanceCycles = others('performance');
  const consumptionCycles = others('consumption');
  const nearest = nearestFirst(cycle);
  const stated = db.prepare<unknown[], { rows: bigint; amount: bigint }>(
    `SELECT count(*) AS rows, coalesce(sum(amount), 0) AS amount FROM performance
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`,
  );
  const consumed = db.prepare<unknown[], { rows: bigint; amount: bigint }>(
    `SELECT count(*) AS rows, coalesce(sum(${countedSql(settings)}), 0) AS amount FROM ${classedConsumption('product_class')}
      WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id = ?`,
  );
  const inNextByProduct = db.prepare<unknown[], unknown>(
    `SELECT 1 FROM performance WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND coalesce(product_type, product_type_code) IS ?
        AND (trade_id IS NULL OR ? IS NULL) LIMIT 1`,
  );
  const transferred = transferLookup(context);
  const repeated = repeatedLookup(context);
  const tooFresh = freshnessLookup(context);
  const combined = combinedLookup(context);
  const scope = performanceScope(context);

  return (g) => {
    // Of a combined order the vendor's number may stand twice.
    const twice = g.match < 0n && g.performance_rows > 1n ? { repeated: repeated(g) } : {};
    if (g.pooled === 8n)
      return { ...unknown, ...twice, ...combined(g), previousImported, nextImported, tolerance: settings.performanceTolerance };
    const trade = g.trade_id;
    const look = (cycles: readonly BillingCycle[], statement: typeof stated, counterpart: typeof stated): BillingCycle[] =>
      trade === null
        ? []
        : cycles
            .filter((c) => statement.get(c, g.customer_key, trade)!.amount !== 0n && counterpart.get(c, g.customer_key, trade)!.rows === 0n)
            .sort(nearest);
    const missing = g.performance_rows === 0n && g.expected !== 0n;
    const alone = g.consumption_rows === 0n && g.performance_rows > 0n && g.previous_rows === 0n;
    const elsewhere = missing ? look(performanceCycles, stated, consumed) : [];
    const exact = elsewhere.find((c) => stated.get(c, g.customer_key, trade)!.amount === g.expected);
    return {
      previousImported,
      nextImported,
      inNext: nextImported && g.monthly_out !== 0n && hasNext(g),
      performanceElsewhere: exact ?? elsewhere[0],
      consumptionElsewhere: alone ? consumptionOf(g) : undefined,
      transferred: (missing || alone || g.monthly_out !== 0n) && transferred(g),
      outside: (missing || alone) && scope.outside(g),
      outsideNext: g.monthly_out !== 0n && scope.outsideNext(g),
      tooFresh: missing && tooFresh(g),
      repeated: g.performance_rows > 1n ? repeated(g) : [],
      tolerance: settings.performanceTolerance,
    };
  };

  function hasNext(g: GroupRow): boolean {
    if (g.trade_id !== null && stated.get(next, g.customer_key, g.trade_id)!.rows > 0n) return true;
    // The amount is checked in the next month, where both sides meet by customer and product.
    return inNextByProduct.get(next, g.customer_key, g.product, g.trade_id) !== undefined;
  }
  function consumptionOf(g: GroupRow): { cycle: BillingCycle; stated: bigint; counted: bigint } | undefined {
    if (g.trade_id === null) return undefined;
    const found = consumptionCycles
      .map((c) => ({ cycle: c, used: consumed.get(c, g.customer_key, g.trade_id)! }))
      .filter(({ used }) => used.rows > 0n)
      .map(({ cycle: c, used }) => ({ cycle: c, stated: stated.get(c, g.customer_key, g.trade_id)!.amount, counted: used.amount }))
      .sort((a, b) => nearest(a.cycle, b.cycle));
    // The month that still lacks its performance is the better explanation than one that has it.
    return found.find((f) => f.stated === 0n) ?? found[0];
  }
}

/** The months nearest to `cycle` first, of two equally near the later. */
function nearestFirst(cycle: BillingCycle): (a: BillingCycle, b: BillingCycle) => number {
  const index = (c: BillingCycle): number => Number(c.slice(0, 4)) * 12 + Number(c.slice(5));
  const distance = (c: BillingCycle): number => Math.abs(index(c) - index(cycle));
  return (a, b) => distance(a) - distance(b) || index(b) - index(a);
}

/** Where the other side of a combined order stands, if it is in the month beside this one. */
function combinedLookup({ db }: RunContext): (g: GroupRow) => Pick<PerformanceFacts, 'performanceElsewhere' | 'consumptionElsewhere'> {
  const find = db.prepare<[bigint], CombinedElsewhere>('SELECT cycle, stated FROM temp.combined_elsewhere WHERE match = ?');
  return (g) => {
    const other = g.match < 0n ? find.get(g.match) : undefined;
    return g.performance_rows > 0n ? { consumptionElsewhere: other } : { performanceElsewhere: other?.cycle };
  };
}

/** Listed in 业绩转移记录; TEMP `transferred` is filled before the groups are pooled. */
function transferLookup({ db }: RunContext): (g: GroupRow) => boolean {
  const find = db.prepare('SELECT 1 FROM temp.transferred WHERE trade_id = ?');
  return (g) => g.trade_id !== null && find.get(g.trade_id) !== undefined;
}

/** Identical performance rows (product, time, amount) beyond the identical consumption rows of the group. */
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
      WHERE ${key('c.')} AND coalesce(c.product_type, c.product_type_code) IS ? AND c.traded_at IS ? AND ${countedSql(settings)} = ?`,
  );
  return (g) => {
    const consumedIn = g.monthly_rows > 0n && g.previous_rows > 0n ? addMonths(cycle, -1) : cycle;
    return identical.all(cycle, g.customer_key, g.trade_id, g.key_product).map((r) => ({
      amount: r.amount,
      extra: Number(r.rows - same.pluck().get(consumedIn, g.customer_key, g.trade_id, g.key_product, r.product, r.at, r.amount)!),
    }));
  };
}

/** Was the performance exported before the group's newest consumption could be in it? Never where an export time is unknown or not of this time. */
function freshnessLookup({ db, cycle }: RunContext): (g: GroupRow) => boolean {
  const exported = db
    .prepare<[string], { at: string | null; unknown: bigint | null }>(
      `SELECT max(i.exported_at) AS at, sum(i.exported_at IS NULL) AS unknown FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = 'performance' AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL`,
    )
    .get(cycle)!;
  const { at } = exported;
  // A time before the month is a document's own creation date, not that of the export.
  if (at === null || exported.unknown !== 0n || at < cycle) return () => false;
  const newest = db.prepare<unknown[], { at: string | null; mode: string | null }>(
    `SELECT max(coalesce(traded_at, consumed_to, consumed_from)) AS at, billing_mode AS mode FROM consumption
      WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id IS ? AND (trade_id IS NOT NULL OR coalesce(product_type, product_type_code) IS ?)`,
  );
  return (g) => {
    const last = newest.get(cycle, g.customer_key, g.trade_id, g.key_product)!;
    return last.at !== null && at < performanceDueAt(last.at, last.mode);
  };
}
