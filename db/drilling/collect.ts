import type { Bridge, Pair } from '../../electron/core/bridge.ts';
import type { BridgePart, PartRows, PartSink } from '../../electron/core/bridge-part.ts';
import type { WriteDb } from '../open.ts';
import { prepared } from '../prepared.ts';
import type { DatedContext } from '../reconciling/context.ts';
import { reconcilers } from '../reconciling/list.ts';
import { monthContext } from '../reconciling/month-context.ts';
import { customerNames } from './customer-names.ts';
import { idsOf } from './part-rows.ts';
import type { DrillWriter } from './store.ts';

/** Which side of a pair a finding's stated amount stands on; the expected amount is the other's. */
const statedSide: Readonly<Record<Pair, 'left' | 'right'>> = {
  'bill-total-lines': 'left',
  'bill-consumption': 'left',
  'consumption-summary': 'left',
  'consumption-performance': 'right',
  'performance-summary': 'left',
  'performance-incentive': 'right',
  'incentive-summary': 'left',
  'bill-account': 'right',
  'account-adjustment': 'left',
  'request-invoices': 'right',
};

export interface DrillOptions {
  readonly db: WriteDb;
  readonly cycle: string;
  readonly pair: Pair;
  /** The day of the run that is looked into. */
  readonly today: string;
  readonly writer: DrillWriter;
  /** The database is not as it will be read: rows are named by id instead of by what is in force. */
  readonly byId: boolean;
  /** Called now and then; throw from it to cancel. */
  onProgress?(groups: number): void;
}

/** So many groups come between two looks at whether to stop. */
const between = 2000;

/**
 * Runs one pair's reconciler again and writes the group behind every amount, and the findings that stand in its bridge; returns the bridge that came
 * out, to be held against the stored one. Must be called in a transaction that is rolled back.
 */
export function collectParts(options: DrillOptions): Bridge | undefined {
  const { db, cycle, pair, today, writer, byId } = options;
  const nameOf = customerNames(db, cycle);
  const add = (step: string, part: BridgePart, finding?: string): void => {
    if (writer.written % between === 0) options.onProgress?.(writer.written);
    const name = part.customerKey === null || part.customerKey === undefined ? undefined : nameOf(part.customerKey);
    const evidence = byId ? part.evidence.map((rows) => ({ side: rows.side, ids: idsOf(db, rows, shownRows) })) : part.evidence;
    const product = part.product ?? productOf(db, part.evidence);
    writer.add(step, { ...part, product, evidence, customerName: name, ...(finding !== undefined && { finding }) });
  };
  const sink: PartSink = { begin: () => writer.begin(), add };
  const context: DatedContext = { ...monthContext(db, cycle), today, sink };
  const { bridge } = reconcilers.find((r) => r.name === pair)!.run(context);
  if (!bridge || 'missing' in bridge) return undefined;
  for (const { key, part } of unexplainedParts(options)) add('unexplained', part, key);
  return bridge;
}

/** The product of an order that has only one, from the first side whose rows are named by order. */
function productOf(db: WriteDb, evidence: readonly PartRows[]): string | null {
  const [rows] = evidence;
  if (!rows || 'ids' in rows) return null;
  const { customer_key: customer, trade_id: trade } = rows.match;
  if (customer === undefined || trade === undefined || trade === null) return null;
  const product = 'coalesce(product_type, product_type_code)';
  const sql = `SELECT CASE WHEN min(${product}) = max(${product}) THEN min(${product}) END FROM ${rows.table}
                WHERE cycle = ? AND in_force = 1 AND customer_key = ? AND trade_id = ?`;
  return prepared<unknown[], string | null>(db, sql).pluck().get(rows.cycle, customer, trade) ?? null;
}

/** The most rows of one side that are shown for a group. */
export const shownRows = 1000;

interface Found {
  readonly key: string;
  readonly customerId: string | null;
  readonly accountName: string | null;
  readonly tradeId: string | null;
  readonly product: string | null;
  readonly record: string | null;
  readonly expected: bigint;
  readonly stated: bigint;
  readonly amount: bigint;
}

/** The month's findings in the pair's bridge, in their documented order, with the rows that are stored with them. */
function* unexplainedParts({ db, cycle, pair }: DrillOptions): Iterable<{ key: string; part: BridgePart }> {
  const found = db
    .prepare<[string, string], Found>(
      `SELECT key, customer_id AS customerId, account_name AS accountName, trade_id AS tradeId, product_type AS product, record_id AS record,
              expected, stated, bridge_amount AS amount
         FROM finding WHERE cycle = ? AND bridge = ? AND resolved_by_data = 0 ORDER BY position, key`,
    )
    .all(cycle, pair);
  const rowsOf = db.prepare<[string, string], bigint>('SELECT row FROM finding_row WHERE key = ? AND side = ? ORDER BY position').pluck();
  for (const f of found) {
    const left = rowsOf.all(f.key, 'left');
    const right = rowsOf.all(f.key, 'right');
    const [stated, expected] = [f.stated, f.expected];
    const part: BridgePart = {
      customerKey: f.customerId ?? (f.accountName === null ? null : `@${f.accountName}`),
      tradeId: f.tradeId,
      product: f.product,
      key: [f.record],
      level: f.tradeId === null ? 'grain' : 'trade',
      ...(statedSide[pair] === 'left' ? { left: stated, right: expected } : { left: expected, right: stated }),
      leftRows: left.length,
      rightRows: right.length,
      evidence: [
        { side: 'left', ids: left },
        { side: 'right', ids: right },
      ],
      amount: f.amount,
      rows: left.length + right.length,
    };
    yield { key: f.key, part };
  }
}
