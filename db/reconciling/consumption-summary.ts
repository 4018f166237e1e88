import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { judgeGrain } from '../../electron/core/judging/summary-grain.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { addDays, lastDay } from '../../electron/core/month.ts';
import { summaryReason } from '../../electron/core/wording/consumption.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { monthScan } from './month-scan.ts';
import { rowsOf } from './rows-of.ts';
import { prepared } from '../prepared.ts';

const code = 'consumption.summary';
const grainColumns = ['product_type', 'resource_type', 'billing_mode', 'bill_class'] as const;
type GrainColumn = (typeof grainColumns)[number];

interface GrainRow {
  readonly customer_key: string;
  readonly stated: bigint;
  readonly statedRows: bigint;
  readonly detail: bigint;
  readonly detailRows: bigint;
  readonly fractional: bigint;
  readonly fresh0: bigint;
  readonly fresh1: bigint;
  readonly fresh2: bigint;
}
type Grain = GrainRow & Partial<Record<GrainColumn, string | null>>;

/** The consumption summary against the detail, grain by grain, as far as both sides have the columns. */
export const consumptionSummary: Reconciler = { name: 'consumption-summary', run };

function run(context: RunContext): Outcome {
  const { cycle } = context;
  const missing = (['consumption-summary', 'consumption'] satisfies Kind[])
    .filter((kind) => !context.has(kind, cycle))
    .map((kind) => ({ kind, cycle }));
  if (missing.length > 0) {
    return {
      bridge: { pair: 'consumption-summary', missing: missing.map((m) => m.kind) },
      findings: [],
      checks: [{ code, compared: 0, skipped: missingFiles(missing) }],
    };
  }
  const bridge = new BridgeBuilder('consumption-summary', '消费汇总金额', '消费应付金额', context.sink);
  bridge.left(total(context, 'consumption_summary'));
  bridge.right(total(context, 'consumption'));
  const columns = sharedColumns(context);
  const findings: FindingDraft[] = [];
  let compared = 0;
  for (const grain of grains(context, columns)) {
    compared += 1;
    const verdict = judgeGrain({
      ...grain,
      fresh: [grain.fresh0, grain.fresh1, grain.fresh2].filter((f) => f !== 0n),
      writeOff: grain.bill_class === 'writeOff',
    });
    const rows = grain.statedRows + grain.detailRows;
    if (verdict !== 'differs') bridge.step(verdict, grain.detail - grain.stated, rows, () => origin(context, columns, grain));
    else {
      bridge.unexplained(grain.detail - grain.stated);
      findings.push(draft(context, columns, grain));
    }
  }
  return { bridge: bridge.close(), findings, checks: [{ code, compared }] };
}

function origin({ cycle }: RunContext, columns: readonly GrainColumn[], grain: Grain): BridgeOrigin {
  const match = matchOf(columns, grain);
  return {
    customerKey: grain.customer_key,
    product: grain.product_type ?? null,
    key: columns.filter((c) => c !== 'product_type').map((c) => grain[c] ?? null),
    level: 'grain',
    left: grain.stated,
    right: grain.detail,
    leftRows: grain.statedRows,
    rightRows: grain.detailRows,
    evidence: [
      { side: 'left', table: 'consumption_summary', cycle, match },
      { side: 'right', table: 'consumption', cycle, match },
    ],
  };
}

function matchOf(columns: readonly GrainColumn[], grain: Grain): Record<string, string | null> {
  const match: Record<string, string | null> = { customer_key: grain.customer_key };
  for (const column of columns) match[column] = grain[column] ?? null;
  return match;
}

function total({ db, cycle }: RunContext, table: string): bigint {
  const sql = `SELECT coalesce(sum(r.amount_due), 0) FROM ${monthScan(table, 'r')}`;
  return db.prepare<{ cycle: string }, bigint>(sql).pluck().get({ cycle })!;
}

/** The columns of the grain that both sides fill: one that a side lacks cannot tell grains apart. */
function sharedColumns({ db, cycle }: RunContext): GrainColumn[] {
  return grainColumns.filter((column) =>
    ['consumption_summary', 'consumption'].every(
      (table) =>
        db.prepare(`SELECT 1 FROM ${table} WHERE cycle = ? AND in_force = 1 AND ${column} IS NOT NULL LIMIT 1`).get(cycle) !== undefined,
    ),
  );
}

