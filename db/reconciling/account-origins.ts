import type { BridgeOrigin, BridgePart } from '../../electron/core/bridge-part.ts';
import { prepared } from '../prepared.ts';
import { dueSql } from './bill-lines.ts';
import type { RunContext } from './context.ts';
import { ledgerOfMonth, type Deduction, type LedgerOrder } from './ledger-orders.ts';
import { orderRows, type OrderMonth } from './order-facts.ts';
import { monthScan } from './month-scan.ts';

/** The lines without an entry of their own, of one day, billing mode, customer and product, refunds by themselves: what one sum of a day may pay. */
export interface CellKey {
  readonly day: string;
  readonly mode: string | null;
  readonly customer: string;
  readonly product: string | null;
  /** 1 for refunds: an account may give them back in a sum of their own. */
  readonly back: bigint | number;
}
export const cellKey = (c: CellKey): string => JSON.stringify([c.day, c.mode, c.customer, c.product, Number(c.back)]);
/** Has an order's day a refund? `b` are lines of the bill. */
export const hasRefundSql = `max(coalesce(b.bill_class, '') = 'refund')`;

/** Lines that were found elsewhere after all: cells paid in one sum, and the orders of refunds that did not come back. */
export interface Taken {
  readonly cells: Set<string>;
  /** `customer|trade id`. */
  readonly orders: Set<string>;
  /** The same of lines that no day's sum pays: a person joined them or set them apart, or they were deducted or came back with another order. */
  readonly apart: Set<string>;
}

/** An order's lines of one day (lines without an order number: each alone), with the cell they are in; `b` are lines of the bill. */
const byDay = (from: string): string =>
  `SELECT substr(b.traded_at, 1, 10) AS day, min(b.billing_mode) AS mode, b.customer_key AS customer, b.trade_id AS trade,
          min(coalesce(b.product_type, b.product_type_code)) AS product, ${hasRefundSql} AS back, count(*) AS lines, sum(${dueSql}) AS due,
          json_group_array(b.id ORDER BY b.id) AS ids
     FROM ${from} GROUP BY b.customer_key, b.trade_id, CASE WHEN b.trade_id IS NULL THEN b.id END, day
    ORDER BY b.customer_key, b.trade_id, min(b.id)`;
interface DayLines extends CellKey {
  readonly trade: string | null;
  readonly lines: bigint;
  readonly due: bigint;
  readonly ids: string;
}
const idsOf = (json: string): bigint[] => json.slice(1, -1).split(',').map(BigInt);

/** Does an order have lines that were paid with a day's sum? */
export function paidInSum({ db, cycle }: RunContext, taken: Taken, customer: string, trade: string): boolean {
  if (taken.cells.size === 0 || taken.apart.has(`${customer}|${trade}`)) return false;
  const sql = byDay('partner_bill b WHERE b.cycle = ? AND b.in_force = 1 AND b.customer_key = ? AND b.trade_id = ?');
  return prepared<string[], DayLines>(db, sql)
    .all(cycle, customer, trade)
    .some((lines) => taken.cells.has(cellKey(lines)));
}

/** Tells the groups behind the steps of bill ↔ account. Without a sink it holds nothing and is never asked. */
export class AccountOrigins {
  readonly #context: RunContext;
  readonly #apart: ReadonlySet<string>;
  /** The ids of every cell's lines, as JSON; read once, when the first entry asks. */
  #cellRows: Map<string, string[]> | undefined;

