import type { Aside, ConsumedPart, Part } from '../../electron/core/judging/consumption-performance.ts';
import { performanceDueAt } from '../../electron/core/judging/freshness.ts';
import { lateRows } from '../../electron/core/judging/late-rows.ts';
import { addMonths, type BillingCycle } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { prepared } from '../prepared.ts';
import { associationsOf, backSql, type Associations, type TradedRow } from './associations.ts';
import type { RunContext } from './context.ts';
import { classedConsumption, classedPerformance, countedSql, flexiSql } from './counted-rows.ts';
import { groupRows } from './performance-evidence.ts';
import type { GroupRow } from './performance-facts.ts';
import { outsideOf, type Outside, type OwnedRow } from './scope.ts';

interface Row extends OwnedRow {
  readonly id: RowId;
  readonly class: bigint;
  readonly amount: bigint;
}
interface ConsumedRow extends Row, Omit<TradedRow, 'back'> {
  readonly back: bigint;
  /** The last that is known of when it was consumed. */
  readonly until: string | null;
  readonly mode: string | null;
  readonly card: bigint;
  readonly coupon: bigint;
  readonly flexi: bigint;
}
/** The sums, and whose rows they are. */
export interface AsideRows extends Aside {
  readonly rows: { readonly [P in keyof Aside]: readonly RowId[] };
  /** Some of the other consumption was traded on a day on which its customer may have been ours or not, or is stated although it was not. */
  readonly doubtful: boolean;
}
const none: Part = { amount: 0n, rows: 0 };
const noneConsumed: ConsumedPart = { ...none, card: 0n, coupon: 0n, flexi: 0n };
/** Nothing is set aside. */
export const nothingAside: AsideRows = {
  unassociated: noneConsumed,
  unassociatedNext: none,
  beyond: noneConsumed,
  fresh: noneConsumed,
  statedBeyond: { ...none, statedRefused: 0n, statedCard: 0n },
  beyondNext: none,
  beyondArrived: none,
  rows: { unassociated: [], unassociatedNext: [], beyond: [], fresh: [], statedBeyond: [], beyondNext: [], beyondArrived: [] },
  doubtful: false,
};

/**
 * Which rows of a group cannot be on the other side: by the user's association history, by what a person marked each statement as covering, and by the
 * time of its export. `elsewhere`: how much of what is lacking stands in another month.
 */
