import { holdingOn, stretches, type HistoryEntry, type Holding } from '../../electron/core/judging/attribution.ts';
import { addDays, lastDay, type BillingCycle } from '../../electron/core/month.ts';
import { prepared } from '../prepared.ts';
import { readHistory } from './attribution-checks.ts';
import type { RunContext } from './context.ts';
import { cyclesOf } from './rows-of.ts';

/** A consumption row, as far as it tells whether its customer was ours when it was traded. */
export interface TradedRow {
  readonly customerKey: string;
  /** When it was traded; null where the file does not say. */
  readonly at: string | null;
  readonly tradeId: string | null;
  readonly originalTradeId: string | null;
  /** It gives something back: whose it is follows from the order that it takes back. */
  readonly back: boolean;
}
/** When customers were ours, by the user's association history. */
export interface Associations {
  /** Does the history say anything of a customer? */
  knows(customerKey: string): boolean;
  /** From which day on the customer is ours without an end; null: always; undefined: there is no such day. */
  since(customerKey: string): string | null | undefined;
  /** Was the customer of a row of month `cycle` ours when it was traded? Held where nobody can tell. */
  holding(row: TradedRow, cycle: BillingCycle): Holding;
}

/** SQL of `TradedRow.back` for a row under the alias `t`. */
export const backSql = (t: string): string => `(${t}.bill_class IS 'refund' OR coalesce(${t}.amount_due, 0) < 0)`;

/** Undefined where no history is imported: then everybody is ours at all times. */
export function associationsOf(context: RunContext): Associations | undefined {
  const history = readHistory(context, 'association_history', 'association_type');
  if (history.size === 0) return undefined;
  const on = (own: readonly HistoryEntry[], at: string | null, cycle: BillingCycle): Holding =>
    at === null ? holdingIn(own, cycle) : holdingOn(own, at.slice(0, 10));
  /** Was all of the order that a row takes back bought while the customer was nobody's? */
  const isOfNobody = (own: readonly HistoryEntry[], { customerKey, at, ...row }: TradedRow, cycle: BillingCycle): boolean => {
    const latest = at?.slice(0, 10) ?? lastDay(cycle);
    if (!own.some(({ from }) => (from ?? '') <= latest)) return true;
    const bought = purchases(context, customerKey, row.originalTradeId ?? row.tradeId, cycle);
    return bought.length > 0 && bought.every((purchase) => on(own, purchase.at, purchase.cycle) === 'nobody');
  };
  return {
    knows: (customerKey) => history.has(customerKey),
    since: (customerKey) => history.get(customerKey)?.find(({ to }) => to === null)?.from,
    holding(row, cycle) {
      const own = history.get(row.customerKey);
      if (!own) return 'held';
      const found = on(own, row.at, cycle);
      return found === 'nobody' && row.back && !isOfNobody(own, row, cycle) ? 'held' : found;
    },
  };
}

/** Of a row without a time only a month through which the customer was nobody's tells; what it used on its last day may have been charged on the next. */
function holdingIn(own: readonly HistoryEntry[], cycle: BillingCycle): Holding {
  return stretches(own, `${cycle}-01`, addDays(lastDay(cycle), 1)).every(({ held }) => held === undefined) ? 'nobody' : 'held';
}

interface Purchase {
  readonly at: string | null;
  readonly cycle: BillingCycle;
}

/** What was bought of an order up to a month, in the months that are imported. */
function purchases({ db }: RunContext, customerKey: string, tradeId: string | null, until: BillingCycle): Purchase[] {
  if (tradeId === null) return [];
  const rows = prepared<[string, string, string], Purchase>(
    db,
    `SELECT coalesce(c.traded_at, c.consumed_from) AS at, c.cycle AS cycle FROM consumption c
      WHERE c.cycle = ? AND c.in_force = 1 AND c.customer_key = ? AND c.trade_id = ? AND NOT ${backSql('c')}`,
  );
  return cyclesOf(db, 'consumption')
    .filter((cycle) => cycle <= until)
    .flatMap((cycle) => rows.all(cycle, customerKey, tradeId));
}
