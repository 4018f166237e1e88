import type { PrintedLine } from '../../electron/core/judging/bill-line.ts';
import { neighbours, type Times } from '../../electron/core/judging/month-edge.ts';
import type { RunContext } from './context.ts';
import { printedTaxSql } from './bill-lines.ts';
import { resaleSql, truncatedSql } from './consumption-role.ts';

interface Row extends Times {
  readonly id: bigint;
  readonly accountName: string | null;
  readonly accountManager: string | null;
  readonly tradeId: string | null;
  readonly originalTradeId: string | null;
  readonly product: string | null;
  readonly mode: string | null;
  readonly billClass: string | null;
  readonly billType: bigint | null;
  /** Equal for rows that say the same of product, resource, type, mode and time. */
  readonly likeness: string;
}
/** One bill line with what names it and what may repeat. */
export type BillRow = Row & PrintedLine;
/** One resale consumption row of a group. */
export interface ConsumptionRow extends Row {
  readonly due: bigint;
  readonly truncated: bigint | null;
  readonly precise: bigint;
}

const shared = (t: string, alike: string): string =>
  `${t}.id AS id, ${t}.account_name AS accountName, ${t}.account_manager AS accountManager, ${t}.trade_id AS tradeId, ${t}.original_trade_id AS originalTradeId,
   coalesce(${t}.product_type, ${t}.product_type_code) AS product,
   ${t}.billing_mode AS mode, ${t}.bill_class AS billClass, ${t}.bill_type AS billType, json_array(${alike}) AS likeness,
   ${t}.traded_at AS tradedAt, ${t}.consumed_from AS consumedFrom, ${t}.consumed_to AS consumedTo`;
const alike = (t: string): string =>
  ['product_type', 'product_name', 'resource_type', 'spec', 'region', 'billing_mode', 'bill_type', 'bill_class', 'traded_at', 'consumed_from', 'consumed_to']
    .map((column) => `${t}.${column}`)
    .join(', '); // prettier-ignore
const ofCustomer = (t: string): string => `${t}.cycle = ? AND ${t}.in_force = 1 AND ${t}.customer_key = ?`;
const group = (t: string): string => `${ofCustomer(t)} AND ${t}.trade_id IS ?`;
/** Rows without trade id, and those of orders that the other table has neither in their month nor in three others. */
const alone = (t: string, other: string): string => `${ofCustomer(t)} AND (${t}.trade_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM ${other} o WHERE o.cycle IN (${t}.cycle, ?, ?, ?) AND o.in_force = 1 AND o.customer_key = ${t}.customer_key AND o.trade_id = ${t}.trade_id))`;

type Key = [cycle: string, customerKey: string, tradeId: string | null];
type AloneKey = [cycle: string, customerKey: string, ...others: [string, string, string]];

/** Reads the rows of single groups; only the few that differ are ever read row by row. */
export class GroupRows {
  readonly #lines;
  readonly #rows;
  readonly #linesAlone;
  readonly #cycle: string;
  readonly #rowsAlone;
  readonly #taken = new Set<bigint>();

  constructor({ db, cycle }: RunContext) {
    this.#cycle = cycle;
    const lines = (where: string): string =>
      `SELECT ${shared('b', `${alike('b')}, b.settlement_rate, b.quantity`)}, b.customer_amount AS customer, b.settlement_rate AS rate,
              b.settlement_amount AS settlement, b.coupon_amount AS coupon, ${printedTaxSql} AS tax, b.amount_due AS due, b.settlement_scale AS scale
         FROM partner_bill b WHERE ${where} ORDER BY b.id`;
    const rows = (where: string): string =>
      `SELECT ${shared('c', alike('c'))}, coalesce(c.amount_due, 0) AS due, ${truncatedSql} AS truncated, coalesce(c.bill_type, 0) = 25 AS precise
         FROM consumption c WHERE ${where} AND ${resaleSql} = 1 ORDER BY c.id`;
    this.#lines = db.prepare<Key, BillRow>(lines(group('b')));
    this.#rows = db.prepare<Key, ConsumptionRow>(rows(group('c')));
    this.#linesAlone = db.prepare<AloneKey, BillRow>(lines(alone('b', 'consumption')));
    this.#rowsAlone = db.prepare<AloneKey, ConsumptionRow>(rows(alone('c', 'partner_bill')));
  }
  /** The bill lines of a group, in file order. */
  lines(cycle: string, customerKey: string, tradeId: string | null): BillRow[] {
    return this.#left(this.#lines.all(cycle, customerKey, tradeId));
  }
  /** The resale consumption rows of a group, in file order. */
  rows(cycle: string, customerKey: string, tradeId: string | null): ConsumptionRow[] {
    return this.#left(this.#rows.all(cycle, customerKey, tradeId));
  }
  /** What no order number brings to a customer's other side: rows without one, and those of orders that only this side has up to the next month. */
  alone(side: 'lines' | 'rows', cycle: string, customerKey: string): BillRow[] | ConsumptionRow[] {
    const key: AloneKey = [cycle, customerKey, this.#cycle, ...neighbours(this.#cycle)];
    return side === 'lines' ? this.#left(this.#linesAlone.all(...key)) : this.#left(this.#rowsAlone.all(...key));
  }
  /** These rows belong to a match alone from now on: no group gives them again. */
  take(rows: readonly Row[]): void {
    for (const { id } of rows) this.#taken.add(id);
  }
  #left<R extends Row>(rows: R[]): R[] {
    return this.#taken.size === 0 ? rows : rows.filter(({ id }) => !this.#taken.has(id));
  }
}
