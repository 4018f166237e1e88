import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type { SummaryGrain } from '../../electron/core/judging/summary-grain.ts';
import { cent } from '../../electron/core/money.ts';
import { addDays, lastDay } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import type { RunContext } from './context.ts';
import { monthScan, statesColumn } from './month-scan.ts';
import { inSheets } from './sheet-steps.ts';

const grainColumns = ['product_type', 'resource_type', 'billing_mode', 'bill_class'] as const;
export type GrainColumn = (typeof grainColumns)[number];

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
/** One customer's cell of the columns that both sides fill; `kept`: its details, where others of the cell are outside what the summary covers. */
export type Grain = GrainRow & Partial<Record<GrainColumn, string | null>> & { readonly kept?: readonly RowId[] };

/** Grains that are compared as one: a customer's, or a main customer's with those of its sub-accounts. */
export const summed = (grains: readonly Grain[]): SummaryGrain => {
  const sum = (pick: (g: Grain) => bigint): bigint => grains.reduce((n, g) => n + pick(g), 0n);
  return {
    stated: sum((g) => g.stated),
    statedRows: sum((g) => g.statedRows),
    detail: sum((g) => g.detail),
    detailRows: sum((g) => g.detailRows),
    fractional: sum((g) => g.fractional),
    fresh: [sum((g) => g.fresh0), sum((g) => g.fresh1), sum((g) => g.fresh2)].filter((f) => f !== 0n),
    writeOff: grains.every((g) => g.bill_class === 'writeOff'),
  };
};

/** The columns of the grain that both sides fill: one that a side lacks cannot tell grains apart. */
export const sharedColumns = (context: RunContext): GrainColumn[] =>
  grainColumns.filter((column) => ['consumption_summary', 'consumption'].every((table) => statesColumn(context, table, column)));

/** The cell without its customer, to find the same one of another. */
export const cellOf = (columns: readonly GrainColumn[], grain: Grain): string => JSON.stringify(columns.map((c) => grain[c] ?? null));

export function matchOf(columns: readonly GrainColumn[], grain: Grain): Record<string, string | null> {
  const match: Record<string, string | null> = { customer_key: grain.customer_key };
  for (const column of columns) match[column] = grain[column] ?? null;
  return match;
}

