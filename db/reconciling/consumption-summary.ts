import { BridgeBuilder } from '../../electron/core/bridge.ts';
import type { FindingDraft } from '../../electron/core/finding.ts';
import { judgeGrain } from '../../electron/core/judging/summary-grain.ts';
import type { Kind } from '../../electron/core/kinds.ts';
import { addDays } from '../../electron/core/month.ts';
import { summaryReason } from '../../electron/core/wording/consumption.ts';
import { missingFiles } from '../../electron/core/wording/skipped.ts';
import type { Outcome, Reconciler, RunContext } from './context.ts';
import { rowsOf } from './rows-of.ts';

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
  readonly accountName: string | null;
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
  const bridge = new BridgeBuilder('consumption-summary', '消费汇总金额', '消费应付金额');
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
    if (verdict !== 'differs') bridge.step(verdict, grain.detail - grain.stated, rows);
    else {
      bridge.unexplained(grain.detail - grain.stated);
      findings.push(draft(context, columns, grain));
    }
  }
  return { bridge: bridge.close(), findings, checks: [{ code, compared }] };
}

function total({ db, cycle }: RunContext, table: string): bigint {
  return db
    .prepare<[string], bigint>(`SELECT coalesce(sum(amount_due), 0) FROM ${table} WHERE cycle = ? AND in_force = 1`)
    .pluck()
    .get(cycle)!;
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
  const named = columns.map((c) => `, ${c}`).join('');
  const [a, b, c] = endings(context);
  const fresh = (n: number): string =>
    `CASE WHEN coalesce(traded_at, consumed_from, '') >= :end${n} THEN coalesce(amount_due, 0) ELSE 0 END`;
  return db
    .prepare<Record<string, string>, Grain>(
      `SELECT customer_key${named}, sum(stated) AS stated, sum(stated_row) AS statedRows, sum(detail) AS detail, sum(detail_row) AS detailRows,
              sum(fractional) AS fractional, min(account_name) AS accountName, sum(fresh0) AS fresh0, sum(fresh1) AS fresh1, sum(fresh2) AS fresh2
         FROM (SELECT customer_key${named}, coalesce(amount_due, 0) AS stated, 1 AS stated_row, 0 AS detail, 0 AS detail_row, 0 AS fractional,
                      account_name, 0 AS fresh0, 0 AS fresh1, 0 AS fresh2
                 FROM consumption_summary WHERE cycle = :cycle AND in_force = 1
               UNION ALL
               SELECT customer_key${named}, 0, 0, coalesce(amount_due, 0), 1, coalesce(amount_due, 0) % 1000000 <> 0,
                      account_name, ${fresh(0)}, ${fresh(1)}, ${fresh(2)}
                 FROM consumption WHERE cycle = :cycle AND in_force = 1)
        GROUP BY customer_key${named}
        ORDER BY customer_key${named}`,
    )
    .iterate({ cycle, end0: a, end1: b, end2: c });
}

function draft({ db, cycle }: RunContext, columns: readonly GrainColumn[], grain: Grain): FindingDraft {
  const match = Object.fromEntries([['customer_key', grain.customer_key], ...columns.map((c) => [c, grain[c] ?? null])]) as Record<
    string,
    string
  >;
  return {
    code,
    businessKey: [grain.customer_key, grain.product_type ?? '', grain.billing_mode ?? '', grain.bill_class ?? ''],
    customerId: grain.customer_key.startsWith('@') ? undefined : grain.customer_key,
    accountName: grain.accountName ?? undefined,
    productType: grain.product_type ?? undefined,
    expected: grain.detail,
    stated: grain.stated,
    reason: summaryReason(Number(grain.detailRows), grain.detail, Number(grain.statedRows), grain.stated),
    candidates: [],
    left: rowsOf(db, 'consumption_summary', cycle, match),
    right: rowsOf(db, 'consumption', cycle, match),
    bridge: { pair: 'consumption-summary', amount: grain.detail - grain.stated },
  };
}