export function asideLookup(context: RunContext): (g: GroupRow, elsewhere: (lacking: bigint) => bigint) => AsideRows {
  const { cycle } = context;
  const [previous, next] = [addMonths(cycle, -1), addMonths(cycle, 1)];
  const outside = {
    performance: outsideOf(context, 'performance'),
    consumption: outsideOf(context, 'consumption'),
    previous: outsideOf(context, 'consumption', previous),
    next: outsideOf(context, 'performance', next),
  };
  const exported = exportedAt(context);
  const associations = associationsOf(context);
  const marked = Object.values(outside).some((of) => of !== undefined);
  const previousImported = context.has('consumption', previous);
  // Where nothing of it is settled monthly on the other side, its performance is judged like any other.
  const plainly = (g: GroupRow): boolean => g.monthly_out === 0n && g.previous_rows === 0n && (g.consumption_rows > 0n || previousImported);
  return (g, elsewhere) => {
    const known = associations?.knows(g.customer_key) === true && !isOurs(associations, g, previous);
    if (!marked && !known && (exported === undefined || g.expected === g.stated)) return nothingAside;
    const holding = (r: ConsumedRow, at: BillingCycle) => (known ? associations.holding({ ...r, back: r.back === 1n }, at) : 'held');
    const isNobodys = (r: ConsumedRow): boolean => holding(r, cycle) === 'nobody';
    const consumed = consumedRows(context, cycle, g, 'product_class');
    // Where it has performance although nothing of it should be there, the performance holds it after all.
    const isStated = g.performance_rows > g.monthly_rows;
    const every = consumed.filter((r) => r.class === 0n);
    const nobodys = every.filter(isNobodys);
    const unassociated = isStated && nobodys.length === every.length ? [] : nobodys;
    const plain = rowsBut(every, unassociated);
    const own = outside.consumption || outside.previous ? statedRows(context, g) : [];
    const settled = g.previous_rows === 0n && consumed.length === 0 ? own.filter((r) => r.class === 3n) : [];
    const before = notConsumed(settled, [], outside.previous);
    const theirs = [...before, ...notConsumed(rowsBut(own, before), consumed, outside.consumption).filter((r) => r.class !== 3n || plainly(g))]; // prettier-ignore
    const left = g.previous_rows > 0n && (outside.performance || known) ? consumedRows(context, previous, g, 'previous_product_class') : [];
    const arrived = left.filter((r) => r.class === 3n);
    const all = (rows: readonly Row[]): boolean => rows.length === plain.length && isStated;
    const out = beyond(plain, outside.performance);
    const ours = all(out) ? [] : out;
    const inside = rowsBut(plain, ours);
    const lacking = g.expected - sum(unassociated) - sum(ours) - (g.stated - sum(theirs));
    const nowhere = exported === undefined || lacking === 0n ? 0n : lacking - elsewhere(lacking);
    const late = exported === undefined || nowhere === 0n ? [] : freshRows(context, g, inside, -nowhere, exported);
    const leaving = consumed.filter((r) => r.class === 3n);
    const unassociatedNext = leaving.filter(isNobodys);
    const later = beyond(rowsBut(leaving, unassociatedNext), outside.next);
    const gone = arrived.filter((r) => holding(r, previous) === 'nobody' || outside.performance?.(r) === true);
    const lost = gone.length === arrived.length ? [] : gone;
    return {
      unassociated: partOf(unassociated),
      unassociatedNext: part(unassociatedNext),
      beyond: partOf(ours),
      fresh: partOf(late),
      statedBeyond: { ...part(theirs), statedRefused: sum(theirs, 1n), statedCard: sum(theirs, 2n) },
      beyondNext: part(later),
      beyondArrived: part(lost),
      rows: {
        unassociated: ids(unassociated),
        unassociatedNext: ids(unassociatedNext),
        beyond: ids(ours),
        fresh: ids(late),
        statedBeyond: ids(theirs),
        beyondNext: ids(later),
        beyondArrived: ids(lost),
      },
      doubtful: inside.some((r) => r.amount !== 0n && holding(r, cycle) !== 'held'),
    };
  };
}

/** Was the customer ours at every time at which a group's consumption may have been traded, of this month or left by the one before? */
function isOurs(associations: Associations, g: GroupRow, previous: BillingCycle): boolean {
  const since = associations.since(g.customer_key);
  if (since === undefined || since === null) return since === null;
  // On its first day the customer may not have been ours yet.
  return g.pooled === 0n && since <= `${previous}-01` && (g.earliest === null || g.earliest > since);
}

/**
 * Performance that the consumption, as marked, does not have. Performance is formed later than its order is traded, and rows of an order lie on several
 * days: where the consumption has rows that by their day should not be in it, it has the order; where it has none, and some performance is beyond it by
 * its day or by the manager that is printed, it has nothing of the order.
 */
function notConsumed<R extends Row>(own: readonly R[], consumed: readonly Row[], outside: Outside | undefined): readonly R[] {
  if (!outside || consumed.some(outside)) return [];
  if (consumed.length > 0) return own.filter(outside);
  return own.some((row) => outside(row) || outside({ ...row, at: null })) ? own : [];
}

const ids = (rows: readonly Row[]): RowId[] => rows.map((r) => r.id);
function rowsBut<R extends Row>(rows: readonly R[], gone: readonly R[]): readonly R[] {
  if (gone.length === 0) return rows;
  const not = new Set(gone);
  return rows.filter((r) => !not.has(r));
}
const beyond = <R extends Row>(rows: readonly R[], outside: Outside | undefined): R[] => (outside ? rows.filter(outside) : []);
const sum = (rows: readonly Row[], kind?: bigint): bigint =>
  rows.reduce((n, r) => (kind === undefined || r.class === kind ? n + r.amount : n), 0n);