/** When the summary may end: its export, that day's begin, and the day before (it lags a day). Nothing where the export time is unknown. */
function endings({ db, cycle }: RunContext): [string, string, string] {
  const exported = db
    .prepare<[string], string | null>(
      `SELECT min(i.exported_at) FROM sheet_cycle c JOIN sheet s ON s.id = c.sheet JOIN import i ON i.id = s.import
        WHERE c.cycle = ? AND c.in_force = 1 AND s.kind = 'consumption-summary' AND i.undone_at IS NULL`,
    )
    .pluck()
    .get(cycle);
  const never = '9999-12-31';
  return exported ? [exported, exported.slice(0, 10), addDays(exported, -1)] : [never, never, never];
}

function grains(context: RunContext, columns: readonly GrainColumn[]): IterableIterator<Grain> {
  const { db, cycle } = context;
  const of = (t: string): string => columns.map((c) => `, ${t}.${c} AS ${c}`).join('');
  const named = columns.map((c) => `, ${c}`).join('');
  const [end0, end1, end2] = endings(context);
  // Almost always the summary is newer than every row of its month, and the sorter need not carry three more sums.
  const lagging = end2 <= `${lastDay(cycle)} 23:59:59`;
  const fresh = (n: number): string =>
    lagging ? `CASE WHEN coalesce(c.traded_at, c.consumed_from, '') >= :end${n} THEN coalesce(c.amount_due, 0) ELSE 0 END` : '0';
  return db
    .prepare<Record<string, string>, Grain>(
      `SELECT customer_key${named}, sum(stated) AS stated, sum(stated_row) AS statedRows, sum(detail) AS detail, sum(detail_row) AS detailRows,
              sum(fractional) AS fractional, sum(fresh0) AS fresh0, sum(fresh1) AS fresh1, sum(fresh2) AS fresh2
         FROM (SELECT s.customer_key AS customer_key${of('s')}, coalesce(s.amount_due, 0) AS stated, 1 AS stated_row, 0 AS detail, 0 AS detail_row,
                      0 AS fractional, 0 AS fresh0, 0 AS fresh1, 0 AS fresh2
                 FROM ${monthScan('consumption_summary', 's')}
               UNION ALL
               SELECT c.customer_key${of('c')}, 0, 0, coalesce(c.amount_due, 0), 1, coalesce(c.amount_due, 0) % 1000000 <> 0,
                      ${fresh(0)}, ${fresh(1)}, ${fresh(2)}
                 FROM ${monthScan('consumption', 'c')})
        GROUP BY customer_key${named}
        ORDER BY customer_key${named}`,
    )
    .iterate(lagging ? { cycle, end0, end1, end2 } : { cycle });
}

function draft(context: RunContext, columns: readonly GrainColumn[], grain: Grain): FindingDraft {
  const { db, cycle } = context;
  const match = matchOf(columns, grain);
  const left = rowsOf(db, 'consumption_summary', cycle, match);
  const right = rowsOf(db, 'consumption', cycle, match);
  return {
    code,
    businessKey: [grain.customer_key, grain.product_type ?? '', grain.billing_mode ?? '', grain.bill_class ?? ''],
    customerId: grain.customer_key.startsWith('@') ? undefined : grain.customer_key,
    accountName: left[0] === undefined ? nameOf(context, 'consumption', right[0]) : nameOf(context, 'consumption_summary', left[0]),
    productType: grain.product_type ?? undefined,
    expected: grain.detail,
    stated: grain.stated,
    reason: summaryReason(Number(grain.detailRows), grain.detail, Number(grain.statedRows), grain.stated),
    candidates: [],
    left,
    right,
    bridge: { pair: 'consumption-summary', amount: grain.detail - grain.stated },
  };
}

function nameOf({ db }: RunContext, table: string, id: bigint | undefined): string | undefined {
  if (id === undefined) return undefined;
  return prepared<[bigint], string | null>(db, `SELECT account_name FROM ${table} WHERE id = ?`).pluck().get(id) ?? undefined;
}
