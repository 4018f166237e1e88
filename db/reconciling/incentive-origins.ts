import type { BridgeOrigin } from '../../electron/core/bridge-part.ts';
import type {
  IncentiveStep,
  IncentiveVerdict,
  RatedPerformance,
  StatedIncentive,
} from '../../electron/core/judging/performance-incentive.ts';
import { prepared } from '../prepared.ts';
import type { RunContext } from './context.ts';
import type { UnlinkedIncentive } from './incentive-links.ts';

interface Named {
  readonly customer: string | null;
  readonly trade: string | null;
  readonly product: string | null;
  readonly record: string | null;
}

function namesOf({ db }: RunContext, table: 'performance' | 'incentive', id: bigint): Named {
  return prepared<[bigint], Named>(
    db,
    `SELECT customer_key AS customer, trade_id AS trade, coalesce(product_type, product_type_code) AS product, performance_id AS record
       FROM ${table} WHERE id = ?`,
  ).get(id)!;
}

type Rows = Pick<IncentiveStep, 'performances' | 'incentives'>;

function originOf(context: RunContext, { performances, incentives }: Rows): BridgeOrigin {
  const [first] = performances;
  const [stated] = incentives;
  const names = first ? namesOf(context, 'performance', first.id) : stated && namesOf(context, 'incentive', stated.id);
  const own = performances.filter((p) => !p.earlier);
  return {
    customerKey: names?.customer ?? null,
    tradeId: names?.trade ?? null,
    product: names?.product ?? null,
    key: [names?.record ?? null, ...new Set(incentives.map((i) => i.plan))],
    level: performances.length > 1 ? 'trade' : 'row',
    left: performances.reduce((sum, p) => sum + p.amount, 0n),
    right: incentives.reduce((sum, i) => sum + i.amount, 0n),
    leftRows: own.length,
    rightRows: incentives.length,
    evidence: [
      { side: 'left', ids: performances.map((p) => p.id) },
      { side: 'right', ids: incentives.map((i) => i.id) },
    ],
  };
}

/** The rows behind one share of a step of performance ↔ incentive. */
export const stepOrigin = (context: RunContext, step: IncentiveStep, joined = false): BridgeOrigin => ({
  ...originOf(context, step),
  ...(joined && { level: 'joined' as const }),
  ...(step.beside !== undefined && { beside: step.beside }),
});

/** Rows of a key that ended in no step and no finding: what was due for them is nothing. */
export function* unplaced(
  context: RunContext,
  performances: readonly RatedPerformance[],
  incentives: readonly StatedIncentive[],
  { steps, faults }: IncentiveVerdict,
): Iterable<BridgeOrigin> {
  const ended = steps.filter((s) => !s.beside);
  const placed = new Set([
    ...ended.flatMap((s) => [...s.performances, ...s.incentives].map((r) => r.id)),
    ...faults.flatMap((f) => [...f.performances, ...(f.incentive ? [f.incentive] : [])].map((r) => r.id)),
  ]);
  for (const p of performances) {
    if (!p.earlier && !placed.has(p.id)) yield originOf(context, { performances: [p], incentives: [] });
  }
  for (const i of incentives) if (!placed.has(i.id)) yield originOf(context, { performances: [], incentives: [i] });
}

/** A row that names neither performance nor trade. */
export const unlinkedOrigin = (row: UnlinkedIncentive): BridgeOrigin => ({
  product: row.product,
  key: [row.plan],
  level: 'row',
  right: row.amount,
  leftRows: 0,
  rightRows: 1,
  evidence: [{ side: 'right', ids: [row.id] }],
});