const part = (rows: readonly Row[]): Part => ({ amount: sum(rows), rows: rows.length });
const partOf = (rows: readonly ConsumedRow[]): ConsumedPart => {
  const of = (column: 'card' | 'coupon' | 'flexi'): bigint => rows.reduce((n, r) => n + r[column], 0n);
  return { ...part(rows), card: of('card'), coupon: of('coupon'), flexi: of('flexi') };
};

/** A group's consumption of a month, by row. */
export function consumedRows(
  { db, settings }: RunContext,
  cycle: BillingCycle,
  g: GroupRow,
  classes: 'product_class' | 'previous_product_class',
): ConsumedRow[] {
  const part = (column: string): string => `coalesce(c.${column}, 0)`;
  return prepared<[string], ConsumedRow>(
    db,
    `SELECT c.id AS id, c.customer_key AS customerKey, c.account_name AS accountName, c.account_manager AS manager,
            coalesce(c.traded_at, c.consumed_from) AS at, coalesce(c.traded_at, c.consumed_to, c.consumed_from) AS until,
            c.trade_id AS tradeId, c.original_trade_id AS originalTradeId, ${backSql('c')} AS back,
            c.billing_mode AS mode, coalesce(k.class, 0) AS class, ${countedSql(settings)} AS amount,
            ${part('stored_value_card_amount')} AS card, ${part('coupon_amount')} AS coupon, coalesce(${flexiSql}, 0) AS flexi
       FROM ${classedConsumption(classes, 'json_each(?) j CROSS JOIN consumption c ON c.id = j.value')} ORDER BY c.id`,
  ).all(`[${groupRows(db, 'consumption', cycle, g).join()}]`);
}

function statedRows({ db, cycle }: RunContext, g: GroupRow): (Row & { readonly tradedAt: string | null })[] {
  return prepared<[string], Row & { readonly tradedAt: string | null }>(
    db,
    `SELECT c.id AS id, c.customer_key AS customerKey, c.account_name AS accountName, c.account_manager AS manager,
            coalesce(c.traded_at, c.formed_at) AS at, c.traded_at AS tradedAt, coalesce(k.class, 0) AS class, coalesce(c.amount, 0) AS amount
       FROM ${classedPerformance('json_each(?) j CROSS JOIN performance c ON c.id = j.value')} ORDER BY c.id`,
  ).all(`[${groupRows(db, 'performance', cycle, g).join()}]`);
}

/** Rows that were not due yet when the performance was exported and that are not in it: the newest ones, as far as they tell what is lacking. */
function freshRows(context: RunContext, g: GroupRow, inside: readonly ConsumedRow[], lacking: bigint, exported: string): ConsumedRow[] {
  const young = inside.filter(({ until, mode }) => until !== null && exported < performanceDueAt(until, mode));
  if (young.length === 0) return [];
  const there = new Map<string, number>();
  const key = (at: string | null, amount: bigint): string => `${at}|${amount}`;
  if (g.performance_rows > 0n) {
    for (const { tradedAt, amount } of statedRows(context, g)) {
      const name = key(tradedAt, amount);
      there.set(name, (there.get(name) ?? 0) + 1);
    }
  }
  const absent = young.filter(({ at, amount }) => {
    const name = key(at, amount);
    const left = there.get(name) ?? 0;
    there.set(name, left - 1);
    return left <= 0;
  });
  const newest = absent.sort((a, b) => (a.until! === b.until! ? Number(b.id - a.id) : a.until! < b.until! ? 1 : -1));
  return newest.slice(0, lateRows(newest.map((r) => r.amount), lacking)); // prettier-ignore
}

/** When the month's performance was exported; undefined where that is unknown or not of this time. */
function exportedAt({ db, cycle }: RunContext): string | undefined {
  const { at, unknown } = db
    .prepare<[string], { at: string | null; unknown: bigint | null }>(
      `SELECT max(i.exported_at) AS at, sum(i.exported_at IS NULL) AS unknown FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE s.kind = 'performance' AND c.cycle = ? AND c.in_force = 1 AND i.undone_at IS NULL`,
    )
    .get(cycle)!;
  // A time before the month is a document's own creation date, not that of the export.
  return at === null || unknown !== 0n || at < cycle ? undefined : at;
}
