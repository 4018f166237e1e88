import type { BridgeOrigin, BridgePart, PartRows } from '../../electron/core/bridge-part.ts';
import type { Money } from '../../electron/core/money.ts';
import { addMonths } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import type { Aside } from '../../electron/core/judging/consumption-performance.ts';
import type { AsideRows } from './performance-aside.ts';
import { groupRows, rowsBut } from './performance-evidence.ts';
import type { GroupRow } from './performance-facts.ts';
import { classedConsumption } from './counted-rows.ts';
import { componentsSql, type ComponentStep } from './performance-groups.ts';
import { monthRows } from './rows-of.ts';

/** The column of a payment component; a product's exclusion takes whole rows. */
const columnOf: { readonly [S in ComponentStep]?: string } = {
  coupon: 'coupon_amount',
  'flexi-purchase-coupon': 'flexi_purchase_coupon_amount',
  bonus: 'bonus_amount',
  debt: 'debt_amount',
  'write-off': 'write_off_amount',
  credit: 'credit_amount',
};

/** What each order of a customer brought to one component of its consumption. */
export function* componentParts({ db, cycle, settings }: RunContext, step: ComponentStep): Iterable<BridgePart> {
  const sql = componentsSql(settings).find(([name]) => name === step)![1];
  const groups = db.prepare<{ cycle: string }, { customer: string; trade: string | null; product: string | null; amount: bigint; rows: bigint }>(
    `SELECT c.customer_key AS customer, c.trade_id AS trade, coalesce(c.product_type, c.product_type_code) AS product,
            sum(${sql}) AS amount, count(*) AS rows
       FROM ${classedConsumption('product_class', monthRows('consumption', 'c'))}
      WHERE (${sql}) <> 0
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  ); // prettier-ignore
  const nonZero = columnOf[step];
  for (const { customer, trade, product, amount, rows } of groups.iterate({ cycle })) {
    const match = { customer_key: customer, trade_id: trade, product };
    yield {
      customerKey: customer,
      tradeId: trade,
      product,
      level: trade === null ? 'product' : 'trade',
      left: amount,
      leftRows: rows,
      rightRows: 0,
      evidence: [{ side: 'left', table: 'consumption', cycle, match, ...(nonZero !== undefined && { nonZero }) }],
      beside: true,
      amount: -amount,
      rows,
    };
  }
}

/** Rows of a group that stand in steps of their own, and what they come to on either side. */
export interface Apart {
  readonly ids: readonly RowId[];
  readonly left: Money;
  readonly right: Money;
}
interface Told {
  readonly step?: string;
  readonly apart?: Apart;
}
const none: Apart = { ids: [], left: 0n, right: 0n };

/** One group that was judged by itself; `step` says which of its places is told of, `apart` which of its rows stand in a step of their own. */
export function groupOrigin({ db, cycle }: RunContext, g: GroupRow, { step, apart = none }: Told = {}): BridgeOrigin {
  const arrived = step === 'monthly-settled-in';
  const left: PartRows[] = g.consumption_rows > 0n ? [rowsOfGroup(db, 'consumption', cycle, g, apart.ids)] : [];
  const before: PartRows[] = arrived && g.previous_rows > 0n ? [rowsOfGroup(db, 'consumption', addMonths(cycle, -1), g)] : [];
  const right: PartRows[] = g.performance_rows > 0n ? [rowsOfGroup(db, 'performance', cycle, g, apart.ids)] : [];
  return {
    ...namesOf(g),
    left: arrived ? g.monthly_in : g.expected + g.monthly_out - apart.left,
    right: arrived ? g.stated_monthly : g.stated + g.stated_monthly - apart.right,
    leftRows: countOf(left) ?? g.consumption_rows,
    rightRows: countOf(right) ?? g.performance_rows,
    evidence: [...left, ...before, ...right],
  };
}

/** How many rows these are, where they are told by id. */
const countOf = ([rows]: readonly PartRows[]): bigint | undefined => (rows && 'ids' in rows ? BigInt(rows.ids.length) : undefined);

/** Those rows of a group that the other side cannot have. */
export function asideOrigin(g: GroupRow, which: keyof Aside, aside: AsideRows): BridgeOrigin {
  const { amount, rows } = aside[which];
  const side = which === 'statedBeyond' ? 'right' : 'left';
  const [left, right] = side === 'left' ? [amount, 0n] : [0n, amount];
  const [leftRows, rightRows] = side === 'left' ? [rows, 0] : [0, rows];
  return { ...namesOf(g), left, right, leftRows, rightRows, evidence: [{ side, ids: aside.rows[which] }] };
}

const namesOf = (g: GroupRow): Pick<BridgeOrigin, 'customerKey' | 'tradeId' | 'product' | 'level'> => ({
  customerKey: g.customer_key,
  tradeId: g.trade_id,
  product: g.product,
  level:
    g.pooled === 8n ? (g.match < 0n ? 'combined' : 'joined') : g.pooled === 10n ? 'customer' : g.trade_id === null ? 'product' : 'trade',
});

/** The groups of TEMP `performance_group` that meet a condition, in key order. */
export function* groupOrigins(context: RunContext, where: string): Iterable<BridgeOrigin> {
  const groups = context.db.prepare<[], GroupRow>(
    `SELECT * FROM temp.performance_group WHERE ${where} ORDER BY customer_key, trade_id, key_product, pooled`,
  );
  for (const row of groups.iterate()) yield groupOrigin(context, row);
}

/** Everything that agrees: groups on their own, then what agreed only together, by combined order, product or customer. */
export function* agreedParts(context: RunContext, simple: string): Iterable<BridgePart> {
  for (const origin of groupOrigins(context, simple)) {
    yield { ...origin, amount: 0n, rows: Number(origin.leftRows) + Number(origin.rightRows) };
  }
  yield* together(context, 6, 'combined', '(SELECT m.parent FROM temp.combined_member m WHERE m.group_row = g.rowid)');
  yield* together(context, 2, 'product', "coalesce(g.product, '')");
  yield* together(context, 3, 'customer', "''");
}

type Sums = Pick<GroupRow, 'customer_key' | 'expected' | 'stated' | 'consumption_rows' | 'performance_rows'>;

/** The groups that were marked as agreed together (`pooled`), one part for each customer and `by`. */
function* together(
  { db, cycle }: RunContext,
  pooled: 2 | 3 | 6,
  level: 'combined' | 'product' | 'customer',
  by: string,
): Iterable<BridgePart> {
  const all = db
    .prepare<[], Sums & { by: string; members: string }>(
      `SELECT g.customer_key AS customer_key, ${by} AS "by", sum(g.expected) AS expected, sum(g.stated) AS stated, sum(g.consumption_rows) AS consumption_rows,
              sum(g.performance_rows) AS performance_rows, json_group_array(g.rowid ORDER BY g.rowid) AS members
         FROM temp.performance_group g WHERE g.pooled = ${pooled} GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(); // prettier-ignore
  for (const s of all) {
    const members = prepared<[string], GroupRow>(
      db,
      'SELECT * FROM temp.performance_group WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid',
    ).all(s.members);
    const rowsOf = (g: GroupRow): PartRows[] => [
      ...(g.consumption_rows > 0n ? [rowsOfGroup(db, 'consumption', cycle, g)] : []),
      ...(g.performance_rows > 0n ? [rowsOfGroup(db, 'performance', cycle, g)] : []),
    ];
    yield {
      customerKey: s.customer_key,
      tradeId: level === 'combined' ? s.by : null,
      product: level === 'product' ? s.by || null : null,
      level,
      left: s.expected,
      right: s.stated,
      leftRows: s.consumption_rows,
      rightRows: s.performance_rows,
      evidence: members.flatMap(rowsOf),
      amount: 0n,
      rows: s.consumption_rows + s.performance_rows,
    };
  }
}

/** The rows of a group: by its key, or by id where it holds rows of several keys. */
function rowsOfGroup(
  db: RunContext['db'],
  table: 'consumption' | 'performance',
  cycle: string,
  g: GroupRow,
  apart: readonly RowId[] = [],
): PartRows {
  const side = table === 'consumption' ? 'left' : 'right';
  if (g.pooled === 4n || g.pooled === 8n || g.pooled === 10n || apart.length > 0)
    return { side, ids: rowsBut(groupRows(db, table, cycle, g), apart) };
  const match = { customer_key: g.customer_key, trade_id: g.trade_id };
  return { side, table, cycle, match: g.trade_id === null ? { ...match, product: g.key_product } : match };
}
