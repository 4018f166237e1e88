import { cent } from '../../electron/core/money.ts';
import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import { judgeGrain } from '../../electron/core/judging/summary-grain.ts';
import { addDays } from '../../electron/core/month.ts';
import type { RowId } from '../../electron/core/row-id.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import { coversAllOf, outsideOf, type OwnedRow } from './scope.ts';
import type { Settled } from './summary-families.ts';
import { matchOf, summed, type Grain, type GrainColumn } from './summary-grains.ts';

/** Details of a cell that the summary, as marked, does not cover. */
export interface Beyond {
  readonly amount: bigint;
  readonly ids: readonly RowId[];
}
interface Detail extends OwnedRow {
  readonly id: RowId;
  readonly due: bigint;
}

/**
 * Places the cell of a customer who changed to or from a manager outside of what a file covers. A summary has no days, but details do: where they are
 * all there, those of days outside the summary stand beside and the rest is judged. On the day of a change a row may be either manager's, so that the
 * way that agrees counts. Where details may be missing, nothing can be told of the cell.
 */
export function partGrains(context: RunContext, columns: readonly GrainColumn[]): (grain: Grain) => Settled {
  const isComplete = coversAllOf(context, 'consumption', 'consumption-summary');
  const outside = outsideOf(context, 'consumption-summary') ?? (() => false);
  return (grain) => {
    const isFresh = [grain.fresh0, grain.fresh1, grain.fresh2].some((fresh) => fresh !== 0n);
    if (!isComplete(grain.customer_key) || isFresh) return { step: 'scope', grains: [grain], undecided: true };
    const rows = detailsOf(context, columns, grain);
    const isDoubtful = (row: Detail): boolean => !outside(row) && [-1, 1].some((days) => outside(daysLater(row, days)));
    const ways = [rows.filter((row) => !outside(row)), rows.filter((row) => !outside(row) && !isDoubtful(row))].map((kept) =>
      withOnly(grain, kept),
    );
    const agreed = ways.find((way) => judgeGrain(summed([way])) !== 'differs');
    const inside = agreed ?? ways[0]!;
    const verdict = judgeGrain(summed([inside]));
    const kept = new Set(inside.kept);
    const gone = rows.filter((row) => !kept.has(row.id));
    const beyond = { amount: gone.reduce((sum, row) => sum + row.due, 0n), ids: gone.map((row) => row.id) };
    return { step: verdict === 'differs' ? undefined : verdict, grains: [inside], beyond };
  };
}

const daysLater = (row: Detail, days: number): Detail => ({ ...row, at: row.at === null ? null : addDays(row.at, days) });

const withOnly = (grain: Grain, rows: readonly Detail[]): Grain => ({
  ...grain,
  detail: rows.reduce((sum, row) => sum + row.due, 0n),
  detailRows: BigInt(rows.length),
  fractional: BigInt(rows.filter((row) => row.due % cent !== 0n).length),
  kept: rows.map((row) => row.id),
});

function detailsOf({ db, cycle }: RunContext, columns: readonly GrainColumn[], grain: Grain): Detail[] {
  const match = matchOf(columns, grain);
  return prepared<unknown[], Detail>(
    db,
    `SELECT id, customer_key AS customerKey, account_name AS accountName, account_manager AS manager, coalesce(traded_at, consumed_from) AS at,
            coalesce(amount_due, 0) AS due
       FROM consumption WHERE cycle = ? AND in_force = 1 ${Object.keys(match).map((column) => `AND ${column} IS ?`).join(' ')} ORDER BY id`,
  ).all(cycle, ...Object.values(match)); // prettier-ignore
}

/** The details beside a cell. */
export const beyondOrigin = (grain: Grain, { amount, ids }: Beyond): BridgeOrigin => ({
  customerKey: grain.customer_key,
  product: grain.product_type ?? null,
  level: 'grain',
  left: 0n,
  right: amount,
  leftRows: 0,
  rightRows: ids.length,
  evidence: [{ side: 'right', ids }],
});