/** Where the sums of grains that are compared as one come from; the first names them. */
export function grainOrigin({ cycle }: RunContext, columns: readonly GrainColumn[], grains: readonly Grain[]): BridgeOrigin {
  const [first] = grains;
  const { stated, statedRows, detail, detailRows } = summed(grains);
  return {
    customerKey: first!.customer_key,
    product: first!.product_type ?? null,
    key: columns.filter((c) => c !== 'product_type').map((c) => first![c] ?? null),
    level: 'grain',
    left: stated,
    right: detail,
    leftRows: statedRows,
    rightRows: detailRows,
    evidence: grains.flatMap((grain) => {
      const match = matchOf(columns, grain);
      return [
        { side: 'left' as const, table: 'consumption_summary', cycle, match },
        grain.kept ? { side: 'right' as const, ids: grain.kept } : { side: 'right' as const, table: 'consumption', cycle, match },
      ];
    }),
  };
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

/** Grains of which nothing is left to look at, added up. */
export interface AgreedGrains {
  readonly grains: bigint;
  readonly rows: bigint;
}

/**
 * The grains of the month on either side, in key order; those that agree at once only added up, unless `whole`. Sorts customers and the numbers of
 * cells (TEMP `summary_cell`), not the cells' texts.
 */
export function grains(
  context: RunContext,
  columns: readonly GrainColumn[],
  whole: boolean,
): { readonly agreed: AgreedGrains; readonly open: IterableIterator<Grain> } {
  const { db, cycle } = context;
  fillCells(context, columns);
  const cell = (t: string): string =>
    `(SELECT k.rowid FROM temp.summary_cell k WHERE ${['k.one = 1', ...columns.map((c) => `k.${c} IS ${t}.${c}`)].join(' AND ')})`;
  const [end0, end1, end2] = endings(context);
  // Almost always the summary is newer than every row of its month, and there is nothing to tell apart.
  const lagging = end2 <= `${lastDay(cycle)} 23:59:59`;
  const fresh = [0, 1, 2].map((n) => `${lagging ? `sum(CASE WHEN detailed AND at >= :end${n} THEN amount ELSE 0 END)` : '0'} AS fresh${n}`);
  const [statedAt, detailAt] = lagging ? [`, '' AS at`, `, coalesce(c.traded_at, c.consumed_from, '')`] : ['', ''];
  const shown = whole ? '1' : 'stated <> detail';
  db.exec('DROP TABLE IF EXISTS temp.summary_grain');
  db.prepare(
    `CREATE TEMP TABLE summary_grain AS
     SELECT CASE WHEN ${shown} THEN customer_key END AS customer_key, CASE WHEN ${shown} THEN cell END AS cell, stated, rows - detailRows AS statedRows,
            detail, detailRows, fractional, fresh0, fresh1, fresh2
       FROM (
         SELECT customer_key, cell, count(*) AS rows, sum(detailed) AS detailRows, sum(CASE WHEN detailed THEN 0 ELSE amount END) AS stated,
                sum(CASE WHEN detailed THEN amount ELSE 0 END) AS detail, sum(detailed AND amount % ${cent} <> 0) AS fractional,
                ${fresh.join(', ')}
           FROM (SELECT s.customer_key AS customer_key, ${cell('s')} AS cell, coalesce(s.amount_due, 0) AS amount, 0 AS detailed${statedAt}
                   FROM ${monthScan('consumption_summary', 's')}
                 UNION ALL
                 SELECT c.customer_key, ${cell('c')}, coalesce(c.amount_due, 0), 1${detailAt} FROM ${monthScan('consumption', 'c')})
          GROUP BY customer_key, cell
          ORDER BY customer_key, cell
       )`,
  ).run(lagging ? { cycle, end0, end1, end2 } : { cycle });
  const agreed = db
    .prepare<[], AgreedGrains>(
      `SELECT count(*) AS grains, coalesce(sum(statedRows + detailRows), 0) AS rows FROM temp.summary_grain WHERE customer_key IS NULL`,
    )
    .get()!;
  const open = db
    .prepare<[], Grain>(
      `SELECT g.customer_key${columns.map((c) => `, k.${c}`).join('')}, g.stated, g.statedRows, g.detail, g.detailRows,
              g.fractional, g.fresh0, g.fresh1, g.fresh2
         FROM temp.summary_grain g CROSS JOIN temp.summary_cell k ON k.rowid = g.cell
        WHERE g.customer_key IS NOT NULL
        ORDER BY g.rowid`,
    )
    .iterate();
  return { agreed, open };
}

/** Numbers the cells of the month in their order. */
function fillCells(context: RunContext, columns: readonly GrainColumn[]): void {
  const { db } = context;
  const key = ['one', ...columns].join(', ');
  const cells = (['consumption-summary', 'consumption'] as const).flatMap((kind) =>
    inSheets(context, `cells of ${kind} by ${key}`, [kind, 't'], (ask) =>
      ask<Record<string, string | bigint | null>>(
        (from, where) => `SELECT DISTINCT ${['1 AS one', ...columns].join(', ')} FROM ${from} WHERE ${where}`,
      ),
    ).flat(),
  );
  db.exec(`DROP TABLE IF EXISTS temp.summary_seen; CREATE TEMP TABLE summary_seen (${key})`);
  const add = db.prepare(`INSERT INTO temp.summary_seen VALUES (1${', ?'.repeat(columns.length)})`);
  for (const cell of cells) add.run(...columns.map((column) => cell[column]));
  db.exec(
    `DROP TABLE IF EXISTS temp.summary_cell;
     CREATE TEMP TABLE summary_cell AS SELECT DISTINCT ${key} FROM temp.summary_seen ORDER BY ${key};
     CREATE UNIQUE INDEX temp.summary_cell_key ON summary_cell (${key});
     DROP TABLE temp.summary_seen`,
  );
}
