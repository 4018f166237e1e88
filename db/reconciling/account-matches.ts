import { isEntry, isOrder, type MatchKey } from '../../electron/core/manual-match.ts';
import { appliedMatches, entryNameSql } from '../manual-matches.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth, type Deduction, type LedgerOrder } from './ledger-orders.ts';

/** Orders and entries that a person joined; an entry brings the order that it names, an order its entries. */
export interface JoinedEntries {
  readonly keys: readonly MatchKey[];
  readonly trades: readonly string[];
  /** The customers of a trade that were named; of any other trade all of them are meant. */
  readonly customers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly entries: readonly Deduction[];
}
/** What a person joined or set apart of the bill and the accounts. */
export interface SaidOfAccounts {
  /** Nothing was said of this month. */
  readonly none: boolean;
  readonly joins: readonly JoinedEntries[];
  /** The entries of all joins. */
  readonly joined: ReadonlySet<bigint>;
  /** Entries that pay no order and no day's sum. */
  readonly apart: ReadonlyMap<bigint, Deduction>;
  /** `customer|trade id` of every order that was named or joined. */
  readonly orders: ReadonlySet<string>;
  /** Orders all of whose entries were set apart. */
  readonly emptied: readonly LedgerOrder[];
  /** Does the ledger have entries of this order, wherever they belong now? */
  hasEntries(tradeId: string): boolean;
  /** An order without the entries that were set apart; undefined where it is judged with a join, or nothing is left to judge here. */
  rest(order: LedgerOrder): LedgerOrder | undefined;
}

type Named = Deduction & { readonly name: string };

/** Reads what was said, and keeps the entries that were set apart in TEMP `said_apart` (id). */
export function saidOfAccounts({ db, cycle }: RunContext): SaidOfAccounts {
  db.exec('DROP TABLE IF EXISTS temp.said_apart; CREATE TEMP TABLE said_apart (id INTEGER PRIMARY KEY)');
  const matches = appliedMatches(db, cycle, 'bill-account');
  const ledger = entriesOf({ db, cycle }, matches.flatMap((m) => m.keys)); // prettier-ignore
  const apart = new Map<bigint, Deduction>();
  const orders = new Set<string>();
  for (const { action, keys } of matches) {
    for (const key of keys) if (isOrder(key)) orders.add(`${key.customer}|${key.tradeId}`);
    const names = new Set(action === 'split' ? keys.filter(isEntry).map((key) => key.flowId) : []);
    for (const entry of ledger) if (names.has(entry.name)) apart.set(entry.id, entry);
  }
  const insert = db.prepare('INSERT INTO temp.said_apart VALUES (?)');
  for (const id of apart.keys()) insert.run(id);
  const joined = new Set<bigint>();
  const trades = new Set<string>();
  const joins = matches
    .filter((m) => m.action === 'join')
    .map(({ keys }) => joinOf(keys, ledger.filter((e) => !apart.has(e.id) && !joined.has(e.id)), { joined, trades })); // prettier-ignore
  const emptied: LedgerOrder[] = [];
  return {
    none: matches.length === 0,
    joins,
    joined,
    apart,
    orders,
    emptied,
    hasEntries: (tradeId) => ledger.some((e) => e.tradeId === tradeId),
    rest(order) {
      const { tradeId } = order;
      if (tradeId === null || matches.length === 0) return order;
      if (trades.has(tradeId)) return undefined;
      const own = ledger.filter((e) => e.tradeId === tradeId);
      const left = own.filter((e) => !apart.has(e.id));
      if (left.length === own.length) return order;
      if (left.length === 0) emptied.push(order);
      const paid = left.reduce((sum, e) => sum + e.amount, 0n);
      return left.length === 0 ? undefined : { ...order, entries: BigInt(left.length), paid, only: left.map((e) => e.id) };
    },
  };
}

/** One join with what no earlier one has; tells the entries and orders that it takes. */
function joinOf(keys: readonly MatchKey[], ledger: readonly Named[], taken: { joined: Set<bigint>; trades: Set<string> }): JoinedEntries {
  const names = new Set(keys.filter(isEntry).map((key) => key.flowId));
  const customers = new Map<string, Set<string>>();
  for (const { customer, tradeId } of keys.filter(isOrder)) customers.set(tradeId, (customers.get(tradeId) ?? new Set()).add(customer));
  const named = ledger.filter((e) => names.has(e.name));
  const trades = [...new Set([...customers.keys(), ...named.flatMap((e) => e.tradeId ?? [])])].sort();
  const own = trades.filter((trade) => !taken.trades.has(trade) || customers.has(trade));
  const entries = ledger.filter((e) => (e.tradeId === null ? names.has(e.name) : own.includes(e.tradeId)));
  for (const entry of entries) taken.joined.add(entry.id);
  for (const trade of own) taken.trades.add(trade);
  return { keys, trades: own, customers, entries };
}

/** The month's entries that were named, and all of the orders that were named or that they name. */
function entriesOf({ db, cycle }: Pick<RunContext, 'db' | 'cycle'>, keys: readonly MatchKey[]): Named[] {
  if (keys.length === 0) return [];
  const names = JSON.stringify(keys.filter(isEntry).map((key) => key.flowId));
  const trades = JSON.stringify(keys.filter(isOrder).map((key) => key.tradeId));
  const columns = `a.id AS id, a.trade_id AS tradeId, a.flow_id AS flowId, a.account AS account, a.traded_at AS at, a.trade_detail_type AS detail,
    -a.change_amount AS amount, ${entryNameSql} AS name`;
  return db
    .prepare<{ cycle: string; names: string; trades: string }, Named>(
      `WITH named (id, trade_id) AS (SELECT a.id, a.trade_id FROM ${ledgerOfMonth} AND ${entryNameSql} IN (SELECT value FROM json_each(:names)))
       SELECT ${columns} FROM ${ledgerOfMonth} AND (a.id IN (SELECT id FROM named) OR a.trade_id IN (SELECT trade_id FROM named WHERE trade_id IS NOT NULL)
              OR a.trade_id IN (SELECT value FROM json_each(:trades)))
        ORDER BY a.traded_at, coalesce(a.flow_id, ''), a.id`,
    )
    .all({ cycle, names, trades });
}