  /** `apart`: `customer|trade id` of lines that are in no cell. */
  constructor(context: RunContext, apart: ReadonlySet<string>) {
    this.#context = context;
    this.#apart = apart;
    if (!context.sink) return;
    const { db, cycle } = context;
    // No index leads from an order alone to its lines or entries.
    db.exec('DROP TABLE IF EXISTS temp.order_line; DROP TABLE IF EXISTS temp.order_entry');
    db.prepare(
      `CREATE TEMP TABLE order_line AS SELECT DISTINCT b.trade_id AS trade_id, b.customer_key AS customer_key FROM ${monthScan('partner_bill', 'b')}
          AND b.trade_id IN (SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL)`,
    ).run({ cycle });
    db.prepare(
      `CREATE TEMP TABLE order_entry AS SELECT a.trade_id AS trade_id, a.id AS id, a.customer_key AS customer_key FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL`,
    ).run({ cycle });
    db.exec(
      'CREATE INDEX temp.order_line_trade ON order_line (trade_id); CREATE INDEX temp.order_entry_trade ON order_entry (trade_id, id)',
    );
  }
  /** An order with entries, against its lines of the month. */
  order({ tradeId, lines, due, entries, paid, only, customers: some }: LedgerOrder): BridgeOrigin {
    const { db, cycle } = this.#context;
    const all = prepared<unknown[], string>(db, 'SELECT customer_key FROM temp.order_line WHERE trade_id = ? ORDER BY customer_key');
    const customers = some ?? all.pluck().all(tradeId);
    const ledger = prepared<unknown[], { id: bigint; customer_key: string | null }>(
      db,
      'SELECT id, customer_key FROM temp.order_entry WHERE trade_id = ? ORDER BY id',
    )
      .all(tradeId)
      .filter((e) => !only || only.includes(e.id));
    return {
      customerKey: customers[0] ?? ledger.find((e) => e.customer_key !== null)?.customer_key ?? null,
      tradeId,
      level: 'trade',
      left: due,
      right: paid,
      leftRows: lines,
      rightRows: entries,
      evidence: [
        ...customers.map((customer) => ({
          side: 'left' as const,
          table: 'partner_bill',
          cycle,
          match: { customer_key: customer, trade_id: tradeId },
        })),
        { side: 'right', ids: ledger.map((e) => e.id) },
      ],
    };
  }
  /** The orders and entries that a person joined, or a combined order and its children. */
  several({ tradeId, lines, due, entries, paid, only, joined }: LedgerOrder, billed: readonly OrderMonth[]): BridgeOrigin {
    return {
      customerKey: billed[0]?.customerKey ?? null,
      tradeId,
      level: joined ? 'joined' : 'combined',
      left: due,
      right: paid,
      leftRows: lines,
      rightRows: entries,
      evidence: [
        { side: 'left', ids: billed.flatMap((fact) => orderRows(this.#context, fact)) },
        { side: 'right', ids: only ?? [] },
      ],
    };
  }
  /** An entry that names no order, with the cells of lines that it pays. */
  entry(entry: Deduction, cells: readonly (CellKey & { readonly lines: bigint; readonly due: bigint })[]): BridgeOrigin {
    const left = cells.flatMap((cell) => this.#rowsOf(cell));
    const customers = new Set(cells.map((c) => c.customer));
    const products = new Set(cells.map((c) => c.product));
    return {
      customerKey: customers.size === 1 ? [...customers][0]! : null,
      product: products.size === 1 ? [...products][0]! : null,
      key: [entry.flowId, entry.at],
      level: cells.length === 0 ? 'row' : 'day',
      left: cells.reduce((sum, c) => sum + c.due, 0n),
      right: entry.amount,
      leftRows: cells.reduce((n, c) => n + c.lines, 0n),
      rightRows: 1,
      evidence: [
        { side: 'left', ids: left },
        { side: 'right', ids: [entry.id] },
      ],
    };
  }
  /** The lines of a refund that did not come back; they end in its finding. */
  refund(customerKey: string, tradeId: string, lines: bigint, due: bigint): BridgeOrigin {
    const { cycle } = this.#context;
    const match = { customer_key: customerKey, trade_id: tradeId };
    return {
      customerKey,
      tradeId,
      level: 'trade',
      left: due,
      leftRows: lines,
      rightRows: 0,
      evidence: [{ side: 'left', table: 'partner_bill', cycle, match }],
      beside: true,
    };
  }
  /** The orders (and a customer's lines without one) that no entry pays; of `others` one pays another customer's lines. */
  *notDeducted(taken: Taken, others: readonly OrderMonth[]): Iterable<BridgePart> {
    let open: { customer: string; trade: string | null; due: bigint; ids: bigint[] } | undefined;
    for (const l of this.#undeducted()) {
      const order = `${l.customer}|${l.trade}`;
      if ((taken.cells.has(cellKey(l)) && !taken.apart.has(order)) || (l.trade !== null && taken.orders.has(order))) continue;
      if (open && (open.customer !== l.customer || open.trade !== l.trade)) {
        yield notDeductedPart(open);
        open = undefined;
      }
      open ??= { customer: l.customer, trade: l.trade, due: 0n, ids: [] };
      open.due += l.due;
      for (const id of idsOf(l.ids)) open.ids.push(id);
    }
    if (open) yield notDeductedPart(open);
    for (const fact of others) {
      if (taken.orders.has(`${fact.customerKey}|${fact.tradeId}`)) continue;
      yield notDeductedPart({ customer: fact.customerKey, trade: fact.tradeId, due: fact.due, ids: orderRows(this.#context, fact) });
    }
  }
  #rowsOf(cell: CellKey): bigint[] {
    if (!this.#cellRows) {
      this.#cellRows = new Map();
      for (const l of this.#undeducted()) {
        if (this.#apart.has(`${l.customer}|${l.trade}`)) continue;
        const key = cellKey(l);
        const known = this.#cellRows.get(key);
        if (known) known.push(l.ids);
        else this.#cellRows.set(key, [l.ids]);
      }
    }
    return (this.#cellRows.get(cellKey(cell)) ?? []).flatMap(idsOf);
  }
  /** Every line of the month whose order has no entry. */
  #undeducted(): IterableIterator<DayLines> {
    const { db, cycle } = this.#context;
    const entered = `SELECT a.trade_id FROM ${ledgerOfMonth} AND a.trade_id IS NOT NULL`;
    const sql = byDay(`${monthScan('partner_bill', 'b')} AND (b.trade_id IS NULL OR b.trade_id NOT IN (${entered}))`);
    return db.prepare<{ cycle: string }, DayLines>(sql).iterate({ cycle });
  }
}

function notDeductedPart({
  customer,
  trade,
  due,
  ids,
}: {
  customer: string;
  trade: string | null;
  due: bigint;
  ids: bigint[];
}): BridgePart {
  return {
    customerKey: customer,
    tradeId: trade,
    level: trade === null ? 'customer' : 'trade',
    left: due,
    right: 0n,
    leftRows: ids.length,
    rightRows: 0,
    evidence: [{ side: 'left', ids }],
    amount: -due,
    rows: ids.length,
  };
}
